/*
 * Reading a table of texts.  Read tsv.h first.
 */
#include "tsv.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "output.h"

/* Cut a line into its columns; whether it has so many, each with a text. */
static bool
cut(char *line, char *texts[RP_TSV_COLUMNS])
{
	unsigned n = 0;
	char *text;

	for (const char *c = line; *c != '\0'; c++)
		if (*c != '\t' && iscntrl((unsigned char)*c))
			return (false);
	while ((text = strsep(&line, "\t")) != NULL) {
		if (n == RP_TSV_COLUMNS || *text == '\0')
			return (false);
		texts[n++] = text;
	}
	return (n == RP_TSV_COLUMNS);
}

static bool
is_head(char *line, const char *const columns[RP_TSV_COLUMNS])
{
	char *texts[RP_TSV_COLUMNS];

	if (!cut(line, texts))
		return (false);
	for (unsigned i = 0; i < RP_TSV_COLUMNS; i++)
		if (strcmp(texts[i], columns[i]) != 0)
			return (false);
	return (true);
}

enum wrong { RIGHT, BAD_HEAD, BAD_ROW, NO_ROW };

/* All lines; *number is that of the last one looked at. */
static enum wrong
read_lines(struct rp_tsv *t, const char *const columns[RP_TSV_COLUMNS],
    unsigned *number)
{
	char *rest = t->text, *line;
	bool headed = false;

	while (rest != NULL && *rest != '\0') {
		struct rp_tsv_row row = { .line = ++*number };

		line = strsep(&rest, "\n");
		if (*line == '#' && !headed) {
			line += strspn(line, "# ");
			if (*t->made == '\0')
				t->made = line;
		} else if (!headed) {
			if (!is_head(line, columns))
				return (BAD_HEAD);
			headed = true;
		} else if (cut(line, row.texts)) {
			t->rows = rp_grow(t->rows, t->n + 1,
			    sizeof(*t->rows));
			t->rows[t->n++] = row;
		} else
			return (BAD_ROW);
	}
	return (t->n == 0 ? NO_ROW : RIGHT);
}

static void
complain(char message[RP_MESSAGE], const char *path, unsigned number,
    enum wrong wrong, const char *const columns[RP_TSV_COLUMNS],
    const char *remedy)
{
	if (wrong == BAD_HEAD)
		rp_fail(message, "%.250s:%u: the columns are not %s, %s, %s, "
		    "%s, %s; %s", path, number, columns[0], columns[1],
		    columns[2], columns[3], columns[4], remedy);
	else
		rp_fail(message, "%.250s:%u: %s; %s", path, number,
		    wrong == NO_ROW ? "no row in it" :
		    "not five texts with tabs between them", remedy);
}

int
rp_tsv_load(struct rp_tsv *t, const char *path,
    const char *const columns[RP_TSV_COLUMNS], const char *remedy,
    char message[RP_MESSAGE])
{
	static char nothing[] = "";
	unsigned number = 0;
	enum wrong wrong;

	*t = (struct rp_tsv){ .text = rp_read_file(path), .made = nothing };
	if (t->text == NULL) {
		rp_fail(message, "%.300s: %s", path, strerror(errno));
		return (-1);
	}
	wrong = read_lines(t, columns, &number);
	if (wrong == RIGHT) {
		t->file = rp_strdup(rp_from_here(path));
		return (0);
	}
	complain(message, path, number, wrong, columns, remedy);
	rp_tsv_free(t);
	return (-1);
}

void
rp_tsv_free(struct rp_tsv *t)
{
	free(t->file);
	free(t->text);
	free(t->rows);
	*t = (struct rp_tsv){ .n = 0 };
}

void
rp_md_tsv_source(FILE *f, const struct rp_tsv *t)
{
	fprintf(f, "\nData: `%s`", t->file);
	if (*t->made != '\0') {
		fprintf(f, ", by ");
		rp_md_escaped(f, t->made);
	}
	fprintf(f, ".\n\n");
}
