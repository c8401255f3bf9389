/*
 * Reading tables.  Read tsv.h first.
 */
#include "tsv.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "report/output.h"

#include "compare.h"
#include "store.h"

static size_t
count_tabs(const char *line)
{
	size_t n = 0;

	for (; *line != '\0'; line++)
		n += *line == '\t';
	return (n);
}

static void
add_line(struct kpi_tsv *t, char *line, const struct kpi_place *at)
{
	size_t n = count_tabs(line) + 1, rows = at->pl_line - 1;

	if (at->pl_line == 1)
		t->tv_ncolumns = n;
	else if (n != t->tv_ncolumns)
		kpi_fail(at, "%zu fields where line 1 names %zu; make kpi "
		    "writes it anew", n, t->tv_ncolumns);
	t->tv_cells = kpi_grow(t->tv_cells, (rows + 1) * n,
	    sizeof(*t->tv_cells));
	for (size_t i = 0; i < n; i++)
		t->tv_cells[rows * n + i] = strsep(&line, "\t");
	t->tv_nrows = rows;
}

/* The column of a name; or how many there are. */
static size_t
column_of(const struct kpi_tsv *t, const char *name)
{
	size_t i = 0;

	while (i < t->tv_ncolumns && strcmp(t->tv_cells[i], name) != 0)
		i++;
	return (i);
}

struct kpi_tsv
kpi_tsv_read(const char *folder, const char *file,
    const char *const *columns)
{
	char *path = kpi_text("%s/%s", folder, file), *rest, *line;
	struct kpi_place at = { path, 0 };
	struct kpi_tsv t = { .tv_text = rp_read_file(path) };

	for (rest = t.tv_text; rest != NULL && *rest != '\0';) {
		line = strsep(&rest, "\n");
		at.pl_line++;
		add_line(&t, line, &at);
	}
	at.pl_line = 1;
	for (; t.tv_text != NULL && *columns != NULL; columns++)
		if (column_of(&t, *columns) == t.tv_ncolumns)
			kpi_fail(&at, "no column %s; make kpi writes it anew",
			    *columns);
	free(path);
	return (t);
}

void
kpi_tsv_free(struct kpi_tsv *t)
{
	free(t->tv_cells);
	free(t->tv_text);
}

const char *
kpi_tsv_text(const struct kpi_tsv *t, size_t row, const char *column)
{
	return (t->tv_cells[(row + 1) * t->tv_ncolumns +
	    column_of(t, column)]);
}

unsigned long
kpi_tsv_count(const struct kpi_tsv *t, size_t row, const char *column)
{
	return (strtoul(kpi_tsv_text(t, row, column), NULL, 10));
}

int
kpi_tsv_first(const struct kpi_tsv *t, size_t row, const char *column)
{
	const char *text = kpi_tsv_text(t, row, column);

	for (size_t i = 0; i < row; i++)
		if (strcmp(kpi_tsv_text(t, i, column), text) == 0)
			return (0);
	return (1);
}
