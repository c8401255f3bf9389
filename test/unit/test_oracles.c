/*
 * Do the oracles see what they are there to see?  A run is broken after its
 * window, as a fault in the VM would have left it, and must not pass.
 */
#include <string.h>

#include <traces/trace.h>
#include <vm/swap_reserve.h>
#include <vm/vm_extern.h>
#include <workload/workload.h>
#include "vm_test.h"

static struct lab_slot	slot;
static struct lab_run	run;

static const struct lab_workload *
workload_named(const char *name)
{
	const struct lab_workload *const *w = __start_set_lab_workloads;

	while ((*w)->lw_unit != &lab_unit || strcmp((*w)->lw_name, name) != 0)
		w++;
	return (*w);
}

static void
one_window(void *arg, unsigned i)
{
	(void)arg;
	lab_unit.lu_thread_begin(&run, i);
	lab_unit.lu_thread_loop(&run, i);
	lab_unit.lu_thread_end(&run, i);
}

/* A window of one worker; the caller is thread 0 again when it is over. */
static struct wl_thread *
window_of(const char *name, const char *variant, enum lab_sharing sharing,
    uint64_t ops)
{
	kern_thread_detach();
	run = (struct lab_run){
		.lr_workload = workload_named(name), .lr_variant = variant,
		.lr_sharing = sharing, .lr_threads = 1, .lr_seed = 1,
		.lr_clones = 1, .lr_slots = &slot, .lr_ops_max = ops,
		.lr_physmem = (size_t)16 << 20,
	};
	CHECK_EQ(lab_unit.lu_begin(&run), 0);
	md_run(1, one_window, NULL);
	CHECK_EQ(slot.ls_ops, ops);
	kern_thread_attach(0);
	return (&wl_state(&run)->threads[0]);
}

static struct wl_thread *
window(const char *name, const char *variant, uint64_t ops)
{
	return (window_of(name, variant, LAB_PRIVATE, ops));
}

/* End the run, whose oracle must object. */
static void
judge(const char *why)
{
	kern_thread_detach();
	CHECK_EQ(lab_unit.lu_end(&run), EDOM);
	if (memcmp(run.lr_why, why, strlen(why)) != 0)
		panic("the oracle says \"%s\", not \"%s\"", run.lr_why, why);
	kern_init();
	kern_thread_attach(0);
}

static void
leave_a_page(const char *name)
{
	struct wl_thread *t = window(name, "", 10);

	pv_xunbusy(pv_grab(t->object, 3, VM_ALLOC_NORMAL));
	judge("pages left behind: 1");
}

LAB_TEST(oracle_sees_a_page_that_was_not_freed)
{
	leave_a_page("alloc");
	leave_a_page("alloc_sbusy");
	leave_a_page("grab_miss");
}

/* Map the page of another index, as a fault that lost its way would. */
static void
map_wrong_page(const char *name, const char *variant)
{
	struct wl_thread *t = window(name, variant, 3);
	vm_page_t m;

	m = pv_grab(t->object, 1, VM_ALLOC_NORMAL);
	pmap_enter(&t->vm->vm_pmap, t->va + ptoa(5), VM_PROT_READ, m,
	    VM_PROT_READ, 0);
	pv_xunbusy(m);
	judge("wrong page mapped");
}

LAB_TEST(oracle_sees_a_wrong_mapping)
{
	map_wrong_page("fault_soft", "ro,own");
	map_wrong_page("fault_zero", "");
	map_wrong_page("fault_cow", "");
	map_wrong_page("io_hold", "");
}

/* The page behind, mapped for writing where a copy should have been made. */
LAB_TEST(oracle_sees_a_copy_not_made)
{
	struct wl_thread *t = window("fault_cow", "", 3);
	vm_page_t m;

	/* Further on than the window and its warm-up came. */
	m = pv_grab(t->object, WL_WARM_OPS + 10, VM_ALLOC_NORMAL);
	pmap_enter(&t->vm->vm_pmap, t->va + ptoa(WL_WARM_OPS + 10),
	    VM_PROT_READ, m, VM_PROT_RW, 0);
	pv_xunbusy(m);
	judge("page to be copied is writable");
}

static void
spoil_a_page(const char *variant)
{
	struct wl_thread *t = window("fault_pagein", variant, 3);
	vm_page_t m;

	m = TAILQ_LAST(&t->object->memq, pglist);
	CHECK(m != NULL && m->pindex != 0);
	++*(uint64_t *)vm_page_dmap(m);
	judge("not what the pager keeps");
}

LAB_TEST(oracle_sees_what_read_ahead_read_wrong)
{
	spoil_a_page("anon");
	spoil_a_page("file");
}

LAB_TEST(oracle_sees_what_a_child_wrote_to_its_parent)
{
	struct wl_thread *t = window("fork_cow", "", 3);

	++*(uint64_t *)vm_page_dmap(TAILQ_LAST(&t->object->memq, pglist));
	judge("parent's page changed");
}

LAB_TEST(oracle_sees_a_charge_that_stays)
{
	struct wl_thread *t;

	(void)window("fork_cow", "", 3);
	CHECK(swap_reserve(PAGE_SIZE));
	judge("bytes of swap reserved");
	(void)window("mmap_charge", "", 3);
	CHECK(swap_reserve(PAGE_SIZE));
	judge("bytes of swap still reserved: 4096");
	t = window("mmap_charge", "", 3);
	CHECK_EQ(vm_mmap_anon(&t->vm->vm_map, t->va, PAGE_SIZE, VM_PROT_READ,
	    0), 0);
	judge("entries left: 1");
}

static uint64_t
object_locks(const char *name, const char *variant, uint64_t ops)
{
	uint64_t n;

	window_of(name, variant, LAB_SAME, ops);
	n = kern_thread(1)->td_lockstat[LO_OBJECT].acquired;
	kern_thread_detach();
	CHECK_EQ(lab_unit.lu_end(&run), 0);
	kern_init();
	kern_thread_attach(0);
	return (n);
}

/*
 * One page, many workers: 9.x counts no more than 255 soft busies of it, so
 * each may take it once.  In so many operations there are between 6 and 21
 * I/Os; once taken and released is two object locks each, eight times is 16.
 */
LAB_TEST(io_hold_takes_the_one_page_once)
{
	uint64_t ops = 2560, faults, all;

	faults = object_locks("fault_soft", "ro,own", ops);
	all = object_locks("io_hold", "", ops);
	CHECK(all >= faults && all - faults <= 2 * 21);
}
