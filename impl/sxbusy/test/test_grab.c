/*
 * The lock vm_page_grab() needs at r254138: the write lock, whatever it does.
 * impl/sxbusy_rlock, which relaxes that, has a file of this name instead.
 */
#include "busy_test.h"

static vm_object_t
boot_resident(void)
{
	vm_object_t object;

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	(void)bt_page(object, 0, BT_U);
	return (object);
}

LAB_TEST_PANIC(grab_without_a_lock_panics, "rwlock vm object not write-locked")
{
	(void)vm_page_grab(boot_resident(), 0, VM_ALLOC_NORMAL);
}

LAB_TEST_PANIC(grab_with_the_read_lock_panics,
    "rwlock vm object not write-locked")
{
	vm_object_t object = boot_resident();

	VM_OBJECT_RLOCK(object);
	(void)vm_page_grab(object, 0, VM_ALLOC_NORMAL);
}

LAB_TEST_PANIC(grab_shared_with_the_read_lock_panics,
    "rwlock vm object not write-locked")
{
	vm_object_t object = boot_resident();

	VM_OBJECT_RLOCK(object);
	(void)vm_page_grab(object, 0, VM_ALLOC_SBUSY | VM_ALLOC_IGN_SBUSY);
}
