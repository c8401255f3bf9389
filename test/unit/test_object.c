/*
 * Objects: references, shadow chains, termination, and taking pages away,
 * which unmaps them and spares wired ones.  That it waits for busy ones is in
 * test_object_wait.c.
 */
#include "object_test.h"

LAB_TEST(object_last_reference_frees_all_pages)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(FRAMES);
	object = object_with_pages(40);
	m = lookup(object, 9);
	vm_page_lock(m);
	vm_page_activate(m);
	vm_page_unlock(m);
	vm_object_reference(object);
	CHECK_EQ(object->ref_count, 2);
	vm_object_deallocate(object);
	CHECK_EQ(vm_object_count(), 1);
	CHECK_EQ(object->resident_page_count, 40);
	vm_object_deallocate(object);
	CHECK_EQ(vm_object_count(), 0);
	CHECK_EQ(vm_radix_nodes(), 0);
	CHECK_EQ(vm_free_count(), FRAMES);
	test_end();
}

/* The wired page outlives its object and is freed by who wired it. */
LAB_TEST(object_end_leaves_a_wired_page)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(FRAMES);
	object = object_with_pages(3);
	m = lookup(object, 1);
	vm_page_lock(m);
	vm_page_wire(m);
	vm_page_unlock(m);
	vm_object_deallocate(object);
	CHECK_EQ(vm_free_count(), FRAMES - 1);
	CHECK(m->object == NULL);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_INACTIVE);
	CHECK_EQ(m->queue, PQ_NONE);
	vm_page_free(m);
	vm_page_unlock(m);
	test_end();
}

LAB_TEST(object_shadow_goes_in_front)
{
	vm_object_t source, object;
	vm_ooffset_t offset = 8 * PAGE_SIZE;

	test_boot(FRAMES);
	object = source = object_with_pages(20);
	vm_object_reference(source);
	vm_object_shadow(&object, &offset, 5);
	CHECK(object != source && object->backing_object == source);
	CHECK_EQ(object->backing_object_offset, 8 * PAGE_SIZE);
	CHECK_EQ(offset, 0);
	CHECK_EQ(object->size, 5);
	CHECK_EQ(source->ref_count, 2);
	CHECK_EQ(source->shadow_count, 1);
	/* The shadow's end drops what it had of the source. */
	vm_object_deallocate(object);
	CHECK_EQ(source->ref_count, 1);
	CHECK_EQ(source->shadow_count, 0);
	vm_object_deallocate(source);
	test_end();
}

LAB_TEST(object_without_other_users_is_not_shadowed)
{
	vm_object_t source, object;
	vm_ooffset_t offset = PAGE_SIZE;

	test_boot(FRAMES);
	object = source = object_with_pages(2);
	vm_object_shadow(&object, &offset, 2);
	CHECK(object == source);
	CHECK_EQ(offset, PAGE_SIZE);
	vm_object_deallocate(object);
	object = source = vm_object_allocate(OBJT_VNODE, 2);
	vm_object_shadow(&object, &offset, 2);
	CHECK(object != source);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(object_chain_ends_with_its_front)
{
	vm_object_t object;
	vm_ooffset_t offset = 0;

	test_boot(FRAMES);
	object = object_with_pages(4);
	for (unsigned i = 0; i < 5; i++) {
		vm_object_reference(object);
		vm_object_shadow(&object, &offset, 4);
		vm_object_deallocate(object->backing_object);
	}
	CHECK_EQ(vm_object_count(), 6);
	vm_object_deallocate(object);
	CHECK_EQ(vm_object_count(), 0);
	test_end();
}

LAB_TEST(object_page_remove_takes_the_range)
{
	vm_object_t object;

	test_boot(FRAMES);
	object = object_with_pages(30);
	remove_range(object, 10, 20);
	CHECK(lookup(object, 9) != NULL && lookup(object, 20) != NULL);
	CHECK(lookup(object, 10) == NULL && lookup(object, 19) == NULL);
	CHECK_EQ(object->resident_page_count, 20);
	remove_range(object, 25, 0);
	CHECK_EQ(object->resident_page_count, 15);
	remove_range(object, 0, 0);
	CHECK_EQ(object->resident_page_count, 0);
	remove_range(object, 0, 0);
	CHECK_EQ(object->paging_in_progress, 0);
	CHECK_EQ(vm_free_count(), FRAMES);
	vm_object_deallocate(object);
	test_end();
}

/* Map the object's pages 0 and 1 at these addresses. */
#define	VA(i)	(0x10000 + ptoa(i))

static void
map_two(struct vmspace *vm, vm_object_t object)
{
	pv_object_lock(object);
	for (unsigned i = 0; i < 2; i++)
		CHECK_EQ(pmap_enter(&vm->vm_pmap, VA(i), VM_PROT_WRITE,
		    vm_page_lookup(object, i), VM_PROT_RW, 0), KERN_SUCCESS);
	pv_object_unlock(object);
}

LAB_TEST(object_page_remove_unmaps_and_spares_wired)
{
	struct vmspace *vm;
	vm_object_t object;
	vm_page_t wired;

	test_boot(FRAMES);
	vm = vmspace_alloc();
	object = object_with_pages(2);
	wired = lookup(object, 1);
	wired->valid = VM_PAGE_BITS_ALL;
	vm_page_lock(wired);
	vm_page_wire(wired);
	vm_page_dirty(wired);
	vm_page_unlock(wired);
	map_two(vm, object);
	CHECK(pmap_extract(&vm->vm_pmap, VA(0), NULL) != NULL);
	remove_range(object, 0, 0);
	CHECK(pmap_extract(&vm->vm_pmap, VA(0), NULL) == NULL);
	CHECK(pmap_extract(&vm->vm_pmap, VA(1), NULL) == NULL);
	CHECK(lookup(object, 0) == NULL && lookup(object, 1) == wired);
	CHECK_EQ(wired->valid, 0);
	CHECK_EQ(wired->dirty, 0);
	vm_page_lock(wired);
	vm_page_unwire(wired, PQ_NONE);
	vm_page_unlock(wired);
	vmspace_free(vm);
	vm_object_deallocate(object);
	test_end();
}

/* Nobody may map a page that is being freed. */
LAB_TEST_PANIC(object_free_of_a_mapped_page_panics, "is mapped")
{
	vm_object_t object;

	test_boot(FRAMES);
	object = object_with_pages(2);
	map_two(vmspace_alloc(), object);
	vm_object_deallocate(object);
}

LAB_TEST_PANIC(object_reference_to_none_panics, "has no reference")
{
	vm_object_t object;

	test_boot(FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 1);
	object->ref_count = 0;
	vm_object_deallocate(object);
}

#if TEST_SYNCHRONISED
LAB_TEST_PANIC(object_end_with_a_busy_page_panics, "is busy")
{
	vm_object_t object;

	test_boot(FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 1);
	(void)pv_alloc(object, 0, VM_ALLOC_NORMAL);
	vm_object_deallocate(object);
}
#endif /* TEST_SYNCHRONISED */
