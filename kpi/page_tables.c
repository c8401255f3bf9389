/*
 * KPI.md: who breaks and how they migrate, in short.  Read page.h first.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "report/kpi_table.h"

#include "compare.h"
#include "page.h"

static const char *const matrix_columns[] = { "consumer", "port", "impl",
    "outcome", NULL };
static const char *const migration_columns[] = { "consumer", "uses",
    "converted", "remaining", "comments", NULL };
static const char *const remaining_columns[] = { "consumer", "line", "name",
    "text", NULL };

/* A file that is not there has no rows. */
static struct rp_kpi_table
read_table(const char *folder, const char *file, const char *const *columns)
{
	char *path = kpi_text("%s/%s", folder, file), message[RP_MESSAGE];
	struct rp_kpi_table t;

	if (rp_kpi_table_read(&t, path, columns, message) != 0)
		errx(2, "%s", message);
	free(path);
	return (t);
}

static int
text_is(const struct rp_kpi_table *t, unsigned row, const char *column,
    const char *text)
{
	return (strcmp(rp_kpi_text(t, row, column), text) == 0);
}

static int
is_of(const struct rp_kpi_table *t, unsigned row, const char *port,
    const char *impl)
{
	return (text_is(t, row, "port", port) && text_is(t, row, "impl", impl));
}

/*
 * "**9 of 11**, compile 2" of a port and an implementation: what is not "ok"
 * fails, under whatever word.
 */
static void
put_outcomes(FILE *f, const struct rp_kpi_table *t, const char *port,
    const char *impl)
{
	unsigned n = 0, ok = 0;

	for (unsigned i = 0; i < t->nrows; i++)
		if (is_of(t, i, port, impl)) {
			n++;
			ok += text_is(t, i, "outcome", "ok") != 0;
		}
	if (n == 0) {
		fputs(" - |", f);
		return;
	}
	fprintf(f, " **%u of %u**", ok, n);
	for (unsigned k = 0; k < t->nrows; k++) {
		const char *word = rp_kpi_text(t, k, "outcome");
		unsigned count = 0;

		if (!rp_kpi_first(t, k, "outcome") || strcmp(word, "ok") == 0)
			continue;
		for (unsigned i = 0; i < t->nrows; i++)
			count += is_of(t, i, port, impl) &&
			    text_is(t, i, "outcome", word);
		if (count > 0)
			fprintf(f, ", %s %u", word, count);
	}
	fputs(" |", f);
}

/* What builds and goes wrong all the same. */
static int
goes_wrong(const struct rp_kpi_table *t, unsigned row)
{
	return (!text_is(t, row, "outcome", "ok") &&
	    !text_is(t, row, "outcome", "compile"));
}

/* The first row that tells what this one does, of whatever implementation. */
static unsigned
first_alike(const struct rp_kpi_table *t, unsigned row)
{
	return ((unsigned)rp_kpi_find(t, "consumer", rp_kpi_text(t, row,
	    "consumer"), "port", rp_kpi_text(t, row, "port"), "outcome",
	    rp_kpi_text(t, row, "outcome"), "detail", rp_kpi_text(t, row,
	    "detail"), NULL));
}

/* A row each, once for all implementations that it goes wrong on alike. */
static void
put_failures(FILE *f, const struct rp_kpi_table *t)
{
	int any = 0;

	for (unsigned i = 0; i < t->nrows; i++) {
		const char *comma = "";

		if (!goes_wrong(t, i) || first_alike(t, i) != i)
			continue;
		if (!any)
			fputs("What builds and goes wrong when it runs:\n\n"
			    "| consumer | port | on | outcome | what is said "
			    "|\n|---|---|---|---|---|\n", f);
		any = 1;
		fprintf(f, "| %s | %s | ", rp_kpi_text(t, i, "consumer"),
		    rp_kpi_text(t, i, "port"));
		for (unsigned k = i; k < t->nrows; k++)
			if (first_alike(t, k) == i) {
				fprintf(f, "%s`%s`", comma, rp_kpi_text(t, k,
				    "impl"));
				comma = ", ";
			}
		fprintf(f, " | %s | ", rp_kpi_text(t, i, "outcome"));
		kpi_page_text(f, rp_kpi_text(t, i, "detail"));
		fputs(" |\n", f);
	}
	if (any)
		fputc('\n', f);
}

void
kpi_page_matrix(FILE *f, const char *folder)
{
	struct rp_kpi_table t = read_table(folder, "kpi_matrix.tsv",
	    matrix_columns);
	unsigned i, k;

	if (t.nrows > 0) {
		fputs("## Who breaks\n\nConsumers that run right, of those "
		    "that were tried, by how they were ported; then how the "
		    "others fail. docs/KPI-CASE.md says what the ports and "
		    "outcomes are.\n\n| port |", f);
		for (i = 0; i < t.nrows; i++)
			if (rp_kpi_first(&t, i, "impl"))
				fprintf(f, " `%s` |", rp_kpi_text(&t, i,
				    "impl"));
		fputs("\n|---|", f);
		for (i = 0; i < t.nrows; i++)
			if (rp_kpi_first(&t, i, "impl"))
				fputs("---|", f);
		for (i = 0; i < t.nrows; i++) {
			if (!rp_kpi_first(&t, i, "port"))
				continue;
			fprintf(f, "\n| %s |", rp_kpi_text(&t, i, "port"));
			for (k = 0; k < t.nrows; k++)
				if (rp_kpi_first(&t, k, "impl"))
					put_outcomes(f, &t, rp_kpi_text(&t, i,
					    "port"), rp_kpi_text(&t, k,
					    "impl"));
		}
		fputs("\n\n", f);
		put_failures(f, &t);
		fputs("Data: `kpi_matrix.tsv`.\n\n", f);
	}
	rp_kpi_table_free(&t);
}

static void
put_remaining(FILE *f, const char *folder)
{
	struct rp_kpi_table t = read_table(folder, "kpi_remaining.tsv",
	    remaining_columns);

	if (t.nrows > 0)
		fputs("What remains for a person:\n\n| consumer | line | name "
		    "| text |\n|---|---:|---|---|\n", f);
	for (unsigned i = 0; i < t.nrows; i++) {
		fprintf(f, "| %s | %s | `%s` | ", rp_kpi_text(&t, i,
		    "consumer"), rp_kpi_text(&t, i, "line"),
		    rp_kpi_text(&t, i, "name"));
		kpi_page_code(f, rp_kpi_text(&t, i, "text"));
		fputs(" |\n", f);
	}
	if (t.nrows > 0)
		fputc('\n', f);
	rp_kpi_table_free(&t);
}

void
kpi_page_migration(FILE *f, const char *folder)
{
	struct rp_kpi_table t = read_table(folder, "kpi_migration.tsv",
	    migration_columns);
	unsigned long long uses = 0, converted = 0;

	for (unsigned i = 0; i < t.nrows; i++) {
		uses += rp_kpi_count(&t, i, "uses");
		converted += rp_kpi_count(&t, i, "converted");
	}
	if (t.nrows > 0) {
		fprintf(f, "## How they migrate\n\n`docs/MIGRATION.md` is for "
		    "who ports. The semantic patch (`tools/kpi-convert`) "
		    "converts %llu of %llu uses of the old KPI",
		    converted, uses);
		if (uses > 0)
			fprintf(f, ", %.1f %%", 100.0 * (double)converted /
			    (double)uses);
		fputs(".\n\n| consumer | uses | converted | remaining | "
		    "comments for a person |\n|---|---:|---:|---:|---:|\n", f);
		for (unsigned i = 0; i < t.nrows; i++)
			fprintf(f, "| %s | %s | %s | %s | %s |\n",
			    rp_kpi_text(&t, i, "consumer"),
			    rp_kpi_text(&t, i, "uses"),
			    rp_kpi_text(&t, i, "converted"),
			    rp_kpi_text(&t, i, "remaining"),
			    rp_kpi_text(&t, i, "comments"));
		fputc('\n', f);
		put_remaining(f, folder);
		fputs("Data: `kpi_migration.tsv`, `kpi_remaining.tsv`.\n\n", f);
	}
	rp_kpi_table_free(&t);
}
