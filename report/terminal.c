/*
 * What is printed to a terminal: the verdicts in ten seconds' reading, and
 * the table of bars.  Read output.h first.
 */
#include "output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int
name_width(const struct rp_results *r)
{
	size_t width = 14;

	for (unsigned i = 0; i < r->nimpls; i++)
		if (strlen(r->impls[i].name) > width)
			width = strlen(r->impls[i].name);
	return ((int)width);
}

static void
print_tally(FILE *f, const struct rp_results *r, unsigned impl, int base,
    int width)
{
	struct rp_tally t = rp_tally(r, (int)impl, base);
	unsigned none = t.count[RP_FEW] + t.count[RP_SKIPPED] +
	    t.count[RP_NO_BASE] + t.count[RP_ABSENT];

	fprintf(f, "  %-*s %7u %7u %13u %7u %7u", width, r->impls[impl].name,
	    t.count[RP_FASTER], t.count[RP_SLOWER], t.count[RP_UNRESOLVED],
	    none, t.count[RP_FAILED]);
	if (isnan(t.median))
		fprintf(f, " %8s\n", "-");
	else
		fprintf(f, " %7.2fx\n", t.median);
}

static void
print_extreme(FILE *f, const struct rp_results *r, const char *what, int cell,
    unsigned impl, int base)
{
	const struct rp_contrast *k;

	if (cell < 0)
		return;
	k = rp_contrast(r, &r->cells[cell], (int)impl, base);
	fprintf(f, "  %s of %s: %.2fx [%.2f, %.2f] in %s\n", what,
	    r->impls[impl].name, exp(k->log_ratio.median),
	    exp(k->log_ratio.lo), exp(k->log_ratio.hi), r->cells[cell].name);
}

void
rp_print_summary(const struct rp_results *r, FILE *f)
{
	int base = rp_impl_find(r, RP_BASELINE), width = name_width(r);
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned n = rp_new_designs(r, news);

	fprintf(f, "%s: %u cells, %u rounds%s\n", r->folder,
	    rp_compared_cells(r), r->rounds,
	    r->ended ? "" : "; the run did not come to its end");
	if (r->failed > 0)
		fprintf(f, "WRONG: %u windows failed their checks; see "
		    "RESULTS.md for which\n", r->failed);
	if (base < 0)
		fprintf(f, "no %s in this run: nothing is compared\n",
		    RP_BASELINE);
	fprintf(f, "cells against %s, and the median ratio of throughput:\n"
	    "  %-*s %7s %7s %13s %7s %7s %8s\n", RP_BASELINE, width, "",
	    "faster", "slower", "not resolved", "none", "failed", "median");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_shown(r, i) && (int)i != base)
			print_tally(f, r, i, base, width);
	for (unsigned i = 0; i < n; i++) {
		struct rp_tally t = rp_tally(r, (int)news[i], base);

		print_extreme(f, r, "best ", t.best, news[i], base);
		print_extreme(f, r, "worst", t.worst, news[i], base);
	}
	free(news);
}

void
rp_print_bars(const struct rp_results *r, FILE *f)
{
	struct rp_bar bars[RP_BARS];

	rp_bars(r, bars);
	fprintf(f, "%-38s %9s %9s  %-14s %s\n", "bar", "limit", "median",
	    "interval", "outcome");
	for (unsigned i = 0; i < RP_BARS; i++) {
		const struct rp_estimate *v = &bars[i].value;
		char limit[32], median[32] = "-", interval[64] = "-";

		snprintf(limit, sizeof(limit), "%.2f %s", bars[i].limit,
		    bars[i].unit);
		if (v->n > 0)
			snprintf(median, sizeof(median), "%.2f %s",
			    rp_no_minus(v->median), bars[i].unit);
		if (v->bounded)
			snprintf(interval, sizeof(interval), "[%.2f, %.2f]",
			    rp_no_minus(v->lo), rp_no_minus(v->hi));
		fprintf(f, "%-38s %9s %9s  %-14s %s\n", bars[i].name, limit,
		    median, interval, rp_bar_outcome(&bars[i]));
	}
}
