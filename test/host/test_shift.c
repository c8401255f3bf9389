/*
 * Mann and Whitney's U, and the shift of two samples.
 *
 * Goal: exact values.  Method: by counting arrangements by hand, against all
 * arrangements enumerated, and against R's wilcox.test(conf.int = TRUE).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/shift.h"

#define	NEAR(a, b)	(fabs((a) - (b)) < 1e-12)

/* Share of the arrangements of nx x's among nx + ny with U at most u. */
static double
enumerate(unsigned u, unsigned nx, unsigned ny)
{
	unsigned all = 0, within = 0;

	for (unsigned set = 0; set < 1u << (nx + ny); set++) {
		unsigned above = 0, ys = 0;

		if ((unsigned)__builtin_popcount(set) != nx)
			continue;
		for (unsigned i = 0; i < nx + ny; i++)
			if ((set >> i & 1) != 0)
				above += ys;
			else
				ys++;
		all++;
		within += above <= u;
	}
	return ((double)within / all);
}

static void
test_distribution(void **state)
{
	(void)state;
	assert_true(NEAR(rp_mann_whitney_P(0, 3, 3), 1 / 20.0));
	assert_true(NEAR(rp_mann_whitney_P(1, 3, 3), 2 / 20.0));
	assert_true(NEAR(rp_mann_whitney_P(2, 3, 3), 4 / 20.0));
	for (unsigned nx = 1; nx <= 6; nx++)
		for (unsigned ny = 1; ny <= 5; ny++)
			for (unsigned u = 0; u <= nx * ny; u++)
				assert_true(NEAR(rp_mann_whitney_P(u, nx, ny),
				    enumerate(u, nx, ny)));
	/* Large ones neither overflow nor lose their mass. */
	assert_true(NEAR(rp_mann_whitney_P(60 * 60, 60, 60), 1));
}

/*
 * R: wilcox.test(c(0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46),
 * c(1.15, 0.88, 0.90, 0.74, 1.21), conf.int = TRUE) has W = 35, p-value 0.2544;
 * Hollander and Wolfe (1973), p. 69, give the data, p = 0.1272 of one side, an
 * estimate of 0.305 and, as R, the interval from -0.15 to 0.76.
 */
static void
test_hollander_wolfe(void **state)
{
	static const double x[] = { 0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91,
	    1.64, 0.73, 1.46 };
	static const double y[] = { 1.15, 0.88, 0.90, 0.74, 1.21 };
	struct rp_shift s = rp_shift(x, 10, y, 5);

	(void)state;
	assert_true(fabs(s.p - 0.2544) < 5e-5);
	assert_true(fabs(s.shift - 0.305) < 1e-9);
	assert_true(s.bounded && fabs(s.lo + 0.15) < 1e-9 &&
	    fabs(s.hi - 0.76) < 1e-9);
}

static void
test_apart(void **state)
{
	static const double x[] = { 11, 12, 13, 14, 15 }, y[] = { 1, 2, 3, 4,
	    5 };
	struct rp_shift s = rp_shift(x, 5, y, 5);

	(void)state;
	assert_true(NEAR(s.p, 2 / 252.0) && s.shift == 10);
	assert_true(s.bounded && s.lo > 6 && s.hi < 14);
	s = rp_shift(y, 5, x, 5);
	assert_true(NEAR(s.p, 2 / 252.0) && s.shift == -10);
}

static void
test_little(void **state)
{
	static const double x[] = { 1, 2, 3 }, same[] = { 5, 5, 5, 5 };
	struct rp_shift s = rp_shift(x, 3, x, 3);

	(void)state;
	assert_true(s.p == 1 && s.shift == 0 && !s.bounded);
	s = rp_shift(same, 4, same, 4);
	assert_true(s.p == 1 && s.bounded && s.lo == 0 && s.hi == 0);
	s = rp_shift(x, 3, NULL, 0);
	assert_true(isnan(s.p) && isnan(s.shift) && !s.bounded);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_distribution),
		cmocka_unit_test(test_hollander_wolfe),
		cmocka_unit_test(test_apart),
		cmocka_unit_test(test_little),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
