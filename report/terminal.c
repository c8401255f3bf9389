/*
 * What is printed to a terminal: the verdicts in ten seconds' reading, and
 * the table of bars.  Read output.h and screen.h first.
 */
#include "output.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "decide.h"
#include "scaling.h"
#include "screen.h"

/* A paragraph: what was printed to t, broken at the width. */
static void
print_paragraph(FILE *f, const struct rp_screen *s, struct rp_text *t)
{
	char *text = rp_text_close(t);

	rp_print_wrapped(f, s, text);
	free(text);
}

static void
say_range(FILE *f, double min, double max, unsigned much)
{
	if (max - min < 0.005)
		fprintf(f, " (%.2fx)", min);
	else if (!isnan(min))
		fprintf(f, " (%.2fx to %.2fx; by %g %% or more in %u)", min,
		    max, 100 * RP_MUCH, much);
}

/* The verdict of one implementation, in one sentence. */
static void
print_verdict(FILE *f, const struct rp_screen *s, const struct rp_results *r,
    unsigned impl, const struct rp_tally *v)
{
	unsigned few = v->count[RP_FEW];
	struct rp_text t;

	rp_text_open(&t);
	fprintf(t.f, "%s: faster in %u of %u cells", r->impls[impl].name,
	    v->count[RP_FASTER], v->judged + few);
	say_range(t.f, v->faster_min, v->faster_max, v->faster_much);
	fprintf(t.f, ", slower in %u", v->count[RP_SLOWER]);
	say_range(t.f, v->slower_min, v->slower_max, v->slower_much);
	fprintf(t.f, ", not resolved in %u", v->count[RP_UNRESOLVED]);
	if (few > 0)
		fprintf(t.f, ", too few %s in %u", rp_replicates(r), few);
	if (!isnan(v->median))
		fprintf(t.f, "; median %.2fx", v->median);
	print_paragraph(f, s, &t);
}

static void
print_extreme(FILE *f, const struct rp_screen *s, const struct rp_results *r,
    const char *what, int cell, unsigned impl)
{
	const struct rp_contrast *k;
	struct rp_text t;

	if (cell < 0)
		return;
	k = rp_contrast(r, &r->cells[cell], (int)impl,
	    rp_impl_find(r, RP_BASELINE));
	rp_text_open(&t);
	fprintf(t.f, "  %s %.2fx [%.2f, %.2f] in %s", what,
	    exp(k->log_ratio.median), exp(k->log_ratio.lo),
	    exp(k->log_ratio.hi), r->cells[cell].name);
	print_paragraph(f, s, &t);
}

/* Replicates without which no cell of a family can be resolved. */
static unsigned
replicates_needed(unsigned family)
{
	return ((unsigned)ceil(1 + log2(family / (1 - RP_NOMINAL))));
}

/* The median of fractions, as per cent with two digits. */
static void
say_median(FILE *f, double *values, unsigned n)
{
	double percent = 100 * rp_estimate(values, n).median;

	fprintf(f, percent < 10 ? "%.2g %%" : "%.0f %%", percent);
}

/* How finely the run could see: noise floor and detectable effect. */
static void
print_noise(FILE *f, const struct rp_screen *s, const struct rp_results *r,
    const unsigned *news, unsigned n)
{
	int base = rp_impl_find(r, RP_BASELINE);
	double *floors = rp_grow(NULL, (size_t)r->ncells * n + 1,
	    sizeof(*floors));
	double *mdes = rp_grow(NULL, (size_t)r->ncells * n + 1,
	    sizeof(*mdes));
	unsigned nfloors = 0, nmdes = 0, pairs = 0;
	struct rp_text t;

	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < n && rp_compared(&r->cells[i]); j++) {
			const struct rp_contrast *k = rp_contrast(r,
			    &r->cells[i], (int)news[j], base);

			pairs += k->log_ratio.n > 0;
			if (!isnan(k->floor))
				floors[nfloors++] = expm1(k->floor);
			if (!isnan(k->mde))
				mdes[nmdes++] = k->mde;
		}
	rp_text_open(&t);
	if (nfloors > 0) {
		fputs("identical code differs by up to ", t.f);
		say_median(t.f, floors, nfloors);
		fputs(" in half of the cells; ", t.f);
	} else
		fprintf(t.f, "no second copy of %s that ran often enough, so "
		    "no noise floor; ", RP_BASELINE);
	if (nmdes > 0) {
		fputs("half of the cells could have seen an effect of ", t.f);
		say_median(t.f, mdes, nmdes);
	} else
		fprintf(t.f, "too few %s for a verdict on so many cells: %u "
		    "are needed", rp_replicates(r),
		    replicates_needed(rp_family(r, (int)news[0], base)));
	if (pairs > 0)
		print_paragraph(f, s, &t);
	else
		free(rp_text_close(&t));
	free(floors);
	free(mdes);
}

static void
print_drift(FILE *f, const struct rp_screen *s, const struct rp_results *r)
{
	struct rp_drift d = rp_drift(r);
	struct rp_text t;

	if (!rp_drifted(&d))
		return;
	rp_text_open(&t);
	fprintf(t.f, "DRIFT: the machine's speed moved by more than %g %% in "
	    "%u of %u processes, by %+.1f %% in process %u", 100 * RP_DRIFT,
	    d.beyond, d.processes, 100 * (d.worst - 1), d.worst_process);
	if (!isnan(d.run))
		fprintf(t.f, ", %+.1f %% over the run", 100 * (d.run - 1));
	fputs("; ratios are taken inside a block, rates are not", t.f);
	print_paragraph(f, s, &t);
}

/* What was decided of the steps, where both designs were run. */
static void
print_decision(FILE *f, const struct rp_screen *s, const struct rp_results *r)
{
	struct rp_text t;

	rp_text_open(&t);
	rp_decision_line(t.f, r);
	print_paragraph(f, s, &t);
}

/* Where to read on: what there is of it. */
static void
print_files(FILE *f, const struct rp_results *r)
{
	const struct {
		const char *what, *file;
	} files[] = {
		{ "page:", "report.html" }, { "report:", "RESULTS.md" },
		{ "figures:", "plots" }, { "data:", r->rounds_file },
	};

	for (unsigned i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct rp_text t;
		char *path;

		rp_text_open(&t);
		fprintf(t.f, "%s/%s", r->folder, files[i].file);
		path = rp_text_close(&t);
		if (access(path, F_OK) == 0)
			fprintf(f, "%-8s %s\n", files[i].what, path);
		free(path);
	}
}

/* What must be known before any figure is believed. */
static void
print_warnings(FILE *f, const struct rp_screen *s, const struct rp_results *r)
{
	if (r->failed > 0)
		fprintf(f, "WRONG: %u windows failed their checks; see "
		    "RESULTS.md for which\n", r->failed);
	if (rp_impl_find(r, RP_BASELINE) < 0)
		fprintf(f, "no %s in this run: nothing is compared\n",
		    RP_BASELINE);
	print_drift(f, s, r);
}

void
rp_print_summary(const struct rp_results *r, FILE *f)
{
	int base = rp_impl_find(r, RP_BASELINE);
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned n = rp_new_designs(r, news);
	struct rp_screen s = rp_screen(f);

	if (r->machine != NULL) {
		rp_print_scaling(r, f);
		print_files(f, r);
		free(news);
		return;
	}
	fprintf(f, "%s: %u cells, %u rounds%s\n", r->folder,
	    rp_compared_cells(r), r->rounds,
	    r->ended ? "" : "; the run did not come to its end");
	print_warnings(f, &s, r);
	for (unsigned i = 0; base >= 0 && i < n; i++) {
		struct rp_tally t = rp_tally(r, (int)news[i], base);

		print_verdict(f, &s, r, news[i], &t);
		print_extreme(f, &s, r, "best ", t.best, news[i]);
		print_extreme(f, &s, r, "worst", t.worst, news[i]);
	}
	if (base >= 0 && n > 0 && rp_compared_cells(r) > 0) {
		fprintf(f, "ratio to %s, a mark a cell, %s: resolved\n",
		    RP_BASELINE, s.utf8 ? "●" : "#");
		rp_print_strips(f, &s, r, news, n);
		print_noise(f, &s, r, news, n);
		print_decision(f, &s, r);
	}
	print_files(f, r);
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
