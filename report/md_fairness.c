/*
 * RESULTS.md: cells in which the threads were not treated alike.
 *
 * A lock that is free for a moment only is had again by the thread that just
 * left it, before another has noticed: throughput is then that of one thread
 * that runs alone, and looks the better for it.  So fairness stands beside it.
 * Read output.h first.
 */
#include "output.h"

#include <math.h>

void
rp_md_fair(FILE *f, const struct rp_cell *c, int impl)
{
	double v = rp_fairness(c, impl);

	if (isnan(v))
		fprintf(f, "-");
	else
		fprintf(f, "%.2f", v);
}

static bool
unfair(const struct rp_results *r, const struct rp_cell *c)
{
	if (!rp_compared(c))
		return (false);
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_fairness(c, (int)i) < RP_FAIR_LOW)
			return (true);
	return (false);
}

static void
head(FILE *f, const struct rp_results *r)
{
	fprintf(f, "| cell |");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_shown(r, i))
			fprintf(f, " `%s` |", r->impls[i].name);
	fprintf(f, "\n|---|");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_shown(r, i))
			fprintf(f, "---:|");
	fprintf(f, "\n");
}

static void
row(FILE *f, const struct rp_results *r, const struct rp_cell *c)
{
	fprintf(f, "| `%s` |", c->name);
	for (unsigned i = 0; i < r->nimpls; i++) {
		if (!rp_shown(r, i))
			continue;
		fprintf(f, " ");
		rp_md_fair(f, c, (int)i);
		fprintf(f, " |");
	}
	fprintf(f, "\n");
}

void
rp_md_fairness(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	unsigned n = 0;

	fprintf(f, "## Fairness\n\n"
	    "Fairness is the operations of the thread that did least over "
	    "those of the one that did most; the median over rounds. Where a "
	    "lock is free only for a moment, the thread that left it has it "
	    "again before another has noticed: the figure is then that of one "
	    "thread running almost alone, and a design that lets the threads "
	    "share looks slower beside it. Below %.1f a figure carries a "
	    "dagger.\n\n", RP_FAIR_LOW);
	for (unsigned i = 0; i < r->ncells; i++) {
		if (!unfair(r, &r->cells[i]))
			continue;
		if (n++ == 0)
			head(f, r);
		row(f, r, &r->cells[i]);
	}
	if (n == 0)
		fprintf(f, "In no cell is it below.\n");
	fprintf(f, "\nData: `%s/cells.tsv`.\n\n", p->data);
}
