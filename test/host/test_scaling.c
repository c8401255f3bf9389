/*
 * Scaling: the law fitted to a curve, crossing points, and their robustness.
 *
 * Goal: three numbers that were put into a curve come out again, and a ranking
 * is said to hold only where it does.  Method: curves made from the law or by
 * hand; for robustness a small simulated run in a folder of its own, with
 * settings of the costs under which leads stand, tie, turn or are missing.
 */
#include "test_report_run.h"

#include "report/scaling.h"

#define	CLOSE(a, b)	(fabs((a) - (b)) <= 1e-6 * (double)(b) + 1e-9)
#define	MANY		9

static const double cpus[MANY] = { 1, 2, 4, 8, 16, 32, 64, 128, 192 };

/* ---- The law ------------------------------------------------------------ */

static struct rp_usl
fit(double lambda, double sigma, double kappa, unsigned n)
{
	struct rp_usl law = { .lambda = lambda, .sigma = sigma,
	    .kappa = kappa };
	double x[MANY];

	for (unsigned i = 0; i < n; i++)
		x[i] = rp_usl_at(&law, cpus[i]);
	return (rp_usl(cpus, x, n));
}

/* Rising, flat, retrograde, falling from the start, and linear. */
static void
test_law_comes_back(void **state)
{
	static const double known[][3] = {
		{ 1e6, 0.02, 0 }, { 3.5, 0.5, 0 }, { 27e6, 0.03, 1e-4 },
		{ 1e6, 0, 1e-3 }, { 9e5, 2.5, 0.02 }, { 4e6, 0, 0 },
		{ 1e6, 0.05, 2e-6 },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct rp_usl u = fit(known[i][0], known[i][1], known[i][2],
		    MANY);

		assert_true(u.fitted && !u.bad && u.error < 1e-6);
		assert_true(CLOSE(u.lambda, known[i][0]));
		assert_true(CLOSE(u.sigma, known[i][1]));
		assert_true(CLOSE(u.kappa, known[i][2]));
	}
}

static void
test_law_peak(void **state)
{
	(void)state;
	assert_true(CLOSE(fit(1, 0.19, 1e-4, MANY).peak, 90));
	assert_true(isinf(fit(1, 0.1, 0, MANY).peak));
	/* Two are slower than one: the most is on one, not on a fraction. */
	assert_true(fit(1, 2, 0.01, MANY).peak == 1);
	assert_true(fit(1, 2, 0, MANY).peak == 1);
	assert_true(fit(1, 0.5, 0.9, MANY).peak == 1);
}

static double
error_of(const struct rp_usl *u, const double *x)
{
	double squares = 0;

	for (unsigned i = 0; i < MANY; i++)
		squares += pow(log(rp_usl_at(u, cpus[i]) / x[i]), 2);
	return (sqrt(squares / MANY));
}

/*
 * What is known to have errors comes back near, the error is told, and no law
 * beside the fitted one has less.
 */
static void
test_law_with_errors(void **state)
{
	struct rp_usl law = { .lambda = 1e6, .sigma = 0.05, .kappa = 1e-3 }, u;
	double x[MANY];

	(void)state;
	for (unsigned i = 0; i < MANY; i++)
		x[i] = rp_usl_at(&law, cpus[i]) * (i % 2 == 0 ? 1.03 : 0.97);
	u = rp_usl(cpus, x, MANY);
	assert_true(u.error > 0.02 && u.error < 0.03 && !u.bad);
	assert_true(fabs(u.sigma / 0.05 - 1) < 0.5);
	assert_true(fabs(u.kappa / 1e-3 - 1) < 0.3);
	assert_true(CLOSE(error_of(&u, x), u.error));
	for (unsigned i = 0; i < 6; i++) {
		double off = i % 2 == 0 ? 1.001 : 0.999;
		struct rp_usl beside = { .lambda = u.lambda * (i < 2 ? off :
		    1), .sigma = u.sigma * (i / 2 == 1 ? off : 1),
		    .kappa = u.kappa * (i / 2 == 2 ? off : 1) };

		assert_true(error_of(&beside, x) > u.error);
	}
}

/* Better than linear would want sigma < 0: the bound holds, and it is bad. */
static void
test_law_bounds(void **state)
{
	double x[MANY], step[MANY];
	struct rp_usl u;

	(void)state;
	for (unsigned i = 0; i < MANY; i++) {
		x[i] = pow(cpus[i], 1.5);
		step[i] = cpus[i] < 32 ? 1e6 : 1e3;
	}
	u = rp_usl(cpus, x, MANY);
	assert_true(u.fitted && u.sigma == 0 && u.kappa == 0 && u.bad);
	/* A lock that breaks down at once has no such shape. */
	u = rp_usl(cpus, step, MANY);
	assert_true(u.fitted && u.bad && u.sigma >= 0 && u.kappa >= 0);
}

static void
test_law_of_little(void **state)
{
	static const double zero[MANY] = { 0 };
	double some[MANY] = { 10, 0, 40, 80, 160, 320, 640, 1280, 1920 };
	struct rp_usl u;

	(void)state;
	for (unsigned n = 0; n < RP_USL_POINTS; n++) {
		u = fit(1e6, 0.1, 1e-3, n);
		assert_true(!u.fitted && u.bad && isnan(u.sigma));
	}
	assert_true(fit(1e6, 0.1, 1e-3, RP_USL_POINTS).fitted);
	assert_false(rp_usl(cpus, zero, MANY).fitted);
	/* A point without an operation is left out, and that is said. */
	u = rp_usl(cpus, some, MANY);
	assert_true(u.fitted && u.bad && CLOSE(u.lambda, 10) && u.error < 1e-6);
}

/* ---- Crossing points ---------------------------------------------------- */

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

/* log ratios of +1 on 2 and -1 on 8: in the middle of log2, on 4. */
static void
test_crossing_is_interpolated(void **state)
{
	static const double at[] = { 1, 2, 8, 16 };
	static const double from[] = { 100, 100, 100, 100 };
	const double to[] = { 300, 100 * exp(1), 100 * exp(-1), 50 };
	struct rp_crossing k[4];

	(void)state;
	assert_int_equal(rp_crossings(at, from, to, 4, k), 1);
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
	assert_int_equal(rp_crossings(cpus, from, touches, 5, k), 0);
	assert_int_equal(rp_crossings(cpus, from, ends, 5, k), 0);
	assert_int_equal(rp_crossings(cpus, from, through, 5, k), 1);
	assert_int_equal(k[0].before, 0);
	assert_int_equal(k[0].after, 4);
	assert_true(CLOSE(k[0].cpus, 4));
	assert_int_equal(rp_crossings(cpus, from, level, 4, k), 1);
	assert_true(CLOSE(k[0].cpus, 4));
	assert_int_equal(rp_crossings(cpus, level, from, 4, k), 1);
	assert_true(CLOSE(k[0].cpus, 4));
	assert_int_equal(rp_crossings(cpus, from, through, 1, k), 0);
	assert_int_equal(rp_crossings(cpus, from, through, 0, k), 0);
}

static void
test_crossing_twice(void **state)
{
	static const double from[] = { 100, 100, 100 };
	static const double to[] = { 50, 200, 50 };
	struct rp_crossing k[3];

	(void)state;
	assert_int_equal(rp_crossings(cpus, from, to, 3, k), 2);
	assert_int_equal(k[0].leader, RP_LEAD_TO);
	assert_int_equal(k[1].leader, RP_LEAD_FROM);
	assert_true(CLOSE(k[0].cpus, sqrt(2)) && CLOSE(k[1].cpus, sqrt(8)));
}

/* ---- Robustness --------------------------------------------------------- */

static void
put_simulated(unsigned threads, const char *impl, double rate)
{
	put_head("w", "-", threads, impl, "bench", 0, "ok");
	fprintf(out, ",\"ops_per_s_total\":%.9g,\"simulated\":{\"machine\":"
	    "\"m\"}}\n", rate);
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
		cmocka_unit_test(test_law_comes_back),
		cmocka_unit_test(test_law_peak),
		cmocka_unit_test(test_law_with_errors),
		cmocka_unit_test(test_law_bounds),
		cmocka_unit_test(test_law_of_little),
		cmocka_unit_test(test_leads),
		cmocka_unit_test(test_crossing_is_interpolated),
		cmocka_unit_test(test_crossing_and_ties),
		cmocka_unit_test(test_crossing_twice),
		TEST(settings_are_counted),
		TEST(tie_that_holds),
		TEST(crossing_holds),
		TEST(crossing_does_not_hold),
		TEST(crossing_not_tested),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
