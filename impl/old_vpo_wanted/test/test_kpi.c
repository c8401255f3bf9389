/*
 * The 9.x busy KPI, state by state: for each function, VPO_BUSY, VPO_WANTED
 * and the count before and after, and whether the sleeper wakes.
 *
 * Facts: FreeBSD 9.3 sys/vm/vm_page.h, vm_page.c.  A row without WANTED runs
 * alone; a row with it has a second thread that really sleeps on the page.
 * wakeup() takes sleepers off their chain before it returns, so "woken" is
 * known at once.  Sleeping is tested in test_wait.c, grab in test_flags.c.
 */
#include "busy_test.h"

#define	B	BT_B
#define	W	BT_W

struct row {
	unsigned	oflags, busy;		/* before */
	unsigned	to_oflags, to_busy;	/* after */
	bool		wakes;
};

/* One row under way. */
struct trial {
	const struct row *row;
	void		(*op)(vm_page_t m);
	vm_page_t	m;
};

static vm_object_t	object, other;

/* Object locked. */
static void
perform(struct trial *t)
{
	const struct row *r = t->row;
	vm_page_t m = t->m;
	unsigned asleep;

	CHECK_EQ(m->oflags, r->oflags);
	CHECK_EQ(m->busy, r->busy);
	t->op(m);
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	asleep = (r->oflags & W) != 0 && !r->wakes;
	if (m->oflags != r->to_oflags || m->busy != r->to_busy ||
	    sleepq_sleepers(m) != asleep)
		panic("%#x, %u -> %#x, %u, %u asleep; expected %#x, %u, %u",
		    r->oflags, r->busy, m->oflags, m->busy,
		    sleepq_sleepers(m), r->to_oflags, r->to_busy, asleep);
	/* The KPI's functions want an object. */
	if (m->object == NULL && (m->flags & PG_FREE) == 0)
		CHECK_EQ(vm_page_insert(m, object, 3), 0);
	if (m->object == object) {
		bt_settle(m);
		vm_page_flash(m);
	}
}

static void
trial_thread(void *arg, unsigned i)
{
	struct trial *t = arg;

	if (i == 0)
		test_await_sleepers(t->m, 1);
	VM_OBJECT_LOCK(object);
	if (i == 0)
		perform(t);
	else
		vm_page_sleep(t->m, "test");
	VM_OBJECT_UNLOCK(object);
}

static void
trial(void (*op)(vm_page_t m), const struct row *row)
{
	struct trial t = { .row = row, .op = op };

	object = bt_boot();
	VM_OBJECT_UNLOCK(object);
	other = vm_object_allocate(OBJT_DEFAULT, 10);
	VM_OBJECT_LOCK(object);
	t.m = bt_page(object, 3, row->oflags, row->busy);
	if ((row->oflags & W) != 0) {
		VM_OBJECT_UNLOCK(object);
		test_threads(2, trial_thread, &t);
		VM_OBJECT_LOCK(object);
	} else
		perform(&t);
	vm_object_deallocate(other);
	bt_end(object);
}

#define	TRIALS(op, ...) do {						\
	static const struct row rows_[] = { __VA_ARGS__ };		\
	for (unsigned i_ = 0; i_ < nitems(rows_); i_++)			\
		trial(op, &rows_[i_]);					\
} while (0)

/* ---- Hard busy ---------------------------------------------------------- */

/* The count is not looked at. */
LAB_TEST(kpi_busy)
{
	TRIALS(vm_page_busy, { 0, 0, B, 0, 0 }, { 0, 1, B, 1, 0 },
	    { W, 0, B | W, 0, 0 }, { W, 2, B | W, 2, 0 });
}

/* Wakes though the count is not zero: who waits looks again. */
LAB_TEST(kpi_wakeup)
{
	TRIALS(vm_page_wakeup, { B, 0, 0, 0, 0 }, { B, 1, 0, 1, 0 },
	    { B | W, 0, 0, 0, 1 }, { B | W, 2, 0, 2, 1 });
}

LAB_TEST(kpi_flash)
{
	TRIALS(vm_page_flash, { 0, 0, 0, 0, 0 }, { B, 0, B, 0, 0 },
	    { 0, 1, 0, 1, 0 }, { W, 0, 0, 0, 1 }, { B | W, 0, B, 0, 1 },
	    { W, 1, 0, 1, 1 }, { B | W, 3, B, 3, 1 });
}

/* ---- Soft busy ---------------------------------------------------------- */

/* Legal on a page that is VPO_BUSY. */
LAB_TEST(kpi_io_start)
{
	TRIALS(vm_page_io_start, { 0, 0, 0, 1, 0 }, { 0, 1, 0, 2, 0 },
	    { B, 0, B, 1, 0 }, { B, 7, B, 8, 0 }, { B | W, 0, B | W, 1, 0 },
	    { W, 1, W, 2, 0 }, { 0, 254, 0, 255, 0 });
}

/* Flashes at zero only, and then though the page is VPO_BUSY. */
LAB_TEST(kpi_io_finish)
{
	TRIALS(vm_page_io_finish, { 0, 1, 0, 0, 0 }, { 0, 255, 0, 254, 0 },
	    { B, 2, B, 1, 0 }, { B, 1, B, 0, 0 }, { W, 2, W, 1, 0 },
	    { B | W, 2, B | W, 1, 0 }, { W, 1, 0, 0, 1 },
	    { B | W, 1, B, 0, 1 });
}

/* ---- Leaving an object -------------------------------------------------- */

static void
op_remove(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_remove(m);
	vm_page_unlock(m);
	CHECK(m->object == NULL);
}

/* Only who was VPO_BUSY is flashed. */
LAB_TEST(kpi_remove)
{
	TRIALS(op_remove, { 0, 0, 0, 0, 0 }, { 0, 1, 0, 1, 0 },
	    { W, 1, W, 1, 0 }, { B, 0, 0, 0, 0 }, { B | W, 0, 0, 0, 1 },
	    { B | W, 1, 0, 1, 1 });
}

static void
op_rename(vm_page_t m)
{
	VM_OBJECT_LOCK(other);
	CHECK_EQ(vm_page_rename(m, other, 7), 0);
	VM_OBJECT_UNLOCK(other);
	CHECK(m->object == other);
}

LAB_TEST(kpi_rename)
{
	TRIALS(op_rename, { 0, 0, 0, 0, 0 }, { B, 0, 0, 0, 0 },
	    { B | W, 0, 0, 0, 1 });
}

static void
op_replace(vm_page_t m)
{
	vm_page_t new = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);

	CHECK(vm_page_replace(new, object, m->pindex) == m);
	vm_page_lock(m);
	CHECK_EQ(m->busy, 0);
	vm_page_free(m);
	vm_page_unlock(m);
}

LAB_TEST(kpi_replace)
{
	TRIALS(op_replace, { B, 0, 0, 0, 0 }, { B | W, 0, 0, 0, 1 });
}

static void
op_free(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
	CHECK((m->flags & PG_FREE) != 0);
}

LAB_TEST(kpi_free)
{
	TRIALS(op_free, { 0, 0, 0, 0, 0 }, { B, 0, 0, 0, 0 },
	    { B | W, 0, 0, 0, 1 });
}

/* ---- Read-ahead --------------------------------------------------------- */

static void
op_readahead_valid(vm_page_t m)
{
	int queue = (m->oflags & W) != 0 ? PQ_ACTIVE : PQ_INACTIVE;

	m->valid = VM_PAGE_BITS_ALL;
	vm_page_readahead_finish(m);
	CHECK(!mtx_owned(vm_page_lockptr(m)));
	CHECK_EQ(m->queue, queue);
}

static void
op_readahead_invalid(vm_page_t m)
{
	vm_page_readahead_finish(m);
	CHECK(!mtx_owned(vm_page_lockptr(m)));
	CHECK((m->flags & PG_FREE) != 0);
}

LAB_TEST(kpi_readahead_finish)
{
	TRIALS(op_readahead_valid, { B, 0, 0, 0, 0 }, { B | W, 0, 0, 0, 1 });
	TRIALS(op_readahead_invalid, { B, 0, 0, 0, 0 },
	    { B | W, 0, 0, 0, 1 });
}
