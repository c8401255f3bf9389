/*
 * RESULTS.md: the verdicts on the KPIs and what it takes to migrate consumers,
 * as `make kpi' found them; md_matrix.c has who breaks.  Read kpi_data.h first.
 */
#include <stdlib.h>
#include <string.h>

#include "md_kpi.h"

bool
rp_md_kpi_begin(FILE *f, const struct rp_results *r, enum rp_kpi_file file,
    const char *title)
{
	if (r->kpi == NULL)
		return (false);
	fprintf(f, "### %s\n\n", title);
	if (rp_kpi_table(r->kpi, file)->present)
		return (true);
	fprintf(f, "`%s/%s` is missing: `make kpi` writes it.\n\n",
	    r->kpi->folder, rp_kpi_file_name(file));
	return (false);
}

void
rp_md_kpi_source(FILE *f, const struct rp_results *r, enum rp_kpi_file file)
{
	fprintf(f, "\nData: `%s/%s`, by `make kpi`.\n\n", r->kpi->folder,
	    rp_kpi_file_name(file));
}

void
rp_kpi_changes(FILE *f, const struct rp_kpi_table *verdicts, unsigned row)
{
	static const struct {
		const char *column, *word;
	} classes[] = {
		{ "removed", "removed" }, { "renamed", "renamed" },
		{ "signature", "of signature" },
		{ "semantics_stricter", "stricter" },
		{ "semantics_relaxed", "relaxed" },
		{ "semantics_other", "of other semantics" },
		{ "value", "of value" }, { "layout", "of layout" },
		{ "kind", "of kind" }, { "expansion", "of expansion" },
		{ "added", "added" },
	};
	unsigned n = 0;

	for (unsigned i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		unsigned long long count = rp_kpi_count(verdicts, row,
		    classes[i].column);

		if (count > 0)
			fprintf(f, "%s%llu %s", n++ > 0 ? ", " : "", count,
			    classes[i].word);
	}
	if (n == 0)
		fputs("none", f);
}

void
rp_md_verdicts(FILE *f, const struct rp_results *r)
{
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi, RP_KPI_VERDICTS);
	struct rp_decisions d;
	unsigned n = 0;

	if (!rp_md_kpi_begin(f, r, RP_KPI_VERDICTS, "What changes"))
		return;
	fprintf(f, "| KPI | verdict | changes | FreeBSD |\n"
	    "|---|---|---|---|\n");
	rp_decide(r, &d);
	for (unsigned i = 0; i < d.n; i++) {
		const struct rp_step_decision *s = &d.steps[i];
		int row = rp_kpi_find(t, "old", s->kpi_from, "new", s->to,
		    NULL);

		if (row < 0)
			continue;
		fprintf(f, "| `%s` -> `%s` | **", s->kpi_from, s->to);
		rp_md_escaped(f, rp_kpi_text(t, (unsigned)row, "verdict"));
		fprintf(f, "** | ");
		rp_kpi_changes(f, t, (unsigned)row);
		fprintf(f, " | ");
		rp_md_escaped(f, rp_kpi_text(t, (unsigned)row, "freebsd"));
		fprintf(f, " |\n");
		n++;
	}
	rp_decisions_free(&d);
	if (n < t->nrows)
		fprintf(f, "\n%u further pair%s of implementations in the "
		    "file.\n", t->nrows - n, t->nrows - n == 1 ? " is" :
		    "s are");
	rp_md_kpi_source(f, r, RP_KPI_VERDICTS);
}

/* The uses that are left to a person. */
static void
remaining(FILE *f, const struct rp_results *r)
{
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi,
	    RP_KPI_REMAINING);

	if (!t->present)
		return;
	fprintf(f, "%u use%s left to a person%s", t->nrows,
	    t->nrows == 1 ? " is" : "s are", t->nrows > 0 ? ": " : "");
	for (unsigned i = 0; i < t->nrows; i++)
		fprintf(f, "%s`%s:%s` `%s`", i > 0 ? ", " : "",
		    rp_kpi_text(t, i, "consumer"), rp_kpi_text(t, i, "line"),
		    rp_kpi_text(t, i, "name"));
	fprintf(f, ".\n");
	rp_md_kpi_source(f, r, RP_KPI_REMAINING);
}

void
rp_md_migration(FILE *f, const struct rp_results *r)
{
	static const char *const counts[] = { "uses", "converted",
	    "remaining", "comments" };
	const struct rp_kpi_table *t = rp_kpi_table(r->kpi,
	    RP_KPI_MIGRATION);
	unsigned long long sums[4] = { 0 };

	if (!rp_md_kpi_begin(f, r, RP_KPI_MIGRATION, "How they migrate"))
		return;
	fprintf(f, "| consumer | uses | converted | remaining | comments for "
	    "a person | seconds |\n|---|---:|---:|---:|---:|---:|\n");
	for (unsigned i = 0; i < t->nrows; i++) {
		fprintf(f, "| `%s` |", rp_kpi_text(t, i, "consumer"));
		for (unsigned j = 0; j < 4; j++) {
			sums[j] += rp_kpi_count(t, i, counts[j]);
			fprintf(f, " %llu |", rp_kpi_count(t, i, counts[j]));
		}
		fprintf(f, " %s |\n", rp_kpi_text(t, i, "seconds"));
	}
	fprintf(f, "| all |");
	for (unsigned j = 0; j < 4; j++)
		fprintf(f, " %llu |", sums[j]);
	fprintf(f, " |\n");
	if (sums[0] > 0)
		fprintf(f, "\n%.1f %% of uses are converted without a person; "
		    "%d %% are asked for.\n", 100.0 * (double)sums[1] /
		    (double)sums[0], RP_CONVERTED_PERCENT);
	rp_md_kpi_source(f, r, RP_KPI_MIGRATION);
	remaining(f, r);
}
