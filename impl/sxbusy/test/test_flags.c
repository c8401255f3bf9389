/*
 * VM_ALLOC_* flags of the new KPI: the word a page is born with, and what
 * vm_page_grab() does with a page that is resident, busied, absent.
 *
 * Grab is called with the object write-locked, which every implementation that
 * inherits this allows; which lock it needs is in vm/grab_contract.h.
 * impl/null inherits this folder and busies nothing.
 */
#include "busy_test.h"

#if TEST_SYNCHRONISED
#define	SHARED	(VM_ALLOC_SBUSY | VM_ALLOC_IGN_SBUSY)

static vm_object_t	object;

static void
boot(void)
{
	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
}

static void
end(void)
{
	vm_object_deallocate(object);
	test_end();
}

static vm_page_t
alloc(vm_pindex_t pindex, int req)
{
	vm_page_t m;

	VM_OBJECT_WLOCK(object);
	m = vm_page_alloc(object, pindex, req);
	VM_OBJECT_WUNLOCK(object);
	return (m);
}

static vm_page_t
grab(vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_WLOCK(object);
	m = vm_page_grab(object, pindex, flags);
	VM_OBJECT_ASSERT_WLOCKED(object);
	CHECK(vm_page_lookup(object, pindex) == m);
	VM_OBJECT_WUNLOCK(object);
	return (m);
}

/* ---- Allocation --------------------------------------------------------- */

LAB_TEST(flags_every_page_is_made_unbusied)
{
	unsigned d, i;

	boot();
	for (d = 0; d < vm_ndomains; d++)
		for (i = 0; i < vm_dom[d].vmd_page_count; i++)
			CHECK_EQ(bt_word(&vm_dom[d].vmd_pages[i]), BT_U);
	end();
}

LAB_TEST(flags_alloc_words)
{
	static const struct {
		int		req;
		unsigned	word;
	} t[] = {
		{ VM_ALLOC_NORMAL, BT_X },
		{ VM_ALLOC_SYSTEM | VM_ALLOC_ZERO, BT_X },
		{ VM_ALLOC_NOBUSY, BT_U },
		{ VM_ALLOC_SBUSY, BT_S(1) },
	};
	vm_page_t m;
	unsigned i;

	boot();
	for (i = 0; i < nitems(t); i++) {
		m = alloc(i, t[i].req);
		CHECK_EQ(bt_word(m), t[i].word);
		CHECK_EQ(m->oflags, 0);
		bt_settle(m);
		test_free(m);
		CHECK_EQ(bt_word(m), BT_U);
	}
	m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	CHECK_EQ(bt_word(m), BT_U);
	CHECK_EQ(m->oflags, VPO_UNMANAGED);
	test_free(m);
	/* The same frame again: nothing of its last life is left. */
	CHECK(alloc(5, VM_ALLOC_NORMAL) == m);
	CHECK_EQ(bt_word(m), BT_X);
	CHECK_EQ(m->oflags, 0);
	pv_free(m);
	end();
}

LAB_TEST_PANIC(flags_alloc_sbusy_nobusy_panics, "SBUSY with NOBUSY or NOOBJ")
{
	boot();
	(void)alloc(0, VM_ALLOC_SBUSY | VM_ALLOC_NOBUSY);
}

LAB_TEST_PANIC(flags_alloc_sbusy_noobj_panics, "SBUSY with NOBUSY or NOOBJ")
{
	boot();
	(void)vm_page_alloc(NULL, 0, VM_ALLOC_SBUSY | VM_ALLOC_NOOBJ);
}

/* ---- Grab, nobody in the way -------------------------------------------- */

LAB_TEST(flags_grab_words)
{
	static const struct {
		unsigned	from;
		int		flags;
		unsigned	word;
	} t[] = {
		{ BT_U, VM_ALLOC_NORMAL, BT_X },
		{ BT_U, VM_ALLOC_IGN_SBUSY, BT_X },
		{ BT_U, VM_ALLOC_NOBUSY, BT_U },
		{ BT_U, VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY, BT_U },
		{ BT_U, SHARED, BT_S(1) },
		{ BT_S(1), SHARED, BT_S(2) },
		{ BT_S(2), SHARED, BT_S(3) },
		{ BT_S(2), VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY, BT_S(2) },
	};
	vm_page_t m;
	unsigned i;

	boot();
	for (i = 0; i < nitems(t); i++) {
		m = bt_page(object, i, t[i].from);
		CHECK(grab(i, t[i].flags) == m);
		CHECK_EQ(bt_word(m), t[i].word);
		CHECK_EQ(m->aflags & PGA_REFERENCED, 0);
		bt_settle(m);
	}
	end();
}

LAB_TEST(flags_grab_absent)
{
	vm_page_t m;

	boot();
	CHECK_EQ(bt_word(grab(0, VM_ALLOC_NORMAL)), BT_X);
	CHECK_EQ(bt_word(grab(1, VM_ALLOC_NOBUSY)), BT_U);
	CHECK_EQ(bt_word(grab(2, SHARED)), BT_S(1));
	CHECK_EQ(object->resident_page_count, 3);
	m = grab(3, VM_ALLOC_WIRED | VM_ALLOC_NOBUSY);
	CHECK_EQ(m->wire_count, 1);
	/* Resident, it is wired once more. */
	CHECK(grab(3, VM_ALLOC_WIRED | VM_ALLOC_NOBUSY) == m);
	CHECK_EQ(m->wire_count, 2);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_NONE);
	vm_page_unwire(m, PQ_INACTIVE);
	vm_page_unlock(m);
	VM_OBJECT_WLOCK(object);
	bt_settle(vm_page_lookup(object, 0));
	bt_settle(vm_page_lookup(object, 2));
	VM_OBJECT_WUNLOCK(object);
	end();
}

/* ZERO is for a page made now; what is there already stays as it is. */
LAB_TEST(flags_grab_zero)
{
	uint64_t *p;
	vm_page_t m;

	boot();
	m = grab(0, VM_ALLOC_NOBUSY);
	p = vm_page_dmap(m);
	p[0] = p[PAGE_SIZE / sizeof(*p) - 1] = ~0ULL;
	CHECK(grab(0, VM_ALLOC_NOBUSY | VM_ALLOC_ZERO) == m);
	CHECK_EQ(p[0], ~0ULL);
	test_free(m);
	CHECK(grab(1, VM_ALLOC_NOBUSY | VM_ALLOC_ZERO) == m);
	CHECK_EQ(p[0], 0);
	CHECK_EQ(p[PAGE_SIZE / sizeof(*p) - 1], 0);
	end();
}

LAB_TEST_PANIC(flags_grab_sbusy_without_ign_sbusy_panics,
    "SBUSY without IGN_SBUSY")
{
	boot();
	(void)grab(0, VM_ALLOC_SBUSY);
}

/* The old KPI set VPO_BUSY over the count here. */
LAB_TEST_PANIC(flags_grab_ign_sbusy_of_a_shared_busy_page_panics,
    "failed exclusive busying, 0x11")
{
	boot();
	(void)bt_page(object, 0, BT_S(2));
	(void)grab(0, VM_ALLOC_IGN_SBUSY);
}

/* ---- Grab, waiting ------------------------------------------------------ */

struct wait {
	vm_page_t	m;
	int		flags;
	unsigned	word;		/* that the grabber finds at last */
	void		(*release)(vm_page_t m);
	uint32_t	released;	/* (a) */
};

static void
wait_thread(void *arg, unsigned i)
{
	struct wait *w = arg;
	vm_page_t m;

	if (i == 1) {
		m = grab(3, w->flags);
		CHECK_EQ(atomic_load_acq_int(&w->released), 1);
		CHECK_EQ(bt_word(m), w->word);
		bt_settle(m);
		return;
	}
	test_await_sleepers(w->m, 1);
	CHECK((bt_word(w->m) & BT_W) != 0);
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
grab_waits(unsigned from, int flags, unsigned word,
    void (*release)(vm_page_t m))
{
	struct wait w = { .flags = flags, .word = word, .release = release };

	boot();
	w.m = bt_page(object, 3, from);
	test_threads(2, wait_thread, &w);
	CHECK_EQ(object->resident_page_count, 1);
	end();
}

LAB_TEST(flags_grab_waits_for_exclusive_busy)
{
	grab_waits(BT_X, VM_ALLOC_NORMAL, BT_X, bt_settle);
	grab_waits(BT_X, VM_ALLOC_NOBUSY, BT_U, bt_settle);
	grab_waits(BT_X, VM_ALLOC_IGN_SBUSY, BT_X, bt_settle);
	grab_waits(BT_X, VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY, BT_U,
	    bt_settle);
	grab_waits(BT_X, SHARED, BT_S(1), bt_settle);
}

LAB_TEST(flags_grab_waits_for_shared_busy)
{
	grab_waits(BT_S(1), VM_ALLOC_NORMAL, BT_X, bt_settle);
	grab_waits(BT_S(3), VM_ALLOC_NOBUSY, BT_U, bt_settle);
}

/* Woken for nothing, it looks again and sleeps again. */
static void
flash_first(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_flash(m);
	vm_page_unlock(m);
	test_await_sleepers(m, 1);
	bt_settle(m);
}

LAB_TEST(flags_grab_loops)
{
	grab_waits(BT_X, VM_ALLOC_NORMAL, BT_X, flash_first);
}

/* The page it waited for is gone: it makes another. */
LAB_TEST(flags_grab_looks_up_again)
{
	grab_waits(BT_X, VM_ALLOC_NORMAL, BT_X, test_free);
	grab_waits(BT_X, SHARED, BT_S(1), test_free);
}

/* ---- Grab, memory short ------------------------------------------------- */

static void
short_thread(void *arg, unsigned i)
{
	vm_page_t *last = arg, m;

	if (i == 1) {
		m = grab(0, VM_ALLOC_NORMAL);
		CHECK_EQ(bt_word(m), BT_X);
		pv_free(m);
		return;
	}
	test_await_sleepers(&vm_shortage, 1);
	VM_OBJECT_WLOCK(object);
	CHECK(vm_page_lookup(object, 0) == NULL);
	VM_OBJECT_WUNLOCK(object);
	test_free(*last);
}

LAB_TEST(flags_grab_waits_for_memory)
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
#endif /* TEST_SYNCHRONISED */
