/*
 * RESULTS.md from its title to the cells in which the new design loses.
 * Read output.h first.
 *
 * Every sentence is put together from the tallies; none is written for the
 * outcome that was hoped for.
 */
#include "output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define	LOSSES_MAX	12	/* cells told of in prose and table */

/* "in 3 cells", "in 1 cell", "in no cell". */
static void
in_cells(FILE *f, unsigned n)
{
	if (n == 0)
		fprintf(f, "in no cell");
	else
		fprintf(f, "in %u cell%s", n, n == 1 ? "" : "s");
}

/*
 * " (1.01x to 2.31x; by 5 % or more in 3)", or " (1.10x)"; nothing if there is
 * no range.
 */
static void
range(FILE *f, double min, double max, unsigned much)
{
	if (isnan(min))
		return;
	if (max - min < 0.005)
		fprintf(f, " (%.2fx)", min);
	else
		fprintf(f, " (%.2fx to %.2fx; by %g %% or more in %u)", min,
		    max, 100 * RP_MUCH, much);
}

/* One sentence on one implementation. */
static void
sentence(FILE *f, const struct rp_results *r, unsigned impl,
    const struct rp_tally *t)
{
	fprintf(f, "`%s` is faster than `%s` ", r->impls[impl].name,
	    RP_BASELINE);
	in_cells(f, t->count[RP_FASTER]);
	range(f, t->faster_min, t->faster_max, t->faster_much);
	fprintf(f, ", slower ");
	in_cells(f, t->count[RP_SLOWER]);
	range(f, t->slower_min, t->slower_max, t->slower_much);
	fprintf(f, " and not resolved in %u of the %u that could be "
	    "judged", t->count[RP_UNRESOLVED], t->judged);
	if (t->count[RP_FEW] > 0)
		fprintf(f, " (%u had too few %s)", t->count[RP_FEW],
		    rp_replicates(r));
	if (!isnan(t->median))
		fprintf(f, "; the median ratio over cells is %.2fx",
		    t->median);
	fprintf(f, ".\n");
}

/* "2 failed, 1 skipped": the cells that have no interval, and why. */
static void
reasons(FILE *f, const struct rp_results *r, const struct rp_tally *t)
{
	static const enum rp_verdict kinds[] = { RP_FAILED, RP_SKIPPED,
	    RP_NO_BASE, RP_ABSENT };
	unsigned n = 0;

	if (t->count[RP_FEW] > 0)
		fprintf(f, "%s%u with too few %s for an interval (at least "
		    "%u are needed)", n++ > 0 ? ", " : "", t->count[RP_FEW],
		    rp_replicates(r), RP_PROCESSES_MIN);
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (t->count[kinds[i]] > 0)
			fprintf(f, "%s%u %s", n++ > 0 ? ", " : "",
			    t->count[kinds[i]], rp_verdict_name(kinds[i]));
	if (n == 0)
		fprintf(f, "the run has none");
}

/* When no cell has a verdict, that is the answer. */
static void
sentence_unjudged(FILE *f, const struct rp_results *r, unsigned impl,
    const struct rp_tally *t)
{
	fprintf(f, "`%s` cannot be judged in any cell: ",
	    r->impls[impl].name);
	reasons(f, r, t);
	if (!isnan(t->median))
		fprintf(f, "; the median ratio over cells is %.2fx, which "
		    "carries no verdict", t->median);
	fprintf(f, ".\n");
}

/* Drift is said first: it is in every figure below. */
static void
drifted(FILE *f, const struct rp_results *r)
{
	struct rp_drift d = rp_drift(r);

	if (!rp_drifted(&d))
		return;
	fprintf(f, "> **The machine drifted.** The first cell, repeated last, "
	    "came out more than %g %% off in %u of %u process%s, at worst at "
	    "%.2f of its first figure; over the whole run it came out at "
	    "%.2f. Ratios are taken inside a block, where drift falls on both "
	    "sides; throughputs in operations a second are of a machine that "
	    "changed.\n\n", 100 * RP_DRIFT, d.beyond, d.processes,
	    d.processes == 1 ? "" : "es", d.worst, d.run);
}

void
rp_md_warnings(FILE *f, const struct rp_results *r)
{
	if (r->failed > 0)
		fprintf(f, "> **%u window%s failed the checks that follow a "
		    "window: the oracle, leaks, the clock.** What failed is "
		    "listed under "
		    "[What was not measured](#what-was-not-measured), has no "
		    "figure anywhere below, and is a defect of that "
		    "implementation or of this lab.\n\n", r->failed,
		    r->failed == 1 ? "" : "s");
	drifted(f, r);
	if (!r->ended)
		fprintf(f, "> The run did not come to its end%s: what follows "
		    "is made of the windows that it had written.\n\n",
		    r->torn ? ", and its last line is torn and left out" : "");
}

static void
summary_figure(FILE *f, const struct rp_results *r,
    const struct rp_places *p)
{
	unsigned pus = rp_processors(r);

	fprintf(f, "\nMeasured with up to %u thread%s", r->threads_max,
	    r->threads_max == 1 ? "" : "s");
	if (pus > 0)
		fprintf(f, " on %u processor%s", pus, pus == 1 ? "" : "s");
	fprintf(f, ", %u round%s in %u process%s on the machine "
	    "[below](#the-environment); see "
	    "[what was not measured](#what-was-not-measured).\n\n",
	    r->rounds, r->rounds == 1 ? "" : "s", r->nprocesses,
	    r->nprocesses == 1 ? "" : "es");
	fprintf(f, "![Ratio of each implementation to %s in every cell]"
	    "(%s/summary.svg)\n\n", RP_BASELINE, p->links);
	fprintf(f, "A dot is a cell, filled where it is resolved; right of "
	    "the line at 1 is faster than `%s`. The line through a dot is "
	    "the interval of its median."
	    "\n\n", RP_BASELINE);
	rp_md_source(f, r, p, "summary.tsv", "summary");
}

void
rp_md_verdict(FILE *f, const struct rp_results *r)
{
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned n = rp_new_designs(r, news);
	int base = rp_impl_find(r, RP_BASELINE);

	if (base < 0)
		fprintf(f, "This run has no `%s`, so nothing is compared.\n",
		    RP_BASELINE);
	else if (n == 0)
		fprintf(f, "This run has no implementation of a new design, "
		    "so the question is not answered.\n");
	for (unsigned i = 0; base >= 0 && i < n; i++) {
		struct rp_tally t = rp_tally(r, (int)news[i], base);

		if (t.judged == 0)
			sentence_unjudged(f, r, news[i], &t);
		else
			sentence(f, r, news[i], &t);
	}
	free(news);
}

void
rp_md_answer(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	fprintf(f, "# Results\n\n");
	rp_md_warnings(f, r);
	fprintf(f, "## The question\n\n"
	    "FreeBSD r254138 replaced the flags and the count that marked a "
	    "page busy, all under the object lock, by one word of its own "
	    "that is changed by compare-and-set. Is that faster on this "
	    "machine, where, by how much, and which part of the change does "
	    "it?\n\n## The answer\n\n");
	rp_md_verdict(f, r);
	summary_figure(f, r, p);
}

struct loss {
	unsigned	cell, impl;
	const struct rp_contrast *k;
};

static int
loss_order(const void *a, const void *b)
{
	const struct loss *x = a, *y = b;

	if (x->k->log_ratio.median != y->k->log_ratio.median)
		return (x->k->log_ratio.median < y->k->log_ratio.median ? -1 :
		    1);
	return (x->cell < y->cell ? -1 : x->cell > y->cell);
}

/*
 * The resolved losses of the new designs, worst first; how many.  *judged is
 * how many verdicts there are to find them among.
 */
static unsigned
find_losses(const struct rp_results *r, struct loss **losses,
    unsigned *judged)
{
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned nnew = rp_new_designs(r, news), n = 0;
	int base = rp_impl_find(r, RP_BASELINE);

	*judged = 0;
	for (unsigned j = 0; j < nnew; j++)
		*judged += rp_tally(r, (int)news[j], base).judged;
	*losses = rp_grow(NULL, r->ncells * nnew + 1, sizeof(**losses));
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < nnew; j++) {
			struct loss l = { i, news[j], rp_contrast(r,
			    &r->cells[i], (int)news[j], base) };

			if (rp_compared(&r->cells[i]) &&
			    l.k->verdict == RP_SLOWER)
				(*losses)[n++] = l;
		}
	free(news);
	qsort(*losses, n, sizeof(**losses), loss_order);
	return (n);
}

void
rp_md_losses(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	struct loss *losses;
	unsigned judged, n = find_losses(r, &losses, &judged);

	fprintf(f, "## Where the new design loses\n\n");
	if (judged == 0)
		fprintf(f, "Nothing could be judged, so this is not "
		    "known.\n\n");
	else if (n == 0)
		fprintf(f, "In no cell is it resolved as slower.\n\n");
	else
		fprintf(f, "%u resolved loss%s, worst first%s.\n\n"
		    "| cell | implementation | ratio | interval | "
		    "[fairness](#fairness), and that of `%s` |\n"
		    "|---|---|---:|---|---|\n", n, n == 1 ? "" : "es",
		    n > LOSSES_MAX ? "; those not listed stand in the tables "
		    "of the next section" : "", RP_BASELINE);
	for (unsigned i = 0; i < n && i < LOSSES_MAX; i++) {
		const struct rp_estimate *e = &losses[i].k->log_ratio;
		const struct rp_cell *c = &r->cells[losses[i].cell];

		fprintf(f, "| `%s` | `%s` | %.2f | [%.2f, %.2f] | ", c->name,
		    r->impls[losses[i].impl].name, exp(e->median),
		    exp(e->lo), exp(e->hi));
		rp_md_fair(f, c, (int)losses[i].impl);
		fprintf(f, ", ");
		rp_md_fair(f, c, rp_impl_find(r, RP_BASELINE));
		fprintf(f, " |\n");
	}
	if (n > 0)
		fprintf(f, "\n");
	rp_md_source(f, r, p, "cells.tsv", NULL);
	free(losses);
}
