/*
 * The page's data but for the cells: the run, its machine, implementations,
 * primitives.  Read page.h first.
 */
#include "detection.h"
#include "page.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* "0xrrggbb" as style sheets have it. */
static json_t *
colour(const char *c)
{
	return (json_sprintf("#%s", c + 2));
}

static json_t *
tally(const struct rp_results *r, unsigned impl, int base)
{
	struct rp_tally t = rp_tally(r, (int)impl, base);
	json_t *count = json_array();

	for (unsigned i = 0; i <= RP_ABSENT; i++)
		json_array_append_new(count, json_integer(t.count[i]));
	return (json_pack("{s:o, s:i, s:o}", "count", count,
	    "judged", (int)t.judged, "median", rp_page_number(t.median)));
}

/* What an implementation is to the report. */
static const char *
role(const struct rp_results *r, unsigned impl)
{
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned n = rp_new_designs(r, news);
	const char *is = "";

	if (r->impls[impl].reference)
		is = "reference";
	else if (r->impls[impl].again >= 0)
		is = "again";
	else if (r->impls[impl].null)
		is = "null";
	else if (strcmp(r->impls[impl].name, RP_BASELINE) == 0)
		is = "base";
	for (unsigned i = 0; i < n; i++)
		if (news[i] == impl && rp_shown(r, impl))
			is = "new";
	free(news);
	return (is);
}

static json_t *
impls(const struct rp_results *r)
{
	json_t *out = json_array();
	int base = rp_impl_find(r, RP_BASELINE);

	for (unsigned i = 0; i < r->nimpls; i++)
		json_array_append_new(out, json_pack("{s:o, s:o, s:s, s:o}",
		    "name", rp_page_text(r->impls[i].name),
		    "colour", colour(rp_impl_colour(r, i)),
		    "role", role(r, i), "tally", tally(r, i, base)));
	return (out);
}

static json_t *
verdicts(void)
{
	json_t *out = json_array();

	for (unsigned i = 0; i <= RP_ABSENT; i++)
		json_array_append_new(out, json_string(rp_verdict_name(i)));
	return (out);
}

static json_t *
steps(void)
{
	static const char *const what[RP_STEPS] = {
		[RP_STEP_RWLOCK] = "object lock becomes an rwlock",
		[RP_STEP_READ] = "prefault reads",
		[RP_STEP_BUSY] = "busy word",
		[RP_STEP_RLOCK] = "read lock, short path",
	};
	json_t *out = json_array();

	for (unsigned i = 0; i < RP_STEPS; i++)
		json_array_append_new(out, json_pack("{s:s, s:s}",
		    "impl", rp_step_impl(i), "what", what[i]));
	return (out);
}

static json_t *
locks(const struct rp_results *r)
{
	json_t *out = json_array();

	for (unsigned i = 0; i < r->nlock_types; i++)
		json_array_append_new(out, json_pack("{s:o, s:o}",
		    "name", rp_page_text(r->lock_types[i]),
		    "colour", colour(rp_lock_colour(i))));
	return (out);
}

static json_t *
primitives(const struct rp_results *r)
{
	unsigned *rows = rp_grow(NULL, r->ncells + 1, sizeof(*rows));
	unsigned n = rp_primitive_rows(r, rows);
	json_t *out = json_array();

	for (unsigned i = 0; i < n; i++) {
		const struct rp_cell *c = &r->cells[rows[i]];
		json_t *ns = json_array();

		for (unsigned j = 0; j < r->nimpls; j++) {
			struct rp_estimate e = rp_ns(c, (int)j);

			json_array_append_new(ns, rp_page_estimate(&e));
		}
		json_array_append_new(out, json_pack("{s:o, s:o}",
		    "row", rp_page_text(c->variant), "ns", ns));
	}
	free(rows);
	return (out);
}

static json_t *
bars(const struct rp_results *r)
{
	struct rp_bar bar[RP_BARS];
	json_t *out = json_array();

	rp_bars(r, bar);
	for (unsigned i = 0; i < RP_BARS; i++)
		json_array_append_new(out, json_pack("{s:s,s:s,s:f,s:o,s:s}",
		    "name", bar[i].name, "unit", bar[i].unit,
		    "limit", bar[i].limit,
		    "value", rp_page_estimate(&bar[i].value),
		    "outcome", rp_bar_outcome(&bar[i])));
	return (out);
}

static json_t *
processes(const struct rp_results *r)
{
	json_t *out = json_array();

	for (unsigned i = 0; i < r->nprocesses; i++) {
		const struct rp_process *p = &r->processes[i];

		json_array_append_new(out, json_pack(
		    "{s:I, s:I, s:I, s:o, s:o}",
		    "process", (json_int_t)p->process,
		    "link_order", (json_int_t)p->link_order,
		    "environment_bytes", (json_int_t)p->environment_bytes,
		    "load", rp_page_number(p->load),
		    "elapsed_s", rp_page_number(p->elapsed_s)));
	}
	return (out);
}

static json_t *
drift(const struct rp_results *r)
{
	struct rp_drift d = rp_drift(r);

	if (!d.measured)
		return (json_null());
	return (json_pack("{s:o, s:i, s:o}",
	    "worst", rp_page_number(d.worst),
	    "process", (int)d.worst_process,
	    "run", rp_page_number(d.run)));
}

/* What a line's transfer costs on this machine; its pairs are `transfer'. */
static json_t *
line(const struct rp_results *r)
{
	struct rp_transfer t = rp_transfer(r, NULL);

	if (t.pairs == 0)
		return (json_null());
	return (json_pack("{s:i, s:o, s:o, s:o, s:o}",
	    "pairs", (int)t.pairs, "min", rp_page_number(t.ns_min),
	    "median", rp_page_number(t.ns_median),
	    "max", rp_page_number(t.ns_max),
	    "per_s", rp_page_number(1e9 / t.ns_median)));
}

/* Names of the cells in which threads wait longest, one of each workload. */
static json_t *
most_waiting(const struct rp_results *r)
{
	unsigned cells[6], n = rp_most_waiting(r, cells, 6);
	json_t *out = json_array();

	for (unsigned i = 0; i < n; i++)
		json_array_append_new(out,
		    rp_page_text(r->cells[cells[i]].name));
	return (out);
}

/* The drawing of the machine that lies in the folder, or null. */
static json_t *
drawing(const struct rp_results *r)
{
	char path[PATH_MAX], *text;
	json_t *out;

	snprintf(path, sizeof(path), "%s/topology.svg", r->folder);
	text = rp_read_file(path);
	out = rp_page_text(text);
	free(text);
	return (out);
}

/* A part of RESULTS.md, so that its words and the page's are the same. */
static json_t *
prose(void (*write)(FILE *, const struct rp_results *),
    const struct rp_results *r)
{
	struct rp_text t;
	json_t *out;

	rp_text_open(&t);
	write(t.f, r);
	out = rp_page_text(rp_text_close(&t));
	free(t.text);
	return (out);
}

static json_t *
or_null(json_t *j)
{
	return (j == NULL ? json_null() : json_incref(j));
}

json_t *
rp_page_detection(const char *folder)
{
	struct rp_detection_row rows[RP_DETECTION_ROWS];
	unsigned n = rp_detection_read(folder, rows);
	json_t *out = json_array();

	if (n == 0) {
		json_decref(out);
		return (json_null());
	}
	for (unsigned i = 0; i < n; i++)
		json_array_append_new(out, json_pack("{s:i, s:f, s:i, s:i, "
		    "s:f, s:f, s:f, s:f}", "planted", (int)rows[i].percent,
		    "truth", rows[i].truth, "n", (int)rows[i].comparisons,
		    "called", (int)rows[i].called, "share", rows[i].share,
		    "lo", rows[i].lo, "hi", rows[i].hi,
		    "coverage", rows[i].coverage));
	return (out);
}

json_t *
rp_page_run(const struct rp_results *r)
{
	json_t *out = json_object();
	json_t *n = json_pack("{s:i, s:i, s:i, s:i, s:i, s:b}",
	    "rounds", (int)r->rounds, "cells", (int)rp_compared_cells(r),
	    "failed", (int)r->failed, "threads_max", (int)r->threads_max,
	    "processors", (int)rp_processors(r), "ended", (int)r->ended);

	json_object_set_new(out, "folder", rp_page_text(r->folder));
	json_object_set_new(out, "base", json_integer(rp_impl_find(r,
	    RP_BASELINE)));
	json_object_set_new(out, "size", n);
	json_object_set_new(out, "run", or_null(r->run));
	json_object_set_new(out, "environment", or_null(r->environment));
	json_object_set_new(out, "impls", impls(r));
	json_object_set_new(out, "verdicts", verdicts());
	json_object_set_new(out, "steps", steps());
	json_object_set_new(out, "locks", locks(r));
	json_object_set_new(out, "primitives", primitives(r));
	json_object_set_new(out, "bars", bars(r));
	json_object_set_new(out, "processes", processes(r));
	json_object_set_new(out, "drift", drift(r));
	json_object_set_new(out, "replicate", json_string(rp_replicate(r) ==
	    RP_PROCESSES ? "process" : "round"));
	json_object_set_new(out, "most_waiting", most_waiting(r));
	json_object_set_new(out, "transfer", or_null(r->transfer));
	json_object_set_new(out, "line", line(r));
	json_object_set_new(out, "drawing", drawing(r));
	json_object_set_new(out, "warnings", prose(rp_md_warnings, r));
	json_object_set_new(out, "verdict", prose(rp_md_verdict, r));
	json_object_set_new(out, "missing", prose(rp_md_missing, r));
	json_object_set_new(out, "method", prose(rp_md_how, r));
	return (out);
}
