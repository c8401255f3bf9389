/*
 * The KPI of 9.x does what it did under kpi/port/vpo_compat.h.
 *
 * Written for 9.x, with what a consumer may hold at each call.  test/
 * kpi_convert.sh compiles it as it is for old_vpo_wanted, and with the header
 * before it for sxbusy and sxbusy_rlock: one test judges both.
 */
#include <kpi/consumers/consumer_test.h>

static vm_object_t	object;
static vm_page_t	page;

/* A page, hard busy, with the object locked. */
static void
setup(void)
{
	test_boot(FT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 4);
	VM_OBJECT_LOCK(object);
	page = vm_page_grab(object, 1, VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
	page->valid = VM_PAGE_BITS_ALL;
}

/* Object locked and page not busy. */
static void
teardown(void)
{
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	CHECK(!pv_busied(page));
	VM_OBJECT_UNLOCK(object);
	vm_object_deallocate(object);
	consumer_end();
}

LAB_TEST(compat_locks)
{
	setup();
	CHECK(VM_OBJECT_LOCKED(object));
	VM_OBJECT_UNLOCK(object);
	CHECK(!VM_OBJECT_LOCKED(object));
	VM_OBJECT_LOCK_ASSERT(object, MA_NOTOWNED);
	CHECK(VM_OBJECT_TRYLOCK(object));
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	vm_page_wakeup(page);
	teardown();
}

/* The end of a busy keeps the page lock as it found it. */
LAB_TEST(compat_ends_with_the_page_locked)
{
	setup();
	vm_page_lock(page);
	vm_page_wakeup(page);
	CHECK(mtx_owned(vm_page_lockptr(page)) && !pv_busied(page));
	vm_page_unlock(page);
	vm_page_io_start(page);
	vm_page_io_start(page);
	vm_page_io_finish(page);
	CHECK(pv_sbusied(page));
	vm_page_lock(page);
	vm_page_io_finish(page);
	CHECK(mtx_owned(vm_page_lockptr(page)) && !pv_busied(page));
	vm_page_flash(page);
	CHECK(mtx_owned(vm_page_lockptr(page)));
	vm_page_unlock(page);
	vm_page_flash(page);
	CHECK(!mtx_owned(vm_page_lockptr(page)));
	vm_page_busy(page);
	CHECK(pv_xbusied(page));
	vm_page_wakeup(page);
	teardown();
}

LAB_TEST(compat_does_not_sleep)
{
	setup();
	vm_page_wakeup(page);
	CHECK(!vm_page_sleep_if_busy(page, 1, "compat"));
	vm_page_io_start(page);
	CHECK(!vm_page_sleep_if_busy(page, 0, "compat"));
	vm_page_lock(page);
	CHECK(!vm_page_sleep_if_busy(page, 0, "compat"));
	CHECK(mtx_owned(vm_page_lockptr(page)));
	vm_page_unlock(page);
	vm_page_io_finish(page);
	teardown();
}

/* ---- Sleeping, and being woken ------------------------------------------- */

struct sleeper {
	bool		locked;		/* with the page lock held */
	int		how;		/* argument, or -1: vm_page_sleep() */
	bool		soft;		/* the page is soft busy */
};

static void
sleep_or_wake(void *arg, unsigned i)
{
	struct sleeper *s = arg;

	if (i == 0) {
		VM_OBJECT_LOCK(object);
		if (s->locked)
			vm_page_lock(page);
		if (s->how == -1)
			vm_page_sleep(page, "compat");
		else
			CHECK(vm_page_sleep_if_busy(page, s->how, "compat"));
		CHECK(!mtx_owned(vm_page_lockptr(page)));
		VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
		CHECK(!pv_busied(page));
		VM_OBJECT_UNLOCK(object);
		return;
	}
	while (sleepq_sleepers(page) == 0)
		md_spin_hint();
	VM_OBJECT_LOCK(object);
	if (s->locked)
		vm_page_lock(page);
	if (s->soft)
		vm_page_io_finish(page);
	else
		vm_page_wakeup(page);
	if (s->locked)
		vm_page_unlock(page);
	VM_OBJECT_UNLOCK(object);
}

LAB_TEST(compat_sleeps)
{
	struct sleeper s;

	setup();
	for (s.how = -1; s.how <= 1; s.how++)
		for (unsigned i = 0; i < 4; i++) {
			s.locked = (i & 1) != 0;
			s.soft = (i & 2) != 0 && s.how != 0;
			if (s.soft) {
				vm_page_wakeup(page);
				vm_page_io_start(page);
			}
			VM_OBJECT_UNLOCK(object);
			test_threads(2, sleep_or_wake, &s);
			VM_OBJECT_LOCK(object);
			vm_page_busy(page);
		}
	vm_page_wakeup(page);
	teardown();
}

/* A waiter sleeps through a flash, and goes on sleeping. */
static void
flash_or_wait(void *arg, unsigned i)
{
	(void)arg;
	VM_OBJECT_LOCK(object);
	if (i == 0) {
		while (vm_page_sleep_if_busy(page, 1, "compat"))
			;
		VM_OBJECT_UNLOCK(object);
		return;
	}
	while (sleepq_sleepers(page) == 0) {
		VM_OBJECT_UNLOCK(object);
		md_spin_hint();
		VM_OBJECT_LOCK(object);
	}
	vm_page_flash(page);
	CHECK(pv_xbusied(page));
	VM_OBJECT_UNLOCK(object);
	pause_ns("compat", 1000000);
	VM_OBJECT_LOCK(object);
	vm_page_wakeup(page);
	VM_OBJECT_UNLOCK(object);
}

LAB_TEST(compat_flashes)
{
	setup();
	VM_OBJECT_UNLOCK(object);
	test_threads(2, flash_or_wait, NULL);
	VM_OBJECT_LOCK(object);
	teardown();
}

/* What r254138 does not allow panics, whatever the names. */
LAB_TEST_PANIC(compat_busy_over_nothing, "not")
{
	setup();
	vm_page_wakeup(page);
	vm_page_wakeup(page);
}
