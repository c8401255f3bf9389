/*
 * r248084's midpoint: LOCK means WLOCK, everywhere.
 *
 * Goal: this folder differs from 9.x in the kind of lock and in nothing else,
 * so a thread that only looks takes the lock for writing too.  Method: what
 * each verb leaves the lock as.  impl/rwlock_read, which inherits this folder
 * and reads where it looks, has a file of this name of its own.
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

LAB_TEST(mode_of_the_verbs_is_write)
{
	boot();
	pv_object_lock(object);
	CHECK(rw_wowned(&object->lock));
	pv_object_unlock(object);
	CHECK(pv_object_trylock(object));
	CHECK(rw_wowned(&object->lock));
	pv_object_unlock(object);
	pv_object_lock_read(object);
	CHECK(rw_wowned(&object->lock));
	pv_object_assert_read(object);
	pv_object_unlock_read(object);
	end();
}

/* 9.x's names, as the inherited code says them. */
LAB_TEST(mode_of_the_old_names_is_write)
{
	boot();
	VM_OBJECT_LOCK(object);
	CHECK(rw_wowned(&object->lock) && VM_OBJECT_LOCKED(object));
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	VM_OBJECT_ASSERT_WLOCKED(object);
	CHECK_EQ(VM_OBJECT_MSLEEP(object, object, PVM, "test", 1000),
	    EWOULDBLOCK);
	CHECK(rw_wowned(&object->lock));
	VM_OBJECT_UNLOCK(object);
	VM_OBJECT_LOCK_ASSERT(object, MA_NOTOWNED);
	VM_OBJECT_RLOCK(object);
	CHECK(!VM_OBJECT_LOCKED(object));
	VM_OBJECT_RUNLOCK(object);
	end();
}

static void
try_beside_reader(void *arg, unsigned i)
{
	(void)arg, (void)i;
	CHECK(!pv_object_trylock(object));
	CHECK(VM_OBJECT_TRYRLOCK(object));
	VM_OBJECT_RUNLOCK(object);
}

/* The read form is there, for consumers: the VM itself never takes it. */
LAB_TEST(mode_read_is_shared_and_keeps_the_verbs_out)
{
	boot();
	VM_OBJECT_RLOCK(object);
	test_threads(1, try_beside_reader, NULL);
	VM_OBJECT_RUNLOCK(object);
	end();
}

/* What looks asks for the write lock still: 9.x's index wrote as it looked. */
LAB_TEST_PANIC(mode_read_is_not_enough_to_look,
    "rwlock vm object not write-locked")
{
	boot();
	VM_OBJECT_RLOCK(object);
	(void)vm_page_lookup(object, 0);
}
