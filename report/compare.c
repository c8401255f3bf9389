/*
 * Figures of an arm, the steps between the states, and tallies.  Read
 * compare.h first; contrasts are in verdict.c.
 */
#include <math.h>
#include <stdlib.h>

#include "replicate.h"

/* A figure of an arm's replicates, into out; NAN is left out; how many. */
static unsigned
replicates(const struct rp_cell *c, int impl,
    double (*figure)(const struct rp_cell *, const struct rp_window *),
    double *out)
{
	const struct rp_arm *a = rp_arm_at(c, impl);
	struct rp_value *values;
	unsigned n = 0;

	if (rp_arm_verdict(a) != RP_UNRESOLVED)
		return (0);
	values = rp_grow(NULL, a->nwindows, sizeof(*values));
	for (unsigned i = 0; i < a->nwindows; i++) {
		double v = figure(c, &a->windows[i]);

		if (!isnan(v))
			values[n++] = (struct rp_value){
			    a->windows[i].process, v };
	}
	n = rp_reduce(values, n, c->by_process, out);
	free(values);
	return (n);
}

static struct rp_estimate
estimate(const struct rp_cell *c, int impl,
    double (*figure)(const struct rp_cell *, const struct rp_window *))
{
	double *out = rp_grow(NULL, rp_arm_at(c, impl)->nwindows + 1,
	    sizeof(*out));
	struct rp_estimate e = rp_estimate(out, replicates(c, impl, figure,
	    out));

	free(out);
	return (e);
}

static double
window_rate(const struct rp_cell *c, const struct rp_window *w)
{
	(void)c;
	return (w->ops_per_s_total);
}

static double
window_log_rate(const struct rp_cell *c, const struct rp_window *w)
{
	(void)c;
	return (w->ops_per_s_total > 0 ? log(w->ops_per_s_total) : NAN);
}

static double
window_ns(const struct rp_cell *c, const struct rp_window *w)
{
	return (1e9 * c->threads / w->ops_per_s_total);
}

static double
window_fairness(const struct rp_cell *c, const struct rp_window *w)
{
	(void)c;
	return (w->fairness);
}

static double
window_jain(const struct rp_cell *c, const struct rp_window *w)
{
	(void)c;
	return (w->jain);
}

unsigned
rp_log_rates(const struct rp_cell *c, int impl, double *values)
{
	return (replicates(c, impl, window_log_rate, values));
}

struct rp_estimate
rp_rate(const struct rp_cell *c, int impl)
{
	return (estimate(c, impl, window_rate));
}

struct rp_estimate
rp_ns(const struct rp_cell *c, int impl)
{
	return (estimate(c, impl, window_ns));
}

double
rp_fairness(const struct rp_cell *c, int impl)
{
	return (estimate(c, impl, window_fairness).median);
}

double
rp_jain(const struct rp_cell *c, int impl)
{
	return (estimate(c, impl, window_jain).median);
}

static const char *const step_impls[RP_STEPS] = {
	[RP_STEP_RWLOCK] = "rwlock_vpo",
	[RP_STEP_READ] = "rwlock_read",
	[RP_STEP_BUSY] = "sxbusy",
	[RP_STEP_RLOCK] = "sxbusy_rlock",
};

const char *
rp_step_impl(enum rp_step s)
{
	return (step_impls[s]);
}

static bool
has_round(const struct rp_arm *a, unsigned round)
{
	for (unsigned i = 0; i < a->nwindows; i++)
		if (a->windows[i].round == round)
			return (a->windows[i].ops_per_s_total > 0);
	return (false);
}

/* The windows of an arm in the rounds that all states have. */
static struct rp_arm
common_windows(const struct rp_cell *c, const int states[RP_STEPS + 1],
    unsigned state)
{
	const struct rp_arm *a = rp_arm_at(c, states[state]);
	struct rp_arm out = { .nwindows = 0 };

	out.windows = rp_grow(NULL, a->nwindows + 1, sizeof(*out.windows));
	for (unsigned i = 0; i < a->nwindows; i++) {
		bool all = true;

		for (unsigned s = 0; s <= RP_STEPS; s++)
			all = all && has_round(rp_arm_at(c, states[s]),
			    a->windows[i].round);
		if (all)
			out.windows[out.nwindows++] = a->windows[i];
	}
	return (out);
}

/* Median log ratio to the baseline over common rounds; how many rounds. */
static unsigned
common_median(const struct rp_cell *c, const int states[RP_STEPS + 1],
    unsigned state, double *median)
{
	struct rp_arm a = common_windows(c, states, state);
	struct rp_arm b = common_windows(c, states, 0);
	struct rp_value *pairs = rp_grow(NULL, a.nwindows + 1,
	    sizeof(*pairs));
	double *values = rp_grow(NULL, a.nwindows + 1, sizeof(*values));
	unsigned n = rp_pair_windows(&a, &b, pairs);

	*median = rp_estimate(values, rp_reduce(pairs, n, c->by_process,
	    values)).median;
	free(values);
	free(pairs);
	free(a.windows);
	free(b.windows);
	return (n);
}

struct rp_steps
rp_steps(const struct rp_results *r, const struct rp_cell *c)
{
	struct rp_steps s = { .complete = true };
	int states[RP_STEPS + 1] = { rp_impl_find(r, RP_BASELINE) };
	double before = 0, after;

	for (unsigned i = 0; i < RP_STEPS; i++)
		states[i + 1] = rp_impl_find(r, step_impls[i]);
	for (unsigned i = 0; i <= RP_STEPS; i++)
		if (rp_arm_verdict(rp_arm_at(c, states[i])) != RP_UNRESOLVED)
			s.complete = false;
	if (!s.complete)
		return (s);
	for (unsigned i = 0; i < RP_STEPS; i++) {
		s.rounds = common_median(c, states, i + 1, &after);
		s.ratio[i] = exp(after - before);
		s.verdict[i] = rp_contrast(r, c, states[i + 1],
		    states[i])->verdict;
		before = after;
	}
	s.total = exp(before);
	s.complete = s.rounds > 0;
	return (s);
}

static void
extend(double *min, double *max, double v)
{
	*min = fmin(*min, v);
	*max = fmax(*max, v);
}

struct rp_tally
rp_tally(const struct rp_results *r, int impl, int base)
{
	struct rp_tally t = { .faster_min = NAN, .faster_max = NAN,
	    .slower_min = NAN, .slower_max = NAN, .worst = -1, .best = -1 };
	double *logs = rp_grow(NULL, r->ncells + 1, sizeof(*logs));
	double worst = HUGE_VAL, best = -HUGE_VAL;
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_contrast *k;
		double log_ratio;

		if (!rp_compared(&r->cells[i]))
			continue;
		k = rp_contrast(r, &r->cells[i], impl, base);
		t.count[k->verdict]++;
		if (k->log_ratio.n == 0)
			continue;
		log_ratio = logs[n++] = k->log_ratio.median;
		if (k->verdict == RP_FASTER)
			extend(&t.faster_min, &t.faster_max, exp(log_ratio));
		if (k->verdict == RP_SLOWER)
			extend(&t.slower_min, &t.slower_max, exp(log_ratio));
		t.faster_much += k->verdict == RP_FASTER &&
		    exp(log_ratio) >= 1 + RP_MUCH;
		t.slower_much += k->verdict == RP_SLOWER &&
		    exp(log_ratio) <= 1 - RP_MUCH;
		if (k->verdict == RP_SLOWER && log_ratio < worst) {
			worst = log_ratio;
			t.worst = (int)i;
		}
		if (k->verdict == RP_FASTER && log_ratio > best) {
			best = log_ratio;
			t.best = (int)i;
		}
	}
	t.judged = t.count[RP_FASTER] + t.count[RP_SLOWER] +
	    t.count[RP_UNRESOLVED];
	t.median = exp(rp_estimate(logs, n).median);
	free(logs);
	return (t);
}
