/*
 * The statistics of report/stats.c against values worked out by hand.
 *
 * Goal: a verdict rests on the right order statistics.  Method: the binomial
 * tails of small n are sums of Pascal's triangle over 2^n, given below as
 * fractions, so that nothing here comes from the library under test.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/stats.h"

#define	TINY	1e-12

static void
test_rank_and_coverage(void **state)
{
	static const struct {
		unsigned n, rank;
		double missed;		/* both tails together */
	} cases[] = {
		{ 0, 0, 1 }, { 1, 0, 1 }, { 2, 0, 1 }, { 5, 0, 1 },
		{ 6, 1, 2 / 64.0 },			/* 96.9 % */
		{ 7, 1, 2 / 128.0 },			/* 98.4 % */
		{ 8, 1, 2 / 256.0 },			/* 99.2 % */
		{ 9, 2, 2 * (1 + 9) / 512.0 },		/* 96.1 % */
		{ 10, 2, 2 * (1 + 10) / 1024.0 },	/* 97.9 % */
		{ 11, 2, 2 * (1 + 11) / 2048.0 },	/* 98.8 % */
		{ 12, 3, 2 * (1 + 12 + 66) / 4096.0 },	/* 96.1 % */
		{ 15, 4, 2 * (1 + 15 + 105 + 455) / 32768.0 },	/* 96.5 % */
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		double coverage = -1;

		assert_int_equal(rp_sign_rank(cases[i].n, 0.95, &coverage),
		    cases[i].rank);
		assert_true(fabs(coverage - (1 - cases[i].missed)) < TINY);
	}
}

/* One rank further in would cover less than asked for. */
static void
test_rank_is_narrowest(void **state)
{
	double coverage;

	(void)state;
	/* n = 10: ranks 3 and 8 miss 2 * (1 + 10 + 45) / 1024 = 10.9 %. */
	assert_int_equal(rp_sign_rank(10, 0.89, &coverage), 3);
	assert_int_equal(rp_sign_rank(10, 0.892, &coverage), 2);
	/* n = 5: the whole range covers 1 - 2 / 32 = 93.75 %. */
	assert_int_equal(rp_sign_rank(5, 0.937, &coverage), 1);
	assert_int_equal(rp_sign_rank(5, 0.94, &coverage), 0);
	assert_true(coverage == 0);
}

static void
test_median_odd(void **state)
{
	double v[] = { 5, -1, 3 };
	struct rp_estimate e = rp_estimate(v, 3);

	(void)state;
	assert_int_equal(e.n, 3);
	assert_true(e.median == 3 && e.min == -1 && e.max == 5);
	assert_false(e.bounded);
	assert_true(isnan(e.lo) && isnan(e.hi) && e.coverage == 0);
}

static void
test_median_even(void **state)
{
	double v[] = { 4, 1, 2, 10 };
	struct rp_estimate e = rp_estimate(v, 4);

	(void)state;
	assert_true(e.median == 3 && e.min == 1 && e.max == 10);
}

static void
test_no_values(void **state)
{
	struct rp_estimate e = rp_estimate(NULL, 0);

	(void)state;
	assert_int_equal(e.n, 0);
	assert_true(isnan(e.median) && !e.bounded);
}

static void
test_interval_of_six(void **state)
{
	double v[] = { 6, 5, 4, 3, 2, 1 };
	struct rp_estimate e = rp_estimate(v, 6);

	(void)state;
	assert_true(e.bounded && e.lo == 1 && e.hi == 6 && e.median == 3.5);
	assert_true(fabs(e.coverage - 0.96875) < TINY);
}

static void
test_interval_of_ten(void **state)
{
	double v[] = { 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };
	struct rp_estimate e = rp_estimate(v, 10);

	(void)state;
	assert_true(e.bounded && e.lo == 2 && e.hi == 9 && e.median == 5.5);
}

/* A round without an operation has a log ratio of minus infinity. */
static void
test_infinite_value(void **state)
{
	double v[] = { 1, 2, -INFINITY, 3, 4, 5, 6 };
	struct rp_estimate e = rp_estimate(v, 7);

	(void)state;
	assert_true(e.median == 3 && isinf(e.lo) && e.hi == 6);
}

/* Binomial tails by hand: 2/64, 2 (1 + 10) / 1024, and zeros left out. */
static void
test_sign_p(void **state)
{
	double six[] = { 1, 2, 3, 4, 5, 6 };
	double ten[] = { 1, 2, 3, -4, 5, 6, 7, 8, 9, 10 };
	double half[] = { 1, -1, 2, -2 };
	double zeros[] = { 0, 1, 2, 3, 4, 5, 6, 0 };
	double infinite[] = { -INFINITY, -1, -1, -1, -1, -1 };

	(void)state;
	assert_true(fabs(rp_sign_p(six, 6) - 0.03125) < TINY);
	assert_true(fabs(rp_sign_p(ten, 10) - 0.021484375) < TINY);
	assert_true(rp_sign_p(half, 4) == 1);
	assert_true(fabs(rp_sign_p(zeros, 8) - 0.03125) < TINY);
	assert_true(fabs(rp_sign_p(infinite, 6) - 0.03125) < TINY);
	assert_true(rp_sign_p(zeros, 1) == 1 && rp_sign_p(NULL, 0) == 1);
}

/* As R's p.adjust(c(.01, .04, .03, .005), "holm") has it. */
static void
test_holm(void **state)
{
	static const double want[] = { 0.03, 0.06, NAN, 0.06, 0.02 };
	double p[] = { 0.01, 0.04, NAN, 0.03, 0.005 };
	double one[] = { 0.7, 0.6 };

	(void)state;
	assert_int_equal(rp_holm(p, 5), 4);
	for (unsigned i = 0; i < 5; i++)
		assert_true(isnan(want[i]) ? isnan(p[i]) :
		    fabs(p[i] - want[i]) < TINY);
	/* Never beyond 1, and never less than a smaller one's. */
	assert_int_equal(rp_holm(one, 2), 2);
	assert_true(one[0] == 1 && one[1] == 1);
	assert_int_equal(rp_holm(NULL, 0), 0);
}

/*
 * At 0.05, twelve values' interval is from the 3rd to the 10th: half of it is
 * 3.5, and (1.959964 + 0.841621) / 1.959964 of that is 5.0029.
 */
static void
test_detectable(void **state)
{
	double v[] = { 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1 };

	(void)state;
	assert_true(fabs(rp_detectable(v, 12, 0.05, NAN) - 5.00289) < 1e-4);
	/* A floor of 4 is more than 3.5, and is widened as much: by 1.5029. */
	assert_true(fabs(rp_detectable(v, 12, 0.05, 4) - 5.50289) < 1e-4);
	assert_true(fabs(rp_detectable(v, 12, 0.05, 3) - 5.00289) < 1e-4);
	/* 2 / 2^12 is the least level; there it takes both ends. */
	assert_true(rp_detectable(v, 12, 2.0 / 4096, NAN) > 5.5);
	assert_true(isnan(rp_detectable(v, 12, 1.9 / 4096, NAN)));
	assert_true(isnan(rp_detectable(v, 0, 0.05, NAN)));
}

static void
test_verdict_names(void **state)
{
	(void)state;
	assert_string_equal(rp_verdict_name(RP_UNRESOLVED), "not resolved");
	assert_string_equal(rp_verdict_name(RP_FEW), "too few rounds");
	assert_true(rp_resolved(RP_SLOWER) && !rp_resolved(RP_UNRESOLVED));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rank_and_coverage),
		cmocka_unit_test(test_rank_is_narrowest),
		cmocka_unit_test(test_median_odd),
		cmocka_unit_test(test_median_even),
		cmocka_unit_test(test_no_values),
		cmocka_unit_test(test_interval_of_six),
		cmocka_unit_test(test_interval_of_ten),
		cmocka_unit_test(test_infinite_value),
		cmocka_unit_test(test_sign_p),
		cmocka_unit_test(test_holm),
		cmocka_unit_test(test_detectable),
		cmocka_unit_test(test_verdict_names),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
