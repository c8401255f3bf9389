/*
 * Writing benchmark.json out of rounds.jsonl.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "export.h"
#include "gbench.h"

struct export {
	const struct schedule *e_schedule;
	struct ledger	 e_ledger;
	struct gbench_file *e_file;
};

static double
number_of(const json_t *line, const char *key)
{
	return (json_number_value(json_object_get(line, key)));
}

/* A window that counts: of the rounds, and of its block's last process. */
static bool
counts(const struct export *e, const json_t *line, const struct cell **c)
{
	const struct ledger_block *b;
	const char *kind, *flavour, *impl;

	if (json_unpack((json_t *)line, "{s:s,s:s,s:s}", "kind", &kind,
	    "flavour", &flavour, "impl", &impl) != 0 ||
	    strcmp(kind, "window") != 0 ||
	    strcmp(flavour, flavour_name(FLAVOUR_BENCH)) != 0)
		return (false);
	b = ledger_of(&e->e_ledger, line, c);
	return (b != NULL && b->lb_process == number_of(line, "process"));
}

static bool
add_line(const json_t *line, void *arg)
{
	struct export *e = arg;
	const struct cell *c;
	const char *why;
	struct gbench_result r;
	char name[CELL_LABEL_MAX + LAB_NAME_MAX];

	if (!counts(e, line, &c))
		return (true);
	why = json_string_value(json_object_get(line, "why"));
	r = (struct gbench_result){
		.gr_error = why,
		.gr_seconds = number_of(line, "window_ns") / 1e9,
		.gr_cpu_seconds = number_of(line, "cpu_ns") / 1e9,
		.gr_ops = (uint64_t)number_of(line, "ops"),
		.gr_threads = c->c_threads,
		.gr_overlap = number_of(line, "overlap")
	};
	snprintf(name, sizeof(name), "%s/%s",
	    json_string_value(json_object_get(line, "impl")), c->c_label);
	gbench_file_add(e->e_file, name, (unsigned)number_of(line, "round"),
	    e->e_schedule->sc_rounds, &r);
	return (true);
}

static int
write_file(struct export *e, const char *path)
{
	int error = gbench_file_open(&e->e_file, path), close_error;

	if (error != 0)
		return (error);
	error = ledger_lines(e->e_schedule->sc_rounds_path, add_line, e);
	close_error = gbench_file_close(e->e_file);
	return (error != 0 ? error : close_error);
}

int
export_benchmark(const struct schedule *sc, const char *path)
{
	struct export e = { .e_schedule = sc };
	char *new = malloc(strlen(path) + sizeof(".new"));
	int error;

	if (new == NULL)
		return (ENOMEM);
	strcat(strcpy(new, path), ".new");
	error = ledger_read(&e.e_ledger, sc->sc_rounds_path, sc->sc_cells,
	    sc->sc_rounds);
	if (error == 0)
		error = write_file(&e, new);
	if (error == 0 && rename(new, path) != 0)
		error = errno;
	if (error != 0)
		unlink(new);
	ledger_free(&e.e_ledger);
	free(new);
	return (error);
}
