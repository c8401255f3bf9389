/*
 * Scaling: who leads, crossing points, and their robustness.
 *
 * Goal: a crossing is where two curves cross, and a ranking is said to hold
 * only where it does.  Method: curves by hand; for robustness a small simulated
 * run in a folder of its own, with settings of the costs under which leads
 * stand, tie, turn or are missing.
 */
#include "test_report_run.h"

#include "report/scaling.h"

#define	CLOSE(a, b)	(fabs((a) - (b)) <= 1e-6 * (double)(b) + 1e-9)

static const double cpus[] = { 1, 2, 4, 8, 16 };

static void
test_leads(void **state)
{
	(void)state;
	assert_int_equal(rp_lead(100, 102), RP_LEAD_TIE);
	assert_int_equal(rp_lead(100, 102.1), RP_LEAD_TO);
	assert_int_equal(rp_lead(102, 100), RP_LEAD_TIE);
	assert_int_equal(rp_lead(102.1, 100), RP_LEAD_FROM);
	assert_int_equal(rp_lead(0, 0), RP_LEAD_TIE);
	assert_int_equal(rp_lead(0, 1), RP_LEAD_TO);
	assert_int_equal(rp_lead(NAN, 1), RP_LEAD_NONE);
}

/* Who leads in each point follows from its one round. */
static unsigned
crossings(const double *at, const double *from, const double *to, unsigned n,
    struct rp_crossing *k)
{
	enum rp_lead leads[16];

	for (unsigned i = 0; i < n; i++)
		leads[i] = rp_lead(from[i], to[i]);
	return (rp_crossings(at, from, to, leads, n, k));
}

/* log ratios of +1 on 2 and -1 on 8: in the middle of log2, on 4. */
static void
test_crossing_is_interpolated(void **state)
{
	static const double at[] = { 1, 2, 8, 16 };
	static const double from[] = { 100, 100, 100, 100 };
	const double to[] = { 300, 100 * exp(1), 100 * exp(-1), 50 };
	struct rp_crossing k[4];

	(void)state;
	assert_int_equal(crossings(at, from, to, 4, k), 1);
	assert_int_equal(k[0].before, 1);
	assert_int_equal(k[0].after, 2);
	assert_int_equal(k[0].leader, RP_LEAD_FROM);
	assert_true(CLOSE(k[0].cpus, 4));
}

/* Ties are nobody's lead: no crossing into one, and none for touching it. */
static void
test_crossing_and_ties(void **state)
{
	static const double from[] = { 100, 100, 100, 100, 100 };
	static const double touches[] = { 120, 101, 99, 101, 150 };
	static const double ends[] = { 120, 150, 101, 99, 100 };
	static const double level[] = { 120, 100, 100, 50 };
	static const double through[] = { 120, 101, 100, 99, 50 };
	struct rp_crossing k[5];

	(void)state;
	assert_int_equal(crossings(cpus, from, touches, 5, k), 0);
	assert_int_equal(crossings(cpus, from, ends, 5, k), 0);
	assert_int_equal(crossings(cpus, from, through, 5, k), 1);
	assert_int_equal(k[0].before, 0);
	assert_int_equal(k[0].after, 4);
	assert_true(CLOSE(k[0].cpus, 4));
	assert_int_equal(crossings(cpus, from, level, 4, k), 1);
	assert_true(CLOSE(k[0].cpus, 4));
	assert_int_equal(crossings(cpus, level, from, 4, k), 1);
	assert_true(CLOSE(k[0].cpus, 4));
	assert_int_equal(crossings(cpus, from, through, 1, k), 0);
	assert_int_equal(crossings(cpus, from, through, 0, k), 0);
}

static void
test_crossing_twice(void **state)
{
	static const double from[] = { 100, 100, 100 };
	static const double to[] = { 50, 200, 50 };
	struct rp_crossing k[3];

	(void)state;
	assert_int_equal(crossings(cpus, from, to, 3, k), 2);
	assert_int_equal(k[0].leader, RP_LEAD_TO);
	assert_int_equal(k[1].leader, RP_LEAD_FROM);
	assert_true(CLOSE(k[0].cpus, sqrt(2)) && CLOSE(k[1].cpus, sqrt(8)));
}

/* ---- Robustness --------------------------------------------------------- */

static void
put_round(unsigned threads, const char *impl, unsigned round, double rate)
{
	put_head("w", "-", threads, impl, "bench", round, "ok");
	fprintf(out, ",\"ops_per_s_total\":%.9g,\"simulated\":{\"machine\":"
	    "\"m\"}}\n", rate);
}

static void
put_simulated(unsigned threads, const char *impl, double rate)
{
	put_round(threads, impl, 0, rate);
}

/* The i-th of the 81 settings. */
static void
put_setting(unsigned threads, const char *impl, unsigned i, double rate)
{
	static const double factor[] = { 0.5, 1, 2 };

	fprintf(out, "{\"schema\":1,\"kind\":\"sensitivity\",\"setting\":"
	    "[%g,%g,%g,%g],\"cell\":\"w/-/private/t%u/compact\",\"workload\":"
	    "\"w\",\"variant\":\"-\",\"sharing\":\"private\",\"threads\":%u,"
	    "\"impl\":\"%s\",\"ops_per_s_total\":%.9g}\n", factor[i / 27],
	    factor[i / 9 % 3], factor[i / 3 % 3], factor[i % 3], threads,
	    threads, impl, rate);
}

/*
 * sxbusy leads by half on so many CPUs, or is behind; in `turned' settings
 * after each other it is the other way round, then it is a tie in `tied', and
 * in `missing' sxbusy was not run.
 */
static void
put_swept(unsigned threads, bool leads, unsigned turned, unsigned tied,
    unsigned missing)
{
	double ahead = leads ? 150 : 50, behind = leads ? 50 : 150;

	put_simulated(threads, RP_BASELINE, 100);
	put_simulated(threads, "sxbusy", ahead);
	for (unsigned i = 0; i < RP_SETTINGS; i++) {
		put_setting(threads, RP_BASELINE, i, 1000);
		if (i < RP_SETTINGS - missing)
			put_setting(threads, "sxbusy", i, 10 * (i < turned ?
			    behind : i < turned + tied ? 101 : ahead));
	}
}

static struct rp_step_pair
pair(const struct rp_results *r)
{
	return ((struct rp_step_pair){ rp_impl_find(r, RP_BASELINE),
	    rp_impl_find(r, "sxbusy") });
}

static void
test_settings_are_counted(void **state)
{
	struct rp_robustness b;
	struct rp_step_pair p;
	struct rp_results r;

	(void)state;
	put_swept(1, true, 3, 5, 0);	/* 73 of 81 stand */
	put_swept(2, true, 3, 6, 0);	/* 72: just not */
	put_swept(4, true, 0, 0, 9);	/* nor do those that were not run */
	put_simulated(8, RP_BASELINE, 100);
	put_simulated(8, "sxbusy", 300);
	load(&r);
	p = pair(&r);
	b = rp_robustness(&r.cells[0], &p);
	assert_true(b.run == 81 && b.stands == 73 && b.tied == 5);
	assert_true(b.turned == 3 && b.holds);
	b = rp_robustness(&r.cells[1], &p);
	assert_true(b.run == 81 && b.stands == 72 && !b.holds);
	b = rp_robustness(&r.cells[2], &p);
	assert_true(b.run == 72 && b.stands == 72 && !b.holds);
	b = rp_robustness(&r.cells[3], &p);
	assert_true(b.run == 0 && !b.holds);
	rp_free(&r);
}

/* A seed that says otherwise leaves nobody ahead, whatever the medians are. */
static void
test_rounds_must_agree(void **state)
{
	static const double agree[] = { 150, 103, 300 };
	static const double differ[] = { 150, 99, 300 };
	struct rp_step_pair p;
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		put_round(1, RP_BASELINE, i, 100);
		put_round(1, "sxbusy", i, agree[i]);
		put_round(2, RP_BASELINE, i, 100);
		put_round(2, "sxbusy", i, differ[i]);
	}
	load(&r);
	p = pair(&r);
	assert_int_equal(rp_lead_in(&r.cells[0], &p), RP_LEAD_TO);
	assert_int_equal(rp_lead_in(&r.cells[1], &p), RP_LEAD_TIE);
	rp_free(&r);
}

/* A tie stands where it stays one; a lead in its place turns it. */
static void
test_tie_that_holds(void **state)
{
	struct rp_robustness b;
	struct rp_step_pair p;
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < RP_SETTINGS; i++) {
		put_setting(1, RP_BASELINE, i, 100);
		put_setting(1, "sxbusy", i, i < 4 ? 110 : 101);
	}
	put_simulated(1, RP_BASELINE, 100);
	put_simulated(1, "sxbusy", 99);
	load(&r);
	p = pair(&r);
	b = rp_robustness(&r.cells[0], &p);
	assert_true(b.stands == 77 && b.turned == 4 && b.tied == 0 && b.holds);
	rp_free(&r);
}

/* Behind on 2, ahead on 8: tested on 1 and 16, once well and once not. */
static void
crossing_of(unsigned turned, bool holds)
{
	struct rp_crossing_robustness b;
	struct rp_curve_crossing k[8];
	struct rp_scaling sc;
	struct rp_step_pair p;
	struct rp_results r;

	put_swept(1, false, 0, 0, 0);
	put_simulated(2, RP_BASELINE, 100);
	put_simulated(2, "sxbusy", 50);
	put_simulated(4, RP_BASELINE, 100);	/* no point of both */
	put_simulated(8, RP_BASELINE, 100);
	put_simulated(8, "sxbusy", 200);
	put_swept(16, true, turned, 0, 0);
	load(&r);
	p = pair(&r);
	rp_scaling(&r, &sc);
	assert_int_equal(sc.ncurves, 1);
	assert_string_equal(sc.curves[0].name, "w/private");
	assert_int_equal(rp_curve_crossings(&r, &sc.curves[0], &p, k), 1);
	assert_int_equal(k[0].before->threads, 2);
	assert_int_equal(k[0].after->threads, 8);
	assert_true(CLOSE(k[0].cpus, 4));
	b = rp_crossing_robustness(&r, &sc.curves[0], &p, &k[0]);
	assert_int_equal(b.before->threads, 1);
	assert_int_equal(b.after->threads, 16);
	assert_true(b.at_before.holds && b.holds == holds);
	rp_scaling_free(&sc);
	rp_free(&r);
}

static void
test_crossing_holds(void **state)
{
	(void)state;
	crossing_of(0, true);
}

static void
test_crossing_does_not_hold(void **state)
{
	(void)state;
	crossing_of(9, false);
}

/* What was tested beyond the next change of leader says nothing of this one. */
static void
test_crossing_not_tested(void **state)
{
	struct rp_crossing_robustness b;
	struct rp_curve_crossing k[8];
	struct rp_scaling sc;
	struct rp_step_pair p;
	struct rp_results r;

	(void)state;
	put_swept(1, true, 0, 0, 0);
	put_simulated(2, RP_BASELINE, 100);
	put_simulated(2, "sxbusy", 50);
	put_swept(4, true, 0, 0, 0);
	put_swept(8, false, 0, 0, 0);
	load(&r);
	p = pair(&r);
	rp_scaling(&r, &sc);
	assert_int_equal(rp_curve_crossings(&r, &sc.curves[0], &p, k), 3);
	b = rp_crossing_robustness(&r, &sc.curves[0], &p, &k[0]);
	assert_int_equal(b.before->threads, 1);
	assert_null(b.after);
	assert_false(b.holds);
	rp_scaling_free(&sc);
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_leads),
		cmocka_unit_test(test_crossing_is_interpolated),
		cmocka_unit_test(test_crossing_and_ties),
		cmocka_unit_test(test_crossing_twice),
		TEST(settings_are_counted),
		TEST(rounds_must_agree),
		TEST(tie_that_holds),
		TEST(crossing_holds),
		TEST(crossing_does_not_hold),
		TEST(crossing_not_tested),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
