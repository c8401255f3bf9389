/*
 * Writing rounds.jsonl.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "figures.h"
#include "rounds.h"

#define	SCHEMA	1

struct rounds {
	int		 r_fd;
	unsigned	 r_windows;
};

void
rounds_close(struct rounds *r)
{
	close(r->r_fd);
	free(r);
}

unsigned
rounds_count(const struct rounds *r)
{
	return (r->r_windows);
}

/* Write all of it or, where the disk ends, none of it. */
static int
write_whole(int fd, const char *text, size_t size)
{
	off_t before = lseek(fd, 0, SEEK_END);
	size_t done = 0;
	int error;

	while (done < size) {
		ssize_t n = write(fd, text + done, size - done);

		if (n > 0) {
			done += (size_t)n;
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		error = n < 0 ? errno : EIO;
		if (done > 0 && before >= 0 && ftruncate(fd, before) != 0)
			return (errno);
		return (error);
	}
	return (0);
}

/* End a line that was torn by a kill.  Returns 0, or an errno. */
static int
mend(int fd)
{
	off_t size = lseek(fd, 0, SEEK_END);
	char last;

	if (size <= 0)
		return (size < 0 ? errno : 0);
	if (pread(fd, &last, 1, size - 1) != 1)
		return (errno != 0 ? errno : EIO);
	return (last == '\n' ? 0 : write_whole(fd, "\n", 1));
}

int
rounds_open(struct rounds **rp, const char *path)
{
	struct rounds *r = calloc(1, sizeof(*r));
	int error = 0;

	if (r == NULL)
		return (ENOMEM);
	r->r_fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (r->r_fd < 0)
		error = errno;
	else if ((error = mend(r->r_fd)) != 0)
		close(r->r_fd);
	if (error != 0) {
		free(r);
		return (error);
	}
	*rp = r;
	return (0);
}

/* Append the object as a line, and drop it. */
static int
add_line(struct rounds *r, json_t *line)
{
	char *text = line != NULL ? json_dumps(line, JSON_COMPACT |
	    JSON_REAL_PRECISION(10)) : NULL;
	size_t len;
	int error;

	json_decref(line);
	if (text == NULL)
		return (ENOMEM);
	/* The newline takes the place of the terminator. */
	len = strlen(text);
	text[len] = '\n';
	error = write_whole(r->r_fd, text, len + 1);
	free(text);
	return (error);
}

json_t *
rounds_impls(const struct cell_table *t)
{
	json_t *seen = json_object(), *names = json_array();

	for (unsigned i = 0; i < t->t_ncells; i++)
		for (unsigned j = 0; j < t->t_cells[i].c_nentries; j++) {
			const char *impl = cell_impl(
			    &t->t_cells[i].c_entries[j]);

			if (json_object_get(seen, impl) != NULL)
				continue;
			json_object_set_new(seen, impl, json_true());
			json_array_append_new(names, json_string(impl));
		}
	json_decref(seen);
	return (names);
}

/* FNV-1a, with the terminator. */
static uint32_t
hash_text(uint32_t h, const char *text)
{
	do
		h = (h ^ (unsigned char)*text) * 16777619u;
	while (*text++ != '\0');
	return (h);
}

uint32_t
rounds_cells_hash(const struct cell_table *t)
{
	uint32_t h = 2166136261u;

	for (unsigned i = 0; i < t->t_ncells; i++) {
		const struct cell *c = &t->t_cells[i];

		h = hash_text(h, c->c_label);
		for (unsigned j = 0; j < c->c_nentries; j++)
			h = hash_text(h, cell_impl(&c->c_entries[j]));
	}
	return (h);
}

static json_t *
texts(const struct opt_names *list)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < list->n; i++)
		json_array_append_new(array, json_string(list->names[i]));
	return (array);
}

static json_t *
homes(const struct cell_table *t)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < t->t_nhomes; i++)
		json_array_append_new(array, json_integer(t->t_homes[i]));
	return (array);
}

static json_t *
passes(const bool *wanted)
{
	json_t *array = json_array();

	for (unsigned f = FLAVOUR_BENCH + 1; f < FLAVOURS; f++)
		if (wanted[f])
			json_array_append_new(array,
			    json_string(flavour_name(f)));
	return (array);
}

const char *
rounds_build(void)
{
	return (lab_build != NULL ? lab_build : "n/a");
}

/* An object with the command added. */
static json_t *
with_command(json_t *line, const struct opt_names *args)
{
	char *command = options_command(args);

	json_object_set_new(line, "command", json_string(command));
	free(command);
	return (line);
}

int
rounds_header(struct rounds *r, const struct rounds_header *h)
{
	json_t *line = json_pack("{s:i,s:s,s:s,s:s,s:I,s:o,s:i,s:I,s:I,s:i,"
	    "s:i,s:o,s:o,s:f}",
	    "schema", SCHEMA, "kind", "run",
	    "machine_key", h->rh_machine, "build", rounds_build(),
	    "seed", (json_int_t)h->rh_seed,
	    "impls", rounds_impls(h->rh_cells),
	    "cells", (int)h->rh_cells->t_ncells,
	    "cells_hash", (json_int_t)rounds_cells_hash(h->rh_cells),
	    "window_ns", (json_int_t)h->rh_window_ns,
	    "rounds", (int)h->rh_rounds,
	    "processes", (int)h->rh_processes,
	    "homes", homes(h->rh_cells),
	    "passes", passes(h->rh_passes),
	    "planned_s", h->rh_planned_s);

	if (line == NULL)
		return (ENOMEM);
	with_command(line, h->rh_args);
	json_object_set_new(line, "arguments", texts(h->rh_args));
	return (add_line(r, line));
}

int
rounds_process(struct rounds *r, const struct rounds_process *p)
{
	double load = 0;
	json_t *line;

	(void)getloadavg(&load, 1);
	line = json_pack("{s:i,s:s,s:i,s:i,s:I,s:I,s:s,s:f}",
	    "schema", SCHEMA, "kind", "process",
	    "process", (int)p->rpr_process,
	    "first_round", (int)p->rpr_first_round,
	    "link_order", (json_int_t)p->rpr_link_order,
	    "environment_bytes", (json_int_t)p->rpr_environment,
	    "time", p->rpr_time, "load", load);
	return (line == NULL ? ENOMEM :
	    add_line(r, with_command(line, p->rpr_args)));
}

int
rounds_process_end(struct rounds *r, unsigned process, double elapsed_s)
{
	return (add_line(r, json_pack("{s:i,s:s,s:i,s:f}", "schema", SCHEMA,
	    "kind", "process_end", "process", (int)process,
	    "elapsed_s", elapsed_s)));
}

static const char *
status_name(enum window_status status)
{
	return (status == WINDOW_OK ? "ok" :
	    status == WINDOW_SKIP ? "skip" : "failed");
}

int
rounds_window(struct rounds *r, const struct window *w,
    const struct rounds_place *p)
{
	const struct cell *c = w->w_cell;
	const struct lab_unit *u = w->w_workload->lw_unit;
	json_t *line;
	int error;

	line = json_pack("{s:i,s:s,s:s,s:s,s:s,s:s,s:i,s:s,s:i,s:s,s:s,s:i,"
	    "s:i,s:i,s:I,s:s,s:s}",
	    "schema", SCHEMA, "kind", p->rp_repeat ? "repeat" : "window",
	    "cell", c->c_name,
	    "workload", c->c_workload,
	    "variant", *c->c_variant != '\0' ? c->c_variant : "-",
	    "sharing", sharing_name(c->c_sharing),
	    "threads", (int)c->c_threads,
	    "placement", c->c_placement,
	    "home", (int)w->w_home,
	    "impl", u->lu_impl, "flavour", window_flavour(w),
	    "process", (int)p->rp_process,
	    "round", (int)p->rp_round, "position", (int)p->rp_position,
	    "seed", (json_int_t)p->rp_seed,
	    "time", w->w_time, "status", status_name(w->w_status));
	if (line == NULL)
		return (ENOMEM);
	if (w->w_status == WINDOW_OK)
		figures_add(line, w);
	else
		json_object_set_new(line, "why", json_string(w->w_why));
	error = add_line(r, line);
	if (error == 0 && !p->rp_repeat)
		r->r_windows++;
	return (error);
}

int
rounds_end(struct rounds *r, unsigned windows, double elapsed_s)
{
	return (add_line(r, json_pack("{s:i,s:s,s:i,s:f}", "schema", SCHEMA,
	    "kind", "end", "windows", (int)windows,
	    "elapsed_s", elapsed_s)));
}
