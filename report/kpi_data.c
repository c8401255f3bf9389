/*
 * Reading the tables of `make kpi'.  Read kpi_data.h first.
 *
 * What a column must hold is stated in files[] and checked here once.
 */
#include "kpi_data.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "field.h"

const char *const rp_kpi_errors[RP_KPI_ERRORS] = { "object_lock", "include",
    "busy", "flags", "arity", "other" };

/* Columns by what they hold; lists end in NULL. */
static const struct {
	const char	*name;
	const char	*texts[6], *counts[7], *outcome;
} files[RP_KPI_FILES] = {
	[RP_KPI_VERDICTS] = { "kpi_verdicts.tsv",
	    .texts = { "old", "new", "verdict", "because", "freebsd" } },
	[RP_KPI_MATRIX] = { "kpi_matrix.tsv",
	    .texts = { "consumer", "port", "impl" },
	    .counts = { "object_lock", "include", "busy", "flags", "arity",
	    "other" }, .outcome = "outcome" },
	[RP_KPI_MIGRATION] = { "kpi_migration.tsv", .texts = { "consumer" },
	    .counts = { "uses", "converted", "remaining", "comments" } },
	[RP_KPI_REMAINING] = { "kpi_remaining.tsv",
	    .texts = { "consumer", "name" }, .counts = { "line" } },
	[RP_KPI_USES] = { "kpi_uses.tsv",
	    .texts = { "old", "new", "consumer" }, .counts = { "uses" } },
	[RP_KPI_SIZES] = { "kpi_sizes.tsv",
	    .texts = { "implementation", "structure" },
	    .counts = { "bytes" } },
	[RP_KPI_CHECKS] = { "kpi_checks.tsv", .texts = { "implementation" },
	    .counts = { "passed", "failed" } },
};

const char *
rp_kpi_file_name(enum rp_kpi_file file)
{
	return (files[file].name);
}

unsigned long long
rp_kpi_errors_of(const struct rp_kpi_table *matrix, unsigned row)
{
	unsigned long long n = 0;

	for (unsigned i = 0; i < RP_KPI_ERRORS; i++)
		n += rp_kpi_count(matrix, row, rp_kpi_errors[i]);
	return (n);
}

unsigned
rp_kpi_ran(const struct rp_kpi_table *matrix, const char *port,
    const char *impl, unsigned *ok)
{
	unsigned n = 0;

	*ok = 0;
	for (unsigned i = 0; i < matrix->nrows; i++) {
		if (strcmp(rp_kpi_text(matrix, i, "port"), port) != 0 ||
		    strcmp(rp_kpi_text(matrix, i, "impl"), impl) != 0)
			continue;
		n++;
		*ok += strcmp(rp_kpi_text(matrix, i, "outcome"), "ok") == 0;
	}
	return (n);
}

const struct rp_kpi_table *
rp_kpi_table(const struct rp_kpi *k, enum rp_kpi_file file)
{
	static const struct rp_kpi_table none;

	return (k == NULL ? &none : &k->tables[file]);
}

static bool
is_count(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return (n > 0 && n < 19 && text[n] == '\0');
}

/* A word: what is not "ok" fails, however it does. */
static bool
is_outcome(const char *text)
{
	size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz_");

	return (n > 0 && text[n] == '\0');
}

/* What a row holds.  0, or -1 with a message. */
static int
check_row(const struct rp_kpi_table *t, enum rp_kpi_file file,
    const char *path, unsigned row, char message[RP_MESSAGE])
{
	const char *outcome = files[file].outcome;

	for (unsigned i = 0; files[file].counts[i] != NULL; i++) {
		const char *name = files[file].counts[i];

		if (!is_count(rp_kpi_text(t, row, name)))
			return (rp_fail(message, "%.300s:%u: %s is no count: "
			    "\"%.60s\"; make kpi writes it anew", path,
			    row + 2, name, rp_kpi_text(t, row, name)));
	}
	if (outcome != NULL && !is_outcome(rp_kpi_text(t, row, outcome)))
		return (rp_fail(message, "%.300s:%u: no outcome: \"%.60s\"; "
		    "make kpi writes it anew", path, row + 2,
		    rp_kpi_text(t, row, outcome)));
	return (0);
}

void
rp_kpi_free(struct rp_kpi *k)
{
	for (unsigned i = 0; k != NULL && i < RP_KPI_FILES; i++)
		rp_kpi_table_free(&k->tables[i]);
	if (k != NULL)
		free(k->folder);
	free(k);
}

/* A file of the folder, if it is there.  0, or -1 with a message. */
static int
read_file(struct rp_kpi *k, enum rp_kpi_file file, char message[RP_MESSAGE])
{
	struct rp_kpi_table *t = &k->tables[file];
	char path[RP_MESSAGE];
	const char *need[16];
	unsigned n = 0;

	for (unsigned i = 0; files[file].texts[i] != NULL; i++)
		need[n++] = files[file].texts[i];
	for (unsigned i = 0; files[file].counts[i] != NULL; i++)
		need[n++] = files[file].counts[i];
	need[n++] = files[file].outcome;
	need[n] = NULL;
	snprintf(path, sizeof(path), "%.400s/%s", k->folder,
	    files[file].name);
	if (rp_kpi_table_read(t, path, need, message) != 0)
		return (-1);
	for (unsigned row = 0; row < t->nrows; row++)
		if (check_row(t, file, path, row, message) != 0)
			return (-1);
	return (0);
}

int
rp_kpi_load(struct rp_results *r, const char *folder, char message[RP_MESSAGE])
{
	char real[PATH_MAX];
	struct rp_kpi *k;
	struct stat st;

	if (realpath(folder, real) == NULL || stat(real, &st) != 0 ||
	    !S_ISDIR(st.st_mode))
		return (rp_fail(message, "%.300s: no such folder; make kpi "
		    "writes results/kpi", folder));
	k = rp_grow(NULL, 1, sizeof(*k));
	memset(k, 0, sizeof(*k));
	k->folder = rp_strdup(rp_from_here(real));
	for (unsigned i = 0; i < RP_KPI_FILES; i++)
		if (read_file(k, i, message) != 0) {
			rp_kpi_free(k);
			return (-1);
		}
	rp_kpi_free(r->kpi);
	r->kpi = k;
	return (0);
}
