/*
 * The pure parts of planting an effect: the search for a delay, and the median
 * over pairs.
 *
 * Method: a made-up machine, on which the first steps of a delay cost nothing
 * because they are done beside other work, is searched for delays of known
 * effect.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/plant.h"
#include "workload/delay.h"

struct machine {
	double		slope;		/* effect of a step */
	unsigned	hidden;		/* steps that cost nothing */
	unsigned	asked;		/* how often */
};

static double
effect(void *arg, uint64_t steps)
{
	struct machine *m = arg;

	m->asked++;
	assert_true(steps >= 1 && steps <= WL_DELAY_STEPS_MAX);
	return (steps <= m->hidden ? 0 : m->slope * (double)(steps -
	    m->hidden));
}

static void
test_search_finds_every_level(void **state)
{
	static const double wanted[] = { 0.02, 0.05, 0.10 };
	static const unsigned hidden[] = { 0, 20, 90 };

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		for (unsigned j = 0; j < 3; j++) {
			struct machine m = { 0.0005, hidden[j], 0 };
			uint64_t steps = plant_search(effect, &m, wanted[i]);

			assert_true(fabs(effect(&m, steps) - wanted[i]) <=
			    PLANT_NEAR * wanted[i]);
			/* Nine bits of steps, nine questions at most. */
			assert_true(m.asked <= 10);
		}
}

static void
test_search_of_what_cannot_be_slowed(void **state)
{
	struct machine m = { 0, 0, 0 };

	(void)state;
	assert_int_equal(plant_search(effect, &m, 0.05), WL_DELAY_STEPS_MAX);
}

static void
test_search_where_one_step_is_too_much(void **state)
{
	struct machine m = { 0.5, 0, 0 };

	(void)state;
	assert_int_equal(plant_search(effect, &m, 0.05), 0);
}

static void
test_effect_is_the_median(void **state)
{
	double odd[] = { 1.05, 9, 1.04, 0.1, 1.06 }, even[] = { 1.02, 1.04 };

	(void)state;
	assert_true(fabs(plant_effect(odd, 5) - 0.05) < 1e-12);
	assert_true(fabs(plant_effect(even, 2) - 0.03) < 1e-12);
	assert_true(isnan(plant_effect(odd, 0)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_search_finds_every_level),
		cmocka_unit_test(test_search_of_what_cannot_be_slowed),
		cmocka_unit_test(test_search_where_one_step_is_too_much),
		cmocka_unit_test(test_effect_is_the_median),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
