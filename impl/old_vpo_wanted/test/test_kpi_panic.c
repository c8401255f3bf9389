/*
 * What the 9.x KPI refuses: busy twice, the end of a busy that is not there,
 * and any call without the object's lock.
 *
 * The words of the lock's assertion are the mutex's or, in impl/rwlock_vpo,
 * the rwlock's; " vm object not " is in both.
 */
#include "busy_test.h"

#define	NOT_LOCKED	" vm object not "

/* The object stays locked. */
static vm_page_t
boot_page(unsigned oflags, unsigned busy)
{
	return (bt_page(bt_boot(), 3, oflags, busy));
}

static vm_page_t
unlocked_page(unsigned oflags, unsigned busy)
{
	vm_page_t m = boot_page(oflags, busy);

	VM_OBJECT_UNLOCK(m->object);
	return (m);
}

/* ---- State -------------------------------------------------------------- */

LAB_TEST_PANIC(kpi_busy_of_a_busy_page_panics, "already busy, oflags 0x1")
{
	vm_page_busy(boot_page(BT_B, 0));
}

LAB_TEST_PANIC(kpi_wakeup_of_an_unbusied_page_panics,
    "vm_page_wakeup: page")
{
	vm_page_wakeup(boot_page(0, 1));
}

LAB_TEST_PANIC(kpi_io_finish_of_an_unbusied_page_panics,
    "vm_page_io_finish: page")
{
	vm_page_io_finish(boot_page(BT_B, 0));
}

LAB_TEST_PANIC(kpi_io_start_past_255_panics, "has 255 soft busies")
{
	vm_page_io_start(boot_page(0, 255));
}

LAB_TEST_PANIC(kpi_free_of_a_soft_busy_page_panics, "is shared busy")
{
	vm_page_t m = boot_page(BT_B, 1);

	vm_page_lock(m);
	vm_page_free(m);
}

/* ---- Locks -------------------------------------------------------------- */

LAB_TEST_PANIC(kpi_busy_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_busy(unlocked_page(0, 0));
}

LAB_TEST_PANIC(kpi_wakeup_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_wakeup(unlocked_page(BT_B, 0));
}

LAB_TEST_PANIC(kpi_flash_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_flash(unlocked_page(BT_B, 0));
}

LAB_TEST_PANIC(kpi_io_start_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_io_start(unlocked_page(0, 0));
}

LAB_TEST_PANIC(kpi_io_finish_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_io_finish(unlocked_page(0, 2));
}

LAB_TEST_PANIC(kpi_sleep_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_sleep(unlocked_page(BT_B, 0), "test");
}

LAB_TEST_PANIC(kpi_sleep_if_busy_without_the_lock_panics, NOT_LOCKED)
{
	(void)vm_page_sleep_if_busy(unlocked_page(BT_B, 0), 1, "test");
}

LAB_TEST_PANIC(kpi_readahead_finish_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_readahead_finish(unlocked_page(BT_B, 0));
}

LAB_TEST_PANIC(kpi_remove_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_t m = unlocked_page(BT_B, 0);

	vm_page_lock(m);
	vm_page_remove(m);
}

LAB_TEST_PANIC(kpi_remove_without_the_page_lock_panics,
    "mutex vm page not owned")
{
	vm_page_remove(boot_page(BT_B, 0));
}

LAB_TEST_PANIC(kpi_grab_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_t m = unlocked_page(0, 0);

	(void)vm_page_grab(m->object, 3, VM_ALLOC_RETRY);
}

LAB_TEST_PANIC(kpi_alloc_without_the_lock_panics, NOT_LOCKED)
{
	vm_page_t m = unlocked_page(0, 0);

	(void)vm_page_alloc(m->object, 4, VM_ALLOC_NORMAL);
}

/* The object's lock is the one that may be slept with, no other. */
LAB_TEST_PANIC(kpi_sleep_with_another_object_locked_panics,
    "sleep \"test\" while vm object")
{
	vm_page_t m = boot_page(BT_B, 0);
	vm_object_t other;

	VM_OBJECT_UNLOCK(m->object);
	other = vm_object_allocate(OBJT_DEFAULT, 1);
	VM_OBJECT_LOCK(other);
	VM_OBJECT_LOCK(m->object);
	vm_page_sleep(m, "test");
}

LAB_TEST(kpi_object_lock)
{
	vm_object_t object = bt_boot();

	CHECK(VM_OBJECT_LOCKED(object));
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	CHECK(!VM_OBJECT_TRYLOCK(object));
	VM_OBJECT_MSLEEP(object, &object->size, PVM, "test", 1000);
	CHECK(VM_OBJECT_LOCKED(object));
	VM_OBJECT_UNLOCK(object);
	VM_OBJECT_LOCK_ASSERT(object, MA_NOTOWNED);
	CHECK(!VM_OBJECT_LOCKED(object));
	CHECK(VM_OBJECT_TRYLOCK(object));
	bt_end(object);
}
