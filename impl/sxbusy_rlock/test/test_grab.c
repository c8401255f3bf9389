/*
 * vm_page_grab() under the read lock: it is returned in the mode it came in,
 * whatever had to be done meanwhile.
 *
 * What grab does to the page is in impl/sxbusy/test/test_flags.c.
 */
#include "test/busy_test.h"

#define	SHARED	(VM_ALLOC_SBUSY | VM_ALLOC_IGN_SBUSY)

static vm_object_t	object;

static void
boot(void)
{
	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 100);
}

static void
end(void)
{
	vm_object_deallocate(object);
	test_end();
}

/* Grab under the read lock. */
static vm_page_t
rgrab(vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_RLOCK(object);
	m = vm_page_grab(object, pindex, flags);
	VM_OBJECT_ASSERT_RLOCKED(object);
	CHECK(vm_page_lookup(object, pindex) == m);
	VM_OBJECT_RUNLOCK(object);
	return (m);
}

/* Times this thread took an object's lock. */
static uint64_t
acquired(void)
{
	return (curthread->td_lockstat[object->lock.lock_object.lo_type].
	    acquired);
}

/* ---- Asserted ----------------------------------------------------------- */

/* Nothing would keep the page as it was found. */
LAB_TEST_PANIC(grab_nobusy_with_the_read_lock_panics,
    "NOBUSY under the read lock")
{
	boot();
	(void)rgrab(0, VM_ALLOC_NOBUSY);
}

LAB_TEST_PANIC(grab_sbusy_without_ign_sbusy_panics, "SBUSY without IGN_SBUSY")
{
	boot();
	(void)rgrab(0, VM_ALLOC_SBUSY);
}

LAB_TEST_PANIC(grab_ign_sbusy_of_a_shared_busy_page_panics,
    "failed exclusive busying, 0x11")
{
	boot();
	(void)bt_page(object, 0, BT_S(2));
	(void)rgrab(0, VM_ALLOC_IGN_SBUSY);
}

/* ---- The mode of entry -------------------------------------------------- */

LAB_TEST(grab_resident_keeps_the_mode)
{
	vm_page_t m;
	uint64_t before;

	boot();
	m = bt_page(object, 0, BT_U);
	before = acquired();
	CHECK(rgrab(0, VM_ALLOC_NORMAL) == m);
	CHECK_EQ(acquired() - before, 1);
	CHECK_EQ(bt_word(m), BT_X);
	bt_settle(m);
	CHECK(rgrab(0, SHARED) == m && rgrab(0, SHARED) == m);
	CHECK_EQ(bt_word(m), BT_S(2));
	bt_settle(m);
	CHECK(rgrab(0, VM_ALLOC_IGN_SBUSY) == m);
	CHECK_EQ(bt_word(m), BT_X);
	bt_settle(m);
	CHECK(rgrab(0, VM_ALLOC_WIRED) == m);
	CHECK_EQ(m->wire_count, 1);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_NONE);
	vm_page_unlock(m);
	bt_settle(m);
	VM_OBJECT_WLOCK(object);
	CHECK(vm_page_grab(object, 0, VM_ALLOC_NORMAL) == m);
	VM_OBJECT_ASSERT_WLOCKED(object);
	VM_OBJECT_WUNLOCK(object);
	bt_settle(m);
	end();
}

/* The only reader upgrades: the lock is never given up. */
LAB_TEST(grab_absent_sole_reader_upgrades)
{
	uint64_t before;
	vm_page_t m;

	boot();
	before = acquired();
	m = rgrab(0, VM_ALLOC_NORMAL);
	CHECK_EQ(bt_word(m), BT_X);
	bt_settle(m);
	m = rgrab(1, SHARED);
	CHECK_EQ(bt_word(m), BT_S(1));
	bt_settle(m);
	m = rgrab(2, VM_ALLOC_ZERO | VM_ALLOC_WIRED);
	CHECK_EQ(m->wire_count, 1);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m), 0);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_INACTIVE);
	vm_page_unlock(m);
	bt_settle(m);
	CHECK_EQ(acquired() - before, 3);
	CHECK_EQ(object->resident_page_count, 3);
	end();
}

/* ---- Another reader ----------------------------------------------------- */

struct duel {
	bool		insert;		/* the other makes the page first */
	uint32_t	reading;	/* (a) the other has the read lock */
};

/* Wait until a writer waits; on native it may only spin yet. */
static void
await_writer(void)
{
	while ((atomic_load_ptr(&object->lock.rw_lock) &
	    (RW_LOCK_WRITE_WAITERS | RW_LOCK_WRITE_SPINNER)) == 0)
		md_spin_hint();
}

static void
duel_other(struct duel *d)
{
	VM_OBJECT_RLOCK(object);
	atomic_store_rel_int(&d->reading, 1);
	await_writer();
	if (!d->insert) {
		VM_OBJECT_RUNLOCK(object);
		return;
	}
	/* The grabber's read lock is gone: this is the only one. */
	CHECK(VM_OBJECT_TRYUPGRADE(object));
	CHECK(vm_page_alloc(object, 0, VM_ALLOC_NOBUSY) != NULL);
	VM_OBJECT_WUNLOCK(object);
}

static void
duel_thread(void *arg, unsigned i)
{
	struct duel *d = arg;
	uint64_t before;
	vm_page_t m;

	if (i == 1) {
		duel_other(d);
		return;
	}
	while (atomic_load_acq_int(&d->reading) == 0)
		md_spin_hint();
	before = acquired();
	m = rgrab(0, VM_ALLOC_NORMAL);
	CHECK_EQ(acquired() - before, 2);
	CHECK_EQ(bt_word(m), BT_X);
	bt_settle(m);
}

static void
duel(bool insert)
{
	struct duel d = { .insert = insert };

	boot();
	test_threads(2, duel_thread, &d);
	CHECK_EQ(object->resident_page_count, 1);
	end();
}

LAB_TEST(grab_absent_with_another_reader_drops_the_lock)
{
	duel(false);
}

/* What it saw under the read lock is nothing once it was dropped. */
LAB_TEST(grab_absent_looks_up_again_after_a_drop)
{
	duel(true);
}

/* ---- Waiting ------------------------------------------------------------ */

struct wait {
	vm_page_t	m;
	int		flags;
	unsigned	word;
	void		(*release)(vm_page_t m);
	uint32_t	released;	/* (a) */
};

static void
wait_thread(void *arg, unsigned i)
{
	struct wait *w = arg;
	vm_page_t m;

	if (i == 1) {
		m = rgrab(3, w->flags);
		CHECK_EQ(atomic_load_acq_int(&w->released), 1);
		CHECK_EQ(bt_word(m), w->word);
		bt_settle(m);
		return;
	}
	test_await_sleepers(w->m, 1);
	CHECK((w->m->aflags & PGA_REFERENCED) != 0);
	/* Neither lock is slept with. */
	VM_OBJECT_WLOCK(object);
	vm_page_lock(w->m);
	vm_page_unlock(w->m);
	VM_OBJECT_WUNLOCK(object);
	atomic_store_rel_int(&w->released, 1);
	w->release(w->m);
}

static void
waits(unsigned from, int flags, unsigned word, void (*release)(vm_page_t m))
{
	struct wait w = { .flags = flags, .word = word, .release = release };

	boot();
	w.m = bt_page(object, 3, from);
	test_threads(2, wait_thread, &w);
	CHECK_EQ(object->resident_page_count, 1);
	end();
}

LAB_TEST(grab_waits_under_the_read_lock)
{
	waits(BT_X, VM_ALLOC_NORMAL, BT_X, bt_settle);
	waits(BT_X, VM_ALLOC_IGN_SBUSY, BT_X, bt_settle);
	waits(BT_X, SHARED, BT_S(1), bt_settle);
	waits(BT_S(2), VM_ALLOC_NORMAL, BT_X, bt_settle);
}

LAB_TEST(grab_under_the_read_lock_looks_up_again)
{
	waits(BT_X, VM_ALLOC_NORMAL, BT_X, test_free);
	waits(BT_X, SHARED, BT_S(1), test_free);
}

/*
 * The page lock before the object's is given up, as in sxbusy: while the
 * sleeper cannot have the one, nobody can have the other for writing.
 */
static void
order_thread(void *arg, unsigned i)
{
	struct wait *w = arg;

	if (i == 1) {
		while (atomic_load_acq_int(&w->released) == 0)
			md_spin_hint();
		bt_settle(rgrab(3, VM_ALLOC_NORMAL));
		return;
	}
	vm_page_lock(w->m);
	atomic_store_rel_int(&w->released, 1);
	while ((atomic_load_ptr(&vm_page_lockptr(w->m)->mtx_lock) &
	    MTX_CONTESTED) == 0)
		md_spin_hint();
	CHECK(!VM_OBJECT_TRYWLOCK(object));
	vm_page_unlock(w->m);
	test_await_sleepers(w->m, 1);
	bt_settle(w->m);
}

LAB_TEST(grab_takes_the_page_lock_before_it_drops_the_object)
{
	struct wait w = { .released = 0 };

	boot();
	w.m = bt_page(object, 3, BT_X);
	test_threads(2, order_thread, &w);
	end();
}

static void
short_thread(void *arg, unsigned i)
{
	vm_page_t *last = arg;

	if (i == 1) {
		pv_free(rgrab(0, VM_ALLOC_NORMAL));
		return;
	}
	test_await_sleepers(&vm_shortage, 1);
	VM_OBJECT_WLOCK(object);
	VM_OBJECT_WUNLOCK(object);
	test_free(*last);
}

LAB_TEST(grab_under_the_read_lock_waits_for_memory)
{
	vm_page_t m, got[BT_FRAMES];
	unsigned n = 0;

	boot();
	while ((m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ)) != NULL)
		got[n++] = m;
	test_threads(2, short_thread, &got[--n]);
	while (n > 0)
		test_free(got[--n]);
	end();
}

/* ---- Readers among themselves ------------------------------------------- */

#define	GRABBERS	4
#define	GRABS		3000

/* Nobody shares: IGN_SBUSY has nothing to ignore and must only wait. */
static void
ign_thread(void *arg, unsigned i)
{
	unsigned n;

	(void)arg, (void)i;
	for (n = 0; n < GRABS; n++)
		vm_page_xunbusy(rgrab(0, VM_ALLOC_IGN_SBUSY));
}

LAB_TEST(grab_ign_sbusy_by_many_readers)
{
	boot();
	(void)bt_page(object, 0, BT_U);
	test_threads(GRABBERS, ign_thread, NULL);
	end();
}
