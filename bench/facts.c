/*
 * What environment.json says of the machine and the build.  What to think of it
 * is for bench/warnings.c.
 */
#define	_GNU_SOURCE
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "counters.h"
#include "environment.h"
#include "sysinfo.h"

/* The compiler flags of the units, given by the build. */
#ifndef LAB_CFLAGS
#error "the build must define LAB_CFLAGS"
#endif

#define	TEXT_MAX	256

static void
set(json_t *facts, const char *key, const char *text)
{
	json_object_set_new(facts, key, json_string(text));
}

/* The commit of the tree the binary lies in. */
static void
add_commit(json_t *facts)
{
	char exe[PATH_MAX], text[TEXT_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	char *dir;

	exe[n > 0 ? n : 0] = '\0';
	dir = dirname(exe);
	char *const head[] = { "git", "-C", dir, "rev-parse", "HEAD", NULL };
	char *const changes[] = { "git", "-C", dir, "status", "--porcelain",
	    "--untracked-files=no", NULL };

	json_object_set_new(facts, "dirty", json_null());
	if (sysinfo_run(head, text, sizeof(text)) != 0) {
		set(facts, "commit", "n/a");
		return;
	}
	text[strcspn(text, "\n")] = '\0';
	set(facts, "commit", text);
	if (sysinfo_run(changes, text, sizeof(text)) == 0)
		json_object_set_new(facts, "dirty",
		    json_boolean(*text != '\0'));
}

static void
add_build(json_t *facts)
{
	char text[TEXT_MAX];
	unsigned v = hwloc_get_api_version();

#ifdef __clang__
	snprintf(text, sizeof(text), "clang %s", __clang_version__);
#else
	snprintf(text, sizeof(text), "gcc %s", __VERSION__);
#endif
	set(facts, "compiler", text);
	set(facts, "cflags", LAB_CFLAGS);
	snprintf(text, sizeof(text), "%u.%u.%u", v >> 16, (v >> 8) & 0xff,
	    v & 0xff);
	set(facts, "hwloc_api", text);
}

static void
add_count(json_t *facts, const char *key, hwloc_topology_t t,
    hwloc_obj_type_t type)
{
	int n = hwloc_get_nbobjs_by_type(t, type);

	json_object_set_new(facts, key, json_integer(n > 0 ? n : 0));
}

static void
add_processor(json_t *facts, const struct place_map *map)
{
	hwloc_topology_t t = map->pm_topology;
	char text[TEXT_MAX];

	sysinfo_key("/proc/cpuinfo", "model name", text, sizeof(text));
	set(facts, "cpu_model", text);
	sysinfo_key("/proc/cpuinfo", "microcode", text, sizeof(text));
	set(facts, "microcode", text);
	add_count(facts, "packages", t, HWLOC_OBJ_PACKAGE);
	add_count(facts, "nodes", t, HWLOC_OBJ_NUMANODE);
	add_count(facts, "l3_caches", t, HWLOC_OBJ_L3CACHE);
	add_count(facts, "cores", t, HWLOC_OBJ_CORE);
	add_count(facts, "pus", t, HWLOC_OBJ_PU);
	json_object_set_new(facts, "pus_allowed",
	    json_integer(map->pm_npus));
	json_object_set_new(facts, "memory_bytes", json_integer(
	    (json_int_t)hwloc_get_root_obj(t)->total_memory));
}

static void
add_power(json_t *facts)
{
	char text[TEXT_MAX];

	sysinfo_governor(text, sizeof(text));
	set(facts, "governor", text);
	sysinfo_scaling_driver(text, sizeof(text));
	set(facts, "scaling_driver", text);
	sysinfo_turbo(text, sizeof(text));
	set(facts, "turbo", text);
	sysinfo_smt(text, sizeof(text));
	set(facts, "smt", text);
	sysinfo_hypervisor(text, sizeof(text));
	set(facts, "hypervisor", text);
}

/* /etc/os-release is read by shells, and quotes what it says. */
static void
unquote(char *text)
{
	size_t n = strlen(text);

	if (n < 2 || text[0] != '"' || text[n - 1] != '"')
		return;
	memmove(text, text + 1, n - 2);
	text[n - 2] = '\0';
}

static void
add_kernel(json_t *facts)
{
	struct utsname u;
	char text[TEXT_MAX];

	uname(&u);
	snprintf(text, sizeof(text), "%s %s %s", u.sysname, u.release,
	    u.machine);
	set(facts, "kernel", text);
	sysinfo_key("/etc/os-release", "PRETTY_NAME", text, sizeof(text));
	unquote(text);
	set(facts, "system", text);
	sysinfo_thp(text, sizeof(text));
	set(facts, "transparent_hugepages", text);
	sysinfo_numa_balancing(text, sizeof(text));
	set(facts, "numa_balancing", text);
	sysinfo_line("/proc/sys/kernel/randomize_va_space", text,
	    sizeof(text));
	set(facts, "aslr", text);
	json_object_set_new(facts, "mitigations", sysinfo_mitigations());
}

static void
add_counters(json_t *facts)
{
	char hardware[TEXT_MAX], migrations[TEXT_MAX];

	counters_describe(hardware, migrations, TEXT_MAX);
	set(facts, "perf_hardware_counters", hardware);
	set(facts, "perf_migrations", migrations);
}

/* No limit is null, which no reader takes for a number. */
static json_t *
limit_json(double limit)
{
	return (limit != 0 ? json_real(limit) : json_null());
}

static void
add_limits(json_t *facts)
{
	double load[3];

	json_object_set_new(facts, "cgroup_cpus",
	    limit_json(sysinfo_cgroup_cpus()));
	json_object_set_new(facts, "cgroup_memory_bytes",
	    limit_json(sysinfo_cgroup_memory()));
	if (getloadavg(load, 3) == 3)
		json_object_set_new(facts, "load", json_pack("[f,f,f]",
		    load[0], load[1], load[2]));
}

json_t *
environment_facts(const struct place_map *map)
{
	json_t *facts = json_object();

	add_commit(facts);
	add_build(facts);
	add_processor(facts, map);
	add_power(facts);
	add_kernel(facts);
	add_counters(facts);
	add_limits(facts);
	return (facts);
}
