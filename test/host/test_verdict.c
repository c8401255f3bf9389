/*
 * Verdicts: Holm's correction over cells, the A/A floor, the detectable
 * effect, and processes as replicates.
 *
 * Goal: what docs/METHOD.md promises.  Method: small runs whose ratios, and so
 * whose p-values, floors and intervals, are worked out by hand.
 */
#include "test_report_run.h"

#define	AGAIN	RP_BASELINE RP_AGAIN

/* Rates of the baseline, of sxbusy and of the A/A copy in one round. */
static void
put_block(const char *workload, unsigned round, double ratio, double again)
{
	put_in(workload, RP_BASELINE, round, 100);
	put_in(workload, "sxbusy", round, 100 * ratio);
	put_in(workload, AGAIN, round, 100 * again);
}

static const struct rp_contrast *
of(const struct rp_results *r, const char *workload)
{
	for (unsigned i = 0; i < r->ncells; i++)
		if (strcmp(r->cells[i].workload, workload) == 0)
			return (rp_contrast(r, &r->cells[i], rp_impl_find(r,
			    "sxbusy"), rp_impl_find(r, RP_BASELINE)));
	return (NULL);
}

/*
 * Six rounds that agree have p = 1/32: enough for one cell, not for two, of
 * which the smaller p-value is doubled.
 */
static void
test_correction(void **state)
{
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		put_block("one", i, 1.5, 1);
		put_block("two", i, i % 2 == 0 ? 0.9 : 1.1, 1);
	}
	load(&r);
	assert_true(NEAR(of(&r, "one")->p, 1 / 32.0));
	assert_true(NEAR(of(&r, "one")->p_holm, 2 / 32.0));
	assert_int_equal(of(&r, "one")->verdict, RP_UNRESOLVED);
	/* Six rounds cannot reach 0.05 / 2, whatever they show. */
	assert_true(isnan(of(&r, "one")->mde));
	assert_true(of(&r, "two")->p_holm == 1);
	rp_free(&r);
}

/* A cell of the table of primitives is no further question. */
static void
test_primitives_do_not_count(void **state)
{
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		put_block("one", i, 1.5, 1);
		put_primitive("mtx", "sxbusy", i, 5);
		put_primitive("mtx", RP_BASELINE, i, 5);
	}
	load(&r);
	assert_int_equal(of(&r, "one")->verdict, RP_FASTER);
	assert_int_equal(rp_family(&r, rp_impl_find(&r, "sxbusy"),
	    rp_impl_find(&r, RP_BASELINE)), 1);
	rp_free(&r);
}

/* A run of primitives alone has nothing to correct for, and is judged. */
static void
test_only_primitives(void **state)
{
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 7; i++) {
		put_primitive("mtx", "sxbusy", i, 5);
		put_primitive("mtx", RP_BASELINE, i, 6);
	}
	load(&r);
	assert_int_equal(of(&r, "primitive")->verdict, RP_FASTER);
	assert_true(NEAR(of(&r, "primitive")->mde, 0));
	rp_free(&r);
}

/*
 * Identical code differs by up to 4 %: three per cent are no verdict, and what
 * could have been seen is not less than the floor; five are one.
 */
static void
test_floor(void **state)
{
	static const double again[] = { 0.99, 1.01, 1.04, 1, 0.98, 1.02, 1 };
	static const double ratios[] = { 1.03, 1.05 };

	(void)state;
	for (unsigned t = 0; t < 2; t++) {
		struct rp_results r;

		if (t > 0)
			assert_int_equal(setup(state), 0);
		for (unsigned i = 0; i < 7; i++)
			put_block("one", i, ratios[t], again[i]);
		load(&r);
		/* Of seven, the first and the last value bound. */
		assert_true(NEAR(of(&r, "one")->floor, log(1.04)));
		assert_int_equal(of(&r, "one")->verdict, t == 0 ?
		    RP_UNRESOLVED : RP_FASTER);
		/*
		 * log 1.04 + (log 1.04 - log 0.98) / 2 x 0.4294, as a
		 * fraction: just beyond the floor is found every other time.
		 */
		assert_true(fabs(of(&r, "one")->mde - 0.053353) < 1e-5);
		assert_true(rp_noise(&r, &r.cells[0])->log_ratio.n == 7);
		rp_free(&r);
		if (t == 0)
			teardown(state);
	}
}

/* A cell in which the copy ran too seldom is judged, and that is said. */
static void
test_cell_without_floor(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 7; i++) {
		put_block("one", i, 1.5, 1.01);
		put_in("two", RP_BASELINE, i, 100);
		put_in("two", "sxbusy", i, 150);
		if (i < 3)
			put_in("two", AGAIN, i, 100);
	}
	load(&r);
	assert_true(isnan(of(&r, "two")->floor));
	assert_int_equal(of(&r, "two")->verdict, RP_FASTER);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "In 1 cell the copy was not measured "
	    "often enough"));
	assert_null(strstr(text, "[nan"));
	free(text);
	rp_free(&r);
}

/* The copy is measured, and shown nowhere as an implementation. */
static void
test_copy_is_not_shown(void **state)
{
	struct rp_results r;
	int copy;

	(void)state;
	for (unsigned i = 0; i < 6; i++)
		put_block("one", i, 1.5, 1);
	load(&r);
	copy = rp_impl_find(&r, AGAIN);
	assert_true(copy >= 0 && !rp_shown(&r, (unsigned)copy));
	assert_string_equal(r.impls[r.impls[copy].again].name, RP_BASELINE);
	assert_int_equal(r.impls[rp_impl_find(&r, "sxbusy")].again, -1);
	rp_free(&r);
}

/*
 * Six processes, each with a layout of its own: rounds within agree on 1.1 or
 * 0.9, processes do not, and there is no verdict.  By rounds, of which 15 of 18
 * are above, there would have been one.
 */
static void
test_processes(void **state)
{
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 18; i++) {
		put_process = i / 3;
		put_block("one", i, i / 3 == 4 ? 0.9 : 1.1, 1);
	}
	load(&r);
	assert_int_equal(rp_replicate(&r), RP_PROCESSES);
	assert_int_equal(of(&r, "one")->log_ratio.n, 6);
	assert_true(NEAR(of(&r, "one")->p, 14 / 64.0));
	assert_int_equal(of(&r, "one")->verdict, RP_UNRESOLVED);
	rp_free(&r);
}

/* The value of a process is the median over its rounds. */
static void
test_process_median(void **state)
{
	static const double in_round[] = { 1.2, 9, 1.1 };
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 18; i++) {
		put_process = i / 3;
		put_block("one", i, in_round[i % 3], 1);
	}
	load(&r);
	assert_true(NEAR(exp(of(&r, "one")->log_ratio.max), 1.2));
	assert_int_equal(of(&r, "one")->verdict, RP_FASTER);
	rp_free(&r);
}

/*
 * A block that a killed process left half done was run again by the next: the
 * half counts for nothing, and does not pair with the other half.
 */
static void
test_replaced_block(void **state)
{
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 6; i++)
		put_block("one", i, 1.5, 1);
	put_head("one", "-", 1, "sxbusy", "bench", 6, "ok");
	fprintf(out, ",\"ops\":1000,\"window_ns\":1000,\"ops_per_s_total\":"
	    "1e9,\"overlap\":1,\"start_skew_ns\":0,\"faults\":500}\n");
	fprintf(out, "{\"kind\":\"win\n");
	fprintf(out, "{\"schema\":1,\"kind\":\"process\",\"process\":1,"
	    "\"first_round\":6,\"link_order\":7,\"environment_bytes\":99,"
	    "\"load\":0.75}\n");
	put_process = 1;
	put_block("one", 6, 1.5, 1);
	load(&r);
	assert_true(r.torn);
	assert_int_equal(of(&r, "one")->log_ratio.n, 7);
	assert_true(NEAR(exp(of(&r, "one")->log_ratio.max), 1.5));
	/* Nor do its events count; the others have none. */
	assert_true(isnan(rp_counters(&r.cells[0], rp_impl_find(&r,
	    "sxbusy")).per_op[RP_FAULTS]));
	assert_int_equal(r.nprocesses, 2);
	assert_int_equal(r.processes[1].link_order, 7);
	assert_true(r.processes[1].load == 0.75);
	rp_free(&r);
}

/* A torn line in the middle is one only if a process begins after it. */
static void
test_torn_in_the_middle(void **state)
{
	(void)state;
	put(RP_BASELINE, 0, 1);
	fprintf(out, "{\"kind\":\"win\n");
	put(RP_BASELINE, 1, 1);
	load_fails("rounds.jsonl:2: no JSON");
}

/* The block that is repeated last ran 5 % slower than at first. */
static void
test_drift(void **state)
{
	struct rp_results r;
	struct rp_drift d;

	(void)state;
	for (unsigned i = 0; i < 6; i++)
		put_block("one", i, 1, 1);
	fprintf(out, "{\"schema\":1,\"kind\":\"repeat\",\"cell\":"
	    "\"one/-/private/t1/compact\",\"workload\":\"one\",\"variant\":"
	    "\"-\",\"sharing\":\"private\",\"threads\":1,\"placement\":"
	    "\"compact\",\"home\":0,\"impl\":\"sxbusy\",\"flavour\":"
	    "\"bench\",\"process\":0,\"round\":5,\"status\":\"ok\","
	    "\"ops_per_s_total\":95}\n");
	load(&r);
	d = rp_drift(&r);
	assert_true(d.measured && NEAR(d.worst, 0.95) && NEAR(d.run, 0.95));
	/* It is no further round. */
	assert_int_equal(of(&r, "one")->log_ratio.n, 6);
	rp_free(&r);
}

static void
test_texts(void **state)
{
	struct rp_contrast k = { .verdict = RP_UNRESOLVED, .mde = 0.0234 };
	char text[RP_VERDICT_MAX];

	(void)state;
	assert_string_equal(rp_verdict_text(&k, text),
	    "not resolved (could have seen >= 2.3 %)");
	k.mde = NAN;
	assert_string_equal(rp_verdict_text(&k, text),
	    "not resolved (too few to correct)");
	k.verdict = RP_SLOWER;
	assert_string_equal(rp_verdict_text(&k, text), "slower");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(correction), TEST(primitives_do_not_count),
		TEST(only_primitives), TEST(floor), TEST(cell_without_floor),
		TEST(copy_is_not_shown), TEST(processes),
		TEST(process_median), TEST(replaced_block),
		TEST(torn_in_the_middle), TEST(drift), TEST(texts),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
