/*
 * Validity and dirt by block, advice, the attempt to free: each function of
 * sys/vm/vm_page_valid.c, bit by bit.
 */
#include <string.h>

#include "vm_test.h"

static vm_object_t object;

/* A managed page at index 0, unbusied, filled with 0xaa, object locked. */
static vm_page_t
begin(void)
{
	vm_page_t m;

	test_boot(256);
	object = vm_object_allocate(OBJT_DEFAULT, 8);
	m = pv_grab(object, 0, VM_ALLOC_NORMAL);
	memset(vm_page_dmap(m), 0xaa, PAGE_SIZE);
	pv_object_lock(object);
	pv_xunbusy_locked(m);
	return (m);
}

static void
end(void)
{
	pv_object_unlock(object);
	vm_object_deallocate(object);
	test_end();
}

static unsigned
byte(vm_page_t m, unsigned at)
{
	return (((unsigned char *)vm_page_dmap(m))[at]);
}

LAB_TEST(valid_range_clears_the_rest_of_its_blocks)
{
	vm_page_t m = begin();

	vm_page_set_valid_range(m, 600, 1000);	/* blocks 1 to 3 */
	CHECK_EQ(m->valid, 0x0e);
	CHECK_EQ(byte(m, 511), 0xaa);
	CHECK_EQ(byte(m, 512), 0);
	CHECK_EQ(byte(m, 599), 0);
	CHECK_EQ(byte(m, 600), 0xaa);
	CHECK_EQ(byte(m, 1599), 0xaa);
	CHECK_EQ(byte(m, 1600), 0);
	CHECK_EQ(byte(m, 2047), 0);
	CHECK_EQ(byte(m, 2048), 0xaa);
	/* A block that is valid already keeps its bytes. */
	vm_page_set_valid_range(m, 700, 10);
	CHECK_EQ(byte(m, 650), 0xaa);
	vm_page_set_valid_range(m, 0, 0);
	CHECK_EQ(m->valid, 0x0e);
	end();
}

LAB_TEST(valid_is_asked_by_touched_blocks)
{
	vm_page_t m = begin();

	CHECK(!vm_page_is_valid(m, 0, 0));
	vm_page_set_valid_range(m, 512, 512);
	CHECK(vm_page_is_valid(m, 512, 512));
	CHECK(vm_page_is_valid(m, 600, 1));
	CHECK(!vm_page_is_valid(m, 511, 2));
	CHECK(!vm_page_is_valid(m, 1023, 2));
	vm_page_zero_invalid(m, true);
	CHECK(vm_page_is_valid(m, 0, PAGE_SIZE));
	CHECK_EQ(byte(m, 511), 0);
	CHECK_EQ(byte(m, 512), 0xaa);
	CHECK_EQ(byte(m, 1024), 0);
	end();
}

LAB_TEST(validclean_cleans_whole_blocks_only)
{
	vm_page_t m = begin();

	vm_page_dirty(m);
	vm_page_set_validclean(m, 100, 1500);	/* touches 0-3, whole 1, 2 */
	CHECK_EQ(m->valid, 0x0f);
	CHECK_EQ(m->dirty, 0xf9);
	vm_page_set_invalid(m, 0, 512);
	CHECK_EQ(m->valid, 0x0e);
	CHECK_EQ(m->dirty, 0xf8);
	vm_page_clear_dirty_mask(m, 0x88);
	CHECK_EQ(m->dirty, 0x70);
	end();
}

LAB_TEST(invalid_unmaps_and_test_dirty_collects)
{
	struct vmspace *vm;
	vm_page_t m = begin();
	vm_offset_t va = 1 << 20;

	vm_page_zero_invalid(m, true);
	pv_object_unlock(object);
	vm = vmspace_alloc();
	vm_object_reference(object);
	CHECK_EQ(vm_map_insert(&vm->vm_map, object, 0, va, va + PAGE_SIZE,
	    VM_PROT_RW, 0), KERN_SUCCESS);
	CHECK_EQ(vm_fault(&vm->vm_map, va, VM_PROT_READ, 0), KERN_SUCCESS);
	pv_object_lock(object);
	vm_page_undirty(m);
	vm_page_test_dirty(m);
	CHECK_EQ(m->dirty, 0);
	CHECK(pmap_access(&vm->vm_pmap, va, VM_PROT_WRITE) != NULL);
	vm_page_test_dirty(m);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	vm_page_set_invalid(m, 0, 1);
	CHECK(!pmap_page_is_mapped(m));
	CHECK_EQ(m->valid, 0xfe);
	pv_object_unlock(object);
	vmspace_free(vm);
	pv_object_lock(object);
	end();
}

LAB_TEST(try_to_free_spares_what_is_needed)
{
	vm_page_t m = begin();

	vm_page_lock(m);
	vm_page_dirty(m);
	CHECK(!vm_page_try_to_free(m));
	vm_page_undirty(m);
	vm_page_hold(m);
	CHECK(!vm_page_try_to_free(m));
	vm_page_unhold(m);
	vm_page_wire(m);
	CHECK(!vm_page_try_to_free(m));
	vm_page_unwire(m, PQ_ACTIVE);
	if (TEST_SYNCHRONISED) {
		pv_sbusy_locked(m);
		CHECK(!vm_page_try_to_free(m));
		vm_page_unlock(m);
		pv_sunbusy_locked(m);
		vm_page_lock(m);
	}
	CHECK(vm_page_try_to_free(m));
	vm_page_unlock(m);
	CHECK_EQ(object->resident_page_count, 0);
	end();
}

LAB_TEST(advice_queues_and_cleans)
{
	vm_page_t m = begin();

	vm_page_lock(m);
	vm_page_advise(m, MADV_WILLNEED);
	CHECK_EQ(m->queue, PQ_ACTIVE);
	vm_page_dirty(m);
	vm_page_aflag_set(m, PGA_REFERENCED);
	vm_page_advise(m, MADV_DONTNEED);
	CHECK_EQ(m->queue, PQ_INACTIVE);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	CHECK_EQ(m->aflags & PGA_REFERENCED, 0);
	vm_page_advise(m, MADV_FREE);
	CHECK_EQ(m->dirty, 0);
	vm_page_unlock(m);
	end();
}

LAB_TEST(neighbours_and_cached_flags)
{
	vm_page_t m = begin(), two, three;

	two = vm_page_alloc(object, 2, VM_ALLOC_NOBUSY | VM_ALLOC_IFNOTCACHED);
	three = vm_page_alloc(object, 3, VM_ALLOC_NOBUSY | VM_ALLOC_NODUMP);
	CHECK(two != NULL && three != NULL);
	CHECK(vm_page_alloc(object, 4, VM_ALLOC_IFCACHED) == NULL);
	CHECK(vm_page_next(m) == NULL);
	CHECK(vm_page_prev(m) == NULL);
	CHECK(vm_page_prev(two) == NULL);
	CHECK(vm_page_prev(three) == two);
	CHECK(vm_page_next(two) == three);
	end();
}
