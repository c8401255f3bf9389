/*
 * Who goes to sleep on a page takes the page lock before it gives the object
 * up; else the page could be freed and serve another in between.
 *
 * Method: the test holds the page lock.  While the sleeper-to-be cannot have
 * it, the object must stay locked.  impl/null inherits this folder and has
 * nobody to wait for.
 */
#include "busy_test.h"

#if TEST_SYNCHRONISED
struct order {
	vm_object_t	object;
	vm_page_t	m;
	void		(*sleep)(vm_page_t m);
	uint32_t	locked;		/* (a) the page is */
};

static void
order_thread(void *arg, unsigned i)
{
	struct order *o = arg;

	if (i == 1) {
		while (atomic_load_acq_int(&o->locked) == 0)
			md_spin_hint();
		VM_OBJECT_WLOCK(o->object);
		o->sleep(o->m);
		VM_OBJECT_ASSERT_WLOCKED(o->object);
		VM_OBJECT_WUNLOCK(o->object);
		return;
	}
	vm_page_lock(o->m);
	atomic_store_rel_int(&o->locked, 1);
	while ((atomic_load_ptr(&vm_page_lockptr(o->m)->mtx_lock) &
	    MTX_CONTESTED) == 0)
		md_spin_hint();
	CHECK(!VM_OBJECT_TRYRLOCK(o->object));
	vm_page_unlock(o->m);
	test_await_sleepers(o->m, 1);
	bt_settle(o->m);
}

static void
order(void (*sleep)(vm_page_t m))
{
	struct order o = { .sleep = sleep };

	test_boot(BT_FRAMES);
	o.object = vm_object_allocate(OBJT_DEFAULT, 10);
	o.m = bt_page(o.object, 3, BT_X);
	test_threads(2, order_thread, &o);
	vm_object_deallocate(o.object);
	test_end();
}

static void
order_sleep_if_busy(vm_page_t m)
{
	CHECK(vm_page_sleep_if_busy(m, "test"));
}

static void
order_sleep_if_xbusy(vm_page_t m)
{
	CHECK(pv_sleep_if_xbusy_locked(m, "test"));
}

static void
order_grab(vm_page_t m)
{
	CHECK(vm_page_grab(m->object, m->pindex, VM_ALLOC_NOBUSY) == m);
}

LAB_TEST(wait_takes_the_page_lock_before_it_drops_the_object)
{
	order(order_sleep_if_busy);
	order(order_sleep_if_xbusy);
	order(order_grab);
}
#endif /* TEST_SYNCHRONISED */
