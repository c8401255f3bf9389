/*
 * Contrasts inside a block, the steps between the states, and tallies.
 * Read compare.h first.
 *
 * A correction for the number of cells would sit between rp_contrast() and
 * its callers: every verdict of a report passes through it.
 */
#include "compare.h"

#include <math.h>
#include <stdlib.h>

static const struct rp_arm *
arm_at(const struct rp_cell *c, int impl)
{
	return (rp_arm(c, impl < 0 ? c->narms : (unsigned)impl));
}

/*
 * log(impl / base) of each round that has both, into values; how many.  Both
 * lists are sorted by round.  A round in which neither did an operation has
 * no ratio.
 */
static unsigned
paired_logs(const struct rp_arm *impl, const struct rp_arm *base,
    double *values)
{
	unsigned i = 0, j = 0, n = 0;

	while (i < impl->nwindows && j < base->nwindows) {
		const struct rp_window *a = &impl->windows[i];
		const struct rp_window *b = &base->windows[j];

		if (a->round == b->round && (a->ops_per_s_total > 0 ||
		    b->ops_per_s_total > 0))
			values[n++] = log(a->ops_per_s_total) -
			    log(b->ops_per_s_total);
		i += a->round <= b->round;
		j += b->round <= a->round;
	}
	return (n);
}

/* Why an arm has no figure, if so; a failure voids the whole arm. */
static enum rp_verdict
arm_verdict(const struct rp_arm *a)
{
	if (a->failed > 0)
		return (RP_FAILED);
	if (a->nwindows == 0)
		return (a->skipped > 0 ? RP_SKIPPED : RP_ABSENT);
	return (RP_UNRESOLVED);
}

struct rp_contrast
rp_contrast(const struct rp_cell *c, int impl, int base)
{
	const struct rp_arm *a = arm_at(c, impl), *b = arm_at(c, base);
	struct rp_contrast k = { .verdict = arm_verdict(a), .why = a->why };
	double *values;

	k.log_ratio = rp_estimate(NULL, 0);
	if (k.verdict != RP_UNRESOLVED)
		return (k);
	k.why = NULL;
	k.verdict = RP_NO_BASE;
	if (arm_verdict(b) != RP_UNRESOLVED)
		return (k);
	values = rp_grow(NULL, a->nwindows, sizeof(*values));
	k.log_ratio = rp_estimate(values, paired_logs(a, b, values));
	k.verdict = rp_judge(&k.log_ratio);
	free(values);
	return (k);
}

struct rp_estimate
rp_rate(const struct rp_cell *c, int impl)
{
	const struct rp_arm *a = arm_at(c, impl);
	struct rp_estimate e;
	double *values;

	if (arm_verdict(a) != RP_UNRESOLVED)
		return (rp_estimate(NULL, 0));
	values = rp_grow(NULL, a->nwindows, sizeof(*values));
	for (unsigned i = 0; i < a->nwindows; i++)
		values[i] = a->windows[i].ops_per_s_total;
	e = rp_estimate(values, a->nwindows);
	free(values);
	return (e);
}

double
rp_fairness(const struct rp_cell *c, int impl)
{
	const struct rp_arm *a = arm_at(c, impl);
	double *values, median;
	unsigned n = 0;

	if (arm_verdict(a) != RP_UNRESOLVED)
		return (NAN);
	values = rp_grow(NULL, a->nwindows, sizeof(*values));
	for (unsigned i = 0; i < a->nwindows; i++)
		if (!isnan(a->windows[i].fairness))
			values[n++] = a->windows[i].fairness;
	median = rp_estimate(values, n).median;
	free(values);
	return (median);
}

struct rp_estimate
rp_ns(const struct rp_cell *c, int impl)
{
	const struct rp_arm *a = arm_at(c, impl);
	struct rp_estimate e;
	double *values;

	if (arm_verdict(a) != RP_UNRESOLVED)
		return (rp_estimate(NULL, 0));
	values = rp_grow(NULL, a->nwindows, sizeof(*values));
	for (unsigned i = 0; i < a->nwindows; i++)
		values[i] = 1e9 * c->threads / a->windows[i].ops_per_s_total;
	e = rp_estimate(values, a->nwindows);
	free(values);
	return (e);
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
	const struct rp_arm *a = arm_at(c, states[state]);
	struct rp_arm out = { .nwindows = 0 };

	out.windows = rp_grow(NULL, a->nwindows + 1, sizeof(*out.windows));
	for (unsigned i = 0; i < a->nwindows; i++) {
		bool all = true;

		for (unsigned s = 0; s <= RP_STEPS; s++)
			all = all && has_round(arm_at(c, states[s]),
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
	double *values = rp_grow(NULL, a.nwindows + 1, sizeof(*values));
	unsigned n = paired_logs(&a, &b, values);

	*median = rp_estimate(values, n).median;
	free(values);
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
		if (arm_verdict(arm_at(c, states[i])) != RP_UNRESOLVED)
			s.complete = false;
	if (!s.complete)
		return (s);
	for (unsigned i = 0; i < RP_STEPS; i++) {
		s.rounds = common_median(c, states, i + 1, &after);
		s.ratio[i] = exp(after - before);
		s.verdict[i] = rp_contrast(c, states[i + 1],
		    states[i]).verdict;
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
		struct rp_contrast k;
		double log_ratio;

		if (!rp_compared(&r->cells[i]))
			continue;
		k = rp_contrast(&r->cells[i], impl, base);
		t.count[k.verdict]++;
		if (k.log_ratio.n == 0)
			continue;
		log_ratio = logs[n++] = k.log_ratio.median;
		if (k.verdict == RP_FASTER)
			extend(&t.faster_min, &t.faster_max, exp(log_ratio));
		if (k.verdict == RP_SLOWER)
			extend(&t.slower_min, &t.slower_max, exp(log_ratio));
		if (k.verdict == RP_SLOWER && log_ratio < worst) {
			worst = log_ratio;
			t.worst = (int)i;
		}
		if (k.verdict == RP_FASTER && log_ratio > best) {
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
