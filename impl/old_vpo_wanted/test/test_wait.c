/*
 * Waiting for a busy page, 9.x: the object's lock in and out, the page lock in
 * and gone, and one wakeup for all who sleep.
 */
#include "busy_test.h"

struct wait {
	vm_object_t	object;
	vm_page_t	m;
	unsigned	sleepers;
	int		also_m_busy;
	uint32_t	step;		/* (a) */
	uint32_t	woken;		/* (a) sleepers that returned */
};

static void
waiting(unsigned oflags, unsigned busy, int also_m_busy, unsigned threads,
    void (*fn)(void *, unsigned))
{
	struct wait w = {
		.sleepers = threads - 1, .also_m_busy = also_m_busy
	};

	w.object = bt_boot();
	w.m = bt_page(w.object, 3, oflags, busy);
	VM_OBJECT_UNLOCK(w.object);
	test_threads(threads, fn, &w);
	VM_OBJECT_LOCK(w.object);
	bt_end(w.object);
}

/* ---- vm_page_sleep() ---------------------------------------------------- */

/* It asks for no busy, and gives the page lock up if it is held. */
static void
sleep_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i == 0) {
		test_await_sleepers(w->m, w->sleepers);
		VM_OBJECT_LOCK(w->object);
		vm_page_lock(w->m);
		vm_page_unlock(w->m);
		CHECK_EQ(w->m->oflags, BT_W);
		atomic_store_rel_int(&w->step, 1);
		vm_page_flash(w->m);
		VM_OBJECT_UNLOCK(w->object);
		return;
	}
	VM_OBJECT_LOCK(w->object);
	if (i == 1)
		vm_page_lock(w->m);
	vm_page_sleep(w->m, "test");
	VM_OBJECT_LOCK_ASSERT(w->object, MA_OWNED);
	vm_page_lock_assert(w->m, MA_NOTOWNED);
	CHECK_EQ(atomic_load_acq_int(&w->step), 1);
	VM_OBJECT_UNLOCK(w->object);
}

LAB_TEST(wait_sleep)
{
	waiting(0, 0, 0, 3, sleep_thread);
}

/* ---- vm_page_sleep_if_busy() -------------------------------------------- */

LAB_TEST(wait_sleep_if_busy_does_not)
{
	vm_object_t object = bt_boot();
	vm_page_t m;

	m = bt_page(object, 1, 0, 0);
	vm_page_lock(m);
	CHECK_EQ(vm_page_sleep_if_busy(m, 0, "test"), 0);
	CHECK_EQ(vm_page_sleep_if_busy(m, 1, "test"), 0);
	/* All locks are as they were. */
	vm_page_lock_assert(m, MA_OWNED);
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	vm_page_unlock(m);
	m = bt_page(object, 2, 0, 1);
	CHECK_EQ(vm_page_sleep_if_busy(m, 0, "test"), 0);
	CHECK_EQ(m->oflags, 0);
	bt_settle(m);
	bt_end(object);
}

static void
if_busy_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i == 0) {
		test_await_sleepers(w->m, w->sleepers);
		VM_OBJECT_LOCK(w->object);
		atomic_store_rel_int(&w->step, 1);
		bt_settle(w->m);
		VM_OBJECT_UNLOCK(w->object);
		return;
	}
	VM_OBJECT_LOCK(w->object);
	CHECK(vm_page_sleep_if_busy(w->m, w->also_m_busy, "test") != 0);
	VM_OBJECT_LOCK_ASSERT(w->object, MA_OWNED);
	CHECK_EQ(atomic_load_acq_int(&w->step), 1);
	VM_OBJECT_UNLOCK(w->object);
}

LAB_TEST(wait_sleep_if_busy)
{
	waiting(BT_B, 0, 0, 2, if_busy_thread);
	waiting(BT_B, 0, 1, 2, if_busy_thread);
	waiting(BT_B, 3, 0, 2, if_busy_thread);
	waiting(0, 1, 1, 2, if_busy_thread);
}

/* ---- One wakes all ------------------------------------------------------ */

static void
broadcast_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i > 0) {
		VM_OBJECT_LOCK(w->object);
		while (vm_page_sleep_if_busy(w->m, 1, "test"))
			;
		w->woken++;
		VM_OBJECT_UNLOCK(w->object);
		return;
	}
	test_await_sleepers(w->m, w->sleepers);
	VM_OBJECT_LOCK(w->object);
	vm_page_wakeup(w->m);
	/* All woke, and sleep again: the count is not zero. */
	CHECK_EQ(sleepq_sleepers(w->m), 0);
	CHECK_EQ(w->m->oflags, 0);
	VM_OBJECT_UNLOCK(w->object);
	test_await_sleepers(w->m, w->sleepers);
	VM_OBJECT_LOCK(w->object);
	CHECK_EQ(w->woken, 0);
	CHECK_EQ(w->m->oflags, BT_W);
	vm_page_io_finish(w->m);
	CHECK_EQ(sleepq_sleepers(w->m), w->sleepers);
	vm_page_io_finish(w->m);
	CHECK_EQ(sleepq_sleepers(w->m), 0);
	VM_OBJECT_UNLOCK(w->object);
}

LAB_TEST(wait_wakes_all)
{
	waiting(BT_B, 2, 1, 5, broadcast_thread);
}

/* The page is freed meanwhile; the object is locked again all the same. */
static void
freed_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i == 0)
		test_await_sleepers(w->m, w->sleepers);
	VM_OBJECT_LOCK(w->object);
	if (i == 0) {
		vm_page_lock(w->m);
		vm_page_free(w->m);
		vm_page_unlock(w->m);
	} else {
		CHECK(vm_page_sleep_if_busy(w->m, 0, "test"));
		CHECK(vm_page_lookup(w->object, 3) == NULL);
	}
	VM_OBJECT_UNLOCK(w->object);
}

LAB_TEST(wait_free_wakes_all)
{
	waiting(BT_B, 0, 0, 4, freed_thread);
}

/* ---- All at once -------------------------------------------------------- */

#define	WORKERS	4
#define	ROUNDS	500

static void
hard_round(struct wait *w)
{
	uint64_t *count = vm_page_dmap(w->m);
	uint64_t before;

	while (vm_page_sleep_if_busy(w->m, 1, "test"))
		;
	vm_page_busy(w->m);
	VM_OBJECT_UNLOCK(w->object);
	before = *count;
	md_spin_hint();
	*count = before + 1;
	VM_OBJECT_LOCK(w->object);
	w->woken++;
	vm_page_wakeup(w->m);
}

static void
soft_round(struct wait *w)
{
	uint64_t *count = vm_page_dmap(w->m);
	uint64_t before;

	while (vm_page_sleep_if_busy(w->m, 0, "test"))
		;
	vm_page_io_start(w->m);
	VM_OBJECT_UNLOCK(w->object);
	before = *count;
	md_spin_hint();
	CHECK_EQ(*count, before);
	VM_OBJECT_LOCK(w->object);
	vm_page_io_finish(w->m);
}

/* The page's bytes are written by hard busiers only, plainly. */
static void
stress_thread(void *arg, unsigned i)
{
	struct wait *w = arg;
	uint64_t seed = i + 1;
	unsigned n;

	VM_OBJECT_LOCK(w->object);
	if (w->step == 0)
		*(uint64_t *)vm_page_dmap(w->m) = w->woken = 0;
	w->step = 1;
	VM_OBJECT_UNLOCK(w->object);
	for (n = 0; n < ROUNDS; n++) {
		VM_OBJECT_LOCK(w->object);
		if (test_random(&seed) % 8 == 0)
			vm_page_flash(w->m);
		else if (test_random(&seed) % 2 == 0)
			hard_round(w);
		else
			soft_round(w);
		VM_OBJECT_UNLOCK(w->object);
	}
	VM_OBJECT_LOCK(w->object);
	if (++w->step == WORKERS + 1)
		CHECK_EQ(*(uint64_t *)vm_page_dmap(w->m), w->woken);
	VM_OBJECT_UNLOCK(w->object);
}

LAB_TEST(wait_stress)
{
	waiting(0, 0, 0, WORKERS, stress_thread);
}
