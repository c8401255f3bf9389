/*
 * Reading the bars of the simulator.  Read sim_bars.h first.
 */
#include "sim_bars.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"
#include "output.h"

#define	REMEDY	"make sim-bench writes it anew"

static const char *const columns[RP_BAR_COLUMNS] = { "bar", "figure", "unit",
    "limit", "met" };
static const char *const words[RP_BARS_MET] = { "no", "n/a", "yes" };

/* Cut a line into its columns; whether it has so many, each with a text. */
static bool
cut(char *line, char *texts[RP_BAR_COLUMNS])
{
	unsigned n = 0;
	char *text;

	for (const char *c = line; *c != '\0'; c++)
		if (*c != '\t' && iscntrl((unsigned char)*c))
			return (false);
	while ((text = strsep(&line, "\t")) != NULL) {
		if (n == RP_BAR_COLUMNS || *text == '\0')
			return (false);
		texts[n++] = text;
	}
	return (n == RP_BAR_COLUMNS);
}

/* A row.  0, or -1 with what is wrong with it. */
static int
add_row(struct rp_sim_bars *b, char *line, const char **wrong)
{
	struct rp_sim_bar bar = { .met = RP_BAR_NO };

	*wrong = "not five texts with tabs between them";
	if (!cut(line, bar.texts))
		return (-1);
	while (bar.met < RP_BARS_MET && strcmp(words[bar.met],
	    bar.texts[RP_BAR_MET]) != 0)
		bar.met++;
	*wrong = "met is none of yes, no, n/a";
	if (bar.met == RP_BARS_MET)
		return (-1);
	b->bars = rp_grow(b->bars, b->n + 1, sizeof(*b->bars));
	b->bars[b->n++] = bar;
	return (0);
}

/* The line of names. */
static int
check_head(char *line, const char **wrong)
{
	char *texts[RP_BAR_COLUMNS];

	*wrong = "the columns are not bar, figure, unit, limit, met";
	if (!cut(line, texts))
		return (-1);
	for (unsigned i = 0; i < RP_BAR_COLUMNS; i++)
		if (strcmp(texts[i], columns[i]) != 0)
			return (-1);
	return (0);
}

/* All lines; *number is that of the last one looked at. */
static int
read_lines(struct rp_sim_bars *b, unsigned *number, const char **wrong)
{
	char *rest = b->text, *line;
	bool headed = false;

	while (rest != NULL && *rest != '\0') {
		line = strsep(&rest, "\n");
		++*number;
		if (*line == '#' && !headed) {
			line += strspn(line, "# ");
			if (*b->made == '\0')
				b->made = line;
		} else if (!headed) {
			if (check_head(line, wrong) != 0)
				return (-1);
			headed = true;
		} else if (add_row(b, line, wrong) != 0)
			return (-1);
	}
	*wrong = "no bar in it";
	return (b->n == 0 ? -1 : 0);
}

int
rp_sim_bars_load(struct rp_results *r, const char *path,
    char message[RP_MESSAGE])
{
	struct rp_sim_bars *b = rp_grow(NULL, 1, sizeof(*b));
	static char nothing[] = "";
	const char *wrong = "";
	unsigned number = 0;

	*b = (struct rp_sim_bars){ .text = rp_read_file(path),
	    .made = nothing };
	if (b->text == NULL)
		rp_fail(message, "%.300s: %s", path, strerror(errno));
	else if (read_lines(b, &number, &wrong) != 0)
		rp_fail(message, "%.250s:%u: %s; " REMEDY, path, number,
		    wrong);
	else {
		b->file = rp_strdup(rp_from_here(path));
		rp_sim_bars_free(r->sim_bars);
		r->sim_bars = b;
		return (0);
	}
	rp_sim_bars_free(b);
	return (-1);
}

void
rp_sim_bars_free(struct rp_sim_bars *b)
{
	if (b == NULL)
		return;
	free(b->file);
	free(b->text);
	free(b->bars);
	free(b);
}

unsigned
rp_sim_bars_count(const struct rp_sim_bars *b, enum rp_bar_met met)
{
	unsigned n = 0;

	for (unsigned i = 0; i < b->n; i++)
		n += b->bars[i].met == met;
	return (n);
}
