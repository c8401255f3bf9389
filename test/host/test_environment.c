/*
 * Goal: what harms a measurement is said, and nothing else is.
 * Method: the fields of a machine with nothing to complain of, each made bad
 * in turn, must give one more sentence that has a given text in it; then the
 * facts of this machine, which must all be there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "bench/environment.h"

static const char fine[] = "{"
    "\"commit\": \"0123\", \"dirty\": false, \"governor\": \"performance\","
    "\"turbo\": \"off\", \"hypervisor\": \"none\", \"nodes\": 2,"
    "\"transparent_hugepages\": \"madvise\", \"aslr\": \"2\","
    "\"numa_balancing\": \"off\", \"pus_allowed\": 8, \"cgroup_cpus\": null,"
    "\"load\": [1.5, 3, 3], \"perf_hardware_counters\": \"available\","
    "\"perf_migrations\": \"available\","
    "\"home\": {\"domain\": 0, \"verified\": \"yes\"},"
    "\"placements\": [{\"placement\": \"compact\", \"threads\": 2,"
    " \"workers\": [{\"core\": 0}, {\"core\": 1}]},"
    " {\"placement\": \"scatter\", \"threads\": 2,"
    " \"workers\": [{\"core\": null}, {\"core\": null}]}]}";

static const struct {
	const char	*change;	/* fields that replace fine ones */
	const char	*text;		/* NULL: still nothing to say */
} cases[] = {
	{ "{}", NULL },
	{ "{\"dirty\": true}", "differs from its commit" },
	{ "{\"dirty\": null, \"commit\": \"n/a\"}", "commit is not known" },
	{ "{\"governor\": \"powersave\"}", "governor is powersave" },
	{ "{\"governor\": \"n/a\"}", NULL },
	{ "{\"turbo\": \"on\"}", "turbo is on" },
	{ "{\"turbo\": \"n/a\"}", NULL },
	{ "{\"hypervisor\": \"QEMU\"}", "virtual machine (QEMU)" },
	{ "{\"hypervisor\": \"n/a\"}", NULL },
	{ "{\"transparent_hugepages\": \"never\"}", "huge pages are off" },
	{ "{\"transparent_hugepages\": \"always\"}", "madvise is steadier" },
	{ "{\"aslr\": \"0\"}", "not randomised" },
	{ "{\"numa_balancing\": \"on\"}", "NUMA balancing" },
	{ "{\"numa_balancing\": \"on\", \"nodes\": 1}", NULL },
	{ "{\"cgroup_cpus\": 1.5}", "1.50 processors of 8" },
	{ "{\"cgroup_cpus\": 8.0}", NULL },
	{ "{\"load\": [4.0, 0, 0]}", NULL },
	{ "{\"load\": [4.25, 0, 0]}", "load was 4.25" },
	{ "{\"perf_hardware_counters\": \"n/a: cycles: no\"}",
	    "hardware counters: n/a: cycles: no" },
	{ "{\"perf_migrations\": \"n/a: migrations: no\"}", "migrations" },
	{ "{\"home\": {\"verified\": \"no: pages lie elsewhere\"}}",
	    "not where it was asked" },
	{ "{\"home\": {\"verified\": \"not yet\"}}", NULL },
	{ "{\"placements\": [{\"placement\": \"smt\", \"threads\": 3,"
	    "\"workers\": [{\"core\": 0}, {\"core\": 1}, {\"core\": 0}]},"
	    "{\"placement\": \"compact\", \"threads\": 2, \"workers\":"
	    "[{\"core\": 0}, {\"core\": 0}]}]}", "in smt/t3, compact/t2" },
	{ "{\"placements\": []}", NULL },
};

static void
each_harm_is_said(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *e = json_loads(fine, 0, NULL), *list;
		json_t *change = json_loads(cases[i].change, 0, NULL);
		size_t n = cases[i].text != NULL;

		assert_non_null(e);
		assert_non_null(change);
		json_object_update(e, change);
		list = environment_warnings(e);
		if (json_array_size(list) != n)
			fail_msg("%s: %zu warnings", cases[i].change,
			    json_array_size(list));
		if (n == 1 && strstr(json_string_value(json_array_get(list,
		    0)), cases[i].text) == NULL)
			fail_msg("%s: %s", cases[i].change,
			    json_string_value(json_array_get(list, 0)));
		json_decref(list);
		json_decref(change);
		json_decref(e);
	}
}

/* Harms add up. */
static void
all_harms_are_said(void **state)
{
	json_t *e = json_loads("{\"dirty\": true, \"turbo\": \"on\","
	    "\"perf_hardware_counters\": \"available\","
	    "\"perf_migrations\": \"available\", \"aslr\": \"0\"}", 0, NULL);
	json_t *list = environment_warnings(e);

	(void)state;
	assert_int_equal(json_array_size(list), 3);
	json_decref(list);
	json_decref(e);
}

static void
facts_are_complete(void **state)
{
	static const char *const keys[] = {
		"commit", "dirty", "compiler", "cflags", "cpu_model",
		"microcode", "packages", "nodes", "cores", "pus",
		"pus_allowed", "memory_bytes", "governor", "scaling_driver",
		"turbo", "smt", "hypervisor", "kernel", "system",
		"transparent_hugepages", "numa_balancing", "aslr",
		"mitigations", "perf_hardware_counters", "perf_migrations",
		"cgroup_cpus", "cgroup_memory_bytes", "load"
	};
	char why[PLACE_ERR_MAX];
	struct place_map *map = place_load(NULL, why, sizeof(why));
	json_t *facts = environment_facts(map), *limit;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_object_get(facts, keys[i]) == NULL)
			fail_msg("no %s", keys[i]);
	limit = json_object_get(facts, "cgroup_cpus");
	assert_true(json_is_null(limit) || json_real_value(limit) > 0);
	json_decref(facts);
	place_free(map);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_harm_is_said),
		cmocka_unit_test(all_harms_are_said),
		cmocka_unit_test(facts_are_complete),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
