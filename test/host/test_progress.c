/*
 * Goal: the progress line says where the run stands and never wraps.
 * Method: lines for terminals of every width.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sys/linker_set.h>

#include "bench/progress.h"
#include "workload/lab_unit.h"

/* The driver's objects want linker sets; no unit is run here. */
static const struct lab_unit unit = { .lu_impl = "none" };
static const struct lab_workload workload = { .lw_unit = &unit };
DATA_SET(lab_units, unit);
DATA_SET(lab_workloads, workload);

#define	NS_PER_S	1000000000ull

static const struct progress half = {
	.pg_phase = "round", .pg_round = 2, .pg_rounds = 57,
	.pg_process = 1, .pg_processes = 19,
	.pg_done_ns = 50 * NS_PER_S, .pg_left_ns = 50 * NS_PER_S,
	.pg_cell = "grab_hit/copy/same/t2/compact"
};

static void
a_wide_line_has_everything(void **state)
{
	char line[256];

	(void)state;
	progress_ratio("sxbusy", 1.034);
	progress_line(&half, 200, line, sizeof(line));
	assert_string_equal(line, " 50% [##########          ] 50 s left  "
	    "process 2/19 round 3/57  sxbusy 1.03x  "
	    "grab_hit/copy/same/t2/compact");
}

/* Before there is a plan there is no share of it. */
static void
nothing_is_made_up(void **state)
{
	const struct progress early = {
		.pg_phase = "warming up", .pg_round = 6, .pg_rounds = 500,
		.pg_left_ns = PROGRESS_UNKNOWN, .pg_cell = "a/-/private/t1/l3"
	};
	char line[256];

	(void)state;
	progress_ratio("sxbusy", 1);
	progress_line(&early, 200, line, sizeof(line));
	assert_string_equal(line, "warming up 7/500  sxbusy 1.00x  "
	    "a/-/private/t1/l3");
}

static void
no_line_is_wider_than_the_terminal(void **state)
{
	char line[256];

	(void)state;
	for (unsigned width = 0; width < 300; width++) {
		progress_line(&half, width, line, sizeof(line));
		assert_in_range(strlen(line), 0, width > 0 ? width - 1 : 0);
	}
	/* A narrow one keeps what matters most. */
	progress_line(&half, 40, line, sizeof(line));
	assert_string_equal(line, " 50% 50 s left  process 2/19 round 3/57");
}

static void
one_process_and_one_pass_say_less(void **state)
{
	struct progress p = half;
	char line[256];

	(void)state;
	p.pg_processes = 1;
	p.pg_rounds = 0;
	p.pg_phase = "latency";
	progress_line(&p, 60, line, sizeof(line));
	assert_memory_equal(line, " 50% 50 s left  latency  ", 25);
}

static void
long_times_are_in_minutes(void **state)
{
	char text[32];

	(void)state;
	assert_string_equal(progress_time(0, text), "0 s");
	assert_string_equal(progress_time(180 * NS_PER_S, text), "180 s");
	assert_string_equal(progress_time(1430 * NS_PER_S, text), "24 min");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wide_line_has_everything),
		cmocka_unit_test(nothing_is_made_up),
		cmocka_unit_test(no_line_is_wider_than_the_terminal),
		cmocka_unit_test(one_process_and_one_pass_say_less),
		cmocka_unit_test(long_times_are_in_minutes)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
