/*
 * Reading rounds.jsonl back; bench/ledger.h says what for.
 */
#define	_GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ledger.h"

/* A run's file while it is gone through. */
struct reading {
	struct ledger	*r_ledger;
	double		 r_begin_s;	/* of the process in hand */
	double		 r_last_s;	/* its last window */
	bool		 r_open;	/* it has not said its end yet */
};

int
ledger_lines(const char *path, bool (*fn)(const json_t *, void *), void *arg)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;
	bool more = true;
	int error;

	if (f == NULL)
		return (errno);
	while (more && getline(&text, &size, f) > 0) {
		json_t *line = json_loads(text, 0, NULL);

		if (line != NULL)
			more = fn(line, arg);
		json_decref(line);
	}
	error = ferror(f) ? EIO : 0;
	free(text);
	fclose(f);
	return (error);
}

static const char *
text_of(const json_t *line, const char *key)
{
	const char *text = json_string_value(json_object_get(line, key));

	return (text != NULL ? text : "");
}

static unsigned
number_of(const json_t *line, const char *key)
{
	return ((unsigned)json_integer_value(json_object_get(line, key)));
}

static bool
take_header(const json_t *line, void *arg)
{
	json_t **header = arg;

	if (strcmp(text_of(line, "kind"), "run") == 0)
		*header = json_deep_copy(line);
	return (false);
}

json_t *
ledger_header(const char *path)
{
	json_t *header = NULL;

	if (ledger_lines(path, take_header, &header) != 0)
		return (NULL);
	return (header);
}

/* Rounds first, then a row for each pass beside them. */
static struct ledger_block *
block_at(const struct ledger *ld, size_t cell, enum flavour f, unsigned round)
{
	size_t rows = ld->ld_rounds + FLAVOURS - 1;
	size_t row = f == FLAVOUR_BENCH ? round : ld->ld_rounds + f - 1;
	bool exists = round < (f == FLAVOUR_BENCH ? ld->ld_rounds : 1);

	return (exists ? &ld->ld_blocks[cell * rows + row] : NULL);
}

const struct ledger_block *
ledger_block(const struct ledger *ld, const struct cell *c, enum flavour f,
    unsigned round)
{
	return (block_at(ld, (size_t)(c - ld->ld_cells->t_cells), f, round));
}

struct ledger_block *
ledger_of(const struct ledger *ld, const json_t *line, const struct cell **cp)
{
	const char *name = text_of(line, "cell");
	const char *flavour = text_of(line, "flavour");
	unsigned home = number_of(line, "home"), f, i;
	const struct cell_table *t = ld->ld_cells;

	for (i = 0; i < t->t_ncells; i++)
		if (t->t_cells[i].c_home == home &&
		    strcmp(t->t_cells[i].c_name, name) == 0)
			break;
	for (f = 0; f < FLAVOURS; f++)
		if (strcmp(flavour_name(f), flavour) == 0)
			break;
	if (i == t->t_ncells || f == FLAVOURS)
		return (NULL);
	*cp = &t->t_cells[i];
	return (block_at(ld, i, f, number_of(line, "round")));
}

/* Seconds since the epoch of a time as docs/DATA.md has it. */
static double
seconds(const char *text)
{
	struct tm tm = { .tm_isdst = 0 };
	const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &tm);

	return (rest == NULL ? 0 : (double)timegm(&tm) + strtod(rest, NULL));
}

/* A process that was killed ran until its last window at least. */
static void
close_process(struct reading *r)
{
	if (r->r_open && r->r_last_s > r->r_begin_s)
		r->r_ledger->ld_elapsed_s += r->r_last_s - r->r_begin_s;
	r->r_open = false;
}

static void
take_window(struct reading *r, const json_t *line)
{
	struct ledger *ld = r->r_ledger;
	unsigned process = number_of(line, "process");
	const struct cell *c;
	struct ledger_block *b = ledger_of(ld, line, &c);

	r->r_last_s = seconds(text_of(line, "time"));
	ld->ld_windows++;
	if (b == NULL)
		return;
	if (b->lb_process != process) {
		b->lb_process = process;
		b->lb_windows = 0;
	}
	b->lb_windows++;
}

static bool
take_line(const json_t *line, void *arg)
{
	struct reading *r = arg;
	struct ledger *ld = r->r_ledger;
	const char *kind = text_of(line, "kind");

	if (strcmp(kind, "window") == 0) {
		take_window(r, line);
	} else if (strcmp(kind, "process") == 0) {
		close_process(r);
		ld->ld_processes = number_of(line, "process") + 1;
		r->r_begin_s = r->r_last_s = seconds(text_of(line, "time"));
		r->r_open = true;
	} else if (strcmp(kind, "process_end") == 0) {
		r->r_open = false;
		ld->ld_elapsed_s += json_number_value(json_object_get(line,
		    "elapsed_s"));
	} else if (strcmp(kind, "end") == 0) {
		ld->ld_ended = true;
	}
	return (true);
}

int
ledger_read(struct ledger *ld, const char *path, const struct cell_table *t,
    unsigned rounds)
{
	struct reading r = { .r_ledger = ld };
	size_t rows = rounds + FLAVOURS - 1;
	int error;

	*ld = (struct ledger){ .ld_cells = t, .ld_rounds = rounds };
	ld->ld_blocks = calloc(t->t_ncells * rows, sizeof(*ld->ld_blocks));
	if (ld->ld_blocks == NULL)
		return (ENOMEM);
	error = ledger_lines(path, take_line, &r);
	close_process(&r);
	return (error);
}

void
ledger_free(struct ledger *ld)
{
	free(ld->ld_blocks);
}
