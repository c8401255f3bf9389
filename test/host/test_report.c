/*
 * What the report computes and says: pairing, verdicts, steps, bars, text.
 *
 * Goal: what stands in RESULTS.md follows from the windows and from nothing
 * else.  Method: each test writes a small run into a folder of its own, reads
 * it back, and compares with ratios that the run was made to have.
 */
#include "test_report_run.h"

/* The ratio is taken inside a round, however far rounds drift apart. */
static void
test_pairs_by_round(void **state)
{
	struct rp_results r;
	struct rp_contrast k;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		double drift = i % 2 == 0 ? 1 : 100;

		put("sxbusy", i, 220 * drift);
		put(RP_BASELINE, i, 200 * drift);
	}
	load(&r);
	k = contrast(&r, "sxbusy");
	assert_int_equal(k.verdict, RP_FASTER);
	assert_int_equal(k.log_ratio.n, 6);
	assert_true(NEAR(exp(k.log_ratio.lo), 1.1));
	assert_true(NEAR(exp(k.log_ratio.hi), 1.1));
	rp_free(&r);
}

/* Rounds that only one side has are left out, in whatever order they came. */
static void
test_missing_rounds(void **state)
{
	struct rp_results r;
	struct rp_contrast k;

	(void)state;
	for (unsigned i = 8; i-- > 0;)
		if (i != 2)
			put("sxbusy", i, i == 5 ? 1e9 : 300);
	for (unsigned i = 0; i < 8; i++)
		if (i != 5)
			put(RP_BASELINE, i, i == 2 ? 1e-9 : 200);
	load(&r);
	k = contrast(&r, "sxbusy");
	assert_int_equal(k.log_ratio.n, 6);
	assert_true(NEAR(exp(k.log_ratio.min), 1.5));
	assert_true(NEAR(exp(k.log_ratio.max), 1.5));
	rp_free(&r);
}

static void
test_too_few_rounds(void **state)
{
	struct rp_results r;
	struct rp_contrast k;

	(void)state;
	for (unsigned i = 0; i < 5; i++) {
		put(RP_BASELINE, i, 100);
		put("sxbusy", i, 300);
	}
	load(&r);
	k = contrast(&r, "sxbusy");
	assert_int_equal(k.verdict, RP_FEW);
	assert_true(NEAR(exp(k.log_ratio.median), 3));
	rp_free(&r);
}

/* A window without operations is no error, and is the slowest there is. */
static void
test_zero_rate(void **state)
{
	struct rp_results r;
	struct rp_contrast k;

	(void)state;
	for (unsigned i = 0; i < 7; i++) {
		put(RP_BASELINE, i, i == 6 ? 0 : 100);
		put("sxbusy", i, i == 0 || i == 6 ? 0 : 200);
	}
	load(&r);
	k = contrast(&r, "sxbusy");
	assert_int_equal(k.log_ratio.n, 6);
	assert_int_equal(k.verdict, RP_UNRESOLVED);
	assert_true(exp(k.log_ratio.lo) == 0);
	rp_free(&r);
}

/* A whole last line counts even if its newline is missing. */
/* The order of implementations is the story's, not that of arrival. */
static void
test_skip_and_failure(void **state)
{
	struct rp_results r;
	struct rp_contrast k;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		put(RP_BASELINE, i, 100);
		put_why("null", i, "skip", "needs exclusion");
		put("sxbusy", i + (i == 5), 200);
	}
	put_why("sxbusy", 5, "failed", "page 3 is busy");
	load(&r);
	k = contrast(&r, "null");
	assert_int_equal(k.verdict, RP_SKIPPED);
	assert_string_equal(k.why, "needs exclusion");
	/* One failed window voids the whole arm. */
	k = contrast(&r, "sxbusy");
	assert_int_equal(k.verdict, RP_FAILED);
	assert_int_equal(k.log_ratio.n, 0);
	assert_int_equal(rp_rate(&r.cells[0], rp_impl_find(&r, "sxbusy")).n,
	    0);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "# Results\n\n> **1 window failed"));
	assert_non_null(strstr(text, "page 3 is busy"));
	assert_non_null(strstr(text, "(needs exclusion): `w/private/t1`"));
	free(text);
	rp_free(&r);
}

/* A failed oracle in a stats window is a failure like any other. */
static void
test_failed_stats_window(void **state)
{
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		put(RP_BASELINE, i, 100);
		put("sxbusy", i, 200);
	}
	put_head("w", "-", 1, "sxbusy", "stats", 0, "failed");
	fprintf(out, ",\"why\":\"leak\"}\n");
	load(&r);
	assert_int_equal(r.failed, 1);
	assert_int_equal(contrast(&r, "sxbusy").verdict, RP_FAILED);
	rp_free(&r);
}

static void
test_no_baseline(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	put("sxbusy", 0, 100);
	load(&r);
	assert_int_equal(contrast(&r, "sxbusy").verdict, RP_NO_BASE);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "has no `old_vpo_wanted`"));
	free(text);
	rp_free(&r);
}

/* Steps use the rounds that all states have, and multiply to the total. */
static void
test_steps_multiply(void **state)
{
	static const char *const impls[] = { RP_BASELINE, "rwlock_vpo",
	    "rwlock_read", "sxbusy", "sxbusy_rlock" };
	static const double rate[] = { 100, 90, 45, 180, 360 };
	struct rp_results r;
	struct rp_steps s;

	(void)state;
	for (unsigned i = 0; i < 7; i++)
		for (unsigned j = 0; j < 5; j++)
			if (i != 6 || j != 1)
				put(impls[j], i, i == 6 ? 1e6 * (5 - j) :
				    rate[j] * (1 + i));
	load(&r);
	s = rp_steps(&r, &r.cells[0]);
	assert_true(s.complete);
	assert_int_equal(s.rounds, 6);
	assert_true(NEAR(s.ratio[RP_STEP_RWLOCK], 0.9));
	assert_true(NEAR(s.ratio[RP_STEP_READ], 0.5));
	assert_true(NEAR(s.ratio[RP_STEP_BUSY], 4));
	assert_true(NEAR(s.ratio[RP_STEP_RLOCK], 2));
	assert_true(NEAR(s.total, 3.6));
	assert_int_equal(s.verdict[RP_STEP_RWLOCK], RP_SLOWER);
	rp_free(&r);
}

static void
test_steps_need_all_states(void **state)
{
	struct rp_results r;

	(void)state;
	put(RP_BASELINE, 0, 1);
	put("sxbusy", 0, 1);
	load(&r);
	assert_false(rp_steps(&r, &r.cells[0]).complete);
	rp_free(&r);
}

static void
test_bars(void **state)
{
	struct rp_results r;
	struct rp_bar b[RP_BARS];

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		put_primitive("cas_pair", "-", i, 4 + i);
		put_primitive("xbusy", "sxbusy", i, 1.25 * (4 + i) - 1e-3);
		put_primitive("sbusy", "sxbusy", i, 1.26 * (4 + i));
		put_primitive("empty_loop", "-", i, 1);
		put_primitive("empty", "null", i, 4.5);
	}
	load(&r);
	rp_bars(&r, b);
	assert_string_equal(rp_bar_outcome(&b[0]), "met");
	assert_string_equal(rp_bar_outcome(&b[1]), "not met");
	assert_true(fabs(b[1].value.median - 1.26) < 1e-6);
	assert_true(fabs(b[1].value.hi - b[1].value.lo) < 1e-6);
	assert_string_equal(rp_bar_outcome(&b[2]), "not measured");
	assert_string_equal(rp_bar_outcome(&b[4]), "not met");
	assert_true(fabs(b[4].value.median - 3.5) < 1e-6);
	rp_free(&r);
}

/* The windows of a run, forwards or backwards. */
static void
put_run(bool backwards)
{
	static const char *const impls[] = { "mine", RP_BASELINE, "sxbusy" };

	for (unsigned n = 0; n < 21; n++) {
		unsigned i = backwards ? 20 - n : n;

		put(impls[i % 3], i / 3, 100 + 7 * (i % 3) + i);
	}
}

/* The text does not depend on when it is made or in what order data came. */
static void
test_rebuild_is_equal(void **state)
{
	struct rp_results r;
	char *first, *again, *turned;

	(void)state;
	put_run(false);
	load(&r);
	first = rp_markdown(&r, &test_places);
	again = rp_markdown(&r, &test_places);
	rp_free(&r);
	out = fopen(rounds, "w");
	put_run(true);
	load(&r);
	turned = rp_markdown(&r, &test_places);
	rp_free(&r);
	assert_string_equal(first, again);
	assert_string_equal(first, turned);
	free(first);
	free(again);
	free(turned);
}

/* What the answer says is counted from the data. */
static void
test_answer_follows_data(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		put(RP_BASELINE, i, 100);
		put("sxbusy", i, 50);
	}
	load(&r);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "`sxbusy` is faster than "
	    "`old_vpo_wanted` in no cell, slower in 1 cell (0.50x) and not "
	    "resolved in 0 of the 1 that could be judged"));
	assert_non_null(strstr(text, "| `w/private/t1` | `sxbusy` | 0.50 | "
	    "[0.50, 0.50] |"));
	free(text);
	rp_free(&r);
}

/* A run that cannot answer says so, and why. */
static void
test_no_answer(void **state)
{
	static const char *const said[] = {
		"`sxbusy` cannot be judged in any cell: 1 failed.",
		"no implementation of a new design",
	};

	for (unsigned t = 0; t < 2; t++) {
		struct rp_results r;
		char *text;

		if (t > 0)
			assert_int_equal(setup(state), 0);
		for (unsigned i = 0; i < 6; i++) {
			put(RP_BASELINE, i, 100);
			if (t == 0)
				put_why("sxbusy", i, "failed", "oracle");
		}
		load(&r);
		text = rp_markdown(&r, &test_places);
		assert_non_null(strstr(text, said[t]));
		assert_non_null(strstr(text, "Nothing could be judged"));
		free(text);
		rp_free(&r);
		if (t == 0)
			teardown(state);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(pairs_by_round),
		TEST(missing_rounds),
		TEST(too_few_rounds),
		TEST(zero_rate),
		TEST(skip_and_failure),
		TEST(failed_stats_window),
		TEST(no_baseline),
		TEST(steps_multiply),
		TEST(steps_need_all_states),
		TEST(bars),
		TEST(rebuild_is_equal),
		TEST(answer_follows_data), TEST(no_answer),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
