/*
 * What the tests of the busy word share: its states in bare numbers, pages in
 * a given state, and a thread that sleeps on one.
 *
 * The numbers are FreeBSD's, written out so that a wrong mask in
 * <vm/vm_page_busy.h> cannot hide behind itself.  W is never poked into a word:
 * a thread really sleeps.
 */
#ifndef BUSY_TEST_H
#define	BUSY_TEST_H

#include <unit/vm_test.h>

#define	BT_FRAMES	512
#define	BT_U		0x01u
#define	BT_X		0x02u
#define	BT_W		0x04u
#define	BT_S(n)		(8u * (n) + 1)

static inline unsigned
bt_word(vm_page_t m)
{
	return (atomic_load_int(&m->busy_lock));
}

/* A new page at pindex: U, X or S(n). */
static inline vm_page_t
bt_page(vm_object_t object, vm_pindex_t pindex, unsigned state)
{
	vm_page_t m;

	pv_object_lock(object);
	m = vm_page_alloc(object, pindex, VM_ALLOC_NOBUSY);
	CHECK(m != NULL);
	if (state == BT_X)
		vm_page_xbusy(m);
	while (state != BT_X && bt_word(m) != state)
		vm_page_sbusy(m);
	pv_object_unlock(object);
	return (m);
}

/*
 * End every busy there is now, all of them the caller's; who sleeps on the
 * page is woken, and may busy it at once.
 */
static inline void
bt_settle(vm_page_t m)
{
	unsigned n, x = bt_word(m);

	if ((x & BT_X) != 0)
		vm_page_xunbusy(m);
	for (n = x >> 3; n > 0; n--)
		vm_page_sunbusy(m);
}

/* Sleep while m is busied, as the KPI has it. */
static inline void
bt_sleep(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_busy_sleep(m, "test");
	vm_page_lock_assert(m, MA_NOTOWNED);
}

/* Two threads, the first acting on a page that the second sleeps on. */
struct bt_pair {
	vm_page_t	m;
	void		(*act)(vm_page_t m);
};

static inline void
bt_pair_thread(void *arg, unsigned i)
{
	struct bt_pair *bp = arg;

	if (i == 1) {
		bt_sleep(bp->m);
		return;
	}
	test_await_sleepers(bp->m, 1);
	CHECK((bt_word(bp->m) & BT_W) != 0);
	bp->act(bp->m);
}

/* Boot; a page in a state, with a sleeper, and act(m) then; shut down. */
static inline void
bt_with_sleeper(unsigned state, void (*act)(vm_page_t m))
{
	struct bt_pair bp = { .act = act };
	vm_object_t object;

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	bp.m = bt_page(object, 3, state);
	test_threads(2, bt_pair_thread, &bp);
	vm_object_deallocate(object);
	test_end();
}

#endif /* BUSY_TEST_H */
