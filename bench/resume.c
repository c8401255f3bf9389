/*
 * Going on with a run; bench/resume.h says how.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gbench.h"
#include "resume.h"

#define	REMEDY	"; begin a new run"

struct resume {
	const char	*r_dir;
	json_t		*r_header;
	struct opt_names r_args;	/* cut up by parsing */
	char		**r_argv;
	struct ledger	 r_ledger;
};

static json_int_t
number_of(const struct resume *r, const char *key)
{
	json_t *v = json_object_get(r->r_header, key);

	if (!json_is_integer(v) || json_integer_value(v) < 0)
		errx(2, "the first line of %s/rounds.jsonl has no '%s'"
		    REMEDY, r->r_dir, key);
	return (json_integer_value(v));
}

/* Google Benchmark's flags are none of the options that were checked. */
static void
check_given(const struct opt_names *given)
{
	for (unsigned i = 0; i < given->n; i++)
		if (strncmp(given->names[i], "--benchmark_", 12) == 0)
			errx(2, "--resume goes on with the options the run "
			    "began with; leave out %s", given->names[i]);
}

/* The arguments that the run began with, as main() gets them. */
static int
take_args(struct resume *r)
{
	json_t *list = json_object_get(r->r_header, "arguments"), *one;
	size_t i;

	json_array_foreach(list, i, one)
		opt_add(&r->r_args, json_string_value(one) != NULL ?
		    json_string_value(one) : "");
	if (r->r_args.n == 0)
		errx(2, "the first line of %s/rounds.jsonl has no 'arguments'"
		    REMEDY, r->r_dir);
	r->r_argv = calloc(r->r_args.n + 1, sizeof(*r->r_argv));
	if (r->r_argv == NULL)
		err(1, "resume");
	memcpy(r->r_argv, r->r_args.names, r->r_args.n * sizeof(*r->r_argv));
	return ((int)r->r_args.n);
}

struct resume *
resume_begin(const char *dir, const struct opt_names *given, struct options *o)
{
	struct resume *r = calloc(1, sizeof(*r));
	struct options own = *o;
	char path[4096];
	int argc;

	if (r == NULL)
		err(1, "resume");
	check_given(given);
	r->r_dir = dir;
	snprintf(path, sizeof(path), "%s/rounds.jsonl", dir);
	r->r_header = ledger_header(path);
	if (r->r_header == NULL)
		errx(2, "no run begins in %s; --resume wants the folder of "
		    "one, such as results/latest", path);
	argc = take_args(r);
	gbench_init(&argc, r->r_argv);
	options_parse(o, argc, r->r_argv);
	o->o_quiet = own.o_quiet;
	o->o_link_order = own.o_link_order;
	options_free(&own);
	return (r);
}

void
resume_drop(struct resume *r)
{
	ledger_free(&r->r_ledger);
	json_decref(r->r_header);
	options_drop(&r->r_args);
	free(r->r_argv);
	free(r);
}

static void
check_machine(const struct resume *r, const struct results *results)
{
	const char *key = json_string_value(json_object_get(r->r_header,
	    "machine_key"));

	if (key == NULL || strcmp(key, results->rs_key) != 0)
		errx(2, "%s was begun on %s, this machine is %s" REMEDY,
		    r->r_dir, key != NULL ? key : "another machine",
		    results->rs_key);
}

/* Old windows and new ones would be of different code under one name. */
static void
check_build(const struct resume *r)
{
	const char *build = json_string_value(json_object_get(r->r_header,
	    "build"));

	if (build == NULL || strcmp(build, rounds_build()) != 0)
		errx(2, "%s was begun by another build of this program" REMEDY,
		    r->r_dir);
}

static void
check_impls(const struct resume *r, const struct cell_table *t)
{
	json_t *then = json_object_get(r->r_header, "impls");
	json_t *now = rounds_impls(t);
	char *was, *is;

	if (json_equal(then, now)) {
		json_decref(now);
		return;
	}
	was = json_dumps(then, JSON_ENCODE_ANY | JSON_COMPACT);
	is = json_dumps(now, JSON_ENCODE_ANY | JSON_COMPACT);
	errx(2, "%s was begun with the implementations %s, this program has "
	    "%s" REMEDY, r->r_dir, was != NULL ? was : "of another", is);
}

static void
check_cells(const struct resume *r, const struct cell_table *t)
{
	if (number_of(r, "cells") != (json_int_t)t->t_ncells ||
	    number_of(r, "cells_hash") != (json_int_t)rounds_cells_hash(t))
		errx(2, "%s was begun with other cells than this program "
		    "makes of its options" REMEDY, r->r_dir);
}

bool
resume_plan(struct resume *r, struct schedule *sc,
    const struct results *results)
{
	char *path = results_path(results, "rounds.jsonl");
	int error;

	check_machine(r, results);
	check_impls(r, sc->sc_cells);
	check_cells(r, sc->sc_cells);
	check_build(r);
	sc->sc_seed = (uint64_t)number_of(r, "seed");
	sc->sc_window_ns = (uint64_t)number_of(r, "window_ns");
	sc->sc_rounds = (unsigned)number_of(r, "rounds");
	sc->sc_planned_ns = (uint64_t)(1e9 * json_number_value(
	    json_object_get(r->r_header, "planned_s")));
	if (sc->sc_rounds == 0 ||
	    sc->sc_rounds % sc->sc_options->o_processes != 0)
		errx(2, "%s has %u rounds for %u processes" REMEDY, r->r_dir,
		    sc->sc_rounds, sc->sc_options->o_processes);
	error = ledger_read(&r->r_ledger, path, sc->sc_cells, sc->sc_rounds);
	if (error != 0)
		errx(1, "cannot read %s: %s", path, strerror(error));
	free(path);
	sc->sc_ledger = &r->r_ledger;
	sc->sc_process = r->r_ledger.ld_processes;
	return (!r->r_ledger.ld_ended);
}
