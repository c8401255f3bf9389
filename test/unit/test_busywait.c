/*
 * A fault that finds its page busied: it sleeps on the page, holding nothing,
 * and starts over when the busy ends, whatever the page has become.
 * Method: the test's first thread busies the page, waits until the second
 * sleeps on it, and only then lets go.
 */
#include "fault_test.h"

#define	COW	(MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)

static struct vmspace *vm;

struct holder {
	vm_object_t	object;		/* whose page 1 is busied */
	bool		shared;
	bool		free;		/* rather than unbusy */
	uint32_t	held;		/* (a) the faulter may go */
	uint32_t	released;	/* (a) */
	uint64_t	expect;		/* what the faulter must see */
};

static void
hold(struct holder *h)
{
	vm_page_t m;

	m = h->shared ? pv_grab_sbusy(h->object, 1, VM_ALLOC_NORMAL) :
	    pv_grab(h->object, 1, VM_ALLOC_NORMAL);
	atomic_store_rel_int(&h->held, 1);
	test_await_sleepers(m, 1);
	/* The sleeper holds no lock and no paging in progress that hinders. */
	pv_object_lock(h->object);
	CHECK((m->aflags & PGA_REFERENCED) != 0);
	pv_object_unlock(h->object);
	sx_xlock(&vm->vm_map.lock);
	sx_xunlock(&vm->vm_map.lock);
	atomic_store_rel_int(&h->released, 1);
	if (h->free)
		pv_free(m);
	else if (h->shared)
		pv_sunbusy(m);
	else
		pv_xunbusy(m);
}

static void
hold_and_fault(void *arg, unsigned i)
{
	struct holder *h = arg;

	if (i == 0) {
		hold(h);
		return;
	}
	while (atomic_load_acq_int(&h->held) == 0)
		md_spin_hint();
	ft_store(vm, FT_VA(1) + 8, 1);
	CHECK_EQ(atomic_load_acq_int(&h->released), 1);
	CHECK_EQ(ft_load(vm, FT_VA(1)), h->expect);
}

static void
busywait(struct holder *h, unsigned eflags)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	if (TEST_SYNCHRONISED) {
		h->object = ft_resident(4);
		vm_object_reference(h->object);
		ft_map(vm, h->object, 4, VM_PROT_RW, eflags);
		test_threads(2, hold_and_fault, h);
		CHECK_EQ(h->object->paging_in_progress, 0);
		vm_object_deallocate(h->object);
	}
	vmspace_free(vm);
	test_end();
}

LAB_TEST(busywait_exclusive)
{
	struct holder h = { .expect = 2 };

	busywait(&h, 0);
}

LAB_TEST(busywait_shared)
{
	struct holder h = { .shared = true, .expect = 2 };

	busywait(&h, 0);
}

/* The page is gone: the fault finds none and fills one with zeroes. */
LAB_TEST(busywait_page_freed)
{
	struct holder h = { .free = true, .expect = 0 };

	busywait(&h, 0);
}

/* The place held in the first object is given up, too. */
LAB_TEST(busywait_behind_a_shadow)
{
	struct holder h = { .expect = 2 };

	busywait(&h, COW);
}

/* Several wait on one page: one wakeup frees them all. */
static void
many_fault(void *arg, unsigned i)
{
	struct holder *h = arg;
	vm_page_t m;

	if (i == 0) {
		m = pv_grab(h->object, 1, VM_ALLOC_NORMAL);
		atomic_store_rel_int(&h->held, 1);
		test_await_sleepers(m, 3);
		pv_xunbusy(m);
		return;
	}
	while (atomic_load_acq_int(&h->held) == 0)
		md_spin_hint();
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_WRITE), KERN_SUCCESS);
}

LAB_TEST(busywait_many)
{
	struct holder h = { .expect = 2 };

	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	if (TEST_SYNCHRONISED) {
		h.object = ft_resident(4);
		ft_map(vm, h.object, 4, VM_PROT_RW, 0);
		test_threads(4, many_fault, &h);
		CHECK_EQ(h.object->paging_in_progress, 0);
	}
	vmspace_free(vm);
	test_end();
}
