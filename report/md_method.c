/*
 * RESULTS.md from what was not measured to its end to how it was made.  Read
 * output.h first.
 */
#include "detection.h"
#include "kpi_data.h"
#include "output.h"
#include "scaling.h"
#include "sim_bars.h"
#include "switches.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define	FEW_THREADS	8	/* below it, scaling is not seen */

/* Failures, a line each: they are to be looked into one by one. */
static void
list_failed(FILE *f, const struct rp_results *r, unsigned impl)
{
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_arm *a = rp_arm(&r->cells[i], impl);

		if (a->failed > 0)
			fprintf(f, "- **Failed**, %u window%s: `%s` in `%s`: "
			    "%s\n", a->failed, a->failed == 1 ? "" : "s",
			    r->impls[impl].name, r->cells[i].name, a->why);
	}
}

static bool
is_skipped(const struct rp_arm *a)
{
	return (a->failed == 0 && a->nwindows == 0 && a->skipped > 0);
}

/* The cells that are skipped for the reason that the first of them has. */
static void
list_reason(FILE *f, const struct rp_results *r, unsigned impl, unsigned first)
{
	const char *why = rp_arm(&r->cells[first], impl)->why;
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_arm *a = rp_arm(&r->cells[i], impl);

		if (!is_skipped(a) || strcmp(a->why, why) != 0)
			continue;
		if (i < first)
			return;
		n++;
	}
	fprintf(f, "- Skipped: `%s` in %u cell%s (%s): ",
	    r->impls[impl].name, n, n == 1 ? "" : "s", why);
	for (unsigned i = first; i < r->ncells; i++) {
		const struct rp_arm *a = rp_arm(&r->cells[i], impl);

		if (is_skipped(a) && strcmp(a->why, why) == 0)
			fprintf(f, "%s`%s`", i == first ? "" : ", ",
			    r->cells[i].name);
	}
	fprintf(f, ".\n");
}

static void
list_skipped(FILE *f, const struct rp_results *r, unsigned impl)
{
	for (unsigned i = 0; i < r->ncells; i++)
		if (is_skipped(rp_arm(&r->cells[i], impl)))
			list_reason(f, r, impl, i);
}

/* The placements of the run, each once. */
static void
placements(FILE *f, const struct rp_results *r)
{
	for (unsigned i = 0, n = 0; i < r->ncells; i++) {
		bool seen = false;

		for (unsigned j = 0; j < i; j++)
			seen |= strcmp(r->cells[i].placement,
			    r->cells[j].placement) == 0;
		if (!seen)
			fprintf(f, "%s`%s`", n++ > 0 ? ", " : "",
			    r->cells[i].placement);
	}
}

/* An integer of environment.json, or 0. */
static long long
environment_int(const struct rp_results *r, const char *name)
{
	return (json_integer_value(json_object_get(r->environment, name)));
}

unsigned
rp_processors(const struct rp_results *r)
{
	long long n = environment_int(r, "pus_allowed");

	return (n > 0 && n < INT_MAX ? (unsigned)n : 0);
}

/* More threads than processors take turns, and tell nothing of more cores. */
static unsigned
oversubscribed(FILE *f, const struct rp_results *r)
{
	unsigned pus = rp_processors(r);

	if (pus == 0 || r->threads_max <= pus)
		return (r->threads_max);
	fprintf(f, "- Cells of more than %u thread%s have more threads than "
	    "there are processors: the threads take turns, and the "
	    "scheduler of the host decides with how much. They say how a "
	    "design bears that a holder of a lock is not running, and nothing "
	    "of how it scales.\n", pus, pus == 1 ? "" : "s");
	return (pus);
}

static void
reach(FILE *f, const struct rp_results *r)
{
	unsigned at_once;

	fprintf(f, "- No cell has more than %u thread%s; placement: ",
	    r->threads_max, r->threads_max == 1 ? "" : "s");
	placements(f, r);
	fprintf(f, ".\n");
	at_once = oversubscribed(f, r);
	if (at_once < FEW_THREADS)
		fprintf(f, "- How either design scales over many cores is not "
		    "seen here. On %u thread%s at once %s: the wait of a "
		    "queue of threads and the price of a cache line that many "
		    "share may come out otherwise on a larger machine, in "
		    "either direction.\n", at_once,
		    at_once == 1 ? "" : "s", at_once == 1 ?
		    "nothing is contended" : "a lock has at most a few "
		    "waiters");
	if (environment_int(r, "nodes") == 1)
		fprintf(f, "- The machine has one NUMA node: distance between "
		    "nodes, and where memory lies, is not measured, and the "
		    "home node and most placements are no factors here. A "
		    "machine with more shows them; what the simulator says of "
		    "such machines %s.\n", r->nsims > 0 ? "stands under "
		    "[Scaling](#scaling-on-simulated-machines)" :
		    "is not part of this report (docs/MODEL.md)");
	if (r->rounds < 6)
		fprintf(f, "- %u round%s: no interval of a median exists "
		    "below 6, so no verdict does.\n", r->rounds,
		    r->rounds == 1 ? "" : "s");
	if (r->torn)
		fprintf(f, "- A process was killed in the middle of a line; "
		    "that window is left out.\n");
	if (r->quality.low_overlap > 0)
		fprintf(f, "- In %u of %u windows the threads ran together "
		    "for less than %g %% of the window; their contention is "
		    "understated.\n", r->quality.low_overlap,
		    r->quality.windows, 100 * RP_OVERLAP_LOW);
	if (r->quality.retried > 0)
		fprintf(f, "- %u window%s in which no thread finished an "
		    "operation %s thrown away and run again: where that is "
		    "the design's doing, its figure is too good.\n",
		    r->quality.retried, r->quality.retried == 1 ? "" : "s",
		    r->quality.retried == 1 ? "was" : "were");
}

void
rp_md_missing(FILE *f, const struct rp_results *r)
{
	fprintf(f, "## What was not measured\n\n");
	for (unsigned i = 0; i < r->nimpls; i++)
		list_failed(f, r, i);
	reach(f, r);
	rp_md_limits(f, r);
	for (unsigned i = 0; i < r->nimpls; i++)
		list_skipped(f, r, i);
	fprintf(f, "\n");
}

/* For each number of replicates that a contrast has, what its interval is. */
static void
coverages(FILE *f, const struct rp_results *r)
{
	int base = rp_impl_find(r, RP_BASELINE);
	unsigned *cells = rp_grow(NULL, r->rounds + 1, sizeof(*cells));

	memset(cells, 0, (r->rounds + 1) * sizeof(*cells));
	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++)
			if ((int)j != base && rp_shown(r, j) &&
			    rp_compared(&r->cells[i]))
				cells[rp_contrast(r, &r->cells[i], (int)j,
				    base)->log_ratio.n]++;
	for (unsigned n = 1; n <= r->rounds; n++) {
		double coverage;
		unsigned rank = rp_sign_rank(n, RP_NOMINAL, &coverage);

		if (cells[n] == 0)
			continue;
		fprintf(f, "- %u %s, %u contrast%s: ", n, rp_replicates(r),
		    cells[n], cells[n] == 1 ? "" : "s");
		if (rank == 0)
			fprintf(f, "too few for an interval.\n");
		else
			fprintf(f, "order statistics %u and %u, which cover "
			    "the median in %.1f %% of runs.\n", rank,
			    n + 1 - rank, 100 * coverage);
	}
	free(cells);
}

void
rp_md_how(FILE *f, const struct rp_results *r)
{
	fprintf(f, "## How it was measured\n\n"
	    "A round is a block: in each cell every implementation runs once, "
	    "in an order drawn from the seed, for a fixed time on threads "
	    "that are already running and pinned. The ratio is taken inside "
	    "a round, so that what drifts between rounds cancels. The verdict "
	    "is faster or slower if the exact sign test of the log ratios, "
	    "over %s and corrected by Holm's method for all cells, has a "
	    "p-value of %g at most and the median lies outside the cell's "
	    "noise floor; else it is not resolved, with the effect that "
	    "would have been resolved four times in five. Intervals are the "
	    "sign test's, %g %% nominal, and not corrected. docs/METHOD.md "
	    "has it at length.\n\n", rp_replicates(r), RP_ALPHA,
	    100 * RP_NOMINAL);
	coverages(f, r);
	fprintf(f, "- %u windows; in the worst of them the threads ran "
	    "together for only %.1f %% of the window, and in the worst the "
	    "last thread started %.2f ms after the first.\n\n",
	    r->quality.windows, 100 * r->quality.overlap_min,
	    r->quality.start_skew_ns_max / 1e6);
}

void
rp_md_escaped(FILE *f, const char *s)
{
	for (; *s != '\0'; s++) {
		if (*s == '|')
			fputc('\\', f);
		fputc((unsigned char)*s < ' ' ? ' ' : *s, f);
	}
}

/* A scalar as is, an array or an object as JSON. */
static void
put_value(FILE *f, json_t *v)
{
	char *text;

	if (json_is_string(v)) {
		rp_md_escaped(f, json_string_value(v));
		return;
	}
	if (json_is_null(v)) {
		fprintf(f, "-");
		return;
	}
	text = json_dumps(v, JSON_ENCODE_ANY | JSON_COMPACT |
	    JSON_REAL_PRECISION(6));
	rp_md_escaped(f, text == NULL ? "?" : text);
	free(text);
}

/* Rows of an object; those of objects inside it have a dotted name. */
static void
put_rows(FILE *f, const char *prefix, json_t *object)
{
	const char *name;
	json_t *v;

	json_object_foreach(object, name, v) {
		char full[256];

		snprintf(full, sizeof(full), "%s%s%s", prefix,
		    *prefix == '\0' ? "" : ".", name);
		if (json_is_object(v) && strlen(full) < 128) {
			put_rows(f, full, v);
			continue;
		}
		/* Warnings stand above; lists of objects are for machines. */
		if (strcmp(name, "warnings") == 0 ||
		    strcmp(name, "schema") == 0 ||
		    json_is_object(json_array_get(v, 0)) ||
		    (json_is_string(v) && strcmp(json_string_value(v),
		    "Not affected") == 0))
			continue;
		fprintf(f, "| ");
		rp_md_escaped(f, full);
		fprintf(f, " | ");
		put_value(f, v);
		fprintf(f, " |\n");
	}
}

static void
environment(FILE *f, const struct rp_results *r)
{
	json_t *warnings = json_object_get(r->environment, "warnings"), *v;
	size_t i;

	fprintf(f, "## The environment\n\n");
	if (r->environment == NULL) {
		fprintf(f, "The run has no environment.json: what machine "
		    "this was is not known.\n\n");
		return;
	}
	json_array_foreach(warnings, i, v) {
		fprintf(f, "- Warning: ");
		put_value(f, v);
		fprintf(f, "\n");
	}
	fprintf(f, "%s| | |\n|---|---|\n",
	    json_array_size(warnings) > 0 ? "\n" : "");
	put_rows(f, "", r->environment);
	fprintf(f, "\nData: `%s/environment.json`, which also has the map of "
	    "every placement and the vulnerabilities of the CPU that it is not "
	    "affected by.\n\n", r->folder);
}

void
rp_md_commands(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	json_t *command = json_object_get(r->run, "command");
	json_t *seed = json_object_get(r->run, "seed");

	fprintf(f, "## Commands\n\n```sh\n");
	if (command != NULL) {
		if (json_is_string(command))
			fputs(json_string_value(command), f);
		else
			put_value(f, command);
		fprintf(f, "\n");
	}
	fprintf(f, "build/report %s%s%s", r->folder, r->kpi != NULL ?
	    " --kpi " : "", r->kpi != NULL ? r->kpi->folder : "");
	for (unsigned i = 0; i < r->nsims; i++)
		fprintf(f, " --sim %s", r->sims[i].folder);
	if (r->sim_bars != NULL)
		fprintf(f, " --sim-bars %s", r->sim_bars->table.file);
	if (r->switches != NULL)
		fprintf(f, " --switches %s", r->switches->file);
	fprintf(f, " --out %s --figures %s --results-md "
	    "%s\nreport/draw %s %s\n```\n\n"
	    "The first %s, the second writes the tables and this "
	    "file, the third draws the figures. From the same "
	    "`%s/%s` the last two give the same bytes; "
	    "docs/DATA.md says what stands in it.\n", p->data, p->figures,
	    p->report, p->data, p->figures, r->machine != NULL ? "simulates" :
	    "measures", r->folder, r->rounds_file);
	if (r->nprocesses > 1)
		fprintf(f, "The run has %u processes; each but the first is "
		    "`bench --resume` of a program linked in another order. "
		    "`make full` does it all.\n", r->nprocesses);
	if (json_is_integer(seed) && r->machine == NULL)
		fprintf(f, "The seed was %lld: `--seed %lld` gives the same "
		    "order of implementations in every round.\n",
		    (long long)json_integer_value(seed),
		    (long long)json_integer_value(seed));
}

void
rp_md_method(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	rp_md_how(f, r);
	environment(f, r);
	rp_md_commands(f, r, p);
}
