/*
 * What about a machine, a build and its placements should make a reader
 * careful: the one place that decides.  It asks nobody: environment.json's
 * own fields are all it knows, so that it can be tried on any machine.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "environment.h"

#define	TEXT_MAX	512
/* Of the processors in use by others; less is the lab's own build fading. */
#define	LOAD_SHARE	0.5

static void
say(json_t *list, const char *fmt, ...)
{
	char text[TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	json_array_append_new(list, json_string(text));
}

/* "n/a" where the field is missing or no text. */
static const char *
text_of(const json_t *e, const char *key)
{
	const char *text = json_string_value(json_object_get(e, key));

	return (text != NULL ? text : "n/a");
}

static double
number_of(const json_t *e, const char *key)
{
	return (json_number_value(json_object_get(e, key)));
}

static bool
is(const json_t *e, const char *key, const char *text)
{
	return (strcmp(text_of(e, key), text) == 0);
}

static void
judge_build(json_t *list, const json_t *e)
{
	if (json_is_true(json_object_get(e, "dirty")))
		say(list, "the tree differs from its commit");
	else if (is(e, "commit", "n/a"))
		say(list, "the commit is not known: the binary lies in no "
		    "repository");
}

static void
judge_power(json_t *list, const json_t *e)
{
	if (!is(e, "governor", "n/a") && !is(e, "governor", "performance"))
		say(list, "the frequency governor is %s; performance is "
		    "steadier", text_of(e, "governor"));
	if (is(e, "turbo", "on"))
		say(list, "turbo is on; frequency may vary with the number of "
		    "busy cores");
	if (!is(e, "hypervisor", "none") && !is(e, "hypervisor", "n/a"))
		say(list, "this is a virtual machine (%s); others may share "
		    "its cores", text_of(e, "hypervisor"));
}

static void
judge_memory(json_t *list, const json_t *e)
{
	if (is(e, "transparent_hugepages", "never"))
		say(list, "transparent huge pages are off; the host's TLB adds "
		    "noise");
	if (is(e, "transparent_hugepages", "always"))
		say(list, "transparent huge pages are always on: the kernel "
		    "may gather pages while windows run; madvise is steadier");
	if (is(e, "aslr", "0"))
		say(list, "addresses are not randomised: restarts sample fewer "
		    "layouts");
	if (is(e, "numa_balancing", "on") && number_of(e, "nodes") > 1)
		say(list, "automatic NUMA balancing is on: it unmaps pages to "
		    "see who uses them; kernel.numa_balancing=0 is steadier");
	if (strncmp(text_of(json_object_get(e, "home"), "verified"), "no:",
	    3) == 0)
		say(list, "memory is not where it was asked for: %s",
		    text_of(json_object_get(e, "home"), "verified"));
}

static void
judge_limits(json_t *list, const json_t *e)
{
	double pus = number_of(e, "pus_allowed");
	double cpus = number_of(e, "cgroup_cpus");
	double load = json_number_value(json_array_get(json_object_get(e,
	    "load"), 0));

	/* null, no limit, is 0 here. */
	if (cpus > 0 && cpus < pus)
		say(list, "the cgroup allows the time of %.2f processors of "
		    "%.0f", cpus, pus);
	if (load > LOAD_SHARE * pus)
		say(list, "the load was %.2f when the run began, with %.0f "
		    "processors", load, pus);
}

static void
judge_counters(json_t *list, const json_t *e)
{
	static const char *const keys[] = {
		"perf_hardware_counters", "perf_migrations"
	};

	for (unsigned i = 0; i < 2; i++)
		if (!is(e, keys[i], "available"))
			say(list, "%s: %s", i == 0 ? "hardware counters" :
			    "counting migrations", text_of(e, keys[i]));
}

/* Whether two workers of a placement have the same core. */
static bool
shares_core(const json_t *placement)
{
	const json_t *workers = json_object_get(placement, "workers");
	size_t n = json_array_size(workers);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++) {
			const json_t *a = json_object_get(json_array_get(
			    workers, i), "core");
			const json_t *b = json_object_get(json_array_get(
			    workers, j), "core");

			if (json_is_integer(a) && json_equal(a, b))
				return (true);
		}
	return (false);
}

static void
judge_placements(json_t *list, const json_t *e)
{
	char names[TEXT_MAX / 2] = "";
	size_t n = 0, i;
	const json_t *p;

	json_array_foreach(json_object_get(e, "placements"), i, p)
		if (shares_core(p) && n < sizeof(names))
			n += (size_t)snprintf(names + n, sizeof(names) - n,
			    "%s%s/t%.0f", n > 0 ? ", " : "",
			    text_of(p, "placement"), number_of(p, "threads"));
	if (n > 0)
		say(list, "workers share a core, and slow each other down in "
		    "every implementation, in %s", names);
}

json_t *
environment_warnings(const json_t *e)
{
	json_t *list = json_array();

	judge_build(list, e);
	judge_limits(list, e);
	judge_power(list, e);
	judge_memory(list, e);
	judge_counters(list, e);
	judge_placements(list, e);
	return (list);
}
