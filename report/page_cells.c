/*
 * The cells of the page's data: every arm with all that is known of it.
 * Read page.h first, and compare.h for what the numbers are.
 */
#include "page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

json_t *
rp_page_estimate(const struct rp_estimate *e)
{
	if (e->n == 0)
		return (json_null());
	return (json_pack("{s:i, s:o, s:o, s:o, s:o, s:o}", "n", (int)e->n,
	    "median", rp_page_number(e->median),
	    "lo", rp_page_number(e->lo), "hi", rp_page_number(e->hi),
	    "min", rp_page_number(e->min), "max", rp_page_number(e->max)));
}

json_t *
rp_page_ratio(const struct rp_estimate *log_ratio)
{
	struct rp_estimate e = *log_ratio;

	e.median = exp(e.median);
	e.lo = exp(e.lo);
	e.hi = exp(e.hi);
	e.min = exp(e.min);
	e.max = exp(e.max);
	return (rp_page_estimate(&e));
}

/* The floor becomes a fraction, as the detectable effect is one. */
static json_t *
contrast(const struct rp_results *r, const struct rp_cell *c, unsigned impl,
    int base)
{
	const struct rp_contrast *k = rp_contrast(r, c, (int)impl, base);
	char text[RP_VERDICT_MAX];

	return (json_pack("{s:i, s:s, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "verdict", (int)k->verdict, "text", rp_verdict_text(k, text),
	    "ratio", rp_page_ratio(&k->log_ratio),
	    "p", rp_page_number(k->p), "p_holm", rp_page_number(k->p_holm),
	    "floor", rp_page_number(expm1(k->floor)),
	    "mde", rp_page_number(k->mde), "why", rp_page_text(k->why)));
}

static json_t *
quantiles(const struct rp_cell *c, unsigned impl)
{
	struct rp_quantiles q = rp_quantiles(c, (int)impl);

	if (!q.measured)
		return (json_null());
	return (json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}",
	    "sampled", rp_page_number(q.sampled),
	    "p50", rp_page_number(q.p50), "p90", rp_page_number(q.p90),
	    "p99", rp_page_number(q.p99), "p999", rp_page_number(q.p999),
	    "max", rp_page_number(q.max)));
}

#define	CCDF_POINTS	64	/* more would not be seen apart */

static json_t *
ccdf(const struct rp_cell *c, unsigned impl)
{
	double ns[CCDF_POINTS], share[CCDF_POINTS];
	unsigned n = rp_ccdf(c, (int)impl, ns, share, CCDF_POINTS);
	json_t *out;

	if (n == 0)
		return (json_null());
	out = json_array();
	for (unsigned i = 0; i < n; i++)
		json_array_append_new(out, json_pack("[o, o]",
		    rp_page_number(ns[i]), rp_page_number(share[i])));
	return (out);
}

static json_t *
counters(const struct rp_cell *c, unsigned impl)
{
	static const struct {
		enum rp_event	event;
		bool		per_second;	/* of a thread */
		const char	*name;
	} columns[] = {
		{ RP_CPU_NS, false, "cpu_ns_per_op" },
		{ RP_CYCLES, false, "cycles_per_op" },
		{ RP_INSTRUCTIONS, false, "instructions_per_op" },
		{ RP_CACHE_MISSES, false, "cache_misses_per_op" },
		{ RP_SWITCHES, true, "switches_per_s" },
		{ RP_MIGRATIONS, true, "migrations_per_s" },
		{ RP_FAULTS, true, "faults_per_s" },
	};
	struct rp_counters k = rp_counters(c, (int)impl);
	json_t *out = json_object();
	bool any = false;

	for (unsigned i = 0; i < sizeof(columns) / sizeof(columns[0]); i++) {
		double v = columns[i].per_second ?
		    k.per_thread_s[columns[i].event] :
		    k.per_op[columns[i].event];

		any |= isfinite(v);
		json_object_set_new(out, columns[i].name, rp_page_number(v));
	}
	if (any)
		return (out);
	json_decref(out);
	return (json_null());
}

/* Waiting by lock type, an array as long as that of the lock types. */
static json_t *
waiting(const struct rp_results *r, const struct rp_cell *c, unsigned impl)
{
	json_t *out;

	if (!rp_waiting(r, c, (int)impl, -1).measured)
		return (json_null());
	out = json_array();
	for (unsigned i = 0; i < r->nlock_types; i++) {
		struct rp_waiting w = rp_waiting(r, c, (int)impl, (int)i);

		json_array_append_new(out, json_pack("[o, o, o, o]",
		    rp_page_number(w.wait_ns_per_op),
		    rp_page_number(w.contended),
		    rp_page_number(w.wait_ns_each),
		    rp_page_number(w.wait_share)));
	}
	return (out);
}

static json_t *
arm(const struct rp_results *r, const struct rp_cell *c, unsigned impl,
    int base)
{
	struct rp_estimate rate = rp_rate(c, (int)impl);

	return (json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "rate", rp_page_estimate(&rate),
	    "contrast", contrast(r, c, impl, base),
	    "fairness", rp_page_number(rp_fairness(c, (int)impl)),
	    "jain", rp_page_number(rp_jain(c, (int)impl)),
	    "latency", quantiles(c, impl), "ccdf", ccdf(c, impl),
	    "counters", counters(c, impl), "waiting", waiting(r, c, impl)));
}

static json_t *
steps(const struct rp_results *r, const struct rp_cell *c)
{
	struct rp_steps s = rp_steps(r, c);
	json_t *ratios, *verdicts;

	if (!s.complete)
		return (json_null());
	ratios = json_array();
	verdicts = json_array();
	for (unsigned i = 0; i < RP_STEPS; i++) {
		json_array_append_new(ratios, rp_page_number(s.ratio[i]));
		json_array_append_new(verdicts, json_integer(s.verdict[i]));
	}
	return (json_pack("{s:o, s:o, s:o, s:i}", "ratio", ratios,
	    "verdict", verdicts, "total", rp_page_number(s.total),
	    "rounds", (int)s.rounds));
}

static json_t *
cell(const struct rp_results *r, const struct rp_cell *c)
{
	int base = rp_impl_find(r, RP_BASELINE);
	json_t *arms = json_array();
	json_t *out = json_pack("{s:o, s:o, s:o, s:o, s:o, s:i, s:i}",
	    "name", rp_page_text(c->name),
	    "workload", rp_page_text(c->workload),
	    "variant", rp_page_text(c->variant),
	    "sharing", rp_page_text(c->sharing),
	    "placement", rp_page_text(c->placement),
	    "threads", (int)c->threads, "home", c->home);

	for (unsigned i = 0; i < r->nimpls; i++)
		json_array_append_new(arms, rp_shown(r, i) ?
		    arm(r, c, i, base) : json_null());
	json_object_set_new(out, "arms", arms);
	json_object_set_new(out, "steps", steps(r, c));
	json_object_set_new(out, "ceiling", rp_page_number(rp_ceiling(r, c)));
	return (out);
}

/* The compared cells in the order of every table. */
json_t *
rp_page_cells(const struct rp_results *r)
{
	json_t *out = json_array();

	for (unsigned i = 0; i < r->ncells; i++)
		if (rp_compared(&r->cells[i]))
			json_array_append_new(out, cell(r, &r->cells[i]));
	return (out);
}
