/*
 * What is measured beside throughput: latency, events, line transfers.
 * Read compare.h first.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "replicate.h"

/* docs/DATA.md, latency: buckets of 1/64 of their octave. */
#define	SUB_BITS	6
#define	SUB		(1u << SUB_BITS)

/* Least value of a bucket, in ns. */
static double
bucket_low(unsigned b)
{
	unsigned octave = b / SUB;

	return (b < SUB ? b : ldexp(SUB + b % SUB, (int)octave - 1));
}

static double
bucket_middle(unsigned b)
{
	return ((bucket_low(b) + bucket_low(b + 1)) / 2);
}

/* The value that a share of the operations did not exceed. */
static double
quantile(const struct rp_latency *t, double share)
{
	double rank = ceil(share * t->sampled), seen = 0;

	for (unsigned b = 0; b < t->nbuckets; b++) {
		seen += t->counts[b];
		if (seen >= rank && seen > 0)
			return (fmin(bucket_middle(b), t->max_ns));
	}
	return (t->max_ns);
}

static const struct rp_latency *
latency_of(const struct rp_cell *c, int impl)
{
	const struct rp_arm *a = rp_arm_at(c, impl);

	return (a->failed == 0 && a->latency.sampled > 0 ? &a->latency : NULL);
}

struct rp_quantiles
rp_quantiles(const struct rp_cell *c, int impl)
{
	const struct rp_latency *t = latency_of(c, impl);

	if (t == NULL)
		return ((struct rp_quantiles){ false, 0, NAN, NAN, NAN, NAN,
		    NAN });
	return ((struct rp_quantiles){ true, t->sampled, quantile(t, 0.5),
	    quantile(t, 0.9), quantile(t, 0.99), quantile(t, 0.999),
	    t->max_ns });
}

unsigned
rp_ccdf(const struct rp_cell *c, int impl, double *ns, double *share,
    unsigned max)
{
	const struct rp_latency *t = latency_of(c, impl);
	unsigned filled = 0, step, n = 0, seen = 0;
	double left;

	if (t == NULL || max == 0)
		return (0);
	for (unsigned b = 0; b < t->nbuckets; b++)
		filled += t->counts[b] > 0;
	step = (filled + max - 1) / max;
	left = t->sampled;
	for (unsigned b = 0; b < t->nbuckets; b++) {
		if (t->counts[b] <= 0)
			continue;
		left -= t->counts[b];
		/* The last point is the maximum, at the share of one. */
		if (left <= 0) {
			ns[n] = t->max_ns;
			share[n++] = 1 / t->sampled;
		} else if (seen++ % step == 0 && n + 1 < max) {
			ns[n] = bucket_low(b + 1);
			share[n++] = left / t->sampled;
		}
	}
	return (n);
}

struct rp_counters
rp_counters(const struct rp_cell *c, int impl)
{
	const struct rp_arm *a = rp_arm_at(c, impl);
	struct rp_counters out;

	for (unsigned i = 0; i < RP_EVENTS; i++) {
		const struct rp_count *n = &a->counts[i];
		bool told = rp_arm_verdict(a) == RP_UNRESOLVED &&
		    n->windows > 0;

		out.per_op[i] = told && n->ops > 0 ? n->events / n->ops : NAN;
		out.per_thread_s[i] = told && n->thread_ns > 0 ?
		    n->events / n->thread_ns * 1e9 : NAN;
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
