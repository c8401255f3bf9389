/*
 * Between r248084 and r254138: who only looks takes the object's lock for
 * reading, who busies for writing.  Overrides impl/rwlock_vpo/test/test_mode.c.
 */
#include <unit/vm_test.h>

static vm_object_t	object;

static void
boot(void)
{
	test_boot(256);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
}

static void
end(void)
{
	CHECK_EQ(object->lock.rw_lock, RW_UNLOCKED);
	vm_object_deallocate(object);
	test_end();
}

static void
look_beside(void *arg, unsigned i)
{
	(void)arg, (void)i;
	CHECK(!pv_object_trylock(object));
	pv_object_lock_read(object);
	CHECK(vm_page_lookup(object, 0) == NULL);
	pv_object_unlock_read(object);
}

LAB_TEST(mode_to_look_is_read)
{
	boot();
	pv_object_lock(object);
	CHECK(rw_wowned(&object->lock));
	pv_object_unlock(object);
	pv_object_lock_read(object);
	CHECK(!rw_wowned(&object->lock));
	test_threads(1, look_beside, NULL);
	pv_object_unlock_read(object);
	end();
}

LAB_TEST_PANIC(mode_to_busy_is_write, "rwlock vm object not write-locked")
{
	vm_page_t m;

	boot();
	pv_object_lock(object);
	m = vm_page_alloc(object, 0, VM_ALLOC_NOBUSY);
	pv_object_unlock(object);
	pv_object_lock_read(object);
	pv_xbusy_locked(m);
}
