/*
 * What is measured beside throughput: latency, events, line transfers.
 * Read compare.h first.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "replicate.h"

static const struct lab_histogram *
latency_of(const struct rp_cell *c, int impl)
{
	const struct rp_arm *a = rp_arm_at(c, impl);

	return (a->failed == 0 && a->latency != NULL &&
	    a->latency->lh_sampled > 0 ? a->latency : NULL);
}

/* NAN where so few were timed that it would be their maximum. */
static double
quantile(const struct lab_histogram *h, double q)
{
	return ((double)h->lh_sampled * (1 - q) < 1 ? NAN :
	    (double)lab_histogram_quantile(h, q));
}

struct rp_quantiles
rp_quantiles(const struct rp_cell *c, int impl)
{
	const struct lab_histogram *h = latency_of(c, impl);

	if (h == NULL)
		return ((struct rp_quantiles){ false, 0, NAN, NAN, NAN, NAN,
		    NAN });
	return ((struct rp_quantiles){ true, (double)h->lh_sampled,
	    quantile(h, 0.5), quantile(h, 0.9), quantile(h, 0.99),
	    quantile(h, 0.999), (double)h->lh_max });
}

unsigned
rp_ccdf(const struct rp_cell *c, int impl, double *ns, double *share,
    unsigned max)
{
	const struct lab_histogram *h = latency_of(c, impl);
	unsigned filled = 0, step, n = 0, seen = 0;
	uint64_t left;

	if (h == NULL || max == 0)
		return (0);
	for (unsigned b = 0; b < LAB_HIST_BUCKETS; b++)
		filled += h->lh_counts[b] > 0;
	step = (filled + max - 1) / max;
	left = h->lh_sampled;
	for (unsigned b = 0; b < LAB_HIST_BUCKETS; b++) {
		if (h->lh_counts[b] == 0)
			continue;
		left -= h->lh_counts[b];
		/* The last point is the maximum, at the share of one. */
		if (left == 0) {
			ns[n] = (double)h->lh_max;
			share[n++] = 1 / (double)h->lh_sampled;
		} else if (seen++ % step == 0 && n + 1 < max) {
			ns[n] = (double)(lab_histogram_lower(b) +
			    lab_histogram_width(b));
			share[n++] = (double)left / (double)h->lh_sampled;
		}
	}
	return (n);
}

/* Sum an event over the windows that have it, with their work and time. */
static struct rp_window
sum_event(const struct rp_arm *a, enum rp_event event)
{
	struct rp_window sum = { .ops = 0, .thread_ns = 0 };

	for (unsigned i = 0; i < a->nwindows; i++) {
		const struct rp_window *w = &a->windows[i];

		if (isnan(w->events[event]))
			continue;
		sum.events[event] += w->events[event];
		sum.ops += w->ops;
		sum.thread_ns += w->thread_ns;
	}
	return (sum);
}

struct rp_counters
rp_counters(const struct rp_cell *c, int impl)
{
	const struct rp_arm *a = rp_arm_at(c, impl);
	bool told = rp_arm_verdict(a) == RP_UNRESOLVED;
	struct rp_counters out;

	for (unsigned i = 0; i < RP_EVENTS; i++) {
		struct rp_window sum = sum_event(a, i);

		out.per_op[i] = told && sum.ops > 0 ?
		    sum.events[i] / sum.ops : NAN;
		out.per_thread_s[i] = told && sum.thread_ns > 0 ?
		    sum.events[i] / sum.thread_ns * 1e9 : NAN;
	}
	return (out);
}

/* Whether a worker of the cell runs on a processor. */
static bool
cell_uses(const struct rp_results *r, const struct rp_cell *c, json_int_t cpu)
{
	json_t *spots = json_object_get(r->environment, "placements");
	json_t *spot, *worker;
	size_t i, j;

	json_array_foreach(spots, i, spot) {
		const char *placement = json_string_value(json_object_get(spot,
		    "placement"));

		if (placement == NULL || strcmp(placement, c->placement) != 0 ||
		    json_integer_value(json_object_get(spot, "threads")) !=
		    (json_int_t)c->threads)
			continue;
		json_array_foreach(json_object_get(spot, "workers"), j, worker)
			if (json_integer_value(json_object_get(worker,
			    "cpu")) == cpu)
				return (true);
	}
	return (false);
}

struct rp_transfer
rp_transfer(const struct rp_results *r, const struct rp_cell *c)
{
	json_t *pairs = json_object_get(r->transfer, "pairs"), *pair;
	double *ns = rp_grow(NULL, json_array_size(pairs) + 1, sizeof(*ns));
	struct rp_transfer t = { 0, NAN, NAN, NAN };
	struct rp_estimate e;
	unsigned n = 0;
	size_t i;

	json_array_foreach(pairs, i, pair) {
		double v = json_number_value(json_object_get(pair,
		    "ns_median"));

		if (v > 0 && (c == NULL || (cell_uses(r, c, json_integer_value(
		    json_object_get(pair, "a"))) && cell_uses(r, c,
		    json_integer_value(json_object_get(pair, "b"))))))
			ns[n++] = v;
	}
	e = rp_estimate(ns, n);
	free(ns);
	if (n > 0)
		t = (struct rp_transfer){ n, e.min, e.median, e.max };
	return (t);
}

double
rp_ceiling(const struct rp_results *r, const struct rp_cell *c)
{
	struct rp_transfer t = rp_transfer(r, c);

	return (c->threads < 2 || t.pairs == 0 ? NAN : 1e9 / t.ns_median);
}
