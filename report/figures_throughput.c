/*
 * The table of throughput against threads, one a workload: a panel is what is
 * equal but for the number of threads.  Read tables.h first, and
 * plots/throughput.gp beside it.
 */
#include "tables.h"

#include <math.h>
#include <string.h>

bool
rp_same_panel(const struct rp_cell *a, const struct rp_cell *b)
{
	return (strcmp(a->variant, b->variant) == 0 &&
	    strcmp(a->sharing, b->sharing) == 0 &&
	    strcmp(a->placement, b->placement) == 0 && a->home == b->home);
}

/*
 * "ro,own · shared · compact": what the cells of a panel have in common.  An
 * asterisk tells of one that starts elsewhere.
 */
static void
panel_title(FILE *f, const struct rp_cell *c, bool borrows)
{
	bool homes = strstr(c->name, "/home=") != NULL;

	if (strcmp(c->variant, "-") != 0)
		fprintf(f, "%s · ", c->variant);
	fprintf(f, "%s%s · %s", c->sharing, borrows ? "*" : "", c->placement);
	if (homes)
		fprintf(f, " · home %d", c->home);
}

/*
 * The cell of one thread from which a panel starts although it is another
 * panel's.  One thread shares with nobody, and a placement that would put it
 * where an earlier one did has no cell of its own (docs/DATA.md).  `same' has
 * one page to work on instead of many, so there nothing stands in.
 */
static const struct rp_cell *
borrowed_start(const struct rp_results *r, unsigned first, unsigned n,
    const struct rp_cell *c)
{
	if (c->threads == 1 || strcmp(c->sharing, "same") == 0)
		return (NULL);
	for (unsigned i = first; i < first + n; i++) {
		const struct rp_cell *o = &r->cells[i];

		if (o->threads == 1 && o->home == c->home &&
		    strcmp(o->variant, c->variant) == 0 &&
		    strcmp(o->sharing, "same") != 0)
			return (o);
	}
	return (NULL);
}

/* Sharings in which every thread goes for the same lines. */
static bool
has_ceiling(const struct rp_cell *c)
{
	return (strcmp(c->sharing, "shared") == 0 ||
	    strcmp(c->sharing, "same") == 0);
}

/* A row of the table, as far as it is the same for every implementation. */
struct place {
	unsigned	panel, place;
	const struct rp_cell *of;	/* which the panel belongs to */
	const struct rp_cell *start;	/* which the linear line starts from */
};

/*
 * The figures of cell c in the panel of cell `of'; of those only that `of' has
 * as well, or null's start would set the scale.
 */
static void
throughput_rows(FILE *f, const struct rp_results *r, const struct place *p,
    const struct rp_cell *c)
{
	double one = rp_rate(p->start, rp_impl_find(r, RP_BASELINE)).median /
	    p->start->threads;

	for (unsigned j = 0; j < r->nimpls; j++) {
		struct rp_estimate e = rp_rate(c, (int)j);

		if (!rp_shown(r, j) ||
		    (p->of != c && rp_rate(p->of, (int)j).n == 0))
			continue;
		fprintf(f, "%u\t", p->panel);
		panel_title(f, p->of, !rp_same_panel(p->start, p->of));
		fprintf(f, "\t%u\t%u\t%u\t", c->threads, p->place, j);
		rp_tsv_number(f, e.median, '\t');
		rp_tsv_number(f, e.lo, '\t');
		rp_tsv_number(f, e.hi, '\t');
		rp_tsv_number(f, one * c->threads, '\t');
		fprintf(f, "%s\t", c->workload);
		rp_tsv_number(f, has_ceiling(c) ? rp_ceiling(r, c) : NAN,
		    '\n');
	}
}

void
rp_table_throughput(FILE *f, const struct rp_results *r, unsigned first)
{
	unsigned n = rp_cells_of_workload(r, first);
	struct place p = { .panel = 0 };

	rp_tsv_head(f, r, "throughput in operations a second: median and its "
	    "interval; place counts the numbers of threads in a panel; linear "
	    "is the baseline's fewest threads, scaled; ceiling is one transfer "
	    "of a line an operation; a panel with an asterisk starts from the "
	    "one thread of another", "panel\ttitle\tthreads\tplace"
	    "\timpl_index\tops_per_s_total_median\tops_per_s_total_lo"
	    "\tops_per_s_total_hi\tlinear\tworkload\tceiling");
	for (unsigned i = first; i < first + n; i++) {
		const struct rp_cell *c = &r->cells[i];

		p.place++;
		if (i == first || !rp_same_panel(c, c - 1)) {
			p.panel += i > first;
			p.place = 0;
			p.of = c;
			p.start = borrowed_start(r, first, n, c);
			if (p.start != NULL)
				throughput_rows(f, r, &p, p.start);
			p.place = p.start != NULL;
			if (p.start == NULL)
				p.start = c;
		}
		throughput_rows(f, r, &p, c);
	}
}
