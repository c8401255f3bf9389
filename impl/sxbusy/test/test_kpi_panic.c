/*
 * What the busy word's KPI refuses: a busy that cannot be had, the end of a
 * busy that is not there.  The lock each function needs, or may not hold, is in
 * test/unit/test_contract.c; here are the modes of the object's.
 *
 * impl/null inherits this folder and refuses nothing.
 */
#include "busy_test.h"

#if TEST_SYNCHRONISED
static vm_page_t
boot_page(unsigned state)
{
	test_boot(BT_FRAMES);
	return (bt_page(vm_object_allocate(OBJT_DEFAULT, 10), 3, state));
}

/* ---- Busying what cannot be --------------------------------------------- */

LAB_TEST_PANIC(kpi_xbusy_of_s_panics, "failed exclusive busying, 0x9")
{
	vm_page_xbusy(boot_page(BT_S(1)));
}

LAB_TEST_PANIC(kpi_xbusy_of_x_panics, "failed exclusive busying, 0x2")
{
	vm_page_xbusy(boot_page(BT_X));
}

LAB_TEST_PANIC(kpi_sbusy_of_x_panics, "failed shared busying, 0x2")
{
	vm_page_sbusy(boot_page(BT_X));
}

static void
do_xbusy(vm_page_t m)
{
	vm_page_xbusy(m);
}

LAB_TEST_PANIC(kpi_xbusy_of_xw_panics, "failed exclusive busying, 0x6")
{
	bt_with_sleeper(BT_X, do_xbusy);
}

LAB_TEST_PANIC(kpi_xbusy_of_sw_panics, "failed exclusive busying, 0x15")
{
	bt_with_sleeper(BT_S(2), do_xbusy);
}

static void
do_sbusy(vm_page_t m)
{
	vm_page_sbusy(m);
}

LAB_TEST_PANIC(kpi_sbusy_of_xw_panics, "failed shared busying, 0x6")
{
	bt_with_sleeper(BT_X, do_sbusy);
}

/* ---- Ending what is not there ------------------------------------------- */

LAB_TEST_PANIC(kpi_xunbusy_of_u_panics, "not exclusive busy, 0x1")
{
	vm_page_xunbusy(boot_page(BT_U));
}

/* Sharers would be dropped in silence. */
LAB_TEST_PANIC(kpi_xunbusy_of_s_panics, "not exclusive busy, 0x11")
{
	vm_page_xunbusy(boot_page(BT_S(2)));
}

LAB_TEST_PANIC(kpi_sunbusy_of_u_panics, "not shared busy, 0x1")
{
	vm_page_sunbusy(boot_page(BT_U));
}

LAB_TEST_PANIC(kpi_sunbusy_of_x_panics, "not shared busy, 0x2")
{
	vm_page_sunbusy(boot_page(BT_X));
}

static void
do_sunbusy(vm_page_t m)
{
	vm_page_sunbusy(m);
}

LAB_TEST_PANIC(kpi_sunbusy_of_xw_panics, "not shared busy, 0x6")
{
	bt_with_sleeper(BT_X, do_sunbusy);
}

LAB_TEST_PANIC(kpi_downgrade_of_u_panics, "not exclusive busy, 0x1")
{
	vm_page_busy_downgrade(boot_page(BT_U));
}

LAB_TEST_PANIC(kpi_downgrade_of_s_panics, "not exclusive busy, 0x9")
{
	vm_page_busy_downgrade(boot_page(BT_S(1)));
}

LAB_TEST_PANIC(kpi_assert_sbusied_panics, "not shared busy, 0x2")
{
	vm_page_t m = boot_page(BT_X);

	vm_page_assert_sbusied(m);
}

LAB_TEST_PANIC(kpi_assert_xbusied_panics, "not exclusive busy, 0x9")
{
	vm_page_t m = boot_page(BT_S(1));

	vm_page_assert_xbusied(m);
}

LAB_TEST_PANIC(kpi_assert_unbusied_panics, "busy, 0x9")
{
	vm_page_t m = boot_page(BT_S(1));

	vm_page_assert_unbusied(m);
}

LAB_TEST_PANIC(kpi_free_of_s_panics, "is shared busy")
{
	test_free(boot_page(BT_S(1)));
}

static void
do_free(vm_page_t m)
{
	test_free(m);
}

LAB_TEST_PANIC(kpi_free_of_sw_panics, "is shared busy")
{
	bt_with_sleeper(BT_S(1), do_free);
}

LAB_TEST_PANIC(kpi_readahead_finish_of_an_unbusied_page_panics,
    "not exclusive busy, 0x1")
{
	vm_page_t m = boot_page(BT_U);

	VM_OBJECT_WLOCK(m->object);
	vm_page_readahead_finish(m);
}

/* ---- The object lock's own macros --------------------------------------- */

static vm_object_t
boot_object(void)
{
	test_boot(BT_FRAMES);
	return (vm_object_allocate(OBJT_DEFAULT, 10));
}

LAB_TEST(kpi_object_lock_modes)
{
	vm_object_t object = boot_object();

	VM_OBJECT_ASSERT_UNLOCKED(object);
	VM_OBJECT_RLOCK(object);
	VM_OBJECT_ASSERT_RLOCKED(object);
	VM_OBJECT_ASSERT_LOCKED(object);
	CHECK(!VM_OBJECT_TRYWLOCK(object) && !rw_wowned(&object->lock));
	CHECK(VM_OBJECT_TRYUPGRADE(object));
	VM_OBJECT_ASSERT_WLOCKED(object);
	CHECK(rw_wowned(&object->lock) && !VM_OBJECT_TRYRLOCK(object));
	VM_OBJECT_LOCK_DOWNGRADE(object);
	VM_OBJECT_ASSERT_RLOCKED(object);
	VM_OBJECT_RUNLOCK(object);
	CHECK(VM_OBJECT_TRYRLOCK(object));
	VM_OBJECT_RUNLOCK(object);
	CHECK(VM_OBJECT_TRYWLOCK(object));
	VM_OBJECT_ASSERT_LOCKED(object);
	/* Sleeps in the mode held, and comes back in it. */
	VM_OBJECT_SLEEP(object, &object->size, PVM, "test", 1000);
	VM_OBJECT_ASSERT_WLOCKED(object);
	VM_OBJECT_LOCK_DOWNGRADE(object);
	VM_OBJECT_SLEEP(object, &object->size, PVM, "test", 1000);
	VM_OBJECT_ASSERT_RLOCKED(object);
	VM_OBJECT_RUNLOCK(object);
	VM_OBJECT_ASSERT_UNLOCKED(object);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST_PANIC(kpi_object_assert_unlocked_panics, "rwlock vm object locked")
{
	vm_object_t object = boot_object();

	VM_OBJECT_RLOCK(object);
	VM_OBJECT_ASSERT_UNLOCKED(object);
}

LAB_TEST_PANIC(kpi_object_assert_rlocked_panics,
    "rwlock vm object not read-locked")
{
	vm_object_t object = boot_object();

	VM_OBJECT_WLOCK(object);
	VM_OBJECT_ASSERT_RLOCKED(object);
}
#endif /* TEST_SYNCHRONISED */
