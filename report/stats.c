/*
 * Medians and exact sign-test intervals.  Read stats.h first.
 *
 * Under the sign test the number of values below the true median is binomial
 * (n, 1/2).  The interval from the k-th smallest to the k-th largest value
 * misses the median when fewer than k values lie on one side of it, so it
 * covers it with probability 1 - 2 P(X <= k - 1).
 */
#include "stats.h"

#include <assert.h>
#include <err.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

static double
coverage_of_rank(unsigned n, unsigned rank)
{
	return (1 - 2 * gsl_cdf_binomial_P(rank - 1, 0.5, n));
}

unsigned
rp_sign_rank(unsigned n, double nominal, double *coverage)
{
	unsigned rank = 0;

	assert(nominal > 0 && nominal < 1);
	while (2 * (rank + 1) <= n && coverage_of_rank(n, rank + 1) >= nominal)
		rank++;
	*coverage = rank == 0 ? 0 : coverage_of_rank(n, rank);
	return (rank);
}

struct rp_estimate
rp_estimate(double *values, unsigned n)
{
	struct rp_estimate e = { .n = n, .median = NAN, .min = NAN,
	    .max = NAN, .lo = NAN, .hi = NAN };
	unsigned rank;

	if (n == 0)
		return (e);
	gsl_sort(values, 1, n);
	e.median = gsl_stats_median_from_sorted_data(values, 1, n);
	e.min = values[0];
	e.max = values[n - 1];
	rank = rp_sign_rank(n, RP_NOMINAL, &e.coverage);
	e.bounded = rank > 0;
	if (e.bounded) {
		e.lo = values[rank - 1];
		e.hi = values[n - rank];
	}
	return (e);
}

double
rp_sign_p(const double *values, unsigned n)
{
	unsigned above = 0, below = 0, fewer;

	for (unsigned i = 0; i < n; i++) {
		above += values[i] > 0;
		below += values[i] < 0;
	}
	fewer = above < below ? above : below;
	return (above + below == 0 ? 1 : fmin(1, 2 *
	    gsl_cdf_binomial_P(fewer, 0.5, above + below)));
}

unsigned
rp_holm(double *p, unsigned n)
{
	size_t *order = calloc(n + 1, sizeof(*order));
	double least = 0;
	unsigned m = 0, rank = 0;

	if (order == NULL)
		err(1, "report");
	for (unsigned i = 0; i < n; i++)
		m += !isnan(p[i]);
	/* NANs have no place in an order; they go behind everything. */
	for (unsigned i = 0; i < n; i++)
		p[i] = isnan(p[i]) ? HUGE_VAL : p[i];
	gsl_sort_index(order, p, 1, n);
	for (unsigned i = 0; i < n; i++) {
		double *v = &p[order[i]];

		if (*v == HUGE_VAL) {
			*v = NAN;
			continue;
		}
		least = fmax(least, fmin(1, *v * (m - rank++)));
		*v = least;
	}
	free(order);
	return (m);
}

double
rp_detectable(double *values, unsigned n, double alpha, double floor)
{
	double coverage, half, z = gsl_cdf_ugaussian_Qinv(alpha / 2);
	unsigned rank = rp_sign_rank(n, 1 - alpha, &coverage);

	if (rank == 0)
		return (NAN);
	gsl_sort(values, 1, n);
	half = (values[n - rank] - values[rank - 1]) / 2;
	/* fmax() passes over NAN. */
	return (fmax(half, floor) + half * gsl_cdf_ugaussian_Pinv(RP_POWER) /
	    z);
}

const char *
rp_verdict_name(enum rp_verdict v)
{
	static const char *const names[] = {
		[RP_FASTER] = "faster",
		[RP_SLOWER] = "slower",
		[RP_UNRESOLVED] = "not resolved",
		[RP_FEW] = "too few rounds",
		[RP_SKIPPED] = "skipped",
		[RP_FAILED] = "failed",
		[RP_NO_BASE] = "no baseline",
		[RP_ABSENT] = "not measured",
	};

	assert((unsigned)v < sizeof(names) / sizeof(names[0]));
	return (names[v]);
}

bool
rp_resolved(enum rp_verdict v)
{
	return (v == RP_FASTER || v == RP_SLOWER);
}
