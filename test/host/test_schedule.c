/*
 * Goal: the schedule's arithmetic: orders of blocks, rounds that fit a time,
 * and what a run's file says is complete.
 * Method: numbers worked out by hand; a file as a killed process leaves it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <sys/linker_set.h>

#include "bench/ledger.h"
#include "bench/schedule.h"

#define	NS_PER_MS	1000000ull

/* The driver's objects want linker sets; no unit is run here. */
static const struct lab_unit unit = { .lu_impl = "none" };
static const struct lab_workload workload = { .lw_unit = &unit };
DATA_SET(lab_units, unit);
DATA_SET(lab_workloads, workload);

static struct cell cell = { .c_name = "a/-/same/t1/compact", .c_home = 1 };
static struct cell_table table = { .t_cells = &cell, .t_ncells = 1 };

static void
orders_are_permutations_drawn_from_the_seed(void **state)
{
	unsigned first[5] = { 0 }, order[5], again[5], changed = 0;

	(void)state;
	for (unsigned round = 0; round < 1000; round++) {
		unsigned seen = 0;

		schedule_order(1, round, "cell", 5, order);
		schedule_order(1, round, "cell", 5, again);
		assert_memory_equal(order, again, sizeof(order));
		for (unsigned i = 0; i < 5; i++)
			seen |= 1u << order[i];
		assert_int_equal(seen, 31);
		first[order[0]]++;
		schedule_order(2, round, "cell", 5, again);
		changed += memcmp(order, again, sizeof(order)) != 0;
		schedule_order(1, round, "lell", 5, again);
		changed += memcmp(order, again, sizeof(order)) != 0;
	}
	/* 200 expected; 5 standard deviations are 63. */
	for (unsigned i = 0; i < 5; i++)
		assert_in_range(first[i], 137, 263);
	assert_in_range(changed, 1900, 2000);
}

/* Rounds and window for a budget of ms, 100 windows of 10 ms overhead. */
static void
expect_fit(uint64_t budget_ms, unsigned rounds, uint64_t window_ns,
    unsigned rounds_expected, uint64_t window_expected)
{
	struct schedule_load load = {
		.sl_budget_ns = budget_ms * NS_PER_MS,
		.sl_overhead_ns = 1000 * NS_PER_MS, .sl_windows = 100,
		.sl_processes = 1
	};

	schedule_fit(&load, &rounds, &window_ns);
	assert_int_equal(rounds, rounds_expected);
	assert_int_equal(window_ns, window_expected);
}

static void
a_budget_is_filled_and_kept(void **state)
{
	(void)state;
	/* None: the defaults. */
	expect_fit(0, 0, 0, 7, 5 * NS_PER_MS);
	/* A round costs 1.5 s: 20 rounds, and windows that fill them. */
	expect_fit(30000, 0, 0, 20, 5 * NS_PER_MS);
	/* Too short for 19 such rounds: shorter windows. */
	expect_fit(24000, 0, 0, 19, 2631578);
	/* Too short for 19 rounds of any window. */
	expect_fit(12000, 0, 0, 10, 2 * NS_PER_MS);
	/* Too short for anything: the least that is of use. */
	expect_fit(10, 0, 0, 6, 2 * NS_PER_MS);
	/* Plenty: 25 rounds of longer windows. */
	expect_fit(100000, 0, 0, 25, 30 * NS_PER_MS);
	/* What was asked for stays. */
	expect_fit(20000, 4, 0, 4, 40 * NS_PER_MS);
	expect_fit(20000, 0, 40 * NS_PER_MS, 6, 40 * NS_PER_MS);
	expect_fit(20000, 3, 7, 3, 7);
}

/* Passes take room as rounds do; processes get equal shares. */
static void
a_budget_knows_passes_and_processes(void **state)
{
	struct schedule_load load = {
		.sl_budget_ns = 30000 * NS_PER_MS,
		.sl_overhead_ns = 1000 * NS_PER_MS, .sl_windows = 100,
		.sl_passes = 2, .sl_processes = 1
	};
	unsigned rounds = 0;
	uint64_t window_ns = 0;

	(void)state;
	schedule_fit(&load, &rounds, &window_ns);
	assert_int_equal(rounds, 19);
	assert_int_equal(window_ns, 4285714);
	load.sl_processes = 5;
	rounds = 0;
	schedule_fit(&load, &rounds, &window_ns);
	assert_int_equal(rounds, 15);
	load.sl_processes = 40;
	rounds = 0;
	schedule_fit(&load, &rounds, &window_ns);
	assert_int_equal(rounds, 40);
}

/* As two processes leave it, the first of which was killed within a line. */
static const char killed[] =
"{\"kind\":\"run\",\"rounds\":3}\n"
"{\"kind\":\"process\",\"process\":0,\"time\":\"2013-08-09T11:11:00.000Z\"}\n"
"{\"kind\":\"window\",\"cell\":\"a/-/same/t1/compact\",\"home\":1,"
"\"flavour\":\"bench\",\"process\":0,\"round\":0}\n"
"{\"kind\":\"window\",\"cell\":\"a/-/same/t1/compact\",\"home\":1,"
"\"flavour\":\"bench\",\"process\":0,\"round\":1}\n"
"{\"kind\":\"window\",\"cell\":\"a/-/same/t1/compact\",\"home\":0,"
"\"flavour\":\"bench\",\"process\":0,\"round\":2}\n"
"{\"kind\":\"repeat\",\"cell\":\"a/-/same/t1/compact\",\"home\":1,"
"\"flavour\":\"bench\",\"process\":0,\"round\":2}\n"
"{\"kind\":\"window\",\"cell\":\"a/-/same/t1/compact\",\"home\":1,"
"\"flavour\":\"bench\",\"process\":0,\"round\":1,"
"\"time\":\"2013-08-09T11:11:02.120Z\"}\n"
"{\"kind\":\"window\",\"cell\":\"a/-/same/t1/com\n"
"{\"kind\":\"process\",\"process\":1,\"time\":\"2013-08-09T11:12:00.000Z\"}\n"
"{\"kind\":\"window\",\"cell\":\"a/-/same/t1/compact\",\"home\":1,"
"\"flavour\":\"bench\",\"process\":1,\"round\":1}\n"
"{\"kind\":\"window\",\"cell\":\"a/-/same/t1/compact\",\"home\":1,"
"\"flavour\":\"latency\",\"process\":1,\"round\":0}\n"
"{\"kind\":\"process_end\",\"process\":1,\"elapsed_s\":4}\n";

static void
expect_block(const struct ledger *ld, enum flavour f, unsigned round,
    unsigned process, unsigned windows)
{
	const struct ledger_block *b = ledger_block(ld, &cell, f, round);

	assert_int_equal(b->lb_process, process);
	assert_int_equal(b->lb_windows, windows);
}

static void
a_ledger_knows_what_is_complete(void **state)
{
	char path[] = "/tmp/test_schedule.XXXXXX";
	struct ledger ld;
	json_t *header;
	int fd = mkstemp(path);

	(void)state;
	assert_int_equal(write(fd, killed, strlen(killed)), strlen(killed));
	close(fd);
	assert_int_equal(ledger_read(&ld, path, &table, 3), 0);
	header = ledger_header(path);
	unlink(path);
	assert_int_equal(json_integer_value(json_object_get(header,
	    "rounds")), 3);
	json_decref(header);
	assert_int_equal(ld.ld_processes, 2);
	assert_int_equal(ld.ld_windows, 6);
	assert_false(ld.ld_ended);
	/* 2.12 s to the last window of the first, and 4 s that are written. */
	assert_float_equal(ld.ld_elapsed_s, 6.12, 1e-3);
	expect_block(&ld, FLAVOUR_BENCH, 0, 0, 1);
	expect_block(&ld, FLAVOUR_BENCH, 1, 1, 1);
	/* Another home's window, and a repeat, are none of this block. */
	expect_block(&ld, FLAVOUR_BENCH, 2, 0, 0);
	expect_block(&ld, FLAVOUR_STATS, 0, 0, 0);
	expect_block(&ld, FLAVOUR_LATENCY, 0, 1, 1);
	ledger_free(&ld);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_are_permutations_drawn_from_the_seed),
		cmocka_unit_test(a_budget_is_filled_and_kept),
		cmocka_unit_test(a_budget_knows_passes_and_processes),
		cmocka_unit_test(a_ledger_knows_what_is_complete)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
