/*
 * What a window tells beside its throughput: waiting for locks, single
 * operations' latencies, events.  Read read.h first.
 *
 * A pass of such windows is run once, and anew, whole cells at a time, by the
 * next process if one was killed in it: what an earlier process told of the
 * cell is then forgotten.
 */
#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read.h"

/* Add to number i of a list, which grows as it must. */
static void
add_to(struct rp_lock **locks, unsigned *n, unsigned i,
    const struct rp_lock *l)
{
	struct rp_lock *sum;

	if (i >= *n) {
		*locks = rp_grow(*locks, i + 1, sizeof(**locks));
		memset(&(*locks)[*n], 0, (i + 1 - *n) * sizeof(**locks));
		*n = i + 1;
	}
	sum = &(*locks)[i];
	sum->acquired += l->acquired;
	sum->contended += l->contended;
	sum->wait_ns += l->wait_ns;
	sum->hold_ns += l->hold_ns;
}

static int
add_lock(struct rp_results *r, struct rp_arm *a, json_t *j,
    char message[RP_MESSAGE])
{
	struct rp_lock l;
	const char *type, *name = NULL;

	if (rp_get_string(j, "type", &type, message) != 0 ||
	    (json_object_get(j, "name") != NULL &&
	    rp_get_string(j, "name", &name, message) != 0) ||
	    rp_get_number(j, "acquired", 0, HUGE_VAL, &l.acquired,
	    message) != 0 ||
	    rp_get_number(j, "contended", 0, HUGE_VAL, &l.contended,
	    message) != 0 ||
	    rp_get_number(j, "wait_ns", 0, HUGE_VAL, &l.wait_ns,
	    message) != 0 ||
	    rp_get_number(j, "hold_ns", 0, HUGE_VAL, &l.hold_ns, message) != 0)
		return (-1);
	add_to(&a->locks, &a->nlocks, rp_intern_lock_type(r, type), &l);
	if (name != NULL)
		add_to(&a->named, &a->nnamed,
		    rp_intern_lock_name(r, type, name), &l);
	return (0);
}

/* Forget what an earlier process told of a cell's locks. */
static void
restart_stats(struct rp_cell *c, unsigned process)
{
	if (process == c->stats_process)
		return;
	c->stats_process = process;
	for (unsigned i = 0; i < c->narms; i++) {
		c->arms[i].stats_ops = c->arms[i].stats_thread_ns = 0;
		c->arms[i].nlocks = c->arms[i].nnamed = 0;
	}
}

int
rp_add_stats(struct rp_results *r, struct rp_cell *c, unsigned impl,
    const struct rp_line *l, json_t *j, char message[RP_MESSAGE])
{
	json_t *locks = json_object_get(j, "locks"), *lock;
	struct rp_arm *a = rp_intern_arm(c, impl);
	double ops, window_ns;
	size_t i;

	if (rp_get_number(j, "ops", 0, HUGE_VAL, &ops, message) != 0 ||
	    rp_get_number(j, "window_ns", 1, HUGE_VAL, &window_ns,
	    message) != 0)
		return (-1);
	if (!json_is_array(locks))
		return (rp_fail(message, "a stats window without \"locks\""));
	restart_stats(c, l->process);
	json_array_foreach(locks, i, lock)
		if (add_lock(r, a, lock, message) != 0)
			return (-1);
	a->stats_ops += ops;
	a->stats_thread_ns += window_ns * l->threads;
	return (0);
}

static void
restart_latency(struct rp_cell *c, unsigned process)
{
	if (process == c->latency_process)
		return;
	c->latency_process = process;
	for (unsigned i = 0; i < c->narms; i++)
		if (c->arms[i].latency != NULL)
			lab_histogram_clear(c->arms[i].latency);
}

/* Add n operations to a bucket. */
static int
add_bucket(struct lab_histogram *h, json_t *pair, char message[RP_MESSAGE])
{
	json_int_t b = json_integer_value(json_array_get(pair, 0));
	json_int_t n = json_integer_value(json_array_get(pair, 1));

	if (json_array_size(pair) != 2 || b < 0 || n < 0 ||
	    b >= LAB_HIST_BUCKETS)
		return (rp_fail(message, "a bucket of \"latency\" is no pair "
		    "of a number below %u and a count", LAB_HIST_BUCKETS));
	h->lh_counts[b] += (uint64_t)n;
	h->lh_sampled += (uint64_t)n;
	return (0);
}

static struct lab_histogram *
histogram_of(struct rp_arm *a)
{
	if (a->latency == NULL) {
		a->latency = aligned_alloc(LAB_HIST_ALIGN,
		    sizeof(*a->latency));
		if (a->latency == NULL)
			err(1, "report");
		lab_histogram_clear(a->latency);
	}
	return (a->latency);
}

int
rp_add_latency(struct rp_cell *c, unsigned impl, const struct rp_line *l,
    json_t *j, char message[RP_MESSAGE])
{
	json_t *latency = json_object_get(j, "latency");
	json_t *counts = json_object_get(latency, "counts"), *pair;
	struct lab_histogram *h;
	double max, sub_bits;
	size_t i;

	if (!json_is_object(latency) || !json_is_array(counts))
		return (rp_fail(message, "a latency window without "
		    "\"latency\" and its \"counts\""));
	if (rp_get_number(latency, "sub_bits", LAB_HIST_SUB_BITS,
	    LAB_HIST_SUB_BITS, &sub_bits, message) != 0 ||
	    rp_get_number(latency, "max_ns", 0, INT64_MAX, &max,
	    message) != 0)
		return (-1);
	restart_latency(c, l->process);
	h = histogram_of(rp_intern_arm(c, impl));
	json_array_foreach(counts, i, pair)
		if (add_bucket(h, pair, message) != 0)
			return (-1);
	if ((uint64_t)max > h->lh_max)
		h->lh_max = (uint64_t)max;
	return (0);
}

int
rp_get_events(struct rp_window *w, const struct rp_line *l, json_t *j,
    char message[RP_MESSAGE])
{
	static const char *const fields[RP_EVENTS] = {
		[RP_CYCLES] = "cycles", [RP_INSTRUCTIONS] = "instructions",
		[RP_CACHE_MISSES] = "cache_misses",
		[RP_SWITCHES] = "switches", [RP_MIGRATIONS] = "migrations",
		[RP_FAULTS] = "faults", [RP_CPU_NS] = "cpu_ns",
	};
	double window_ns;

	if (rp_get_optional(j, "ops", 0, HUGE_VAL, 0, &w->ops,
	    message) != 0 || rp_get_optional(j, "window_ns", 0, HUGE_VAL, 0,
	    &window_ns, message) != 0)
		return (-1);
	w->thread_ns = window_ns * l->threads;
	for (unsigned i = 0; i < RP_EVENTS; i++)
		if (rp_get_optional(j, fields[i], 0, HUGE_VAL, NAN,
		    &w->events[i], message) != 0)
			return (-1);
	return (0);
}
