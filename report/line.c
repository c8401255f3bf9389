/*
 * One line of rounds.jsonl, made part of the run.  Read docs/DATA.md for the
 * fields, results.h for where they go.
 *
 * Each field that is used is checked for presence, type and range; a window
 * that is measured twice is an error, for the pairing by round would be
 * ambiguous.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read.h"
#include "simulated.h"

int
rp_get_line(json_t *j, struct rp_line *l, char message[RP_MESSAGE])
{
	double threads, round, home, process;

	l->why = NULL;
	if (rp_get_string(j, "workload", &l->workload, message) != 0 ||
	    rp_get_string(j, "variant", &l->variant, message) != 0 ||
	    rp_get_string(j, "sharing", &l->sharing, message) != 0 ||
	    rp_get_string(j, "placement", &l->placement, message) != 0 ||
	    rp_get_string(j, "cell", &l->cell, message) != 0 ||
	    rp_get_string(j, "impl", &l->impl, message) != 0 ||
	    rp_get_string(j, "flavour", &l->flavour, message) != 0 ||
	    rp_get_string(j, "status", &l->status, message) != 0 ||
	    rp_get_number(j, "threads", 1, RP_THREADS_MAX, &threads,
	    message) != 0 || rp_get_number(j, "round", 0, RP_ROUNDS_MAX,
	    &round, message) != 0 || rp_get_number(j, "home", -1,
	    RP_THREADS_MAX, &home, message) != 0 || rp_get_optional(j,
	    "process", 0, RP_ROUNDS_MAX, 0, &process, message) != 0)
		return (-1);
	l->threads = (unsigned)threads;
	l->round = (unsigned)round;
	l->process = (unsigned)process;
	l->home = (int)home;
	if (strcmp(l->status, "ok") == 0)
		return (0);
	if (strcmp(l->status, "skip") != 0 && strcmp(l->status, "failed") != 0)
		return (rp_fail(message, "status \"%.64s\" is none of ok, "
		    "skip, failed", l->status));
	return (rp_get_string(j, "why", &l->why, message));
}

/*
 * Operations of the thread that did least over those of the one that did most;
 * NAN where one thread, or a line without thread_ops, has nothing to compare.
 */
static double
fairness(json_t *ops)
{
	json_t *v;
	double least = HUGE_VAL, most = 0;
	size_t i;

	if (json_array_size(ops) < 2)
		return (NAN);
	json_array_foreach(ops, i, v) {
		least = fmin(least, json_number_value(v));
		most = fmax(most, json_number_value(v));
	}
	return (most > 0 ? least / most : NAN);
}

/* Jain's index of the threads' operations: 1 is fair, 1/n is one thread. */
static double
jain(json_t *ops)
{
	double sum = 0, squares = 0;
	json_t *v;
	size_t i;

	json_array_foreach(ops, i, v) {
		sum += json_number_value(v);
		squares += json_number_value(v) * json_number_value(v);
	}
	return (json_array_size(ops) < 2 || squares == 0 ? NAN :
	    sum * sum / ((double)json_array_size(ops) * squares));
}

static int
add_bench(struct rp_results *r, struct rp_cell *c, unsigned impl,
    const struct rp_line *l, json_t *j, char message[RP_MESSAGE])
{
	struct rp_arm *a = rp_intern_arm(c, impl);
	json_t *ops = json_object_get(j, "thread_ops");
	struct rp_quality *q = &r->quality;
	double rate, overlap = 1, skew = 0, retried, planted, percent;

	/* Simulated CPUs start together and stop together. */
	if (rp_get_number(j, "ops_per_s_total", 0, HUGE_VAL, &rate,
	    message) != 0 || (json_object_get(j, "simulated") == NULL &&
	    (rp_get_number(j, "overlap", -1, 1, &overlap, message) != 0 ||
	    rp_get_number(j, "start_skew_ns", 0, HUGE_VAL, &skew,
	    message) != 0)) || rp_get_optional(j, "retried", 0, RP_ROUNDS_MAX,
	    0, &retried, message) != 0 || rp_get_optional(j, "planted", 0,
	    1, NAN, &planted, message) != 0 || rp_get_optional(j,
	    "planted_percent", 0, 100, 0, &percent, message) != 0)
		return (-1);
	for (unsigned i = 0; i < a->nwindows; i++)
		if (a->windows[i].round == l->round &&
		    a->windows[i].process == l->process)
			return (rp_fail(message, "%.200s of %.64s has two "
			    "windows in round %u", l->cell, l->impl,
			    l->round));
	a->windows = rp_grow(a->windows, a->nwindows + 1, sizeof(*a->windows));
	a->windows[a->nwindows++] = (struct rp_window){ .round = l->round,
	    .process = l->process, .ops_per_s_total = rate,
	    .fairness = fairness(ops), .jain = jain(ops),
	    .planted = planted, .planted_percent = (unsigned)percent };
	rp_intern_process(r, l->process)->measured = true;
	q->overlap_min = q->windows == 0 ? overlap :
	    fmin(q->overlap_min, overlap);
	q->start_skew_ns_max = fmax(q->start_skew_ns_max, skew);
	q->low_overlap += overlap < RP_OVERLAP_LOW;
	q->retried += (unsigned)retried;
	q->windows++;
	if (rp_add_simulated(r, a, j, message) != 0)
		return (-1);
	return (rp_get_events(&a->windows[a->nwindows - 1], l, j, message));
}

/* Why a window has no figure; a failure is never hidden behind a skip. */
static void
add_why(struct rp_results *r, struct rp_arm *a, const struct rp_line *l,
    bool bench)
{
	bool failed = strcmp(l->status, "failed") == 0;

	/* That a unit cannot run such a window says nothing of its speed. */
	if (!bench && !failed)
		return;
	a->failed += failed;
	r->failed += failed;
	a->skipped += !failed;
	if (a->why == NULL || failed) {
		free(a->why);
		a->why = rp_strdup(l->why);
	}
}

static int
add_window(struct rp_results *r, json_t *j, char message[RP_MESSAGE])
{
	struct rp_line l;
	struct rp_cell *c;
	unsigned impl;
	bool bench;

	if (rp_get_line(j, &l, message) != 0)
		return (-1);
	bench = strcmp(l.flavour, "bench") == 0;
	if (!bench && strcmp(l.flavour, "stats") != 0 &&
	    strcmp(l.flavour, "latency") != 0)
		return (0);
	if (l.round >= r->rounds)
		r->rounds = l.round + 1;
	c = rp_intern_cell(r, &l);
	impl = rp_intern_impl(r, l.impl);
	if (l.why != NULL)
		add_why(r, rp_intern_arm(c, impl), &l, bench);
	else if (bench)
		return (add_bench(r, c, impl, &l, j, message));
	else if (strcmp(l.flavour, "stats") == 0)
		return (rp_add_stats(r, c, impl, &l, j, message));
	else
		return (rp_add_latency(c, impl, &l, j, message));
	return (0);
}

static int
add_end(struct rp_results *r, json_t *j, char message[RP_MESSAGE])
{
	r->ended = true;
	return (rp_get_optional(j, "elapsed_s", 0, HUGE_VAL, NAN,
	    &r->elapsed_s, message));
}

static const struct {
	const char	*kind;
	int		(*add)(struct rp_results *, json_t *, char *);
} kinds[] = {
	{ "window", add_window },
	{ "repeat", rp_add_repeat },
	{ "process", rp_add_process },
	{ "process_end", rp_add_process_end },
	{ "sensitivity", rp_add_sensitivity },
	{ "conflict", rp_add_conflict },
	{ "end", add_end },
};

int
rp_add(struct rp_results *r, json_t *line, char message[RP_MESSAGE])
{
	const char *kind;
	double schema;

	if (!json_is_object(line))
		return (rp_fail(message, "not a JSON object"));
	if (rp_get_string(line, "kind", &kind, message) != 0)
		return (-1);
	/* Only what is read is checked: unknown kinds are for others. */
	if (json_object_get(line, "schema") != NULL && (rp_get_number(line,
	    "schema", RP_SCHEMA, RP_SCHEMA, &schema, message) != 0))
		return (-1);
	if (strcmp(kind, "run") == 0 && r->run == NULL) {
		r->run = json_incref(line);
		return (rp_add_machine(r, line, message));
	}
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kind, kinds[i].kind) == 0)
			return (kinds[i].add(r, line, message));
	return (0);
}
