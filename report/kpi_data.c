/*
 * Reading the tables of `make kpi'.  Read kpi_data.h first.
 *
 * Columns are found by name, so that a file may have more of them, in any
 * order.  What a column must hold is stated in files[] and checked here once.
 */
#include "kpi_data.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "field.h"
#include "output.h"

const char *const rp_kpi_errors[RP_KPI_ERRORS] = { "object_lock", "include",
    "busy", "flags", "arity", "other" };

static const char *const outcomes[] = { "ok", "compile", "assertion",
    "oracle", "hang", NULL };

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

/* The index of a column, or -1. */
static int
column_of(const struct rp_kpi_table *t, const char *name)
{
	for (unsigned i = 0; i < t->ncolumns; i++)
		if (strcmp(t->columns[i], name) == 0)
			return ((int)i);
	return (-1);
}

const char *
rp_kpi_text(const struct rp_kpi_table *t, unsigned row, const char *column)
{
	int i = column_of(t, column);

	return (i < 0 ? "" : t->texts[row * t->ncolumns + (unsigned)i]);
}

unsigned long long
rp_kpi_count(const struct rp_kpi_table *t, unsigned row, const char *column)
{
	return (strtoull(rp_kpi_text(t, row, column), NULL, 10));
}

int
rp_kpi_find(const struct rp_kpi_table *t, ...)
{
	for (unsigned row = 0; row < t->nrows; row++) {
		const char *column;
		bool all = true;
		va_list list;

		va_start(list, t);
		while ((column = va_arg(list, const char *)) != NULL)
			all = strcmp(rp_kpi_text(t, row, column),
			    va_arg(list, const char *)) == 0 && all;
		va_end(list);
		if (all)
			return ((int)row);
	}
	return (-1);
}

bool
rp_kpi_first(const struct rp_kpi_table *t, unsigned row, const char *column)
{
	return (rp_kpi_find(t, column, rp_kpi_text(t, row, column), NULL) ==
	    (int)row);
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

/* Split a line at its tabs, in place; *cells has room for all, how many. */
static unsigned
split(char *line, char ***cells)
{
	unsigned n = 1;

	for (const char *s = line; *s != '\0'; s++)
		n += *s == '\t';
	*cells = rp_grow(NULL, n, sizeof(**cells));
	for (unsigned i = 0; i < n; i++)
		(*cells)[i] = strsep(&line, "\t");
	return (n);
}

static bool
is_count(const char *text)
{
	size_t n = strspn(text, "0123456789");

	return (n > 0 && n < 19 && text[n] == '\0');
}

static bool
is_outcome(const char *text)
{
	unsigned i = 0;

	while (outcomes[i] != NULL && strcmp(outcomes[i], text) != 0)
		i++;
	return (outcomes[i] != NULL);
}

/* The columns that the file must have.  0, or -1 with a message. */
static int
check_columns(const struct rp_kpi_table *t, enum rp_kpi_file file,
    const char *path, char message[RP_MESSAGE])
{
	const char *need[16];
	unsigned n = 0;

	for (unsigned i = 0; i < 6 && files[file].texts[i] != NULL; i++)
		need[n++] = files[file].texts[i];
	for (unsigned i = 0; i < 7 && files[file].counts[i] != NULL; i++)
		need[n++] = files[file].counts[i];
	if (files[file].outcome != NULL)
		need[n++] = files[file].outcome;
	for (unsigned i = 0; i < n; i++)
		if (column_of(t, need[i]) < 0)
			return (rp_fail(message, "%.300s:1: no column %s; "
			    "make kpi writes it anew", path, need[i]));
	return (0);
}

/* What the last row holds.  0, or -1 with a message. */
static int
check_row(const struct rp_kpi_table *t, enum rp_kpi_file file,
    const char *path, unsigned line, char message[RP_MESSAGE])
{
	const char *outcome = files[file].outcome;
	unsigned row = t->nrows - 1;

	for (unsigned i = 0; i < 7 && files[file].counts[i] != NULL; i++) {
		const char *name = files[file].counts[i];

		if (!is_count(rp_kpi_text(t, row, name)))
			return (rp_fail(message, "%.300s:%u: %s is no count: "
			    "\"%.60s\"; make kpi writes it anew", path, line,
			    name, rp_kpi_text(t, row, name)));
	}
	if (outcome != NULL && !is_outcome(rp_kpi_text(t, row, outcome)))
		return (rp_fail(message, "%.300s:%u: no outcome: \"%.60s\"; "
		    "make kpi writes it anew", path, line,
		    rp_kpi_text(t, row, outcome)));
	return (0);
}

/* Take a line in.  0, or -1 with a message. */
static int
add_line(struct rp_kpi_table *t, enum rp_kpi_file file, char *text,
    const char *path, unsigned line, char message[RP_MESSAGE])
{
	char **cells;
	unsigned n;

	for (char *s = text; *s != '\0'; s++)
		if (*s != '\t' && iscntrl((unsigned char)*s))
			return (rp_fail(message, "%.300s:%u: a control "
			    "character; make kpi writes it anew", path,
			    line));
	n = split(text, &cells);
	if (t->ncolumns > 0 && n != t->ncolumns) {
		free(cells);
		return (rp_fail(message, "%.300s:%u: %u columns where the "
		    "first line has %u; make kpi writes it anew", path, line,
		    n, t->ncolumns));
	}
	for (unsigned i = 0; i < n; i++)
		cells[i] = rp_strdup(cells[i]);
	if (t->ncolumns == 0) {
		t->columns = cells;
		t->ncolumns = n;
		return (check_columns(t, file, path, message));
	}
	t->texts = rp_grow(t->texts, (size_t)(t->nrows + 1) * n,
	    sizeof(*t->texts));
	memcpy(&t->texts[t->nrows++ * n], cells, n * sizeof(*cells));
	free(cells);
	return (check_row(t, file, path, line, message));
}

static int
read_table(struct rp_kpi_table *t, enum rp_kpi_file file, char *text,
    const char *path, char message[RP_MESSAGE])
{
	unsigned line = 0;
	char *next;

	t->present = true;
	for (; text != NULL && *text != '\0'; text = next) {
		next = strchr(text, '\n');
		if (next != NULL)
			*next++ = '\0';
		line++;
		if (add_line(t, file, text, path, line, message) != 0)
			return (-1);
	}
	if (line == 0)
		return (rp_fail(message, "%.300s: empty; make kpi writes it "
		    "anew", path));
	return (0);
}

void
rp_kpi_free(struct rp_kpi *k)
{
	for (unsigned i = 0; k != NULL && i < RP_KPI_FILES; i++) {
		struct rp_kpi_table *t = &k->tables[i];

		for (unsigned j = 0; j < t->ncolumns; j++)
			free(t->columns[j]);
		for (unsigned j = 0; j < t->nrows * t->ncolumns; j++)
			free(t->texts[j]);
		free(t->columns);
		free(t->texts);
	}
	if (k != NULL)
		free(k->folder);
	free(k);
}

/* A file of the folder, if it is there.  0, or -1 with a message. */
static int
read_file(struct rp_kpi *k, enum rp_kpi_file file, char message[RP_MESSAGE])
{
	char path[RP_MESSAGE], *text;
	int status;

	snprintf(path, sizeof(path), "%.400s/%s", k->folder,
	    files[file].name);
	text = rp_read_file(path);
	if (text == NULL)
		return (errno == ENOENT ? 0 : rp_fail(message, "%.300s: %s",
		    path, strerror(errno)));
	status = read_table(&k->tables[file], file, text, path, message);
	free(text);
	return (status);
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
