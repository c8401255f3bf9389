/*
 * The table of cells: everything the linked units can do, cut down by the
 * command line, or by the default plan where the line is silent.
 */
#include <err.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <traces/trace.h>

#include "cell.h"
#include "gbench.h"
#include "plan.h"
#include "units.h"

#define	DEFAULT_TRACES	"traces/*.vmt.gz"

/* What the loops below agree on while they add one cell. */
struct making {
	struct cell_table *m_table;
	const struct options *m_options;
	const struct lab_workload *m_workload;	/* any unit's */
	bool		 m_named;	/* by --workload or --cell: the plan is
					   silent */
};

static void *
grown(void *p, unsigned n, size_t size)
{
	p = realloc(p, (n + 1) * size);
	if (p == NULL)
		err(1, "cells");
	return (p);
}

/*
 * The reference rows go along with any choice of implementations, and the
 * same once more with the implementation that it is.
 */
static bool
impl_wanted(const struct options *o, const struct lab_unit *u)
{
	return (o->o_impls.n == 0 || opt_has(&o->o_impls, u->lu_impl) ||
	    strcmp(u->lu_impl, CELL_NO_IMPL) == 0 ||
	    (u->lu_again != NULL && opt_has(&o->o_impls, u->lu_again)));
}

/* Add every implementation that has the cell and passes the filters. */
static void
add_entries(struct cell *c, const struct options *o)
{
	char name[CELL_LABEL_MAX + LAB_NAME_MAX];

	FOREACH_UNIT(up) {
		const char *impl = (*up)->lu_impl;
		const struct lab_workload *w = unit_workload(impl, "bench",
		    c->c_workload);
		struct cell_entry e = { .e_bench = w };

		if (w == NULL || !impl_wanted(o, *up) ||
		    !workload_has_variant(w, c->c_unit_variant))
			continue;
		cell_window_name(c, &e, name, sizeof(name));
		if (!gbench_matches(name))
			continue;
		e.e_stats = unit_workload(impl, "stats", c->c_workload);
		c->c_entries = grown(c->c_entries, c->c_nentries, sizeof(e));
		c->c_entries[c->c_nentries++] = e;
	}
}

static void
add_cell(const struct making *m, struct cell c, const struct spot *s)
{
	const struct opt_names *chosen = &m->m_options->o_cells;
	struct cell_table *t = m->m_table;

	c.c_workload = m->m_workload->lw_name;
	c.c_threads = s->s_threads;
	c.c_placement = s->s_placement;
	c.c_pus = s->s_pus;
	c.c_clones = 1;
	if (c.c_trace != NULL)
		c.c_clones = m->m_options->o_clones != 0 ?
		    m->m_options->o_clones : s->s_threads;
	snprintf(c.c_name, sizeof(c.c_name), "%s/%s/%s/t%u/%s", c.c_workload,
	    *c.c_variant != '\0' ? c.c_variant : "-",
	    sharing_name(c.c_sharing), c.c_threads, c.c_placement);
	snprintf(c.c_label, sizeof(c.c_label), t->t_nhomes > 1 ?
	    "%s/home%u" : "%s", c.c_name, c.c_home);
	if (chosen->n > 0 && !opt_has(chosen, c.c_name))
		return;
	add_entries(&c, m->m_options);
	if (c.c_nentries == 0)
		return;
	t->t_cells = grown(t->t_cells, t->t_ncells, sizeof(c));
	t->t_cells[t->t_ncells++] = c;
}

/* Whether sharing and number of threads are wanted together. */
static bool
spot_wanted(const struct making *m, enum lab_sharing sharing, unsigned n)
{
	const struct options *o = m->m_options;
	const struct plan_row *row = plan_row(m->m_workload->lw_name);
	unsigned allowed = m->m_workload->lw_sharing;

	if (n < m->m_workload->lw_threads_min ||
	    (m->m_workload->lw_threads_max != 0 &&
	    n > m->m_workload->lw_threads_max))
		return (false);
	if (o->o_sharings.n > 0)
		return (opt_has(&o->o_sharings, sharing_name(sharing)));
	if (m->m_named)
		return (true);
	if (row->pr_sharing != 0 && (row->pr_sharing & sharing) == 0)
		return (false);
	if (row->pr_threads_max != 0 && n > row->pr_threads_max &&
	    o->o_threads.n == 0)
		return (false);
	return (n > 1 || sharing == (allowed & -allowed));
}

/* Add a cell for each spot that is one with the cell's home. */
static void
add_spots(const struct making *m, struct cell c)
{
	const struct cell_table *t = m->m_table;

	for (unsigned i = 0; i < t->t_nspots; i++) {
		const struct spot *s = &t->t_spots[i];

		if (s->s_same == NULL && (s->s_home == PLACE_NONE ||
		    s->s_home == c.c_home) &&
		    spot_wanted(m, c.c_sharing, s->s_threads))
			add_cell(m, c, s);
	}
}

/* Add a variant, or a trace, with every sharing, home and spot. */
static void
add_variant(const struct making *m, const char *variant,
    const char *unit_variant, const struct lab_trace *trace)
{
	const struct cell_table *t = m->m_table;

	for (unsigned sharing = LAB_PRIVATE; sharing <= LAB_SAME;
	    sharing <<= 1) {
		struct cell c = {
			.c_variant = variant,
			.c_unit_variant = unit_variant,
			.c_sharing = sharing,
			.c_trace = trace
		};

		if ((m->m_workload->lw_sharing & sharing) == 0)
			continue;
		for (unsigned i = 0; i < t->t_nhomes; i++) {
			c.c_home = t->t_homes[i];
			add_spots(m, c);
		}
	}
}

static bool
variant_wanted(const struct making *m, const char *variant, bool first)
{
	const struct options *o = m->m_options;
	const struct plan_row *row = plan_row(m->m_workload->lw_name);

	if (o->o_variants.n > 0)
		return (opt_has(&o->o_variants, variant));
	if (m->m_named || o->o_full || row->pr_variants == plan_all_variants)
		return (true);
	if (row->pr_variants == NULL)
		return (first);
	for (unsigned i = 0; row->pr_variants[i] != NULL; i++)
		if (strcmp(row->pr_variants[i], variant) == 0)
			return (true);
	return (false);
}

/* Whether an earlier unit has the workload with this variant. */
static bool
variant_seen(const struct lab_workload *w, const char *variant)
{
	FOREACH_WORKLOAD(wp) {
		if (*wp == w)
			return (false);
		if (strcmp((*wp)->lw_name, w->lw_name) == 0 &&
		    workload_has_variant(*wp, variant))
			return (true);
	}
	return (false);
}

/* All variants of a workload, over all units that have it. */
static void
add_variants(struct making *m)
{
	const struct lab_workload *first = m->m_workload;

	FOREACH_WORKLOAD(wp) {
		static const char *const none[] = { "", NULL };
		const char *const *v = (*wp)->lw_variants;

		if (strcmp((*wp)->lw_name, first->lw_name) != 0)
			continue;
		v = v != NULL ? v : none;
		for (unsigned i = 0; v[i] != NULL; i++)
			if (!variant_seen(*wp, v[i]) &&
			    variant_wanted(m, v[i], *wp == first && i == 0))
				add_variant(m, v[i], v[i], NULL);
	}
}

static void
read_trace(struct cell_table *t, const char *path)
{
	char why[512];
	struct lab_trace *trace = trace_read(path, why, sizeof(why));

	if (trace == NULL)
		errx(2, "trace %s", why);
	for (unsigned i = 0; i < t->t_ntraces; i++)
		if (strcmp(trace_name(t->t_traces[i]), trace_name(trace)) == 0)
			errx(2, "two traces are called %s; rename one",
			    trace_name(trace));
	t->t_traces = grown(t->t_traces, t->t_ntraces, sizeof(trace));
	t->t_traces[t->t_ntraces++] = trace;
}

static void
add_traces(struct making *m)
{
	const struct options *o = m->m_options;
	struct cell_table *t = m->m_table;
	const char *const *v = m->m_workload->lw_variants;
	glob_t g = { .gl_pathc = 0 };

	for (unsigned i = 0; i < o->o_traces.n; i++)
		read_trace(t, o->o_traces.names[i]);
	if (o->o_traces.n == 0 && glob(DEFAULT_TRACES, 0, NULL, &g) == 0) {
		for (size_t i = 0; i < g.gl_pathc; i++)
			read_trace(t, g.gl_pathv[i]);
		globfree(&g);
	}
	for (unsigned i = 0; i < t->t_ntraces; i++)
		add_variant(m, trace_name(t->t_traces[i]),
		    v != NULL ? v[0] : "", t->t_traces[i]);
}

/* Whether one of the cells is of the workload. */
static bool
cells_name(const struct opt_names *cells, const char *workload)
{
	size_t len = strlen(workload);

	for (unsigned i = 0; i < cells->n; i++)
		if (strncmp(cells->names[i], workload, len) == 0 &&
		    cells->names[i][len] == '/')
			return (true);
	return (false);
}

static bool
workload_chosen(const struct options *o, const char *name)
{
	if (o->o_primitives)
		return (strcmp(name, CELL_PRIMITIVE) == 0);
	if (o->o_cells.n > 0)
		return (cells_name(&o->o_cells, name));
	return (o->o_workloads.n == 0 || opt_has(&o->o_workloads, name));
}

/* Every cell that was asked for by name is there. */
static void
check_chosen(const struct cell_table *t, const struct opt_names *names)
{
	for (unsigned i = 0; i < names->n; i++) {
		unsigned j = 0;

		while (j < t->t_ncells &&
		    strcmp(t->t_cells[j].c_name, names->names[i]) != 0)
			j++;
		if (j == t->t_ncells)
			errx(2, "there is no cell '%s' with these options; "
			    "bench --list names all", names->names[i]);
	}
}

void
cells_make(struct cell_table *t, const struct options *o,
    const struct place_map *map)
{
	struct making m = { .m_table = t, .m_options = o };

	memset(t, 0, sizeof(*t));
	names_check(o);
	homes_make(t, o, map);
	spots_make(t, o, map);
	FOREACH_WORKLOAD(wp) {
		const char *name = (*wp)->lw_name;

		if (unit_any_workload(name) != *wp || !workload_chosen(o, name))
			continue;
		m.m_workload = *wp;
		m.m_named = o->o_cells.n > 0 || opt_has(&o->o_workloads, name);
		if (strcmp(name, "trace") == 0)
			add_traces(&m);
		else
			add_variants(&m);
	}
	check_chosen(t, &o->o_cells);
	if (t->t_ncells == 0)
		errx(2, "no cell fits these options; bench --list names all");
}

void
cells_free(struct cell_table *t)
{
	for (unsigned i = 0; i < t->t_ncells; i++)
		free(t->t_cells[i].c_entries);
	for (unsigned i = 0; i < t->t_nspots; i++)
		free(t->t_spots[i].s_pus);
	for (unsigned i = 0; i < t->t_ntraces; i++)
		trace_free(t->t_traces[i]);
	free(t->t_cells);
	free(t->t_spots);
	free(t->t_homes);
	free(t->t_traces);
}
