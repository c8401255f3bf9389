/*
 * Verbs that keep another thread out, wait for it or wake it do so, in every
 * implementation; what one thread alone can see is in test_verbs.c.
 *
 * A unit that keeps nobody out has nothing of this.
 */
#include "fault_test.h"

#if TEST_SYNCHRONISED
static vm_object_t	object;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	object = ft_resident(4);
}

static void
teardown(void)
{
	vm_object_deallocate(object);
	test_end();
}

/* ---- The object lock ---------------------------------------------------- */

LAB_TEST_PANIC(verbs_assert_locked_panics, " vm object not ")
{
	setup();
	pv_object_assert_locked(object);
}

LAB_TEST_PANIC(verbs_assert_read_panics, " vm object not ")
{
	setup();
	pv_object_assert_read(object);
}

struct turns {
	vm_page_t	m;
	uint32_t	step;	/* (a) */
	void		(*sleep)(struct turns *);
	void		(*wake)(struct turns *);
};

static void
await_step(struct turns *t, unsigned step)
{
	while (atomic_load_acq_int(&t->step) < step)
		md_spin_hint();
}

static void
exclusion_thread(void *arg, unsigned i)
{
	struct turns *t = arg;

	if (i == 0) {
		pv_object_lock(object);
		atomic_store_rel_int(&t->step, 1);
		await_step(t, 2);
		pv_object_unlock(object);
		pv_object_lock_read(object);
		atomic_store_rel_int(&t->step, 3);
		await_step(t, 4);
		pv_object_unlock_read(object);
		return;
	}
	await_step(t, 1);
	CHECK(!pv_object_trylock(object));
	atomic_store_rel_int(&t->step, 2);
	await_step(t, 3);
	CHECK(!pv_object_trylock(object));
	atomic_store_rel_int(&t->step, 4);
	pv_object_lock(object);
	pv_object_unlock(object);
}

LAB_TEST(verbs_object_lock_excludes)
{
	struct turns t = { .step = 0 };

	setup();
	test_threads(2, exclusion_thread, &t);
	teardown();
}

/* ---- Sleep and wake ----------------------------------------------------- */

static void
turns_thread(void *arg, unsigned i)
{
	struct turns *t = arg;

	if (i == 1) {
		pv_object_lock(object);
		t->sleep(t);
		pv_object_assert_locked(object);
		CHECK_EQ(atomic_load_acq_int(&t->step), 1);
		pv_object_unlock(object);
		return;
	}
	test_await_sleepers(t->m, 1);
	/* The sleeper has let the object go. */
	pv_object_lock(object);
	atomic_store_rel_int(&t->step, 1);
	pv_object_unlock(object);
	t->wake(t);
	CHECK_EQ(sleepq_sleepers(t->m), 0);
}

static void
turns(bool shared, void (*sleep)(struct turns *), void (*wake)(struct turns *))
{
	struct turns t = { .sleep = sleep, .wake = wake };

	setup();
	t.m = shared ? pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) :
	    pv_grab(object, 1, VM_ALLOC_NORMAL);
	test_threads(2, turns_thread, &t);
	teardown();
}

static void
sleep_if_busy(struct turns *t)
{
	CHECK(pv_sleep_if_busy_locked(t->m, "test"));
}

static void
sleep_if_xbusy(struct turns *t)
{
	CHECK(pv_sleep_if_xbusy_locked(t->m, "test"));
}

static void
object_sleep(struct turns *t)
{
	pv_object_sleep(object, t->m, PVM, "test", 0);
}

static void
wake_xunbusy(struct turns *t)
{
	pv_xunbusy(t->m);
}

static void
wake_xunbusy_locked(struct turns *t)
{
	pv_object_lock(object);
	pv_xunbusy_locked(t->m);
	pv_object_unlock(object);
}

static void
wake_sunbusy(struct turns *t)
{
	pv_sunbusy(t->m);
}

static void
wake_sunbusy_locked(struct turns *t)
{
	pv_object_lock(object);
	pv_sunbusy_locked(t->m);
	pv_object_unlock(object);
}

/* Wakes, and the page is as busied as before. */
static void
wake_flash(struct turns *t)
{
	pv_object_lock(object);
	pv_flash_locked(t->m);
	CHECK(pv_xbusied(t->m));
	pv_xunbusy_locked(t->m);
	pv_object_unlock(object);
}

static void
wake_free(struct turns *t)
{
	pv_free(t->m);
}

static void
wake_channel(struct turns *t)
{
	pv_object_lock(object);
	wakeup(t->m);
	pv_object_unlock(object);
	pv_xunbusy(t->m);
}

LAB_TEST(verbs_sleep_if_busy_and_who_wakes)
{
	turns(false, sleep_if_busy, wake_xunbusy);
	turns(false, sleep_if_busy, wake_xunbusy_locked);
	turns(false, sleep_if_busy, wake_flash);
	turns(false, sleep_if_busy, wake_free);
	turns(true, sleep_if_busy, wake_sunbusy);
	turns(true, sleep_if_busy, wake_sunbusy_locked);
}

LAB_TEST(verbs_sleep_if_xbusy_and_who_wakes)
{
	turns(false, sleep_if_xbusy, wake_xunbusy);
	turns(false, sleep_if_xbusy, wake_xunbusy_locked);
	turns(false, sleep_if_xbusy, wake_flash);
	turns(false, sleep_if_xbusy, wake_free);
}

LAB_TEST(verbs_object_sleep)
{
	turns(false, object_sleep, wake_channel);
}

/* ---- Grab waits --------------------------------------------------------- */

struct grab_wait {
	vm_page_t	m;
	bool		have_shared, want_shared;
	uint32_t	released;	/* (a) */
};

static void
grab_wait_thread(void *arg, unsigned i)
{
	struct grab_wait *g = arg;
	vm_page_t m;

	if (i == 1) {
		m = g->want_shared ?
		    pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) :
		    pv_grab(object, 1, VM_ALLOC_NORMAL);
		CHECK_EQ(atomic_load_acq_int(&g->released), 1);
		pv_object_lock(object);
		CHECK_EQ(pv_xbusied(m), !g->want_shared);
		CHECK_EQ(pv_sbusied(m), g->want_shared);
		pv_object_unlock(object);
		return;
	}
	test_await_sleepers(g->m, 1);
	atomic_store_rel_int(&g->released, 1);
	if (g->have_shared)
		pv_sunbusy(g->m);
	else
		pv_xunbusy(g->m);
}

static void
grab_waits(bool have_shared, bool want_shared)
{
	struct grab_wait g = {
		.have_shared = have_shared, .want_shared = want_shared
	};

	setup();
	g.m = have_shared ? pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) :
	    pv_grab(object, 1, VM_ALLOC_NORMAL);
	test_threads(2, grab_wait_thread, &g);
	if (want_shared)
		pv_sunbusy(g.m);
	else
		pv_xunbusy(g.m);
	teardown();
}

LAB_TEST(verbs_grab_waits)
{
	grab_waits(false, false);
	grab_waits(true, false);
	grab_waits(false, true);
}
#endif /* TEST_SYNCHRONISED */
