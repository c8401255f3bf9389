/*
 * What the 9.x KPI refuses: busy twice, the end of a busy that is not there,
 * and sleep with the wrong lock.  Calls without the object's lock are in
 * test/unit/test_contract.c.
 */
#include "busy_test.h"

/* The object stays locked. */
static vm_page_t
boot_page(unsigned oflags, unsigned busy)
{
	return (bt_page(bt_boot(), 3, oflags, busy));
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
