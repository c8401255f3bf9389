/*
 * Names of cells and of what they are made of.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"

const char *
sharing_name(enum lab_sharing sharing)
{
	return (sharing == LAB_PRIVATE ? "private" :
	    sharing == LAB_SHARED ? "shared" : "same");
}

const char *
cell_impl(const struct cell_entry *e)
{
	return (e->e_bench->lw_unit->lu_impl);
}

const char *
flavour_name(enum flavour f)
{
	return (f == FLAVOUR_BENCH ? "bench" :
	    f == FLAVOUR_STATS ? "stats" : "latency");
}

bool
cell_compared(const struct cell *c)
{
	return (strcmp(c->c_workload, CELL_PRIMITIVE) != 0);
}

const struct lab_workload *
cell_workload(const struct cell *c, const struct cell_entry *e, enum flavour f)
{
	return (f == FLAVOUR_BENCH ? e->e_bench :
	    f == FLAVOUR_STATS ? e->e_stats :
	    /* The copy is there for the noise of what is compared. */
	    cell_compared(c) && e->e_bench->lw_unit->lu_again == NULL ?
	    e->e_bench : NULL);
}

bool
cell_parse(const char *name, unsigned *threads, const char **placement)
{
	for (unsigned sharing = LAB_PRIVATE; sharing <= LAB_SAME;
	    sharing <<= 1) {
		char part[16], *end;
		const char *at;

		snprintf(part, sizeof(part), "/%s/t", sharing_name(sharing));
		at = strstr(name, part);
		if (at == NULL)
			continue;
		*threads = (unsigned)strtoul(at + strlen(part), &end, 10);
		*placement = end + 1;
		return (*threads >= 1 && *threads <= OPT_THREADS_MAX &&
		    *end == '/');
	}
	return (false);
}

void
cell_window_name(const struct cell *c, const struct cell_entry *e, char *name,
    size_t size)
{
	snprintf(name, size, "%s/%s", cell_impl(e), c->c_label);
}
