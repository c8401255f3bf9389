/*
 * Copy on write: whose bytes a private mapping sees, before and after it
 * writes, over chains of shadows, and when pages move instead of being copied.
 */
#include "fault_test.h"

#define	COW		(MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)
#define	NTHREADS	4
#define	NPAGES		8

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

LAB_TEST(cow_isolates)
{
	struct vmspace *other;
	vm_object_t object;

	setup();
	other = vmspace_alloc();
	object = ft_resident(NPAGES);
	ft_map(other, ft_keep(object), NPAGES, VM_PROT_RW, 0);
	ft_map(vm, object, NPAGES, VM_PROT_RW, COW);
	ft_store(vm, FT_VA(3), 1000);
	CHECK_EQ(ft_page(object, 3)->queue, PQ_INACTIVE);
	CHECK_EQ(ft_load(vm, FT_VA(3)), 1000);
	/* The rest of the page was copied. */
	CHECK_EQ(ft_load(vm, FT_VA(3) + 8), 4);
	CHECK_EQ(ft_load(vm, FT_VA(4) - 8), 4);
	CHECK(ft_page_is(other, FT_VA(3), 4));
	CHECK_EQ(*(uint64_t *)vm_page_dmap(ft_page(object, 3)), 4);
	/* What is not copied yet is still shared. */
	ft_store(other, FT_VA(5), 2000);
	CHECK_EQ(ft_load(vm, FT_VA(5)), 2000);
	ft_store(other, FT_VA(3), 3000);
	CHECK_EQ(ft_load(vm, FT_VA(3)), 1000);
	CHECK_EQ(object->shadow_count, 1);
	CHECK_EQ(object->resident_page_count, NPAGES);
	vmspace_free(other);
	teardown();
}

/* Reading maps the page behind, without the right to write. */
LAB_TEST(cow_first_write_after_read)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = ft_keep(ft_resident(NPAGES));
	ft_map(vm, object, NPAGES, VM_PROT_RW, COW);
	CHECK_EQ(ft_load(vm, FT_VA(2)), 3);
	m = ft_page(object, 2);
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(2), NULL) == m);
	CHECK(pmap_access(&vm->vm_pmap, FT_VA(2), VM_PROT_WRITE) == NULL);
	ft_store(vm, FT_VA(2), 77);
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(2), NULL) != m);
	CHECK_EQ(ft_load(vm, FT_VA(2)), 77);
	/* Through the shadow now, and still not writable where it is shared. */
	pmap_remove(&vm->vm_pmap, FT_VA(0), FT_VA(NPAGES));
	CHECK_EQ(ft_fault(vm, FT_VA(6), VM_PROT_READ), KERN_SUCCESS);
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(6), NULL) ==
	    ft_page(object, 6));
	CHECK(pmap_access(&vm->vm_pmap, FT_VA(6), VM_PROT_WRITE) == NULL);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m), 3);
	CHECK_EQ(object->paging_in_progress, 0);
	vm_object_deallocate(object);
	teardown();
}

/*
 * Three objects deep: each level holds one page of its own, and each reference
 * is doubled so that nothing may be moved.
 */
static vm_object_t
chain(vm_object_t *level)
{
	vm_object_t object = ft_keep(ft_resident(NPAGES));
	vm_ooffset_t offset;
	vm_page_t m;
	unsigned i;

	level[0] = object;
	for (i = 1; i <= 3; i++) {
		offset = 0;
		vm_object_shadow(&object, &offset, NPAGES);
		CHECK(object->backing_object == level[i - 1]);
		m = pv_grab(object, i, VM_ALLOC_NORMAL);
		*(uint64_t *)vm_page_dmap(m) = 100 * i;
		pv_object_lock(object);
		m->valid = VM_PAGE_BITS_ALL;
		pv_object_unlock(object);
		pv_xunbusy(m);
		level[i] = ft_keep(object);
	}
	return (object);
}

LAB_TEST(cow_chain_of_three)
{
	vm_object_t level[4], object;
	unsigned i;

	setup();
	object = chain(level);
	ft_map(vm, object, NPAGES, VM_PROT_RW, COW);
	CHECK_EQ(ft_load(vm, FT_VA(0)), 1);
	CHECK_EQ(ft_load(vm, FT_VA(1)), 100);
	CHECK_EQ(ft_load(vm, FT_VA(2)), 200);
	CHECK_EQ(ft_load(vm, FT_VA(3)), 300);
	for (i = 0; i < 4; i++)
		ft_store(vm, FT_VA(i), 9000 + i);
	for (i = 0; i < 4; i++) {
		CHECK_EQ(ft_load(vm, FT_VA(i)), 9000 + i);
		CHECK_EQ(*(uint64_t *)vm_page_dmap(ft_page(level[i], i)),
		    i == 0 ? 1 : 100 * i);
		CHECK_EQ(level[i]->paging_in_progress, 0);
		vm_object_deallocate(level[i]);
	}
	teardown();
}

/* Offsets along a chain add up. */
LAB_TEST(cow_offsets_add_up)
{
	vm_object_t object, base;
	vm_ooffset_t offset;

	setup();
	base = ft_keep(ft_resident(NPAGES));
	object = base;
	offset = ptoa(2);
	vm_object_shadow(&object, &offset, NPAGES - 2);
	CHECK_EQ(offset, 0);
	CHECK_EQ(vm_map_insert(&vm->vm_map, ft_keep(object), ptoa(1),
	    FT_VA(0), FT_VA(4), VM_PROT_RW, COW), KERN_SUCCESS);
	CHECK_EQ(ft_load(vm, FT_VA(0)), 4);
	ft_store(vm, FT_VA(1), 50);
	CHECK_EQ(ft_load(vm, FT_VA(1) + 8), 5);
	CHECK_EQ(ft_load(vm, FT_VA(2)), 6);
	vm_object_deallocate(object);
	vm_object_deallocate(base);
	teardown();
}

/* Zero fill behind a shadow: the page appears in front. */
LAB_TEST(cow_zero_fill_in_front)
{
	vm_object_t object;

	setup();
	object = ft_keep(vm_object_allocate(OBJT_DEFAULT, NPAGES));
	ft_map(vm, object, NPAGES, VM_PROT_RW, COW);
	ft_store(vm, FT_VA(1), 5);
	CHECK_EQ(ft_load(vm, FT_VA(1) + 8), 0);
	CHECK_EQ(pmap_extract(&vm->vm_pmap, FT_VA(1), NULL)->queue, PQ_ACTIVE);
	CHECK_EQ(object->resident_page_count, 0);
	CHECK_EQ(object->paging_in_progress, 0);
	vm_object_deallocate(object);
	teardown();
}

/* The last one to use the object behind takes its page instead of a copy. */
LAB_TEST(cow_moves_when_alone)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = ft_keep(ft_resident(NPAGES));
	ft_map(vm, object, NPAGES, VM_PROT_RW, COW);
	ft_store(vm, FT_VA(0), 1);	/* the shadow exists from here */
	CHECK_EQ(ft_load(vm, FT_VA(2)), 3);
	m = ft_page(object, 2);
	vm_object_deallocate(object);	/* its shadow has the last one */
	ft_store(vm, FT_VA(2), 33);
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(2), NULL) == m);
	CHECK(m->object != object);
	CHECK(!pv_busied(m));
	CHECK_EQ(ft_load(vm, FT_VA(2)), 33);
	CHECK_EQ(ft_load(vm, FT_VA(2) + 8), 3);
	CHECK_EQ(object->resident_page_count, NPAGES - 1);
	CHECK_EQ(object->paging_in_progress, 0);
	teardown();
}

/* ---- Many threads, one object behind ------------------------------------ */

struct cow_race {
	struct vmspace	*space[NTHREADS];
};

static void
cow_thread(void *arg, unsigned i)
{
	struct cow_race *r = arg;
	vm_pindex_t n;

	for (n = 0; n < 4 * NPAGES; n++) {
		CHECK_EQ(ft_load(r->space[i], FT_VA(n) + 8), n + 1);
		ft_store(r->space[i], FT_VA(n), 100 * (i + 1) + n);
		CHECK_EQ(ft_load(r->space[i], FT_VA(n) + 8), n + 1);
	}
}

LAB_TEST(cow_concurrent)
{
	struct cow_race r;
	vm_object_t object;
	unsigned i, n;

	setup();
	object = ft_resident(4 * NPAGES);
	for (i = 0; i < NTHREADS; i++) {
		r.space[i] = vmspace_alloc();
		ft_map(r.space[i], ft_keep(object), 4 * NPAGES, VM_PROT_RW,
		    COW);
	}
	if (TEST_SYNCHRONISED)
		test_threads(NTHREADS, cow_thread, &r);
	for (i = 0; i < NTHREADS; i++) {
		for (n = 0; TEST_SYNCHRONISED && n < 4 * NPAGES; n++)
			CHECK_EQ(ft_load(r.space[i], FT_VA(n)),
			    100 * (i + 1) + n);
		vmspace_free(r.space[i]);
	}
	ft_map(vm, object, 4 * NPAGES, VM_PROT_READ, 0);
	for (n = 0; n < 4 * NPAGES; n++)
		CHECK(ft_page_is(vm, FT_VA(n), n + 1));
	teardown();
}
