/*
 * The busy word, state by state: for every operation and every state that can
 * be reached, the word that results, bit for bit, what is returned, and
 * whether the sleeper wakes.
 *
 * Facts: FreeBSD r254138 sys/vm/vm_page.h, vm_page.c.  A row without W runs
 * alone; a row with W has a second thread that really sleeps on the page.
 * wakeup() takes sleepers off their chain before it returns, so "woken" is
 * known at once.  What panics is in test_kpi_panic.c, sleeping in test_wait.c.
 */
#include "busy_test.h"

#define	U	BT_U
#define	S1	BT_S(1)
#define	S2	BT_S(2)
#define	S3	BT_S(3)
#define	X	BT_X
#define	W	BT_W

struct row {
	unsigned	from, to;
	int		ret;		/* what the operation returns */
	bool		wakes;
};

/* One row under way. */
struct trial {
	const struct row *row;
	int		(*op)(vm_page_t m);
	vm_page_t	m;
};

static vm_object_t	object, other;

static void
check_predicates(vm_page_t m)
{
	unsigned x = bt_word(m);

	CHECK_EQ(vm_page_busied(m), x != U);
	CHECK_EQ(vm_page_xbusied(m), (x & X) != 0);
	CHECK_EQ(vm_page_sbusied(m), (x & U) != 0 && x != U);
	if (x == U)
		vm_page_assert_unbusied(m);
	else if ((x & X) != 0)
		vm_page_assert_xbusied(m);
	else
		vm_page_assert_sbusied(m);
}

static void
perform(struct trial *t)
{
	const struct row *r = t->row;
	unsigned asleep;
	int ret;

	CHECK_EQ(bt_word(t->m), r->from);
	check_predicates(t->m);
	ret = t->op(t->m);
	asleep = (r->from & W) != 0 && !r->wakes;
	if (bt_word(t->m) != r->to || ret != r->ret ||
	    sleepq_sleepers(t->m) != asleep)
		panic("%#x -> %#x, returned %d, %u asleep; expected %#x, %d, "
		    "%u", r->from, bt_word(t->m), ret, sleepq_sleepers(t->m),
		    r->to, r->ret, asleep);
	check_predicates(t->m);
	bt_settle(t->m);
	CHECK_EQ(bt_word(t->m), U);
}

static void
trial_thread(void *arg, unsigned i)
{
	struct trial *t = arg;

	if (i == 1) {
		bt_sleep(t->m);
		return;
	}
	test_await_sleepers(t->m, 1);
	perform(t);
}

static void
trial(int (*op)(vm_page_t m), const struct row *row)
{
	struct trial t = { .row = row, .op = op };

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	other = vm_object_allocate(OBJT_DEFAULT, 10);
	t.m = bt_page(object, 3, row->from & ~W);
	if ((row->from & W) != 0)
		test_threads(2, trial_thread, &t);
	else
		perform(&t);
	if ((t.m->flags & PG_FREE) == 0)
		test_free(t.m);
	vm_object_deallocate(object);
	vm_object_deallocate(other);
	test_end();
}

#define	TRIALS(op, ...) do {						\
	static const struct row rows_[] = { __VA_ARGS__ };		\
	for (unsigned i_ = 0; i_ < nitems(rows_); i_++)			\
		trial(op, &rows_[i_]);					\
} while (0)

/* ---- Busy --------------------------------------------------------------- */

static int
op_tryxbusy(vm_page_t m)
{
	return (vm_page_tryxbusy(m) != 0);
}

LAB_TEST(kpi_tryxbusy)
{
	TRIALS(op_tryxbusy, { U, X, 1, 0 }, { S1, S1, 0, 0 },
	    { S2, S2, 0, 0 }, { S1 | W, S1 | W, 0, 0 },
	    { S2 | W, S2 | W, 0, 0 }, { X, X, 0, 0 },
	    { X | W, X | W, 0, 0 });
}

static int
op_trysbusy(vm_page_t m)
{
	return (vm_page_trysbusy(m) != 0);
}

/* W stays and stops nobody: sharers may overtake who waits. */
LAB_TEST(kpi_trysbusy)
{
	TRIALS(op_trysbusy, { U, S1, 1, 0 }, { S1, S2, 1, 0 },
	    { S2, S3, 1, 0 }, { S1 | W, S2 | W, 1, 0 },
	    { S2 | W, S3 | W, 1, 0 }, { X, X, 0, 0 },
	    { X | W, X | W, 0, 0 });
}

static int
op_xbusy(vm_page_t m)
{
	vm_page_xbusy(m);
	return (0);
}

static int
op_sbusy(vm_page_t m)
{
	vm_page_sbusy(m);
	return (0);
}

LAB_TEST(kpi_xbusy_sbusy)
{
	TRIALS(op_xbusy, { U, X, 0, 0 });
	TRIALS(op_sbusy, { U, S1, 0, 0 }, { S1, S2, 0, 0 }, { S2, S3, 0, 0 },
	    { S1 | W, S2 | W, 0, 0 }, { S2 | W, S3 | W, 0, 0 });
}

/* ---- Unbusy ------------------------------------------------------------- */

static int
op_xunbusy(vm_page_t m)
{
	vm_page_xunbusy(m);
	return (mtx_owned(vm_page_lockptr(m)));
}

static int
op_xunbusy_hard(vm_page_t m)
{
	vm_page_xunbusy_hard(m);
	return (mtx_owned(vm_page_lockptr(m)));
}

LAB_TEST(kpi_xunbusy)
{
	TRIALS(op_xunbusy, { X, U, 0, 0 }, { X | W, U, 0, 1 });
	TRIALS(op_xunbusy_hard, { X, U, 0, 0 }, { X | W, U, 0, 1 });
}

static int
op_sunbusy(vm_page_t m)
{
	vm_page_sunbusy(m);
	return (mtx_owned(vm_page_lockptr(m)));
}

/* Only the last sharer wakes. */
LAB_TEST(kpi_sunbusy)
{
	TRIALS(op_sunbusy, { S1, U, 0, 0 }, { S2, S1, 0, 0 },
	    { S1 | W, U, 0, 1 }, { S2 | W, S1 | W, 0, 0 });
}

static int
op_downgrade(vm_page_t m)
{
	vm_page_busy_downgrade(m);
	return (0);
}

/* As at r254138: W is kept and nobody woken. */
LAB_TEST(kpi_busy_downgrade)
{
	TRIALS(op_downgrade, { X, S1, 0, 0 }, { X | W, S1 | W, 0, 0 });
}

static int
op_flash(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_flash(m);
	vm_page_lock_assert(m, MA_OWNED);
	vm_page_unlock(m);
	return (0);
}

LAB_TEST(kpi_flash)
{
	TRIALS(op_flash, { U, U, 0, 0 }, { S1, S1, 0, 0 }, { S2, S2, 0, 0 },
	    { X, X, 0, 0 }, { S1 | W, S1, 0, 1 }, { S2 | W, S2, 0, 1 },
	    { X | W, X, 0, 1 });
}

/* ---- Leaving an object -------------------------------------------------- */

static int
op_remove(vm_page_t m)
{
	pv_object_lock(object);
	vm_page_lock(m);
	vm_page_remove(m);
	vm_page_unlock(m);
	pv_object_unlock(object);
	return (0);
}

/* A shared busy is left alone, its sleeper too. */
LAB_TEST(kpi_remove)
{
	TRIALS(op_remove, { U, U, 0, 0 }, { S1, S1, 0, 0 }, { S2, S2, 0, 0 },
	    { S1 | W, S1 | W, 0, 0 }, { S2 | W, S2 | W, 0, 0 },
	    { X, U, 0, 0 }, { X | W, U, 0, 1 });
}

static int
op_rename(vm_page_t m)
{
	pv_object_lock(object);
	pv_object_lock(other);
	CHECK_EQ(vm_page_rename(m, other, 7), 0);
	pv_object_unlock(other);
	pv_object_unlock(object);
	return (m->object == other ? 0 : -1);
}

static int
op_replace(vm_page_t m)
{
	vm_page_t new = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ), old;

	pv_object_lock(object);
	old = vm_page_replace(new, object, m->pindex);
	pv_object_unlock(object);
	CHECK_EQ(bt_word(new), U);
	return (old == m ? 0 : -1);
}

LAB_TEST(kpi_rename_and_replace)
{
	TRIALS(op_rename, { U, U, 0, 0 }, { X, U, 0, 0 }, { X | W, U, 0, 1 });
	TRIALS(op_replace, { U, U, 0, 0 }, { X, U, 0, 0 },
	    { X | W, U, 0, 1 });
}

static int
op_free(vm_page_t m)
{
	test_free(m);
	return ((m->flags & PG_FREE) != 0);
}

LAB_TEST(kpi_free)
{
	TRIALS(op_free, { U, U, 1, 0 }, { X, U, 1, 0 }, { X | W, U, 1, 1 });
}

/* Freeing an unmanaged page asks for no page lock; waking takes it. */
static void
unmanaged_thread(void *arg, unsigned i)
{
	vm_page_t m = arg;

	if (i == 1) {
		bt_sleep(m);
		return;
	}
	test_await_sleepers(m, 1);
	pv_object_lock(m->object);
	vm_page_free(m);
	pv_object_unlock(object);
	CHECK(!mtx_owned(vm_page_lockptr(m)));
	CHECK_EQ(sleepq_sleepers(m), 0);
}

LAB_TEST(kpi_free_of_an_unmanaged_page_wakes)
{
	vm_page_t m;

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_PHYS, 10);
	m = bt_page(object, 0, X);
	CHECK((m->oflags & VPO_UNMANAGED) != 0);
	test_threads(2, unmanaged_thread, m);
	CHECK_EQ(bt_word(m), U);
	vm_object_deallocate(object);
	test_end();
}
