/*
 * Goal: a window brings what its workers counted and sampled to its line, and
 * only what there is.
 * Method: real windows of a made-up unit, whose workers record known latencies
 * and touch known pages; their figures as JSON.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>
#include <jansson.h>

#include <machine/atomic.h>
#include <sys/linker_set.h>

#include "bench/figures.h"
#include "test/host/this_machine.h"

#define	THREADS		2
#define	PAGES		500
#define	WINDOW_NS	5000000ull

static int
begin(struct lab_run *run)
{
	if (run->lr_seed != 0)
		return (0);
	snprintf(run->lr_why, sizeof(run->lr_why), "not with seed 0");
	return (ENOTSUP);
}

static void
nothing(struct lab_run *run, unsigned i)
{
	(void)run;
	(void)i;
}

/* Worker i records 100, 200 .. 1000 plus i, and a largest one. */
static void
record(struct lab_run *run, unsigned i)
{
	for (uint64_t v = 1; v <= 10; v++)
		lab_histogram_record(&run->lr_histograms[i], v * 100 + i);
	lab_histogram_record(&run->lr_histograms[i], 1000000 + i);
}

static void
touch_pages(void)
{
	char *p = mmap(NULL, PAGES * MD_PAGE_SIZE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	madvise(p, PAGES * MD_PAGE_SIZE, MADV_NOHUGEPAGE);
	for (unsigned i = 0; i < PAGES; i++)
		((volatile char *)p)[i * MD_PAGE_SIZE] = 1;
	munmap(p, PAGES * MD_PAGE_SIZE);
}

static void
loop(struct lab_run *run, unsigned i)
{
	struct lab_slot *slot = &run->lr_slots[i];

	slot->ls_start_ns = md_clock_ns();
	if (run->lr_histograms != NULL)
		record(run, i);
	touch_pages();
	/* On a busy machine the window may be over by now: one is done. */
	do
		slot->ls_ops++;
	while (atomic_load_int(&run->lr_stop) == 0);
	slot->ls_end_ns = md_clock_ns();
}

static int
end(struct lab_run *run)
{
	(void)run;
	return (0);
}

static const struct lab_unit unit = {
	.lu_impl = "some_impl", .lu_machine = "native", .lu_flavour = "bench",
	.lu_begin = begin, .lu_thread_begin = nothing, .lu_thread_loop = loop,
	.lu_thread_end = nothing, .lu_end = end
};
static const struct lab_workload workload = {
	.lw_unit = &unit, .lw_name = "some"
};
DATA_SET(lab_units, unit);
DATA_SET(lab_workloads, workload);

static struct place_map *map;
static struct pool *pool;
static unsigned pus[THREADS];
static struct cell cell = {
	.c_name = "some", .c_threads = THREADS, .c_pus = pus, .c_clones = 1
};

static int
make_pool(void **state)
{
	(void)state;
	map = this_machine_start(THREADS, &pool);
	if (map == NULL)
		return (-1);
	/* On a machine of one PU both are there, in turns. */
	pus[1] = map->pm_npus > 1;
	return (0);
}

static int
drop_pool(void **state)
{
	(void)state;
	this_machine_stop(map, pool);
	return (0);
}

/* Run a window; its figures, or NULL if it is not ok. */
static json_t *
run_window(struct window *w, bool latency, uint64_t seed)
{
	json_t *line = json_object();

	*w = (struct window){
		.w_cell = &cell, .w_workload = &workload, .w_pool = pool,
		.w_seed = seed, .w_length_ns = WINDOW_NS,
		.w_oversubscribe = map->pm_npus < THREADS,
		.w_latency = latency
	};
	window_run(w);
	if (w->w_status == WINDOW_OK)
		figures_add(line, w);
	window_release(w);
	return (line);
}

static json_int_t
number(const json_t *line, const char *key)
{
	return (json_integer_value(json_object_get(line, key)));
}

/* Two workers' samples make one histogram. */
static void
latency_is_in_the_line(void **state)
{
	struct window w;
	json_t *line = run_window(&w, true, 1), *l, *counts, *pair;
	json_int_t sum = 0, last = -1;
	size_t i;

	(void)state;
	l = json_object_get(line, "latency");
	assert_string_equal(window_flavour(&w), "latency");
	assert_int_equal(number(l, "sub_bits"), 6);
	assert_int_equal(number(l, "sampled"), 22);
	assert_int_equal(number(l, "max_ns"), 1000001);
	counts = json_object_get(l, "counts");
	json_array_foreach(counts, i, pair) {
		json_int_t b = json_integer_value(json_array_get(pair, 0));

		assert_true(b > last);
		last = b;
		sum += json_integer_value(json_array_get(pair, 1));
	}
	assert_int_equal(sum, 22);
	/* 100 and 101 are exact. */
	pair = json_array_get(counts, 0);
	assert_int_equal(json_integer_value(json_array_get(pair, 0)), 100);
	assert_int_equal(json_integer_value(json_array_get(pair, 1)), 1);
	json_decref(line);
}

static void
plain_window_has_none(void **state)
{
	struct window w;
	json_t *line = run_window(&w, false, 1);

	(void)state;
	assert_string_equal(window_flavour(&w), "bench");
	assert_null(json_object_get(line, "latency"));
	assert_true(number(line, "ops") > 0);
	json_decref(line);
}

/* Of both workers; and what the machine refuses has no field. */
static void
counts_are_in_the_line(void **state)
{
	char hardware[256], migrations[256];
	struct window w;
	json_t *line = run_window(&w, false, 1);

	(void)state;
	counters_describe(hardware, migrations, sizeof(hardware));
	assert_true(number(line, "faults") >= THREADS * PAGES);
	assert_true(number(line, "faults") < THREADS * PAGES * 2);
	assert_non_null(json_object_get(line, "switches"));
	assert_int_equal(json_object_get(line, "migrations") != NULL,
	    strcmp(migrations, "available") == 0);
	if (strcmp(hardware, "available") == 0)
		assert_true(number(line, "cycles") > 0);
	if (strncmp(hardware, "n/a: cycles", 11) == 0)
		assert_null(json_object_get(line, "cycles"));
	json_decref(line);
}

static void
named_skip_stays_one(void **state)
{
	struct window w;
	json_t *line = run_window(&w, true, 0);

	(void)state;
	assert_int_equal(w.w_status, WINDOW_SKIP);
	assert_string_equal(w.w_why, "not with seed 0");
	json_decref(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(latency_is_in_the_line),
		cmocka_unit_test(plain_window_has_none),
		cmocka_unit_test(counts_are_in_the_line),
		cmocka_unit_test(named_skip_stays_one),
	};

	return (cmocka_run_group_tests(tests, make_pool, drop_pool));
}
