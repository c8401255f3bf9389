/*
 * Goal: rounds.jsonl holds what docs/DATA.md says, whole lines only, and the
 * schedule's arithmetic is right.
 * Method: windows made by hand, written and read back with Jansson; a file-size
 * limit stands for the full disk.
 */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include <sys/linker_set.h>

#include "bench/rounds.h"
#include "bench/schedule.h"

#define	LINE_SIZE	4096
#define	NS_PER_MS	1000000ull

/* A unit and a workload that are never run, only named. */
static const struct lab_unit unit = {
	.lu_impl = "some_impl", .lu_machine = "native", .lu_flavour = "bench"
};
static const struct lab_workload workload = {
	.lw_unit = &unit, .lw_name = "fault_soft"
};
static const struct lab_unit stats_unit = {
	.lu_impl = "some_impl", .lu_machine = "native", .lu_flavour = "stats"
};
static const struct lab_workload stats_workload = {
	.lw_unit = &stats_unit, .lw_name = "fault_soft"
};
DATA_SET(lab_units, unit);
DATA_SET(lab_units, stats_unit);
DATA_SET(lab_workloads, workload);
DATA_SET(lab_workloads, stats_workload);

static struct cell_entry entry = { .e_bench = &workload };
static struct cell cell = {
	.c_name = "fault_soft/ro,own/shared/t2/compact",
	.c_workload = "fault_soft", .c_variant = "ro,own",
	.c_sharing = LAB_SHARED, .c_threads = 2, .c_placement = "compact",
	.c_entries = &entry, .c_nentries = 1
};
static struct cell_table table = { .t_cells = &cell, .t_ncells = 1 };

static struct lab_slot slots[2] = { { .ls_ops = 30 }, { .ls_ops = 70 } };
#define	SWITCHES(n)	{ 1u << COUNTER_SWITCHES, { [COUNTER_SWITCHES] = n } }
static struct window_worker workers[2] = {
	{ .ww_cpu_ns = 5, .ww_counts = SWITCHES(1), .ww_cpu = 3 },
	{ .ww_cpu_ns = 6, .ww_counts = SWITCHES(2), .ww_cpu = 1 }
};
static struct lab_run lab_run = { .lr_slots = slots };

static char path[64];

static struct window
some_window(enum window_status status, const char *text)
{
	struct window w = {
		.w_cell = &cell, .w_workload = &workload, .w_status = status,
		.w_ops = 100, .w_ns = 2000, .w_overlap = 0.5, .w_skew_ns = 9,
		.w_workers = workers, .w_run = &lab_run, .w_home = 1
	};

	snprintf(w.w_time, sizeof(w.w_time), "2013-08-09T11:11:02.120Z");
	snprintf(w.w_why, sizeof(w.w_why), "%s", text);
	return (w);
}

static int
make_path(void **state)
{
	int fd;

	(void)state;
	snprintf(path, sizeof(path), "/tmp/test_rounds.XXXXXX");
	fd = mkstemp(path);
	return (fd < 0 ? -1 : close(fd));
}

static int
drop_path(void **state)
{
	(void)state;
	return (unlink(path));
}

/* Line n of the file as JSON, which the caller drops; NULL at the end. */
static json_t *
read_line(unsigned n)
{
	char line[LINE_SIZE];
	FILE *f = fopen(path, "r");
	json_t *j = NULL;

	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		assert_int_equal(line[strlen(line) - 1], '\n');
		if (n-- == 0) {
			j = json_loads(line, 0, NULL);
			assert_non_null(j);
			break;
		}
	}
	fclose(f);
	return (j);
}

static void
expect_text(const json_t *j, const char *key, const char *text)
{
	assert_string_equal(json_string_value(json_object_get(j, key)), text);
}

static void
expect_number(const json_t *j, const char *key, double v)
{
	assert_true(json_is_number(json_object_get(j, key)));
	assert_float_equal(json_number_value(json_object_get(j, key)), v, 1e-6);
}

/* Write one window and return its line. */
static json_t *
written(const struct window *w)
{
	static const struct rounds_place place = { 3, 1, 42 };
	struct rounds *r;

	assert_int_equal(rounds_open(&r, path), 0);
	assert_int_equal(rounds_window(r, w, &place), 0);
	assert_int_equal(rounds_count(r), 1);
	rounds_close(r);
	return (read_line(0));
}

static void
a_window_has_every_field(void **state)
{
	struct window w = some_window(WINDOW_OK, "");
	json_t *j = written(&w), *ops = json_object_get(j, "thread_ops");

	(void)state;
	expect_text(j, "kind", "window");
	expect_text(j, "cell", cell.c_name);
	expect_text(j, "workload", "fault_soft");
	expect_text(j, "variant", "ro,own");
	expect_text(j, "sharing", "shared");
	expect_text(j, "placement", "compact");
	expect_text(j, "impl", "some_impl");
	expect_text(j, "flavour", "bench");
	expect_text(j, "time", "2013-08-09T11:11:02.120Z");
	expect_text(j, "status", "ok");
	expect_number(j, "schema", 1);
	expect_number(j, "threads", 2);
	expect_number(j, "home", 1);
	expect_number(j, "round", 3);
	expect_number(j, "position", 1);
	expect_number(j, "seed", 42);
	expect_number(j, "ops", 100);
	expect_number(j, "window_ns", 2000);
	expect_number(j, "ops_per_s_total", 5e7);
	expect_number(j, "overlap", 0.5);
	expect_number(j, "start_skew_ns", 9);
	expect_number(j, "cpu_ns", 11);
	expect_number(j, "switches", 3);
	assert_int_equal(json_array_size(ops), 2);
	assert_int_equal(json_integer_value(json_array_get(ops, 1)), 70);
	assert_int_equal(json_integer_value(json_array_get(
	    json_object_get(j, "cpus"), 0)), 3);
	assert_null(json_object_get(j, "locks"));
	assert_null(json_object_get(j, "why"));
	assert_null(json_object_get(j, "retried"));
	json_decref(j);
}

/* That windows were thrown away before this one is not hidden. */
static void
a_retry_is_told(void **state)
{
	struct window w = some_window(WINDOW_OK, "");
	json_t *j;

	(void)state;
	w.w_retried = 2;
	j = written(&w);
	expect_number(j, "retried", 2);
	json_decref(j);
}

static void
a_failure_has_a_reason_and_no_figure(void **state)
{
	struct window w = some_window(WINDOW_FAILED, "lost \"1\" page");
	json_t *j = written(&w);

	(void)state;
	expect_text(j, "status", "failed");
	expect_text(j, "why", "lost \"1\" page");
	assert_null(json_object_get(j, "ops"));
	assert_null(json_object_get(j, "ops_per_s_total"));
	assert_null(json_object_get(j, "thread_ops"));
	json_decref(j);
}

static void
a_skip_is_named(void **state)
{
	struct window w = some_window(WINDOW_SKIP, "has no locks");
	json_t *j = written(&w);

	(void)state;
	expect_text(j, "status", "skip");
	expect_text(j, "why", "has no locks");
	assert_null(json_object_get(j, "ops"));
	json_decref(j);
}

static void
statistics_have_locks(void **state)
{
	struct window w = some_window(WINDOW_OK, "");
	json_t *j, *lock;

	(void)state;
	lab_run.lr_nlocks = 1;
	lab_run.lr_locks[0] = (struct lab_lock_stat){
		"vm object", 10, 2, 300, 400
	};
	w.w_workload = &stats_workload;
	j = written(&w);
	lab_run.lr_nlocks = 0;
	expect_text(j, "flavour", "stats");
	lock = json_array_get(json_object_get(j, "locks"), 0);
	expect_text(lock, "type", "vm object");
	expect_number(lock, "acquired", 10);
	expect_number(lock, "contended", 2);
	expect_number(lock, "wait_ns", 300);
	expect_number(lock, "hold_ns", 400);
	json_decref(j);
}

static void
the_file_has_a_head_and_an_end(void **state)
{
	struct rounds_header h = {
		.rh_cells = &table, .rh_seed = 7, .rh_window_ns = 5,
		.rh_rounds = 6, .rh_command = "bench --seed 7"
	};
	struct rounds *r;
	json_t *j;

	(void)state;
	assert_int_equal(rounds_open(&r, path), 0);
	assert_int_equal(rounds_header(r, &h), 0);
	assert_int_equal(rounds_end(r, 1.5), 0);
	rounds_close(r);
	j = read_line(0);
	expect_text(j, "kind", "run");
	expect_text(j, "command", "bench --seed 7");
	expect_number(j, "seed", 7);
	assert_string_equal(json_string_value(json_array_get(
	    json_object_get(j, "impls"), 0)), "some_impl");
	json_decref(j);
	j = read_line(1);
	expect_text(j, "kind", "end");
	expect_number(j, "windows", 0);
	expect_number(j, "elapsed_s", 1.5);
	json_decref(j);
	assert_null(read_line(2));
}

/* Where the disk ends inside a line, the line is taken back whole. */
static void
a_full_disk_leaves_whole_lines(void **state)
{
	struct window w = some_window(WINDOW_OK, "");
	struct rounds_place place = { 0, 0, 1 };
	struct rlimit old, limit;
	struct rounds *r;
	int error = 0;

	(void)state;
	getrlimit(RLIMIT_FSIZE, &old);
	limit = old;
	limit.rlim_cur = 1500;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(rounds_open(&r, path), 0);
	setrlimit(RLIMIT_FSIZE, &limit);
	while (error == 0 && rounds_count(r) < 100)
		error = rounds_window(r, &w, &place);
	setrlimit(RLIMIT_FSIZE, &old);
	assert_int_equal(error, EFBIG);
	assert_in_range(rounds_count(r), 1, 10);
	for (unsigned i = 0; i < rounds_count(r); i++)
		json_decref(read_line(i));
	assert_null(read_line(rounds_count(r)));
	rounds_close(r);
}

static void
what_cannot_be_opened_is_an_error(void **state)
{
	struct rounds *r;

	(void)state;
	assert_int_equal(rounds_open(&r, "/dev/null/rounds.jsonl"), ENOTDIR);
}

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
	schedule_fit(budget_ms * NS_PER_MS, 1000 * NS_PER_MS, 100, &rounds,
	    &window_ns);
	assert_int_equal(rounds, rounds_expected);
	assert_int_equal(window_ns, window_expected);
}

static void
a_budget_is_filled_and_kept(void **state)
{
	(void)state;
	/* None: the defaults. */
	expect_fit(0, 0, 0, 7, 8 * NS_PER_MS);
	/* A round costs 1.8 s: 11 rounds, and windows that fill them. */
	expect_fit(20000, 0, 0, 11, 8181818);
	/* Too short for 6 such rounds: shorter windows. */
	expect_fit(9000, 0, 0, 6, 5 * NS_PER_MS);
	/* Too short for anything: the least that is of use. */
	expect_fit(10, 0, 0, 6, 2 * NS_PER_MS);
	/* Plenty: 25 rounds of longer windows. */
	expect_fit(100000, 0, 0, 25, 30 * NS_PER_MS);
	/* What was asked for stays. */
	expect_fit(20000, 4, 0, 4, 40 * NS_PER_MS);
	expect_fit(20000, 0, 40 * NS_PER_MS, 6, 40 * NS_PER_MS);
	expect_fit(20000, 3, 7, 3, 7);
}

#define	WITH_FILE(test)							\
	cmocka_unit_test_setup_teardown(test, make_path, drop_path)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		WITH_FILE(a_window_has_every_field),
		WITH_FILE(a_retry_is_told),
		WITH_FILE(a_failure_has_a_reason_and_no_figure),
		WITH_FILE(a_skip_is_named),
		WITH_FILE(statistics_have_locks),
		WITH_FILE(the_file_has_a_head_and_an_end),
		WITH_FILE(a_full_disk_leaves_whole_lines),
		cmocka_unit_test(what_cannot_be_opened_is_an_error),
		cmocka_unit_test(orders_are_permutations_drawn_from_the_seed),
		cmocka_unit_test(a_budget_is_filled_and_kept)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
