/*
 * KPI.md: who breaks and how they migrate, in short.  Read page.h first.
 */
#include <string.h>

#include "page.h"
#include "tsv.h"

static const char *const matrix_columns[] = { "consumer", "port", "impl",
    "outcome", NULL };
static const char *const migration_columns[] = { "consumer", "uses",
    "converted", "remaining", "comments", NULL };
static const char *const remaining_columns[] = { "consumer", "line", "name",
    "text", NULL };

static int
text_is(const struct kpi_tsv *t, size_t row, const char *column,
    const char *text)
{
	return (strcmp(kpi_tsv_text(t, row, column), text) == 0);
}

/* "9 of 11 run; 2 do not compile" of a port and an implementation. */
static void
put_outcomes(FILE *f, const struct kpi_tsv *t, const char *port,
    const char *impl)
{
	static const char *const outcomes[] = { "compile", "assertion",
	    "oracle", "hang" };
	unsigned n = 0, ok = 0, count[4] = { 0 };

	for (size_t i = 0; i < t->tv_nrows; i++) {
		if (!text_is(t, i, "port", port) ||
		    !text_is(t, i, "impl", impl))
			continue;
		n++;
		ok += text_is(t, i, "outcome", "ok") != 0;
		for (unsigned k = 0; k < 4; k++)
			count[k] += text_is(t, i, "outcome", outcomes[k]) != 0;
	}
	if (n == 0) {
		fputs(" - |", f);
		return;
	}
	fprintf(f, " **%u of %u**", ok, n);
	for (unsigned k = 0; k < 4; k++)
		if (count[k] > 0)
			fprintf(f, ", %s %u", outcomes[k], count[k]);
	fputs(" |", f);
}

void
kpi_page_matrix(FILE *f, const char *folder)
{
	struct kpi_tsv t = kpi_tsv_read(folder, "kpi_matrix.tsv",
	    matrix_columns);
	size_t i, k;

	if (t.tv_nrows > 0) {
		fputs("## Who breaks\n\nConsumers that run right, of those "
		    "that were tried, by how they were ported; then how the "
		    "others fail. docs/KPI-CASE.md says what the ports and "
		    "outcomes are.\n\n| port |", f);
		for (i = 0; i < t.tv_nrows; i++)
			if (kpi_tsv_first(&t, i, "impl"))
				fprintf(f, " `%s` |", kpi_tsv_text(&t, i,
				    "impl"));
		fputs("\n|---|", f);
		for (i = 0; i < t.tv_nrows; i++)
			if (kpi_tsv_first(&t, i, "impl"))
				fputs("---|", f);
		for (i = 0; i < t.tv_nrows; i++) {
			if (!kpi_tsv_first(&t, i, "port"))
				continue;
			fprintf(f, "\n| %s |", kpi_tsv_text(&t, i, "port"));
			for (k = 0; k < t.tv_nrows; k++)
				if (kpi_tsv_first(&t, k, "impl"))
					put_outcomes(f, &t, kpi_tsv_text(&t, i,
					    "port"), kpi_tsv_text(&t, k,
					    "impl"));
		}
		fputs("\n\nData: `kpi_matrix.tsv`.\n\n", f);
	}
	kpi_tsv_free(&t);
}

static void
put_remaining(FILE *f, const char *folder)
{
	struct kpi_tsv t = kpi_tsv_read(folder, "kpi_remaining.tsv",
	    remaining_columns);

	if (t.tv_nrows > 0)
		fputs("What remains for a person:\n\n| consumer | line | name "
		    "| text |\n|---|---:|---|---|\n", f);
	for (size_t i = 0; i < t.tv_nrows; i++) {
		fprintf(f, "| %s | %s | `%s` | ", kpi_tsv_text(&t, i,
		    "consumer"), kpi_tsv_text(&t, i, "line"),
		    kpi_tsv_text(&t, i, "name"));
		kpi_page_code(f, kpi_tsv_text(&t, i, "text"));
		fputs(" |\n", f);
	}
	if (t.tv_nrows > 0)
		fputc('\n', f);
	kpi_tsv_free(&t);
}

void
kpi_page_migration(FILE *f, const char *folder)
{
	struct kpi_tsv t = kpi_tsv_read(folder, "kpi_migration.tsv",
	    migration_columns);
	unsigned long uses = 0, converted = 0;

	for (size_t i = 0; i < t.tv_nrows; i++) {
		uses += kpi_tsv_count(&t, i, "uses");
		converted += kpi_tsv_count(&t, i, "converted");
	}
	if (t.tv_nrows > 0) {
		fprintf(f, "## How they migrate\n\n`docs/MIGRATION.md` is for "
		    "who ports. The semantic patch (`tools/kpi-convert`) "
		    "converts %lu of %lu uses of the old KPI",
		    converted, uses);
		if (uses > 0)
			fprintf(f, ", %.1f %%", 100.0 * (double)converted /
			    (double)uses);
		fputs(".\n\n| consumer | uses | converted | remaining | "
		    "comments for a person |\n|---|---:|---:|---:|---:|\n", f);
		for (size_t i = 0; i < t.tv_nrows; i++)
			fprintf(f, "| %s | %s | %s | %s | %s |\n",
			    kpi_tsv_text(&t, i, "consumer"),
			    kpi_tsv_text(&t, i, "uses"),
			    kpi_tsv_text(&t, i, "converted"),
			    kpi_tsv_text(&t, i, "remaining"),
			    kpi_tsv_text(&t, i, "comments"));
		fputc('\n', f);
		put_remaining(f, folder);
		fputs("Data: `kpi_migration.tsv`, `kpi_remaining.tsv`.\n\n", f);
	}
	kpi_tsv_free(&t);
}
