/*
 * RESULTS.md: every cell, the steps, the traces.  Read output.h first.
 */
#include "output.h"

#include <math.h>
#include <string.h>

/* "1.23 M": operations a second in the unit that suits. */
static void
rate(FILE *f, double v)
{
	static const char *const units[] = { "", " k", " M", " G" };
	unsigned i = 0;

	if (isnan(v)) {
		fprintf(f, "-");
		return;
	}
	for (; v >= 1000 && i < 3; i++)
		v /= 1000;
	fprintf(f, "%.3g%s", v, units[i]);
}

/* "1.32 [1.28, 1.35] **faster**", or why there is no ratio. */
static void
verdict(FILE *f, const struct rp_contrast *k)
{
	const struct rp_estimate *e = &k->log_ratio;

	if (e->n > 0)
		fprintf(f, "%.2f ", exp(e->median));
	if (e->bounded)
		fprintf(f, "[%.2f, %.2f] ", exp(e->lo), exp(e->hi));
	fprintf(f, rp_resolved(k->verdict) || k->verdict == RP_FAILED ?
	    "**%s**" : "%s", rp_verdict_name(k->verdict));
	if (k->verdict == RP_UNRESOLVED && !isnan(k->mde))
		fprintf(f, " (>= %.2g %%)", 100 * k->mde);
}

/* A dagger at a figure that is mostly one thread's. */
static void
mark_unfair(FILE *f, const struct rp_cell *c, int impl)
{
	if (rp_fairness(c, impl) < RP_FAIR_LOW)
		fprintf(f, " †");
}

/* Columns: one for each implementation that is compared. */
static void
head(FILE *f, const struct rp_results *r, int base)
{
	fprintf(f, "| cell | `%s`, ops/s | its copy |", RP_BASELINE);
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_shown(r, i) && (int)i != base)
			fprintf(f, " `%s` |", r->impls[i].name);
	fprintf(f, "\n|---|---:|---|");
	for (unsigned i = 0; i < r->nimpls; i++)
		if (rp_shown(r, i) && (int)i != base)
			fprintf(f, "---|");
	fprintf(f, "\n");
}

/* What identical code shows: the A/A copy's ratio. */
static void
copy(FILE *f, const struct rp_results *r, const struct rp_cell *c)
{
	const struct rp_contrast *k = rp_noise(r, c);

	if (k == NULL || k->log_ratio.n == 0)
		fprintf(f, "-");
	else if (!k->log_ratio.bounded)
		fprintf(f, "%.2f", exp(k->log_ratio.median));
	else
		fprintf(f, "%.2f [%.2f, %.2f]", exp(k->log_ratio.median),
		    exp(k->log_ratio.lo), exp(k->log_ratio.hi));
}

static void
row(FILE *f, const struct rp_results *r, const struct rp_cell *c, int base)
{
	fprintf(f, "| `%s` | ", c->name + strlen(c->workload) + 1);
	rate(f, rp_rate(c, base).median);
	mark_unfair(f, c, base);
	fprintf(f, " | ");
	copy(f, r, c);
	fprintf(f, " |");
	for (unsigned i = 0; i < r->nimpls; i++) {
		const struct rp_contrast *k = rp_contrast(r, c, (int)i, base);

		if (!rp_shown(r, i) || (int)i == base)
			continue;
		fprintf(f, " ");
		verdict(f, k);
		mark_unfair(f, c, (int)i);
		fprintf(f, " |");
	}
	fprintf(f, "\n");
}

/* A table of each workload that is the trace, or of each that is not. */
static void
cell_tables(FILE *f, const struct rp_results *r, bool traces,
    const struct rp_places *p)
{
	const char *workload = "";
	int base = rp_impl_find(r, RP_BASELINE);

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *c = &r->cells[i];

		if (!rp_compared(c) ||
		    (strcmp(c->workload, RP_TRACE) == 0) != traces)
			continue;
		if (strcmp(c->workload, workload) != 0) {
			workload = c->workload;
			if (!traces)
				fprintf(f, "\n### %s\n\n[Throughput against "
				    "threads](%s/throughput-%s.svg)\n\n",
				    workload, p->links, workload);
			head(f, r, base);
		}
		row(f, r, c, base);
	}
}

void
rp_md_cells(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	fprintf(f, "## Every cell\n\n"
	    "A cell is `variant/sharing/tN`, N the number of threads%s; "
	    "docs/WORKLOADS.md says what each of the names means. Each "
	    "column gives the median over %s of the ratio of throughput "
	    "to `%s` in the same round, the 95 %% interval of that median, and "
	    "the verdict, which is corrected for the number of cells. `not "
	    "resolved (>= 2 %%)` could have seen an effect of 2 %% or more. "
	    "The interval is of that cell alone: it may leave out 1 and the "
	    "verdict still be `not resolved`, where too many %s disagree for "
	    "a verdict that has to hold for all cells at once. "
	    "`its copy` is identical code against itself. A dagger marks a "
	    "figure that is mostly one thread's "
	    "([fairness](#fairness)). Replayed traces are "
	    "[further down](#real-programs).\n\n"
	    "[The same as a map](%s/speedup.svg).\n\n",
	    strstr(r->cells[0].name, r->cells[0].placement) != NULL ?
	    ", then the placement" : "",
	    rp_replicates(r), RP_BASELINE, rp_replicates(r), p->links);
	rp_md_source(f, r, p, "cells.tsv", "speedup");
	cell_tables(f, r, false, p);
	fprintf(f, "\n");
}

static void
step(FILE *f, double ratio, enum rp_verdict v)
{
	fprintf(f, rp_resolved(v) ? " **%.2f** |" : " %.2f |", ratio);
}

void
rp_md_steps(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	unsigned n = 0;

	fprintf(f, "## What each step contributes\n\n"
	    "Each step is an implementation of its own. The first and the "
	    "third are FreeBSD's r248084 and r254138; the second keeps apart "
	    "what the tree of r254138 has and the first has not, the read "
	    "lock in the prefault of a fault's neighbours. The last is this "
	    "lab's own: grab and soft fault under the read lock, by a shorter "
	    "path, busying the page (docs/FIDELITY.md); FreeBSD's read-locked "
	    "fault of 2014 does not busy. In a row the ratios multiply to the "
	    "total, that of `sxbusy_rlock` to `%s`. Bold: the step is "
	    "resolved, by its own ratio inside each round.\n\n",
	    RP_BASELINE);
	for (unsigned i = 0; i < r->ncells; i++) {
		struct rp_steps s = rp_steps(r, &r->cells[i]);

		if (!rp_compared(&r->cells[i]) || !s.complete)
			continue;
		if (n++ == 0)
			fprintf(f, "| cell | object lock becomes an rwlock "
			    "(`%s`) | prefault reads (`%s`) | busy word "
			    "(`%s`) | read lock, short path (`%s`) | total "
			    "|\n|---|---:|---:|---:|---:|---:|\n",
			    rp_step_impl(RP_STEP_RWLOCK),
			    rp_step_impl(RP_STEP_READ),
			    rp_step_impl(RP_STEP_BUSY),
			    rp_step_impl(RP_STEP_RLOCK));
		fprintf(f, "| `%s` |", r->cells[i].name);
		for (unsigned j = 0; j < RP_STEPS; j++)
			step(f, s.ratio[j], s.verdict[j]);
		fprintf(f, " %.2f |\n", s.total);
	}
	if (n == 0)
		fprintf(f, "No cell has all of `%s`, `%s`, `%s`, `%s` and "
		    "`%s`, so no gain can be split.\n\n", RP_BASELINE,
		    rp_step_impl(RP_STEP_RWLOCK), rp_step_impl(RP_STEP_READ),
		    rp_step_impl(RP_STEP_BUSY), rp_step_impl(RP_STEP_RLOCK));
	else {
		fprintf(f, "\n![From the old design to the last, step by "
		    "step](%s/attribution.svg)\n\n", p->links);
		rp_md_source(f, r, p, "steps.tsv", "attribution");
	}
}

void
rp_md_traces(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	bool any = false;

	for (unsigned i = 0; i < r->ncells; i++)
		any |= strcmp(r->cells[i].workload, RP_TRACE) == 0;
	fprintf(f, "## Real programs\n\n");
	if (!any) {
		fprintf(f, "No trace was replayed in this run.\n\n");
		return;
	}
	fprintf(f, "Page faults that were recorded from real programs, "
	    "replayed. One operation is one fault of the recording; the time "
	    "between faults is left out, so this is how fast the faults go, "
	    "not how fast the program would.\n\n"
	    "![Operations a second of each trace](%s/traces.svg)\n\n",
	    p->links);
	cell_tables(f, r, true, p);
	fprintf(f, "\n");
	rp_md_source(f, r, p, "traces.tsv", "traces");
}
