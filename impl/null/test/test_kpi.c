/*
 * The KPI with nothing behind it: no page is ever busied, whatever was done to
 * it, nobody ever sleeps, and locks are always to be had.
 */
#include <unit/vm_test.h>

static void
check_unbusied(vm_page_t m)
{
	CHECK(!vm_page_busied(m));
	CHECK(!vm_page_xbusied(m));
	CHECK(!vm_page_sbusied(m));
	CHECK(!vm_page_sleep_if_busy(m, "test"));
}

LAB_TEST(kpi_never_busied)
{
	static const int reqs[] = {
		VM_ALLOC_NORMAL, VM_ALLOC_NOBUSY, VM_ALLOC_SBUSY
	};
	vm_object_t object;
	vm_page_t m;
	unsigned i;

	test_boot(128);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	for (i = 0; i < nitems(reqs); i++) {
		m = vm_page_alloc(object, i, reqs[i]);
		check_unbusied(m);
		vm_page_xbusy(m);
		check_unbusied(m);
		vm_page_xbusy(m);
		vm_page_sbusy(m);
		check_unbusied(m);
		vm_page_flash(m);
		vm_page_sunbusy(m);
		vm_page_xunbusy(m);
		check_unbusied(m);
	}
	vm_object_deallocate(object);
	test_end();
}

/* The page lock is given up, as the KPI has it, and there is no sleep. */
LAB_TEST(kpi_busy_sleep_returns)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(128);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	m = vm_page_alloc(object, 0, VM_ALLOC_NORMAL);
	vm_page_lock(m);
	vm_page_busy_sleep(m, "test");
	vm_page_lock_assert(m, MA_NOTOWNED);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(kpi_locks_are_always_to_be_had)
{
	vm_object_t object;

	test_boot(128);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	VM_OBJECT_WLOCK(object);
	CHECK(VM_OBJECT_TRYWLOCK(object));
	CHECK(VM_OBJECT_TRYRLOCK(object));
	CHECK(VM_OBJECT_TRYUPGRADE(object));
	VM_OBJECT_LOCK_DOWNGRADE(object);
	CHECK_EQ(curthread->td_nheld, 0);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(kpi_readahead_finish)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(128);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	m = vm_page_alloc(object, 0, VM_ALLOC_NORMAL);
	m->valid = VM_PAGE_BITS_ALL;
	vm_page_readahead_finish(m);
	CHECK_EQ(m->queue, PQ_INACTIVE);
	m = vm_page_alloc(object, 1, VM_ALLOC_NORMAL);
	vm_page_readahead_finish(m);
	CHECK((m->flags & PG_FREE) != 0);
	vm_object_deallocate(object);
	test_end();
}
