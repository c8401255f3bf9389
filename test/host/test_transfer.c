/*
 * Goal: a line's transfer is measured plausibly, written as docs/DATA.md says,
 * and a partner that never answers does not hang the lab.
 * Method: levels and sums on synthetic machines and made-up repeats; this
 * machine's own first pair; the file of all its pairs and of one PU alone.
 */
#define	_GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#include <machine/atomic.h>
#include <machine/machine.h>

#include "bench/transfer.h"
#include "test/host/this_machine.h"

#define	TWO_PACKAGES	"package:2 [numa] l3:2 core:2 pu:2"
#define	ONE_NODE	"package:2 core:2 pu:1"
/* Of a transfer, in ns: within a core, and across the slowest machine. */
#define	LEAST		2
#define	MOST		5000

static char why[PLACE_ERR_MAX];

static void
expect_level(const char *machine, unsigned a, unsigned b, const char *level)
{
	struct place_map *map = place_load(machine, why, sizeof(why));

	assert_non_null(map);
	assert_string_equal(transfer_level(map, a, b), level);
	assert_string_equal(transfer_level(map, b, a), level);
	place_free(map);
}

static void
levels_are_the_smallest(void **state)
{
	(void)state;
	expect_level(TWO_PACKAGES, 0, 1, "core");
	expect_level(TWO_PACKAGES, 0, 2, "l3");
	expect_level(TWO_PACKAGES, 1, 3, "l3");
	expect_level(TWO_PACKAGES, 0, 4, "node");
	expect_level(TWO_PACKAGES, 3, 7, "node");
	expect_level(TWO_PACKAGES, 0, 8, "machine");
	expect_level(TWO_PACKAGES, 7, 15, "machine");
	expect_level(ONE_NODE, 0, 1, "package");
	expect_level(ONE_NODE, 0, 2, "machine");
	expect_level("[numa] package:2 core:2 pu:1", 0, 2, "machine");
}

static void
sums(void **state)
{
	struct transfer t = {
		.t_repeats = 5, .t_ns = { 60, 50, 90000, 55, 52 }
	};

	(void)state;
	transfer_sum_up(&t);
	assert_true(t.t_ns_min == 50 && t.t_ns_median == 55 &&
	    t.t_ns_max == 90000);
	t = (struct transfer){ .t_repeats = 4, .t_ns = { 4, 1, 3, 2 } };
	transfer_sum_up(&t);
	assert_true(t.t_ns_median == 2.5);
}

static void
time_is_bounded(void **state)
{
	(void)state;
	assert_int_equal(transfer_budget_ns(1), 50000000);
	assert_int_equal(transfer_budget_ns(60), 50000000);
	/* 128 PUs: three seconds for all. */
	assert_in_range(transfer_budget_ns(8128) * 8128, 2900000000ull,
	    3000000000ull);
}

static void
this_machine_is_plausible(void **state)
{
	struct pool *pool;
	struct place_map *map = this_machine_start(2, &pool);
	static unsigned word __attribute__((aligned(MD_CACHE_LINE)));
	struct transfer t = { .t_repeats = 0 };

	(void)state;
	if (map->pm_npus < 2) {
		this_machine_stop(map, pool);
		skip();
	}
	/* Other work on this machine may keep one of the two away. */
	for (unsigned i = 0; i < 5 && t.t_repeats < 3; i++)
		assert_int_equal(transfer_pair(pool, 0, 1, &word, 20000000,
		    &t), 0);
	assert_in_range(t.t_repeats, 3, TRANSFER_REPEATS);
	assert_true(t.t_ns_min >= LEAST && t.t_ns_median <= MOST);
	assert_true(t.t_ns_min <= t.t_ns_median &&
	    t.t_ns_median <= t.t_ns_max);
	this_machine_stop(map, pool);
}

/*
 * Both on one PU, where they take turns by the scheduler's clock: it must end,
 * with whatever came out.
 */
static void
slow_partner_is_no_hang(void **state)
{
	struct pool *pool;
	struct place_map *map = this_machine_start(1, &pool);
	static unsigned word __attribute__((aligned(MD_CACHE_LINE)));
	struct transfer t;
	uint64_t begin = md_clock_ns();

	(void)state;
	assert_int_equal(transfer_pair(pool, 0, 0, &word, 20000000, &t), 0);
	assert_true(md_clock_ns() - begin < 9000000000ull);
	this_machine_stop(map, pool);
}

static unsigned hammered __attribute__((aligned(MD_CACHE_LINE)));
static unsigned hammer_stop;

/* Make the word nobody's turn, again and again. */
static void *
hammer(void *arg)
{
	while (!atomic_load_int(&hammer_stop))
		atomic_store_int(&hammered, 7);
	return (arg);
}

/* On one PU turns are slow, so the other thread is there in time. */
static void
silent_partner_is_given_up(void **state)
{
	struct pool *pool;
	struct place_map *map = this_machine_start(1, &pool);
	struct transfer t;
	pthread_t thread;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, hammer, NULL), 0);
	assert_int_equal(transfer_pair(pool, 0, 0, &hammered, 20000000, &t),
	    0);
	atomic_store_int(&hammer_stop, 1);
	pthread_join(thread, NULL);
	assert_in_range(t.t_repeats, 0, TRANSFER_REPEATS - 1);
	this_machine_stop(map, pool);
}

static json_t *
written(unsigned npus)
{
	char path[] = "/tmp/test_transfer.XXXXXX";
	int fd = mkstemp(path);
	struct pool *pool;
	struct place_map *map = this_machine_start(npus, &pool);
	json_t *j;

	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(transfer_write(path, pool, map, 0), 0);
	this_machine_stop(map, pool);
	j = json_load_file(path, 0, NULL);
	unlink(path);
	assert_non_null(j);
	assert_int_equal(json_integer_value(json_object_get(j, "schema")), 1);
	assert_memory_equal(json_string_value(json_object_get(j,
	    "verified")), "yes", 3);
	return (j);
}

static void
file_has_every_pair(void **state)
{
	struct place_map *map = place_load(NULL, why, sizeof(why));
	size_t n = map->pm_npus < 4 ? map->pm_npus : 4;
	json_t *j = written(4), *pairs = json_object_get(j, "pairs"), *p;
	size_t i, left = (size_t)json_integer_value(json_object_get(j,
	    "left_out"));

	(void)state;
	assert_int_equal(json_array_size(pairs) + left, n * (n - 1) / 2);
	json_array_foreach(pairs, i, p) {
		double ns = json_number_value(json_object_get(p, "ns_median"));

		assert_true(ns >= LEAST && ns <= MOST);
		assert_non_null(json_string_value(json_object_get(p,
		    "level")));
		assert_true(json_integer_value(json_object_get(p, "a")) !=
		    json_integer_value(json_object_get(p, "b")));
		assert_true(json_integer_value(json_object_get(p,
		    "repeats")) > 0);
	}
	json_decref(j);
	place_free(map);
}

static void
one_pu_has_no_pair(void **state)
{
	json_t *j = written(1);

	(void)state;
	assert_int_equal(json_array_size(json_object_get(j, "pairs")), 0);
	assert_int_equal(json_integer_value(json_object_get(j, "left_out")),
	    0);
	json_decref(j);
}

/* A folder that is not there is an error, not the end. */
static void
refused_file_is_an_error(void **state)
{
	struct pool *pool;
	struct place_map *map = this_machine_start(1, &pool);

	(void)state;
	assert_int_not_equal(transfer_write("/nonexistent/transfer.json",
	    pool, map, 0), 0);
	this_machine_stop(map, pool);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels_are_the_smallest),
		cmocka_unit_test(sums),
		cmocka_unit_test(time_is_bounded),
		cmocka_unit_test(this_machine_is_plausible),
		cmocka_unit_test(slow_partner_is_no_hang),
		cmocka_unit_test(silent_partner_is_given_up),
		cmocka_unit_test(file_has_every_pair),
		cmocka_unit_test(one_pu_has_no_pair),
		cmocka_unit_test(refused_file_is_an_error),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
