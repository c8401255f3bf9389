/*
 * Goal: quantiles of the histogram are within 1 % of the exact ones, the
 * largest is exact, and the buckets are as docs/DATA.md says.
 * Method: samples of several distributions from a fixed seed, recorded and
 * sorted; each quantile against the sample of its rank.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "workload/lab_histogram.h"

#define	SAMPLES		100000
#define	SEED		20130809

static uint64_t samples[SAMPLES];
static struct lab_histogram hist, half;
static gsl_rng *rng;

static int
compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return ((x > y) - (x < y));
}

/* The sample that a share q of n sorted ones do not exceed. */
static uint64_t
exact(double q, size_t n)
{
	size_t rank = (size_t)ceil(q * (double)n);

	return (samples[rank == 0 ? 0 : rank - 1]);
}

static void
expect_quantiles(size_t n)
{
	static const double qs[] = {
		0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.99, 0.999, 0.9999
	};

	qsort(samples, n, sizeof(samples[0]), compare);
	assert_int_equal(hist.lh_sampled, n);
	for (size_t i = 0; i < sizeof(qs) / sizeof(qs[0]); i++) {
		double is = (double)lab_histogram_quantile(&hist, qs[i]);
		double want = (double)exact(qs[i], n);

		if (fabs(is - want) > 0.01 * want)
			fail_msg("q %g: %.0f instead of %.0f", qs[i], is,
			    want);
	}
	assert_int_equal(lab_histogram_quantile(&hist, 1), samples[n - 1]);
	assert_int_equal(hist.lh_max, samples[n - 1]);
}

/* Draw n samples of a distribution and compare. */
static void
try(double (*draw)(void), size_t n)
{
	lab_histogram_clear(&hist);
	for (size_t i = 0; i < n; i++) {
		samples[i] = (uint64_t)draw();
		lab_histogram_record(&hist, samples[i]);
	}
	expect_quantiles(n);
}

static double
uniform(void)
{
	return (gsl_rng_uniform(rng) * 50000);
}

static double
exponential(void)
{
	return (gsl_ran_exponential(rng, 900));
}

static double
lognormal(void)
{
	return (gsl_ran_lognormal(rng, 6, 2));
}

/* Most take 80 ns; one in fifty sleeps. */
static double
bimodal(void)
{
	return (gsl_rng_uniform(rng) < 0.98 ?
	    80 + gsl_ran_gaussian(rng, 4) : 50000 +
	    gsl_ran_exponential(rng, 30000));
}

static double
small(void)
{
	return (gsl_rng_uniform(rng) * 130);
}

/* Up to the end of 64 bits. */
static double
huge(void)
{
	return (ldexp(0.5 + gsl_rng_uniform(rng) / 2.0001,
	    40 + (int)gsl_rng_uniform_int(rng, 25)));
}

static double constant;

static double
always(void)
{
	return (constant);
}

static void
distributions(void **state)
{
	double (*const draws[])(void) = {
		uniform, exponential, lognormal, bimodal, small, huge
	};

	(void)state;
	rng = gsl_rng_alloc(gsl_rng_mt19937);
	gsl_rng_set(rng, SEED);
	for (size_t i = 0; i < sizeof(draws) / sizeof(draws[0]); i++) {
		try(draws[i], SAMPLES);
		try(draws[i], 1009);
		try(draws[i], 1);
	}
	gsl_rng_free(rng);
}

static void
constants(void **state)
{
	static const double values[] = {
		0, 1, 63, 64, 127, 128, 129, 255, 1000, 1023, 1024, 123456789,
		9.2e18
	};

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		constant = values[i];
		try(always, 1000);
	}
}

/* By docs/DATA.md, written down again and apart. */
static uint64_t
bucket_of(uint64_t v)
{
	unsigned e = 63;

	if (v < 64)
		return (v);
	while ((v >> e & 1) == 0)
		e--;
	return ((uint64_t)(e - 5) * 64 + (v >> (e - 6)) - 64);
}

/* Every bucket's ends are in it, and the next value in the next. */
static void
buckets_as_documented(void **state)
{
	(void)state;
	for (unsigned b = 0; b < LAB_HIST_BUCKETS; b++) {
		uint64_t low = lab_histogram_lower(b);
		uint64_t high = low + (lab_histogram_width(b) - 1);
		uint64_t middle = lab_histogram_middle(b);

		assert_int_equal(bucket_of(low), b);
		assert_int_equal(lab_histogram_bucket(low), b);
		assert_int_equal(lab_histogram_bucket(high), b);
		assert_true(low <= middle && middle <= high);
		if (b + 1 < LAB_HIST_BUCKETS)
			assert_int_equal(lab_histogram_lower(b + 1), high + 1);
		else
			assert_true(high == UINT64_MAX);
	}
}

/* Two workers' halves together are the whole. */
static void
merged_is_the_whole(void **state)
{
	(void)state;
	lab_histogram_clear(&hist);
	lab_histogram_clear(&half);
	for (unsigned i = 0; i < 5000; i++) {
		samples[i] = (uint64_t)i * i;
		lab_histogram_record(i % 2 == 0 ? &hist : &half, samples[i]);
	}
	lab_histogram_merge(&hist, &half);
	expect_quantiles(5000);
}

static void
empty_has_no_quantile(void **state)
{
	(void)state;
	memset(&hist, 0xff, sizeof(hist));
	lab_histogram_clear(&hist);
	assert_int_equal(lab_histogram_quantile(&hist, 0), 0);
	assert_int_equal(lab_histogram_quantile(&hist, 0.5), 0);
	assert_int_equal(lab_histogram_quantile(&hist, 1), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(distributions),
		cmocka_unit_test(constants),
		cmocka_unit_test(buckets_as_documented),
		cmocka_unit_test(merged_is_the_whole),
		cmocka_unit_test(empty_has_no_quantile),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
