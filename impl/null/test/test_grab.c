/*
 * vm_page_grab() where no lock exists to be missing: it finds or makes the
 * page all the same, and never waits.
 */
#include <unit/vm_test.h>

LAB_TEST(grab_finds_or_makes)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(128);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	m = vm_page_grab(object, 3, VM_ALLOC_ZERO);
	CHECK(vm_page_lookup(object, 3) == m);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m), 0);
	/* Grabbed already, elsewhere it would be busied and waited for. */
	CHECK(vm_page_grab(object, 3, VM_ALLOC_NORMAL) == m);
	CHECK(vm_page_grab(object, 3, VM_ALLOC_SBUSY |
	    VM_ALLOC_IGN_SBUSY) == m);
	CHECK_EQ(object->resident_page_count, 1);
	vm_object_deallocate(object);
	test_end();
}
