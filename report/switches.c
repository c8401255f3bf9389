/*
 * Reading and telling what switches of the VM cost.  Read switches.h first.
 */
#include "switches.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "output.h"
#include "scaling.h"

#define	REMEDY	"make shm-phys writes it anew"

static const char *const columns[RP_SWITCH_COLUMNS] = { "switch", "figure",
    "unit", "off", "on" };

/* Cut a line into its columns; whether it has so many, each with a text. */
static bool
cut(char *line, char *texts[RP_SWITCH_COLUMNS])
{
	unsigned n = 0;
	char *text;

	for (const char *c = line; *c != '\0'; c++)
		if (*c != '\t' && iscntrl((unsigned char)*c))
			return (false);
	while ((text = strsep(&line, "\t")) != NULL) {
		if (n == RP_SWITCH_COLUMNS || *text == '\0')
			return (false);
		texts[n++] = text;
	}
	return (n == RP_SWITCH_COLUMNS);
}

static bool
is_head(char *texts[RP_SWITCH_COLUMNS])
{
	for (unsigned i = 0; i < RP_SWITCH_COLUMNS; i++)
		if (strcmp(texts[i], columns[i]) != 0)
			return (false);
	return (true);
}

/* All lines; *number is that of the last one looked at. */
static int
read_lines(struct rp_switches *s, unsigned *number, const char **wrong)
{
	char *rest = s->text, *line;
	struct rp_switch row;
	bool headed = false;

	while (rest != NULL && *rest != '\0') {
		line = strsep(&rest, "\n");
		++*number;
		if (*line == '#' && !headed) {
			line += strspn(line, "# ");
			if (*s->made == '\0')
				s->made = line;
			continue;
		}
		*wrong = "not five texts with tabs between them";
		if (!cut(line, row.texts))
			return (-1);
		*wrong = "the columns are not switch, figure, unit, off, on";
		if (!headed && !is_head(row.texts))
			return (-1);
		if (headed) {
			s->rows = rp_grow(s->rows, s->n + 1,
			    sizeof(*s->rows));
			s->rows[s->n++] = row;
		}
		headed = true;
	}
	*wrong = "no figure in it";
	return (s->n == 0 ? -1 : 0);
}

int
rp_switches_load(struct rp_results *r, const char *path,
    char message[RP_MESSAGE])
{
	struct rp_switches *s = rp_grow(NULL, 1, sizeof(*s));
	static char nothing[] = "";
	const char *wrong = "";
	unsigned number = 0;

	*s = (struct rp_switches){ .text = rp_read_file(path),
	    .made = nothing };
	if (s->text == NULL)
		rp_fail(message, "%.300s: %s", path, strerror(errno));
	else if (read_lines(s, &number, &wrong) != 0)
		rp_fail(message, "%.250s:%u: %s; " REMEDY, path, number,
		    wrong);
	else {
		s->file = rp_strdup(rp_from_here(path));
		rp_switches_free(r->switches);
		r->switches = s;
		return (0);
	}
	rp_switches_free(s);
	return (-1);
}

void
rp_switches_free(struct rp_switches *s)
{
	if (s == NULL)
		return;
	free(s->file);
	free(s->text);
	free(s->rows);
	free(s);
}

void
rp_md_switches(FILE *f, const struct rp_results *r)
{
	const struct rp_switches *s = r->switches;

	if (s == NULL)
		return;
	fprintf(f, "## What switches of the VM cost\n\n"
	    "Counts are exact and the same wherever it runs; times are those "
	    "of one run.\n\n"
	    "| switch | figure | off | on |\n|---|---|---:|---:|\n");
	for (unsigned i = 0; i < s->n; i++) {
		char **texts = s->rows[i].texts;

		fprintf(f, "| `");
		rp_md_escaped(f, texts[RP_SWITCH_NAME]);
		fprintf(f, "` | ");
		rp_md_escaped(f, texts[RP_SWITCH_FIGURE]);
		fprintf(f, ", ");
		rp_md_escaped(f, texts[RP_SWITCH_UNIT]);
		fprintf(f, " | ");
		rp_md_escaped(f, texts[RP_SWITCH_OFF]);
		fprintf(f, " | ");
		rp_md_escaped(f, texts[RP_SWITCH_ON]);
		fprintf(f, " |\n");
	}
	fprintf(f, "\nData: `%s`", s->file);
	if (*s->made != '\0') {
		fprintf(f, ", by ");
		rp_md_escaped(f, s->made);
	}
	fprintf(f, ".\n\n");
}
