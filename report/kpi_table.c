/*
 * Reading a table of `make kpi'.  Read kpi_table.h first.
 *
 * The file is kept as one text that is cut at tabs and newlines.  Linked into
 * build/kpi too, so it needs nothing of a run.
 */
#include "kpi_table.h"

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "output.h"

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

static char **
more_cells(char **cells, size_t n)
{
	cells = reallocarray(cells, n, sizeof(*cells));
	if (cells == NULL)
		err(1, "no memory for a table");
	return (cells);
}

static unsigned
count_cells(const char *line)
{
	unsigned n = 1;

	for (; *line != '\0'; line++)
		n += *line == '\t';
	return (n);
}

static bool
has_control(const char *line)
{
	for (; *line != '\0'; line++)
		if (*line != '\t' && iscntrl((unsigned char)*line))
			return (true);
	return (false);
}

/* Take a line in.  0, or -1 with a message. */
static int
add_line(struct rp_kpi_table *t, char *line, const char *path,
    unsigned number, char message[RP_MESSAGE])
{
	unsigned n = count_cells(line);
	char **cells;

	if (has_control(line))
		return (rp_fail(message, "%.300s:%u: a control character; "
		    "make kpi writes it anew", path, number));
	if (number == 1) {
		t->ncolumns = n;
		cells = t->columns = more_cells(NULL, n);
	} else {
		if (n != t->ncolumns)
			return (rp_fail(message, "%.300s:%u: %u columns where "
			    "the first line has %u; make kpi writes it anew",
			    path, number, n, t->ncolumns));
		t->texts = more_cells(t->texts, (size_t)(t->nrows + 1) * n);
		cells = &t->texts[t->nrows++ * n];
	}
	for (unsigned i = 0; i < n; i++)
		cells[i] = strsep(&line, "\t");
	return (0);
}

int
rp_kpi_table_read(struct rp_kpi_table *t, const char *path,
    const char *const *need, char message[RP_MESSAGE])
{
	unsigned number = 0;
	char *rest, *line;

	*t = (struct rp_kpi_table){ .text = rp_read_file(path) };
	if (t->text == NULL)
		return (errno == ENOENT ? 0 : rp_fail(message, "%.300s: %s",
		    path, strerror(errno)));
	t->present = true;
	for (rest = t->text; rest != NULL && *rest != '\0';) {
		line = strsep(&rest, "\n");
		if (add_line(t, line, path, ++number, message) != 0)
			return (-1);
	}
	if (number == 0)
		return (rp_fail(message, "%.300s: empty; make kpi writes it "
		    "anew", path));
	for (; *need != NULL; need++)
		if (column_of(t, *need) < 0)
			return (rp_fail(message, "%.300s:1: no column %s; "
			    "make kpi writes it anew", path, *need));
	return (0);
}

void
rp_kpi_table_free(struct rp_kpi_table *t)
{
	free(t->columns);
	free(t->texts);
	free(t->text);
}
