/*
 * RESULTS.md: is the bump justified?  The decisions and their criteria; what
 * they rest on is in md_consumers.c and md_matrix.c.  Read decide.h first.
 *
 * Every sentence is put together from the findings; none is written for the
 * outcome that was hoped for.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "md_kpi.h"

static void
arrow(FILE *f, const char *from, const char *to)
{
	fprintf(f, "`%s` -> `%s`", from, to);
}

/* The verdict on a pair of KPIs, "-" if there is none. */
const char *
rp_kpi_verdict(const struct rp_results *r, const char *from, const char *to)
{
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi, RP_KPI_VERDICTS);
	int row = rp_kpi_find(t, "old", from, "new", to, NULL);

	return (row < 0 ? "-" : rp_kpi_text(t, (unsigned)row, "verdict"));
}

static void
decision_table(FILE *f, const struct rp_results *r,
    const struct rp_decisions *d)
{
	fprintf(f, "| step | | decision | KPI verdict |");
	for (unsigned i = 0; i < RP_CRITERIA; i++)
		fprintf(f, " %s |", rp_criterion_name(i));
	fprintf(f, "\n|---|---|---|---|");
	for (unsigned i = 0; i < RP_CRITERIA; i++)
		fprintf(f, "---|");
	fprintf(f, "\n");
	for (unsigned i = 0; i < d->n; i++) {
		const struct rp_step_decision *s = &d->steps[i];

		fprintf(f, "| ");
		arrow(f, s->from, s->to);
		fprintf(f, " | %s | **%s** | ", s->what,
		    rp_decision_name(s->decision));
		rp_md_escaped(f, rp_kpi_verdict(r, s->kpi_from, s->to));
		fprintf(f, " |");
		for (unsigned j = 0; j < RP_CRITERIA; j++)
			fprintf(f, " %s |",
			    rp_says_name(s->findings[j].says));
		fprintf(f, "\n");
	}
	fprintf(f, "\n");
}

/* ": 0 of 62 with `rwlock_vpo`, 0 of 62 with ..."; whether there is any. */
static bool
where_gains_come(FILE *f, const struct rp_results *r,
    const struct rp_decisions *d)
{
	unsigned n = 0;

	for (unsigned i = 0; i < d->n; i++) {
		const struct rp_step_decision *s = &d->steps[i];
		struct rp_gains g = rp_gains(r, s->from, s->to);

		if (s->whole || g.judged == 0)
			continue;
		if (n++ == 0)
			fprintf(f, "Cells of fault, grab, trace and io_hold "
			    "that gain %g %% or more", 100 * RP_MUCH);
		fprintf(f, "%s%u of %u with `%s`", n == 1 ? ": " : ", ",
		    g.much, g.cells, s->to);
	}
	fprintf(f, n > 0 ? "." : "The throughput of no step could be "
	    "judged.");
	return (n > 0);
}

/* "`sxbusy_rlock`": the steps that need this one, and gain. */
static void
who_gains(FILE *f, const struct rp_decisions *d, unsigned needed_by)
{
	unsigned n = 0;

	for (unsigned i = 0; needed_by >> i != 0; i++)
		if ((needed_by >> i & 1) != 0 &&
		    d->steps[i].findings[RP_GAIN].says == RP_FOR)
			fprintf(f, "%s`%s`", n++ > 0 ? " and " : "",
			    d->steps[i].to);
}

/* What a step is worth to throughput, in a sentence. */
static void
what_it_buys(FILE *f, const struct rp_decisions *d,
    const struct rp_step_decision *s)
{
	enum rp_says enables = s->findings[RP_ENABLES].says;

	fprintf(f, " `%s` (%s) ", s->to, s->what);
	switch (s->findings[RP_GAIN].says) {
	case RP_FOR:
		fprintf(f, "gains by itself.");
		return;
	case RP_AGAINST:
		fprintf(f, "alone buys little throughput");
		break;
	default:
		fprintf(f, "cannot be judged.");
		return;
	}
	if (enables == RP_FOR) {
		fprintf(f, "; what needs it and gains is ");
		who_gains(f, d, s->needed_by);
	} else if (enables == RP_AGAINST)
		fprintf(f, ", and so does what needs it");
	else if (enables == RP_OPEN)
		fprintf(f, "; what needs it could not be judged");
	else
		fprintf(f, ", and no step needs it");
	fprintf(f, ".");
}

/* " Against it: regressions (32 of 69 cells, 4 by 5 % or more), ..." */
static void
what_is_against(FILE *f, const struct rp_step_decision *s)
{
	unsigned n = 0;

	for (unsigned i = 0; i < RP_CRITERIA; i++)
		if (s->findings[i].says == RP_AGAINST && i != RP_ENABLES)
			fprintf(f, "%s%s (%.*s)", n++ == 0 ? " Against it: " :
			    ", ", rp_criterion_name(i),
			    (int)strcspn(s->findings[i].figure, ";"),
			    s->findings[i].figure);
	if (n > 0)
		fprintf(f, ".");
}

static void
sentence(FILE *f, const struct rp_step_decision *s)
{
	char *missing = rp_missing(s);

	fprintf(f, "- ");
	arrow(f, s->from, s->to);
	fprintf(f, " (%s): **%s**: %s.", s->what,
	    rp_decision_name(s->decision), s->why);
	what_is_against(f, s);
	if (*missing != '\0')
		fprintf(f, " Missing: %s.", missing);
	fprintf(f, "\n");
	free(missing);
}

/* A step whose KPI is compared with another's than its throughput. */
static void
mapping(FILE *f, const struct rp_results *r, const struct rp_step_decision *s)
{
	const char *verdict = rp_kpi_verdict(r, s->kpi_from, s->from);

	if (strcmp(s->from, s->kpi_from) == 0)
		return;
	fprintf(f, "Throughput of %s is compared from `%s`, its KPI from "
	    "`%s`: the former has the read lock of prefault already, which is "
	    "no part of the busy word", s->what, s->from, s->kpi_from);
	if (strcmp(verdict, "nothing") == 0)
		fprintf(f, "; the KPIs of these two are the same");
	else if (strcmp(verdict, "note") == 0)
		fprintf(f, "; the KPIs of these two differ by what breaks no "
		    "consumer (verdict: note)");
	else if (strcmp(verdict, "-") != 0) {
		fprintf(f, "; but between the KPIs of these two stands the "
		    "verdict: ");
		rp_md_escaped(f, verdict);
	}
	fprintf(f, ".\n\n");
}

void
rp_md_decision(FILE *f, const struct rp_results *r)
{
	struct rp_decisions d;
	bool any;

	rp_decide(r, &d);
	any = where_gains_come(f, r, &d);
	for (unsigned i = 0; i < d.n && any; i++)
		if (!d.steps[i].whole)
			what_it_buys(f, &d, &d.steps[i]);
	fprintf(f, "\n\n");
	for (unsigned i = 0; i < d.n; i++)
		sentence(f, &d.steps[i]);
	fprintf(f, "\n");
	for (unsigned i = 0; i < d.n; i++)
		mapping(f, r, &d.steps[i]);
	if (r->kpi == NULL)
		fprintf(f, "What consumers bear is not known to this report. "
		    "`make kpi` finds it; `build/report %s --kpi results/kpi` "
		    "then counts it in.\n\n", r->folder);
	rp_decisions_free(&d);
}

static void
bounds(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	fprintf(f, "### The criteria\n\n| criterion | for, if | data |\n"
	    "|---|---|---|\n");
	for (unsigned i = 0; i < RP_CRITERIA; i++) {
		char bound[RP_BOUND_MAX];

		rp_bound(i, bound, sizeof(bound));
		fprintf(f, "| %s | %s | ", rp_criterion_name(i), bound);
		rp_criterion_files(f, r, p, i);
		fprintf(f, " |\n");
	}
	fprintf(f, "\n");
}

static void
criteria_table(FILE *f, const struct rp_decisions *d)
{
	fprintf(f, "| step | criterion | figure | says |\n"
	    "|---|---|---|---|\n");
	for (unsigned i = 0; i < d->n; i++)
		for (unsigned j = 0; j < RP_CRITERIA; j++) {
			const struct rp_step_decision *s = &d->steps[i];

			fprintf(f, "| ");
			arrow(f, rp_criterion_of_kpi(j) ? s->kpi_from :
			    s->from, s->to);
			fprintf(f, " | %s | ", rp_criterion_name(j));
			rp_md_escaped(f, s->findings[j].figure);
			fprintf(f, " | %s |\n",
			    rp_says_name(s->findings[j].says));
		}
	fprintf(f, "\n");
}

/* The cells behind "regressions", in the order of cells. */
static void
regressions(FILE *f, const struct rp_results *r, const struct rp_decisions *d)
{
	unsigned any = 0;

	for (unsigned i = 0; i < d->n; i++) {
		const struct rp_step_decision *s = &d->steps[i];
		int impl = rp_impl_find(r, s->to);
		int base = rp_impl_find(r, s->from);
		unsigned n = 0;

		for (unsigned j = 0; j < r->ncells; j++) {
			const struct rp_contrast *k = rp_contrast(r,
			    &r->cells[j], impl, base);

			if (!rp_compared(&r->cells[j]) || !rp_regressed(k))
				continue;
			if (any++ == 0)
				fprintf(f, "Regressions of %g %% or more, "
				    "with their ratio:\n\n", 100 * RP_MUCH);
			if (n++ == 0) {
				fprintf(f, "- ");
				arrow(f, s->from, s->to);
			}
			fprintf(f, "%s `%s` %.2f", n == 1 ? ":" : ",",
			    r->cells[j].name, exp(k->log_ratio.median));
		}
		if (n > 0)
			fprintf(f, "\n");
	}
	if (any > 0)
		fprintf(f, "\n");
}

void
rp_md_kpi(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	struct rp_decisions d;

	rp_decide(r, &d);
	fprintf(f, "## Is the bump justified\n\n"
	    "Whether a step is worth what it asks of those who use the KPI, "
	    "by one rule over seven criteria (docs/KPI-CASE.md, section 4). "
	    "Throughput is of this machine, with up to %u thread%s; a step "
	    "that is judged here may be judged otherwise on a larger one.\n\n",
	    r->threads_max, r->threads_max == 1 ? "" : "s");
	decision_table(f, r, &d);
	rp_md_decision(f, r);
	fprintf(f, "Data: `%s/decision.tsv`, by `build/report %s%s%s --out "
	    "%s`.\n\n", p->data, r->folder, r->kpi == NULL ? "" : " --kpi ",
	    r->kpi == NULL ? "" : r->kpi->folder, p->data);
	bounds(f, r, p);
	criteria_table(f, &d);
	regressions(f, r, &d);
	rp_md_source(f, r, p, "step_cells.tsv", NULL);
	rp_decisions_free(&d);
	rp_md_verdicts(f, r);
	rp_md_matrix(f, r);
	rp_md_migration(f, r);
}
