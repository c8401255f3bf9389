/*
 * Goal: rounds.jsonl holds what docs/DATA.md says, whole lines only.
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

#define	LINE_SIZE	4096

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
	.c_label = "fault_soft/ro,own/shared/t2/compact", .c_home = 1,
	.c_sharing = LAB_SHARED, .c_threads = 2, .c_placement = "compact",
	.c_entries = &entry, .c_nentries = 1
};
static unsigned home = 1;
static struct cell_table table = {
	.t_cells = &cell, .t_ncells = 1, .t_homes = &home, .t_nhomes = 1
};

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

static void
expect_first(const json_t *j, const char *key, const char *text)
{
	assert_string_equal(json_string_value(json_array_get(
	    json_object_get(j, key), 0)), text);
}

/* Write one window and return its line. */
static json_t *
written(const struct window *w)
{
	static const struct rounds_place place = {
		.rp_process = 2, .rp_round = 3, .rp_position = 1,
		.rp_seed = 42
	};
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
	expect_number(j, "process", 2);
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
	lab_run.lr_nlocks = 2;
	lab_run.lr_locks[0] = (struct lab_lock_stat){
		"vm object", "", 10, 2, 300, 400
	};
	lab_run.lr_locks[1] = (struct lab_lock_stat){
		"vm pagequeue", "vm active pagequeue", 1, 0, 0, 5
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
	assert_null(json_object_get(lock, "name"));
	lock = json_array_get(json_object_get(j, "locks"), 1);
	expect_text(lock, "type", "vm pagequeue");
	expect_text(lock, "name", "vm active pagequeue");
	expect_number(lock, "hold_ns", 5);
	json_decref(j);
}

static void
the_file_has_a_head_and_an_end(void **state)
{
	static char *names[] = { "bench", "--seed", "7" };
	static const struct opt_names args = { names, 3 };
	static const bool passes[FLAVOURS] = { true, false, true };
	struct rounds_header h = {
		.rh_cells = &table, .rh_machine = "some-machine",
		.rh_seed = 7, .rh_window_ns = 5, .rh_rounds = 6,
		.rh_processes = 3, .rh_passes = passes, .rh_planned_s = 2.5,
		.rh_args = &args
	};
	struct rounds_process p = {
		.rpr_process = 1, .rpr_first_round = 4, .rpr_link_order = 9,
		.rpr_environment = 77, .rpr_time = "then", .rpr_args = &args
	};
	struct rounds *r;
	json_t *j;

	(void)state;
	assert_int_equal(rounds_open(&r, path), 0);
	assert_int_equal(rounds_header(r, &h), 0);
	assert_int_equal(rounds_process(r, &p), 0);
	assert_int_equal(rounds_process_end(r, 1, 0.5), 0);
	assert_int_equal(rounds_end(r, 12, 1.5), 0);
	rounds_close(r);
	j = read_line(0);
	expect_text(j, "kind", "run");
	expect_text(j, "command", "bench --seed 7");
	expect_text(j, "machine_key", "some-machine");
	expect_number(j, "seed", 7);
	expect_number(j, "processes", 3);
	expect_number(j, "planned_s", 2.5);
	expect_first(j, "impls", "some_impl");
	expect_first(j, "passes", "latency");
	expect_first(j, "arguments", "bench");
	json_decref(j);
	j = read_line(1);
	expect_text(j, "kind", "process");
	expect_text(j, "time", "then");
	expect_number(j, "process", 1);
	expect_number(j, "first_round", 4);
	expect_number(j, "link_order", 9);
	expect_number(j, "environment_bytes", 77);
	json_decref(j);
	j = read_line(2);
	expect_text(j, "kind", "process_end");
	expect_number(j, "process", 1);
	expect_number(j, "elapsed_s", 0.5);
	json_decref(j);
	j = read_line(3);
	expect_text(j, "kind", "end");
	expect_number(j, "windows", 12);
	expect_number(j, "elapsed_s", 1.5);
	json_decref(j);
	assert_null(read_line(4));
}

/* Where the disk ends inside a line, the line is taken back whole. */
static void
a_full_disk_leaves_whole_lines(void **state)
{
	struct window w = some_window(WINDOW_OK, "");
	struct rounds_place place = { .rp_seed = 1 };
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
		cmocka_unit_test(what_cannot_be_opened_is_an_error)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
