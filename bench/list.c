/*
 * Printing what there is to run.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "units.h"

static int
flushed(void)
{
	return (fflush(stdout) == 0 && !ferror(stdout) ? 0 :
	    errno != 0 ? errno : EIO);
}

static void
print_impls(void)
{
	puts("implementations");
	FOREACH_UNIT(up) {
		const struct lab_unit *u = *up;

		if (strcmp(u->lu_impl, CELL_NO_IMPL) == 0)
			continue;
		printf("  %-20s struct vm_page of %zu bytes%s%s\n", u->lu_impl,
		    u->lu_sizeof_page, u->lu_flags & LAB_UNSYNCHRONISED ?
		    ", no locks: skips what needs them" : "",
		    u->lu_again != NULL ?
		    ", the same once more: the noise floor" : "");
	}
}

static void
print_workloads(void)
{
	puts("workloads: one operation");
	FOREACH_WORKLOAD(wp) {
		const struct lab_workload *w = *wp;

		/* The operation is the same in every unit; say it once. */
		if (unit_any_workload(w->lw_name) == w)
			printf("  %-14s %s\n", w->lw_name, w->lw_op);
	}
}

static void
print_number(const char *name, unsigned n)
{
	if (n == PLACE_NONE)
		printf(" %s -", name);
	else
		printf(" %s %u", name, n);
}

static void
print_spots(const struct cell_table *t, const struct place_map *map)
{
	puts("placements: worker = processor");
	for (unsigned i = 0; i < t->t_nspots; i++) {
		const struct spot *s = &t->t_spots[i];

		printf("  %s/t%u", s->s_placement, s->s_threads);
		if (s->s_home != PLACE_NONE)
			printf("/home%u", s->s_home);
		putchar(':');
		if (s->s_same != NULL) {
			printf(" is %s/t%u here, not run twice\n", s->s_same,
			    s->s_threads);
			continue;
		}
		for (unsigned w = 0; w < s->s_threads; w++)
			printf(" %u=%u", w, map->pm_pus[s->s_pus[w]].pu_os);
		putchar('\n');
	}
	puts("processors");
	for (unsigned i = 0; i < map->pm_npus; i++) {
		const struct place_pu *pu = &map->pm_pus[i];

		printf("  %u:", pu->pu_os);
		print_number("core", pu->pu_at[PLACE_CORE]);
		print_number("l3", pu->pu_at[PLACE_L3]);
		print_number("node", pu->pu_at[PLACE_NODE]);
		print_number("package", pu->pu_at[PLACE_PACKAGE]);
		putchar('\n');
	}
}

static void
print_cells(const struct cell_table *t)
{
	puts("cells: implementations");
	for (unsigned i = 0; i < t->t_ncells; i++) {
		const struct cell *c = &t->t_cells[i];

		printf("  %s:", c->c_label);
		for (unsigned j = 0; j < c->c_nentries; j++)
			printf(" %s", cell_impl(&c->c_entries[j]));
		putchar('\n');
	}
}

int
list_print(const struct cell_table *t, const struct place_map *map)
{
	print_impls();
	print_workloads();
	print_spots(t, map);
	print_cells(t);
	printf("%u cells\n", t->t_ncells);
	return (flushed());
}

int
list_windows(const struct cell_table *t)
{
	char name[CELL_LABEL_MAX + LAB_NAME_MAX];

	for (unsigned i = 0; i < t->t_ncells; i++)
		for (unsigned j = 0; j < t->t_cells[i].c_nentries; j++) {
			cell_window_name(&t->t_cells[i],
			    &t->t_cells[i].c_entries[j], name, sizeof(name));
			puts(name);
		}
	return (flushed());
}
