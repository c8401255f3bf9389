/*
 * Waiting for a busy page: what vm_page_busy_sleep() and
 * vm_page_sleep_if_busy() hold and leave, who wakes whom, and the race that is
 * part of r254138.
 *
 * impl/null inherits this folder and has nobody to wait for.
 */
#include "busy_test.h"

#if TEST_SYNCHRONISED
struct wait {
	vm_object_t	object;
	vm_page_t	m;
	unsigned	sleepers;	/* before the first thread goes on */
	uint32_t	step;		/* (a) */
	uint32_t	woken;		/* (a) sleepers that returned */
};

static void
wait_for_step(struct wait *w, unsigned step)
{
	while (atomic_load_acq_int(&w->step) < step)
		md_spin_hint();
}

static void
waiting(unsigned state, unsigned threads, void (*fn)(void *, unsigned))
{
	struct wait w = { .sleepers = threads - 1 };

	test_boot(BT_FRAMES);
	w.object = vm_object_allocate(OBJT_DEFAULT, 10);
	w.m = bt_page(w.object, 3, state);
	w.m->valid = VM_PAGE_BITS_ALL;
	test_threads(threads, fn, &w);
	vm_object_deallocate(w.object);
	test_end();
}

/* The page lock is gone on return though there was nothing to sleep for. */
LAB_TEST(wait_busy_sleep_returns_if_unbusied)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	m = bt_page(object, 3, BT_U);
	bt_sleep(m);
	CHECK_EQ(bt_word(m), BT_U);
	/* The object lock is the caller's affair, and was not touched. */
	VM_OBJECT_WLOCK(object);
	bt_sleep(m);
	VM_OBJECT_ASSERT_WLOCKED(object);
	CHECK(!vm_page_sleep_if_busy(m, "test"));
	VM_OBJECT_ASSERT_WLOCKED(object);
	CHECK_EQ(bt_word(m), BT_U);
	VM_OBJECT_WUNLOCK(object);
	vm_object_deallocate(object);
	test_end();
}

/* ---- One wakes all ------------------------------------------------------ */

static void
broadcast_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i > 0) {
		bt_sleep(w->m);
		atomic_fetchadd_int(&w->woken, 1);
		return;
	}
	test_await_sleepers(w->m, w->sleepers);
	CHECK_EQ(w->woken, 0);
	if (vm_page_xbusied(w->m)) {
		CHECK_EQ(bt_word(w->m), BT_X | BT_W);
		vm_page_xunbusy(w->m);
	} else {
		CHECK_EQ(bt_word(w->m), BT_S(2) | BT_W);
		vm_page_sunbusy(w->m);
		CHECK_EQ(sleepq_sleepers(w->m), w->sleepers);
		vm_page_sunbusy(w->m);
	}
	CHECK_EQ(sleepq_sleepers(w->m), 0);
	CHECK_EQ(bt_word(w->m), BT_U);
}

LAB_TEST(wait_xunbusy_wakes_all)
{
	waiting(BT_X, 5, broadcast_thread);
}

LAB_TEST(wait_last_sunbusy_wakes_all)
{
	waiting(BT_S(2), 5, broadcast_thread);
}

/* flash wakes; the page is still busied, so who loops sets W anew. */
static void
flash_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i > 0) {
		while (vm_page_busied(w->m)) {
			bt_sleep(w->m);
			atomic_fetchadd_int(&w->woken, 1);
		}
		return;
	}
	test_await_sleepers(w->m, w->sleepers);
	vm_page_lock(w->m);
	vm_page_flash(w->m);
	CHECK_EQ(sleepq_sleepers(w->m), 0);
	CHECK_EQ(bt_word(w->m), BT_X);
	vm_page_unlock(w->m);
	test_await_sleepers(w->m, w->sleepers);
	CHECK_EQ(bt_word(w->m), BT_X | BT_W);
	CHECK_EQ(w->woken, w->sleepers);
	vm_page_xunbusy(w->m);
}

LAB_TEST(wait_flash_wakes_and_they_sleep_again)
{
	waiting(BT_X, 4, flash_thread);
}

/* ---- vm_page_sleep_if_busy() -------------------------------------------- */

static void
sleep_if_busy_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i > 0) {
		VM_OBJECT_WLOCK(w->object);
		CHECK(vm_page_sleep_if_busy(w->m, "test"));
		VM_OBJECT_ASSERT_WLOCKED(w->object);
		vm_page_lock_assert(w->m, MA_NOTOWNED);
		CHECK_EQ(atomic_load_acq_int(&w->step), 1);
		VM_OBJECT_WUNLOCK(w->object);
		return;
	}
	test_await_sleepers(w->m, w->sleepers);
	/* The sleepers hold neither lock. */
	VM_OBJECT_WLOCK(w->object);
	vm_page_lock(w->m);
	vm_page_unlock(w->m);
	atomic_store_rel_int(&w->step, 1);
	VM_OBJECT_WUNLOCK(w->object);
	bt_settle(w->m);
}

LAB_TEST(wait_sleep_if_busy_exclusive)
{
	waiting(BT_X, 3, sleep_if_busy_thread);
}

/* The argument is gone: either busy is waited for. */
LAB_TEST(wait_sleep_if_busy_shared)
{
	waiting(BT_S(1), 3, sleep_if_busy_thread);
}

/* The page is freed meanwhile; the object is locked again all the same. */
static void
freed_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	VM_OBJECT_WLOCK(w->object);
	if (i > 0) {
		CHECK(vm_page_sleep_if_busy(w->m, "test"));
		CHECK(vm_page_lookup(w->object, 3) == NULL);
		VM_OBJECT_WUNLOCK(w->object);
		return;
	}
	VM_OBJECT_WUNLOCK(w->object);
	test_await_sleepers(w->m, w->sleepers);
	VM_OBJECT_WLOCK(w->object);
	vm_page_lock(w->m);
	vm_page_free(w->m);
	vm_page_unlock(w->m);
	VM_OBJECT_WUNLOCK(w->object);
}

LAB_TEST(wait_free_wakes_all)
{
	waiting(BT_X, 4, freed_thread);
}

/* ---- The race of 2016, which r254138 has -------------------------------- */

/*
 * A waiter for the end of exclusive busy finds the page exclusive, and before
 * it sleeps the page becomes shared.  It sleeps nevertheless, and until the
 * last sharer leaves: busy_sleep cannot know that shared is good enough.
 */
static void
race_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i == 1) {
		CHECK(vm_page_xbusied(w->m));
		vm_page_lock(w->m);
		atomic_store_rel_int(&w->step, 1);
		wait_for_step(w, 2);
		vm_page_busy_sleep(w->m, "vmopax");
		CHECK_EQ(atomic_load_acq_int(&w->step), 3);
		return;
	}
	wait_for_step(w, 1);
	vm_page_busy_downgrade(w->m);
	atomic_store_rel_int(&w->step, 2);
	test_await_sleepers(w->m, 1);
	CHECK_EQ(bt_word(w->m), BT_S(1) | BT_W);
	/* Sharers come and go; it sleeps on. */
	vm_page_sbusy(w->m);
	vm_page_sunbusy(w->m);
	CHECK_EQ(sleepq_sleepers(w->m), 1);
	atomic_store_rel_int(&w->step, 3);
	vm_page_sunbusy(w->m);
	CHECK_EQ(sleepq_sleepers(w->m), 0);
}

LAB_TEST(wait_for_not_exclusive_sleeps_on_shared)
{
	waiting(BT_X, 2, race_thread);
}

/* Unbusied under the page lock's holder: its re-read sees that. */
static void
reread_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i == 1) {
		CHECK(vm_page_busied(w->m));
		vm_page_lock(w->m);
		atomic_store_rel_int(&w->step, 1);
		wait_for_step(w, 2);
		vm_page_busy_sleep(w->m, "test");
		CHECK_EQ(bt_word(w->m), BT_U);
		return;
	}
	wait_for_step(w, 1);
	vm_page_xunbusy(w->m);
	atomic_store_rel_int(&w->step, 2);
}

LAB_TEST(wait_rereads_the_word_under_the_page_lock)
{
	waiting(BT_X, 2, reread_thread);
}

/* ---- Read-ahead --------------------------------------------------------- */

static void
readahead(vm_object_t object, vm_page_t m)
{
	VM_OBJECT_WLOCK(object);
	vm_page_readahead_finish(m);
	VM_OBJECT_ASSERT_WLOCKED(object);
	VM_OBJECT_WUNLOCK(object);
	CHECK(!mtx_owned(vm_page_lockptr(m)));
}

LAB_TEST(wait_readahead_finish)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	m = bt_page(object, 1, BT_X);
	m->valid = VM_PAGE_BITS_ALL;
	readahead(object, m);
	CHECK_EQ(bt_word(m), BT_U);
	CHECK_EQ(m->queue, PQ_INACTIVE);
	m = bt_page(object, 2, BT_X);
	readahead(object, m);
	CHECK((m->flags & PG_FREE) != 0);
	CHECK_EQ(object->resident_page_count, 1);
	vm_object_deallocate(object);
	test_end();
}

static void
readahead_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i > 0) {
		bt_sleep(w->m);
		return;
	}
	test_await_sleepers(w->m, w->sleepers);
	readahead(w->object, w->m);
	CHECK_EQ(sleepq_sleepers(w->m), 0);
	CHECK_EQ(bt_word(w->m), BT_U);
	CHECK_EQ(w->m->queue, PQ_ACTIVE);
}

/* Wanted pages are worth more. */
LAB_TEST(wait_readahead_finish_of_a_wanted_page_activates)
{
	waiting(BT_X, 3, readahead_thread);
}

static void
readahead_invalid_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i > 0) {
		bt_sleep(w->m);
		return;
	}
	test_await_sleepers(w->m, w->sleepers);
	w->m->valid = 0;
	readahead(w->object, w->m);
	CHECK_EQ(sleepq_sleepers(w->m), 0);
	CHECK((w->m->flags & PG_FREE) != 0);
}

LAB_TEST(wait_readahead_finish_of_an_invalid_page_wakes)
{
	waiting(BT_X, 3, readahead_invalid_thread);
}
#endif /* TEST_SYNCHRONISED */
