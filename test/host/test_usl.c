/*
 * The Universal Scalability Law, fitted to a curve.
 *
 * Goal: three numbers that were put into a curve come out again, and where they
 * say little, that is said.  Method: curves made from the law, with and without
 * errors, and some that have no such shape.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/usl.h"

#define	CLOSE(a, b)	(fabs((a) - (b)) <= 1e-6 * (double)(b) + 1e-9)
#define	MANY		9

static const double cpus[MANY] = { 1, 2, 4, 8, 16, 32, 64, 128, 192 };

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_law_comes_back),
		cmocka_unit_test(test_law_peak),
		cmocka_unit_test(test_law_with_errors),
		cmocka_unit_test(test_law_bounds),
		cmocka_unit_test(test_law_of_little),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
