/*
 * Names of addresses: what each unit knows of itself against what the simulator
 * finds out, and the table of ranges behind it.
 */
#include <sim/names.h>
#include <test/sim/probe.h>

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <sim/sim.h>

#define	THREADS	2
#define	AROUND	64	/* bytes before and behind a field that are scanned */

static int		 failed;

__attribute__((format(printf, 2, 3))) static void
check(bool holds, const char *format, ...)
{
	va_list ap;

	failed |= !holds;
	printf(holds ? "ok - " : "not ok - ");
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	printf("\n");
}

/* ---- Ranges ------------------------------------------------------------- */

#define	AT(n)	((char *)ARENA_BASE + ((size_t)1 << 33) + (n))

static bool
is(uintptr_t offset, const char *type, uintptr_t base)
{
	const struct mem_name *n = mem_name_of((uintptr_t)AT(offset));

	if (type == NULL)
		return (n == NULL);
	return (n != NULL && strcmp(n->mn_type, type) == 0 &&
	    n->mn_base == (uintptr_t)AT(base));
}

static void
test_ranges(void)
{
	md_mem_name(AT(0), 4096, 64, "a");
	check(is(0, "a", 0) && is(4095, "a", 0) && is(4096, NULL, 0),
	    "a range has its name, and no more");
	md_mem_name(AT(1000), 48, 16, "b");
	check(is(999, "a", 0) && is(1000, "b", 1000) && is(1047, "b", 1000) &&
	    is(1048, "a", 0), "one inside takes its place, the rest counts on");
	md_mem_name(AT(1048), 32, 16, "b");
	check(is(1079, "b", 1000) && is(1080, "a", 0),
	    "one that goes on with the same becomes one");
	md_mem_name(AT(900), 100, 32, "b");
	check(is(999, "b", 900) && is(1000, "b", 1000),
	    "one of another stride does not");
	md_mem_name(AT(950), 4000, 8, "c");
	check(is(949, "b", 900) && is(950, "c", 950) && is(4949, "c", 950) &&
	    is(4950, NULL, 0), "one over several takes all their places");
	mem_name_forget((uintptr_t)AT(500), (uintptr_t)AT(8192));
	check(is(499, "a", 0) && is(500, NULL, 0) && is(4949, NULL, 0),
	    "what is forgotten has no name");
	mem_name_forget((uintptr_t)AT(0), (uintptr_t)AT(8192));
	check(is(0, NULL, 0), "all is forgotten");
}

/* ---- Units -------------------------------------------------------------- */

/* What they do not share: near vm_object.size and vm_page.oflags. */
static const struct own {
	const char	*impl;
	const char	*near;
	const char	*has, *lacks;
} owns[] = {
	{ "old_vpo_wanted", "vm_object.size", "vm_object.mtx",
	    "vm_object.lock" },
	{ "old_vpo_wanted", "vm_page.oflags", "vm_page.busy",
	    "vm_page.busy_lock" },
	{ "rwlock_vpo", "vm_object.size", "vm_object.lock", "vm_object.mtx" },
	{ "rwlock_vpo", "vm_page.oflags", "vm_page.busy",
	    "vm_page.busy_lock" },
	{ "sxbusy", "vm_object.size", "vm_object.lock", "vm_object.mtx" },
	{ "sxbusy", "vm_page.oflags", "vm_page.busy_lock", "vm_page.busy" },
	{ "sxbusy_rlock", "vm_page.oflags", "vm_page.busy_lock",
	    "vm_page.busy" },
};

static bool
is_near(uintptr_t a, const char *wanted)
{
	char name[SIM_NAME_MAX];

	for (uintptr_t p = a - AROUND; p < a + AROUND; p++) {
		sim_name(p, name, sizeof(name));
		if (strcmp(name, wanted) == 0)
			return (true);
	}
	return (false);
}

static void
expect(void *arg, const volatile void *p, const char *expected)
{
	const char *impl = arg;
	char name[SIM_NAME_MAX];

	sim_name((uintptr_t)p, name, sizeof(name));
	check(strcmp(name, expected) == 0, "%s: %s is called %s", impl,
	    expected, name);
	for (const struct own *o = owns; o < owns + sizeof(owns) /
	    sizeof(*owns); o++)
		if (strcmp(o->impl, impl) == 0 && strcmp(o->near, expected) ==
		    0)
			check(is_near((uintptr_t)p, o->has) && !is_near(
			    (uintptr_t)p, o->lacks), "%s: has %s and no %s",
			    impl, o->has, o->lacks);
}

static const struct lab_workload *
workload_of(const struct lab_unit *u, const char *name)
{
	const struct lab_workload *const *w;

	for (w = __start_set_lab_workloads; w < __stop_set_lab_workloads; w++)
		if ((*w)->lw_unit == u && strcmp((*w)->lw_name, name) == 0)
			return (*w);
	return (NULL);
}

static void
test_unit(const struct sim_probe *p)
{
	static struct lab_run *run;
	char name[SIM_NAME_MAX], cut[8];

	if (run == NULL)
		run = md_mem_map(0, sizeof(*run) + THREADS *
		    sizeof(struct lab_slot));
	memset(run, 0, sizeof(*run));
	run->lr_workload = workload_of(p->sp_unit, "fault_soft");
	run->lr_variant = "ro,own";
	run->lr_sharing = LAB_PRIVATE;
	run->lr_threads = THREADS;
	run->lr_slots = (struct lab_slot *)(run + 1);
	md_mem_name(run, sizeof(*run), sizeof(*run), "struct lab_run");
	md_mem_name(run->lr_slots, THREADS * sizeof(struct lab_slot),
	    sizeof(struct lab_slot), "struct lab_slot");
	sim_names_init(p->sp_unit);
	if (p->sp_unit->lu_begin(run) != 0) {
		check(false, "%s begins", p->sp_unit->lu_impl);
		return;
	}
	p->sp_tell(run, expect, (void *)(uintptr_t)p->sp_unit->lu_impl);
	sim_name((uintptr_t)&run->lr_stop, cut, sizeof(cut));
	check(strcmp(cut, "lab_run") == 0, "%s: a long name is cut off",
	    p->sp_unit->lu_impl);
	check(p->sp_unit->lu_end(run) == 0, "%s ends", p->sp_unit->lu_impl);
	sim_name((uintptr_t)run->lr_private, name, sizeof(name));
	check(strcmp(name, "?") == 0, "%s: what is unmapped has no name",
	    p->sp_unit->lu_impl);
}

int
main(void)
{
	const struct sim_probe *const *p;
	char message[512], name[SIM_NAME_MAX];

	if (sim_model_load("epyc-7r13", NULL, message, sizeof(message)) != 0) {
		printf("not ok - %s\n", message);
		return (1);
	}
	virtual_check_linked();
	arena_init(sim_model.mo_nnodes);
	test_ranges();
	for (p = __start_set_sim_probes; p < __stop_set_sim_probes; p++)
		test_unit(*p);
	sim_name(FIBER_STACK_BASE + FIBER_STACK_BYTES - 8, name, sizeof(name));
	check(strcmp(name, "stack") == 0, "a stack is a stack");
	sim_name(ARENA_BASE - 8, name, sizeof(name));
	check(strcmp(name, "?") == 0, "what is nothing has no name");
	return (failed);
}
