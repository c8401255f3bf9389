/*
 * Goal: each placement uses the PUs it says, on machines we do not have.
 * Method: synthetic topologies, whose logical numbering is known by hand; on
 * them the system's numbers equal the logical ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/placement.h"

/*
 *	package 0 / node 0		package 1 / node 1
 *	L3 0        L3 1		L3 2        L3 3
 *	core 0 1    core 2 3		core 4 5    core 6 7
 *	PU 0,1 2,3  4,5 6,7		8,9 10,11   12,13 14,15
 */
#define	TWO_PACKAGES	"package:2 [numa] l3:2 core:2 pu:2"
#define	FLAT		"core:4 pu:1"

static char why[PLACE_ERR_MAX];

/* Compare n workers of a placement with the PUs expected. */
static void
expect_pus(const char *machine, const char *placement, unsigned home,
    unsigned n, const unsigned *expected)
{
	struct place_map *map = place_load(machine, why, sizeof(why));
	unsigned pus[64];

	assert_non_null(map);
	assert_int_equal(place_workers(map, placement, home, n, false, pus,
	    why, sizeof(why)), 0);
	for (unsigned i = 0; i < n; i++)
		assert_int_equal(map->pm_pus[pus[i]].pu_os, expected[i]);
	place_free(map);
}

/* It must be refused, with a message that has the text in it. */
static void
expect_refused(const char *machine, const char *placement, unsigned n,
    const char *text)
{
	struct place_map *map = place_load(machine, why, sizeof(why));
	unsigned pus[64];

	assert_non_null(map);
	assert_int_equal(place_workers(map, placement, 0, n, false, pus, why,
	    sizeof(why)), -1);
	assert_non_null(strstr(why, text));
	place_free(map);
}

static void
compact_fills_cores_before_siblings(void **state)
{
	static const unsigned expected[] = {
		0, 2, 4, 6, 8, 10, 12, 14, 1, 3
	};

	(void)state;
	expect_pus(TWO_PACKAGES, "compact", 0, 10, expected);
}

static void
scatter_alternates_from_the_top(void **state)
{
	static const unsigned expected[] = {
		0, 8, 4, 12, 2, 10, 6, 14, 1, 9
	};

	(void)state;
	expect_pus(TWO_PACKAGES, "scatter", 0, 10, expected);
}

static void
l3_has_one_worker_each(void **state)
{
	static const unsigned expected[] = { 0, 4, 8, 12 };

	(void)state;
	expect_pus(TWO_PACKAGES, "l3", 0, 4, expected);
	expect_refused(TWO_PACKAGES, "l3", 5, "--oversubscribe");
}

static void
smt_pairs_siblings(void **state)
{
	static const unsigned expected[] = { 0, 1, 2, 3 };

	(void)state;
	expect_pus(TWO_PACKAGES, "smt", 0, 4, expected);
}

static void
node_stays_on_the_home(void **state)
{
	static const unsigned expected[] = { 8, 10, 12, 14, 9 };

	(void)state;
	expect_pus(TWO_PACKAGES, "node", 1, 5, expected);
	expect_refused(TWO_PACKAGES, "node", 9, "8 processors");
}

static void
list_keeps_its_order(void **state)
{
	static const unsigned expected[] = { 7, 0, 4, 5, 6 };

	(void)state;
	expect_pus(TWO_PACKAGES, "list:7,0,4-6", 0, 5, expected);
}

static void
bad_lists_are_refused(void **state)
{
	static const char *const malformed[] = {
		"list:", "list:,", "list:1,", "list:a", "list:-1", "list:3-1",
		"list:1 ", "list:+1", "list:1--2"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++)
		expect_refused(FLAT, malformed[i], 1, "list:0,2,4-7");
	expect_refused(FLAT, "list:4", 1, "may use 0-3");
	expect_refused(FLAT, "list:0-99999999999", 1, "may use 0-3");
	expect_refused(FLAT, "list:99999999999999999999", 1, "may use 0-3");
	expect_refused(FLAT, "list:1,0,1", 1, "twice");
}

static void
what_a_machine_lacks_is_refused(void **state)
{
	(void)state;
	expect_refused(FLAT, "smt", 1, "no placement 'smt'");
	expect_refused(FLAT, "l3", 1, "no placement 'l3'");
	expect_refused(FLAT, "compact", 5, "5 threads");
}

static void
oversubscription_goes_round(void **state)
{
	struct place_map *map = place_load(FLAT, why, sizeof(why));
	unsigned pus[9];

	(void)state;
	assert_int_equal(place_workers(map, "compact", 0, 9, true, pus, why,
	    sizeof(why)), 0);
	for (unsigned i = 0; i < 9; i++)
		assert_int_equal(pus[i], i % 4);
	place_free(map);
}

static void
names_are_known(void **state)
{
	(void)state;
	for (unsigned i = 0; place_names[i] != NULL; i++)
		assert_true(place_known(place_names[i]));
	assert_true(place_known("list:0"));
	assert_false(place_known("list"));
	assert_false(place_known("Compact"));
	assert_false(place_known(""));
}

static void
drawings_are_not_this_machine(void **state)
{
	struct place_map *map = place_load(FLAT, why, sizeof(why));

	(void)state;
	assert_false(map->pm_here);
	place_free(map);
	map = place_load(NULL, why, sizeof(why));
	assert_non_null(map);
	assert_true(map->pm_here);
	assert_true(map->pm_npus >= 1);
	place_free(map);
}

/* Reads back what hwloc wrote, and refuses what it did not. */
static void
topologies_come_from_files(void **state)
{
	char path[] = "/tmp/test_placement.XXXXXX";
	struct place_map *map = place_load(TWO_PACKAGES, why, sizeof(why));
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(hwloc_topology_export_xml(map->pm_topology, path, 0),
	    0);
	place_free(map);
	map = place_load(path, why, sizeof(why));
	assert_non_null(map);
	assert_int_equal(map->pm_npus, 16);
	assert_int_equal(map->pm_nnodes, 2);
	place_free(map);
	assert_int_equal(ftruncate(fd, 20), 0);
	assert_null(place_load(path, why, sizeof(why)));
	assert_non_null(strstr(why, path));
	close(fd);
	unlink(path);
	assert_null(place_load(path, why, sizeof(why)));
	assert_null(place_load("core:0", why, sizeof(why)));
	assert_null(place_load("", why, sizeof(why)));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(compact_fills_cores_before_siblings),
		cmocka_unit_test(scatter_alternates_from_the_top),
		cmocka_unit_test(l3_has_one_worker_each),
		cmocka_unit_test(smt_pairs_siblings),
		cmocka_unit_test(node_stays_on_the_home),
		cmocka_unit_test(list_keeps_its_order),
		cmocka_unit_test(bad_lists_are_refused),
		cmocka_unit_test(what_a_machine_lacks_is_refused),
		cmocka_unit_test(oversubscription_goes_round),
		cmocka_unit_test(names_are_known),
		cmocka_unit_test(drawings_are_not_this_machine),
		cmocka_unit_test(topologies_come_from_files)
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
