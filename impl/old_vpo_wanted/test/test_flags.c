/*
 * VM_ALLOC_* flags of the 9.x KPI: how a page is born, and what vm_page_grab()
 * does with a page that is resident, busied, absent.
 */
#include "busy_test.h"

#define	RETRY	VM_ALLOC_RETRY

static vm_object_t	object;

/* Object locked, as grab wants and leaves it. */
static vm_page_t
grab(vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	m = vm_page_grab(object, pindex, flags);
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	CHECK(vm_page_lookup(object, pindex) == m);
	return (m);
}

static void
free_page(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
}

LAB_TEST(flags_alloc)
{
	vm_page_t m;

	object = bt_boot();
	m = vm_page_alloc(object, 0, VM_ALLOC_NORMAL);
	CHECK_EQ(m->oflags, BT_B);
	CHECK_EQ(m->busy, 0);
	vm_page_wakeup(m);
	m = vm_page_alloc(object, 1, VM_ALLOC_NOBUSY);
	CHECK_EQ(m->oflags, 0);
	m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	CHECK_EQ(m->oflags, VPO_UNMANAGED);
	vm_page_free(m);
	/* The same frame again: nothing of its last life is left. */
	CHECK(vm_page_alloc(object, 2, VM_ALLOC_NORMAL) == m);
	CHECK_EQ(m->oflags, BT_B);
	vm_page_wakeup(m);
	bt_end(object);
}

/* ---- Grab, nobody in the way -------------------------------------------- */

LAB_TEST(flags_grab)
{
	static const struct {
		unsigned	busy;
		int		flags;
		unsigned	oflags;		/* after */
	} t[] = {
		{ 0, RETRY, BT_B },
		{ 0, RETRY | VM_ALLOC_IGN_SBUSY, BT_B },
		{ 0, RETRY | VM_ALLOC_NOBUSY, 0 },
		{ 2, RETRY | VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY, 0 },
		/* Hard busy over a count that is not zero. */
		{ 2, RETRY | VM_ALLOC_IGN_SBUSY, BT_B },
	};
	vm_page_t m;
	unsigned i;

	object = bt_boot();
	for (i = 0; i < nitems(t); i++) {
		m = bt_page(object, i, 0, t[i].busy);
		CHECK(grab(i, t[i].flags) == m);
		CHECK_EQ(m->oflags, t[i].oflags);
		CHECK_EQ(m->busy, t[i].busy);
		CHECK_EQ(m->aflags & PGA_REFERENCED, 0);
		bt_settle(m);
	}
	bt_end(object);
}

LAB_TEST(flags_grab_absent)
{
	vm_page_t m;

	object = bt_boot();
	m = grab(0, RETRY);
	CHECK_EQ(m->oflags, BT_B);
	vm_page_wakeup(m);
	CHECK_EQ(grab(1, RETRY | VM_ALLOC_NOBUSY)->oflags, 0);
	CHECK_EQ(object->resident_page_count, 2);
	m = grab(3, RETRY | VM_ALLOC_WIRED | VM_ALLOC_NOBUSY);
	CHECK_EQ(m->wire_count, 1);
	/* Resident, it is wired once more. */
	CHECK(grab(3, RETRY | VM_ALLOC_WIRED | VM_ALLOC_NOBUSY) == m);
	CHECK_EQ(m->wire_count, 2);
	CHECK(!mtx_owned(vm_page_lockptr(m)));
	vm_page_lock(m);
	vm_page_unwire(m, PQ_NONE);
	vm_page_unwire(m, PQ_INACTIVE);
	vm_page_unlock(m);
	bt_end(object);
}

/* ZERO is for a page made now; what is there already stays as it is. */
LAB_TEST(flags_grab_zero)
{
	uint64_t *p;
	vm_page_t m;

	object = bt_boot();
	m = grab(0, RETRY | VM_ALLOC_NOBUSY);
	p = vm_page_dmap(m);
	p[0] = p[PAGE_SIZE / sizeof(*p) - 1] = ~0ULL;
	CHECK(grab(0, RETRY | VM_ALLOC_NOBUSY | VM_ALLOC_ZERO) == m);
	CHECK_EQ(p[0], ~0ULL);
	free_page(m);
	CHECK(grab(1, RETRY | VM_ALLOC_NOBUSY | VM_ALLOC_ZERO) == m);
	CHECK_EQ(p[0], 0);
	CHECK_EQ(p[PAGE_SIZE / sizeof(*p) - 1], 0);
	bt_end(object);
}

LAB_TEST_PANIC(flags_grab_wants_retry, "VM_ALLOC_RETRY is mandatory")
{
	object = bt_boot();
	(void)grab(0, VM_ALLOC_NORMAL);
}

/* ---- Grab, waiting ------------------------------------------------------ */

struct wait {
	vm_page_t	m;
	int		flags;
	unsigned	oflags, busy;	/* that the grabber finds at last */
	void		(*release)(vm_page_t m);
	bool		released;	/* under the object's lock */
};

static void
wait_thread(void *arg, unsigned i)
{
	struct wait *w = arg;
	vm_page_t m;

	if (i == 0)
		test_await_sleepers(w->m, 1);
	VM_OBJECT_LOCK(object);
	if (i == 1) {
		m = grab(3, w->flags);
		CHECK(w->released);
		CHECK_EQ(m->oflags, w->oflags);
		CHECK_EQ(m->busy, w->busy);
		bt_settle(m);
	} else {
		CHECK((w->m->oflags & BT_W) != 0);
		CHECK((w->m->aflags & PGA_REFERENCED) != 0);
		w->released = true;
		w->release(w->m);
	}
	VM_OBJECT_UNLOCK(object);
}

static void
grab_waits(unsigned oflags, unsigned busy, int flags, unsigned to_oflags,
    unsigned to_busy, void (*release)(vm_page_t m))
{
	struct wait w = {
		.flags = RETRY | flags, .oflags = to_oflags, .busy = to_busy,
		.release = release
	};

	object = bt_boot();
	w.m = bt_page(object, 3, oflags, busy);
	VM_OBJECT_UNLOCK(object);
	test_threads(2, wait_thread, &w);
	VM_OBJECT_LOCK(object);
	CHECK_EQ(object->resident_page_count, 1);
	bt_end(object);
}

LAB_TEST(flags_grab_waits_for_hard_busy)
{
	grab_waits(BT_B, 0, 0, BT_B, 0, bt_settle);
	grab_waits(BT_B, 0, VM_ALLOC_NOBUSY, 0, 0, bt_settle);
	/* Its end is enough for who ignores the count. */
	grab_waits(BT_B, 3, VM_ALLOC_IGN_SBUSY, BT_B, 3, vm_page_wakeup);
}

LAB_TEST(flags_grab_waits_for_soft_busy)
{
	grab_waits(0, 1, 0, BT_B, 0, bt_settle);
	grab_waits(0, 3, VM_ALLOC_NOBUSY, 0, 0, bt_settle);
}

/* Woken by the end of the hard busy, it sleeps again over the count. */
static void
release_in_steps(vm_page_t m)
{
	vm_page_wakeup(m);
	VM_OBJECT_UNLOCK(object);
	test_await_sleepers(m, 1);
	VM_OBJECT_LOCK(object);
	CHECK_EQ(m->oflags, BT_W);
	bt_settle(m);
}

LAB_TEST(flags_grab_loops)
{
	grab_waits(BT_B, 2, 0, BT_B, 0, release_in_steps);
}

/* The page it waited for is gone: it makes another. */
LAB_TEST(flags_grab_looks_up_again)
{
	grab_waits(BT_B, 0, 0, BT_B, 0, free_page);
}

/* ---- Grab, memory short ------------------------------------------------- */

static void
short_thread(void *arg, unsigned i)
{
	vm_page_t *last = arg, m;

	if (i == 0)
		test_await_sleepers(&vm_shortage, 1);
	VM_OBJECT_LOCK(object);
	if (i == 1) {
		m = grab(0, RETRY);
		CHECK_EQ(m->oflags, BT_B);
		free_page(m);
	} else {
		CHECK(vm_page_lookup(object, 0) == NULL);
		vm_page_free(*last);
	}
	VM_OBJECT_UNLOCK(object);
}

LAB_TEST(flags_grab_waits_for_memory)
{
	vm_page_t m, got[BT_FRAMES];
	unsigned n = 0;

	object = bt_boot();
	VM_OBJECT_UNLOCK(object);
	while ((m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ)) != NULL)
		got[n++] = m;
	test_threads(2, short_thread, &got[--n]);
	while (n > 0)
		test_free(got[--n]);
	VM_OBJECT_LOCK(object);
	bt_end(object);
}
