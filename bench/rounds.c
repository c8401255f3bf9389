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

int
rounds_open(struct rounds **rp, const char *path)
{
	struct rounds *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return (ENOMEM);
	r->r_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (r->r_fd < 0) {
		int error = errno;

		free(r);
		return (error);
	}
	*rp = r;
	return (0);
}

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

/* Implementations in the table, each once. */
static json_t *
impl_names(const struct cell_table *t)
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

int
rounds_header(struct rounds *r, const struct rounds_header *h)
{
	return (add_line(r, json_pack("{s:i,s:s,s:I,s:o,s:i,s:I,s:i,s:i,s:s}",
	    "schema", SCHEMA, "kind", "run",
	    "seed", (json_int_t)h->rh_seed,
	    "impls", impl_names(h->rh_cells),
	    "cells", (int)h->rh_cells->t_ncells,
	    "window_ns", (json_int_t)h->rh_window_ns,
	    "rounds", (int)h->rh_rounds,
	    "home", (int)h->rh_home,
	    "command", h->rh_command)));
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
	    "s:i,s:I,s:s,s:s}",
	    "schema", SCHEMA, "kind", "window", "cell", c->c_name,
	    "workload", c->c_workload,
	    "variant", *c->c_variant != '\0' ? c->c_variant : "-",
	    "sharing", sharing_name(c->c_sharing),
	    "threads", (int)c->c_threads,
	    "placement", c->c_placement,
	    "home", (int)w->w_home,
	    "impl", u->lu_impl, "flavour", window_flavour(w),
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
	if (error == 0)
		r->r_windows++;
	return (error);
}

int
rounds_end(struct rounds *r, double elapsed_s)
{
	return (add_line(r, json_pack("{s:i,s:s,s:i,s:f}", "schema", SCHEMA,
	    "kind", "end", "windows", (int)r->r_windows,
	    "elapsed_s", elapsed_s)));
}
