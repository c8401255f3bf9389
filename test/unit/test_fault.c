/*
 * Soft faults and zero fill, prefault, errors, memory shortage, and threads
 * that fault on one page at once.
 * Method: use memory as a program would and look at what it finds.
 */
#include "fault_test.h"

#define	NTHREADS	4
#define	NROUNDS		50

static struct vmspace *vm;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
}

static void
teardown(void)
{
	vmspace_free(vm);
	test_end();
}

LAB_TEST(fault_soft_maps_what_is_there)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = ft_resident(4);
	ft_map(vm, object, 4, VM_PROT_RW, 0);
	CHECK_EQ(ft_fault(vm, FT_VA(1) + 5, VM_PROT_READ), KERN_SUCCESS);
	m = ft_page(object, 1);
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(1), NULL) == m);
	CHECK(ft_page_is(vm, FT_VA(1), 2));
	CHECK_EQ(m->dirty, 0);
	ft_store(vm, FT_VA(1), 7);
	CHECK_EQ(ft_load(vm, FT_VA(1)), 7);
	CHECK(pmap_is_modified(m));
	CHECK_EQ(object->ref_count, 1);
	CHECK_EQ(object->paging_in_progress, 0);
	CHECK(!pv_busied(m));
	CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_WRITE), KERN_SUCCESS);
	CHECK_EQ(ft_page(object, 0)->dirty, VM_PAGE_BITS_ALL);
	teardown();
}

LAB_TEST(fault_refuses)
{
	setup();
	CHECK_EQ(vm_map_insert(&vm->vm_map, ft_resident(2), 0, FT_VA(0),
	    FT_VA(4), VM_PROT_READ, 0), KERN_SUCCESS);
	CHECK_EQ(ft_fault(vm, FT_VA(4), VM_PROT_READ), KERN_INVALID_ADDRESS);
	CHECK_EQ(ft_fault(vm, FT_VA(0) - 1, VM_PROT_READ),
	    KERN_INVALID_ADDRESS);
	CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE);
	/* Mapped, but beyond the object's end. */
	CHECK_EQ(ft_fault(vm, FT_VA(2), VM_PROT_READ),
	    KERN_PROTECTION_FAILURE);
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_READ), KERN_SUCCESS);
	teardown();
}

/* Every frame is dirtied first, so that a zero page was made zero. */
LAB_TEST(fault_zero_fill_is_zero)
{
	unsigned i, n = FT_FRAMES / 2;

	setup();
	ft_map(vm, NULL, n, VM_PROT_RW, 0);
	for (i = 0; i < n; i++)
		ft_page_fill(vm, FT_VA(i), ~0ULL);
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(n)),
	    KERN_SUCCESS);
	ft_map(vm, NULL, n, VM_PROT_RW, 0);
	for (i = 0; i < n; i++)
		CHECK(ft_page_is(vm, FT_VA(i), 0));
	teardown();
}

LAB_TEST(fault_prefault_maps_resident_neighbours)
{
	vm_object_t object;

	setup();
	object = ft_resident(20);
	ft_map(vm, object, 20, VM_PROT_RW, 0);
	CHECK_EQ(ft_fault(vm, FT_VA(10), VM_PROT_WRITE), KERN_SUCCESS);
	CHECK_EQ(vm->vm_pmap.pm_resident, 9);
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(6), NULL) == ft_page(object, 6));
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(14), NULL) ==
	    ft_page(object, 14));
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(5), NULL) == NULL);
	/* For reading only, though the entry allows more. */
	CHECK(pmap_access(&vm->vm_pmap, FT_VA(11), VM_PROT_WRITE) == NULL);
	CHECK_EQ(*(uint64_t *)pmap_access(&vm->vm_pmap, FT_VA(11),
	    VM_PROT_READ), 12);
	/* Not below the entry. */
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_READ), KERN_SUCCESS);
	CHECK_EQ(vm->vm_pmap.pm_resident, 15);
	teardown();
}

/* The first neighbour that is not in memory ends it; invalid ones only skip. */
LAB_TEST(fault_prefault_stops_at_a_hole)
{
	vm_object_t object;

	setup();
	object = ft_resident(20);
	ft_map(vm, object, 20, VM_PROT_RW, 0);
	pv_free(pv_grab(object, 12, VM_ALLOC_NORMAL));
	pv_object_lock(object);
	vm_page_lookup(object, 11)->valid = 0;
	pv_object_unlock(object);
	CHECK_EQ(ft_fault(vm, FT_VA(10), VM_PROT_READ), KERN_SUCCESS);
	/* 10 and 9 and 8; not 11; then 12 is missing. */
	CHECK_EQ(vm->vm_pmap.pm_resident, 3);
	teardown();
}

/* What is zero-filled here has resident neighbours: the old KPI maps them. */
LAB_TEST(fault_prefault_after_zero_fill)
{
	vm_object_t object;

	setup();
	object = ft_resident(9);
	ft_map(vm, object, 9, VM_PROT_RW, 0);
	pv_free(pv_grab(object, 4, VM_ALLOC_NORMAL));
	CHECK(ft_page_is(vm, FT_VA(4), 0));
	CHECK_EQ(vm->vm_pmap.pm_resident, 1);
	teardown();
}

LAB_TEST(fault_wire)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = ft_resident(3);
	ft_map(vm, object, 3, VM_PROT_RW, 0);
	CHECK_EQ(vm_fault(&vm->vm_map, FT_VA(1), VM_PROT_READ,
	    VM_FAULT_WIRE), KERN_SUCCESS);
	m = ft_page(object, 1);
	CHECK_EQ(m->wire_count, 1);
	CHECK_EQ(m->queue, PQ_NONE);
	CHECK_EQ(vm->vm_pmap.pm_resident, 1);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_ACTIVE);
	vm_page_unlock(m);
	teardown();
}

/* ---- Many threads ------------------------------------------------------- */

struct race {
	struct vmspace	*space[NTHREADS];
	vm_object_t	object;		/* what they map, or NULL: own memory */
};

/* Write my word of page 0, drop the mappings, see that nothing was lost. */
static void
race_thread(void *arg, unsigned i)
{
	struct race *r = arg;
	vm_offset_t va = FT_BASE + i * 512;
	unsigned n;

	for (n = 1; n <= NROUNDS; n++) {
		CHECK_EQ(ft_fault(r->space[i], va, n % 2 != 0 ?
		    VM_PROT_WRITE : VM_PROT_READ), KERN_SUCCESS);
		ft_store(r->space[i], va, n);
		if (n % 5 == i)
			pmap_remove(&r->space[i]->vm_pmap, FT_VA(0), FT_VA(8));
		CHECK_EQ(ft_load(r->space[i], va), n);
	}
}

LAB_TEST(fault_same_page_one_space)
{
	struct race r = { .object = NULL };
	unsigned i;

	setup();
	if (TEST_SYNCHRONISED) {
		ft_map(vm, NULL, 8, VM_PROT_RW, 0);
		for (i = 0; i < NTHREADS; i++)
			r.space[i] = vm;
		test_threads(NTHREADS, race_thread, &r);
		for (i = 0; i < NTHREADS; i++)
			CHECK_EQ(ft_load(vm, FT_BASE + i * 512), NROUNDS);
	}
	teardown();
}

LAB_TEST(fault_same_page_many_spaces)
{
	struct race r;
	unsigned i;

	setup();
	if (TEST_SYNCHRONISED) {
		r.object = ft_resident(8);
		for (i = 0; i < NTHREADS; i++) {
			r.space[i] = vmspace_alloc();
			ft_map(r.space[i], ft_keep(r.object), 8, VM_PROT_RW,
			    0);
		}
		ft_map(vm, r.object, 8, VM_PROT_RW, 0);
		test_threads(NTHREADS, race_thread, &r);
		for (i = 0; i < NTHREADS; i++) {
			CHECK_EQ(ft_load(vm, FT_BASE + i * 512), NROUNDS);
			vmspace_free(r.space[i]);
		}
	}
	teardown();
}

/* ---- Shortage ----------------------------------------------------------- */

struct shortage {
	vm_object_t	hog;
	vm_pindex_t	hogged;
	vm_pindex_t	freed;
	uint32_t	done;		/* (a) */
};

/* Thread 0 faults where no page is left; thread 1 frees one when it waits. */
static void
shortage_thread(void *arg, unsigned i)
{
	struct shortage *s = arg;
	unsigned n;

	if (i == 0) {
		for (n = 0; n < 20; n++)
			ft_store(vm, FT_VA(n), n);
		atomic_store_rel_int(&s->done, 1);
		return;
	}
	while (atomic_load_acq_int(&s->done) == 0) {
		if (sleepq_sleepers(&vm_shortage) == 0) {
			md_spin_hint();
			continue;
		}
		CHECK(s->hogged > 0);
		s->hogged--;
		s->freed++;
		pv_free(pv_grab(s->hog, s->hogged, VM_ALLOC_NORMAL));
	}
}

LAB_TEST(fault_recovers_from_shortage)
{
	struct shortage s = { .hogged = 0 };
	vm_page_t m;
	unsigned n;

	setup();
	if (TEST_SYNCHRONISED) {
		s.hog = vm_object_allocate(OBJT_DEFAULT, FT_FRAMES);
		ft_map(vm, NULL, 20, VM_PROT_RW, 0);
		ft_store(vm, FT_VA(0), 1);
		while ((m = pv_alloc(s.hog, s.hogged, VM_ALLOC_NORMAL)) !=
		    NULL) {
			pv_xunbusy(m);
			s.hogged++;
		}
		test_threads(2, shortage_thread, &s);
		/* Page 0 was there; each of the others had to be waited for. */
		CHECK(s.freed >= 19);
		for (n = 0; n < 20; n++)
			CHECK_EQ(ft_load(vm, FT_VA(n)), n);
		vm_object_deallocate(s.hog);
	}
	teardown();
}
