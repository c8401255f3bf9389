/*
 * Every row of <vm/vm_contract.h> is true: what it wants is missed, what it
 * leaves is there.
 *
 * Method: the rows make the tests.  Of a row,
 * - contract_NAME makes the call in each state that the row allows, and looks
 *   at the locks afterwards;
 * - contract_NAME_asleep, where the row says that the call sleeps, has it
 *   sleep in one thread; another sees that the locks are to be had, wakes it,
 *   and the first looks at its locks;
 * - contract_NAME_object_free, _object_read, _object_held, _page_free and
 *   _page_held make the call in a wrong state each, if there is one: it panics
 *   over the lock if the row is CHECKED, and returns if it is DOCUMENTED.
 * The calls, with what they need, are in contract_vm.h and in test/contract_*.h
 * of the implementation: a row without one does not build.
 */
#include "contract_test.h"

#if TEST_SYNCHRONISED
#include "contract_vm.h"
#include <test/contract_lock.h>
#include <test/contract_page.h>
#include <test/contract_grab.h>

enum ct_mode { CT_NONE, CT_READ, CT_WRITE };
enum ct_page { CT_ANY, CT_HELD, CT_FREE };
enum ct_sleep {
	CT_NO, CT_OBJECT, CT_BOTH, CT_PAGE, CT_SELF, CT_WAIT, CT_LOCKS
};

struct ct_row {
	enum ct_mode	cr_object;
	enum ct_page	cr_page;
	enum ct_sleep	cr_sleep;
	const struct ct_call *cr_call;
};

/* One call, made in one state. */
struct ct_trial {
	const struct ct_row *t_row;
	enum ct_mode	t_object;
	bool		t_page;		/* the page lock is held */
	uint32_t	t_locked;	/* (a) it has its locks, or had */
};

/* ---- Locks --------------------------------------------------------------- */

static enum ct_mode
mode_now(void)
{
	const struct held_lock *hl = lock_held(CT_OBJECT_LOCK(ct.object));

	if (hl == NULL)
		return (CT_NONE);
	return (hl->hl_shared ? CT_READ : CT_WRITE);
}

static void
lock_all(const struct ct_trial *t)
{
	if (t->t_object == CT_WRITE)
		pv_object_lock(ct.object);
#if CT_HAS_READ
	else if (t->t_object == CT_READ)
		VM_OBJECT_RLOCK(ct.object);
#endif
	if (t->t_page)
		vm_page_lock(ct.m);
}

static void
unlock_all(void)
{
	if (mtx_owned(vm_page_lockptr(ct.m)))
		vm_page_unlock(ct.m);
	if (mode_now() == CT_WRITE)
		pv_object_unlock(ct.object);
#if CT_HAS_READ
	else if (mode_now() == CT_READ)
		VM_OBJECT_RUNLOCK(ct.object);
#endif
	if (ct.other != NULL)
		pv_object_unlock(ct.other);
	CHECK_EQ(curthread->td_nheld, 0);
}

/* What the row says of the locks afterwards; a LOCKS call has looked itself. */
static void
check_left(const struct ct_trial *t, bool slept)
{
	enum ct_sleep sleep = t->t_row->cr_sleep;
	bool page = t->t_page && sleep != CT_PAGE &&
	    !(sleep == CT_BOTH && slept);

	if (sleep == CT_LOCKS)
		return;
	CHECK_EQ(mode_now(), t->t_object);
	CHECK_EQ(mtx_owned(vm_page_lockptr(ct.m)), page);
}

/* ---- One call ------------------------------------------------------------ */

static void
set_up(void (*setup)(void))
{
	ct.object = vm_object_allocate(OBJT_DEFAULT, 10);
	ct.m = pv_alloc(ct.object, CT_PINDEX, VM_ALLOC_NOBUSY);
	CHECK(ct.m != NULL);
	ct.m->valid = VM_PAGE_BITS_ALL;
	ct.other = NULL;
	ct.timo_ns = 1000;
	setup();
}

static void
trial(const struct ct_row *row, enum ct_mode object, bool page)
{
	struct ct_trial t = {
		.t_row = row, .t_object = object, .t_page = page
	};

	set_up(row->cr_call->cc_setup);
	lock_all(&t);
	row->cr_call->cc_call();
	check_left(&t, false);
	unlock_all();
}

/* ---- Calls that sleep ---------------------------------------------------- */

static void
wake_sleeper(struct ct_trial *t)
{
	const struct ct_call *call = t->t_row->cr_call;

	while (atomic_load_acq_int(&t->t_locked) == 0)
		md_spin_hint();
	if (call->cc_channel != NULL) {
		test_await_sleepers(call->cc_channel(), 1);
		CHECK(pv_object_trylock(ct.object));
		CHECK(vm_page_trylock(ct.m));
		vm_page_unlock(ct.m);
		pv_object_unlock(ct.object);
	}
	call->cc_wake();
}

static void
sleeping_thread(void *arg, unsigned i)
{
	struct ct_trial *t = arg;

	if (i == 0) {
		wake_sleeper(t);
		return;
	}
	lock_all(t);
	atomic_store_rel_int(&t->t_locked, 1);
	t->t_row->cr_call->cc_call();
	check_left(t, true);
	unlock_all();
}

static void
sleeping_trial(const struct ct_row *row, enum ct_mode object, bool page)
{
	struct ct_trial t = {
		.t_row = row, .t_object = object, .t_page = page
	};

	set_up(row->cr_call->cc_busy);
	ct.timo_ns = 0;
	test_threads(2, sleeping_thread, &t);
}

/* ---- Every state that a row allows --------------------------------------- */

/* The strongest mode it may be called with. */
static enum ct_mode
mode_most(const struct ct_row *row)
{
	if (row->cr_sleep == CT_NO || row->cr_sleep == CT_OBJECT ||
	    row->cr_sleep == CT_BOTH)
		return (CT_WRITE);
	return (row->cr_object);
}

static void
in_right_states(const struct ct_row *row,
    void (*try)(const struct ct_row *, enum ct_mode, bool))
{
	unsigned mode, page;

	test_boot(CT_FRAMES);
	for (mode = row->cr_object; mode <= mode_most(row); mode++) {
		if (mode == CT_READ && !CT_HAS_READ)
			continue;
		for (page = 0; page < 2; page++)
			if (row->cr_page == CT_ANY ||
			    page == (row->cr_page == CT_HELD))
				try(row, mode, page != 0);
	}
}

static bool
may_sleep(const struct ct_row *row)
{
	return (row->cr_sleep == CT_OBJECT || row->cr_sleep == CT_BOTH ||
	    row->cr_sleep == CT_PAGE);
}

static void
right(const struct ct_row *row)
{
	/* The words fit the call: it can be made to sleep; there is a mode. */
	CHECK_EQ(row->cr_call->cc_busy != NULL, may_sleep(row));
	CHECK(row->cr_object != CT_READ || CT_HAS_READ);
	if (!row->cr_call->cc_always)
		in_right_states(row, trial);
}

static void
asleep(const struct ct_row *row)
{
	in_right_states(row, sleeping_trial);
}

/* ---- One wrong state ----------------------------------------------------- */

/* For a panic; or the call returns, and what it left is not looked at. */
static void
wrong(const struct ct_row *row, enum ct_mode object, bool page)
{
	const struct ct_call *call = row->cr_call;
	struct ct_trial t = {
		.t_row = row, .t_object = object, .t_page = page
	};

	test_boot(CT_FRAMES);
	set_up(call->cc_always || call->cc_wrong_busy ? call->cc_busy :
	    call->cc_setup);
	lock_all(&t);
	call->cc_call();
	unlock_all();
}

static void
wrong_object(const struct ct_row *row, enum ct_mode object)
{
	wrong(row, object, row->cr_page == CT_HELD);
}

static void
wrong_page(const struct ct_row *row, bool page)
{
	wrong(row, row->cr_object, page);
}

/*
 * ---- From rows to tests ----------------------------------------------------
 *
 * The words of a row choose, by pasting, which tests there are.  `missing' and
 * "vm page" are what the panic has to say: a lock that is missing is "not
 * owned", "not write-locked"; by the lock itself it is put in several ways, and
 * so is one that is in the way: "recursion on", "sleep while".
 */
#define	WRONG_CHECKED(test, text, call)					\
	LAB_TEST_PANIC(test, text) { call; }
#define	WRONG_DOCUMENTED(test, text, call)				\
	LAB_TEST(test) { call; }

#define	MISSING_NO(lock)	lock " not "
#define	MISSING_OBJECT(lock)	MISSING_NO(lock)
#define	MISSING_BOTH(lock)	MISSING_NO(lock)
#define	MISSING_PAGE(lock)	MISSING_NO(lock)
#define	MISSING_SELF(lock)	MISSING_NO(lock)
#define	MISSING_WAIT(lock)	MISSING_NO(lock)
#define	MISSING_LOCKS(lock)	lock

#define	OBJECT_NONE(name, missing, checked)
#define	OBJECT_READ(name, missing, checked)				\
	WRONG_##checked(contract_##name##_object_free, missing,		\
	    wrong_object(&row_##name, CT_NONE))
#if CT_HAS_READ
#define	OBJECT_WRITE(name, missing, checked)				\
	OBJECT_READ(name, missing, checked)				\
	WRONG_##checked(contract_##name##_object_read, missing,		\
	    wrong_object(&row_##name, CT_READ))
#else
#define	OBJECT_WRITE(name, missing, checked)				\
	OBJECT_READ(name, missing, checked)
#endif

#define	PAGE_ANY(name, missing, checked)
#define	PAGE_HELD(name, missing, checked)				\
	WRONG_##checked(contract_##name##_page_free, missing,		\
	    wrong_page(&row_##name, false))
#define	PAGE_FREE(name, missing, checked)				\
	WRONG_##checked(contract_##name##_page_held, "vm page",		\
	    wrong_page(&row_##name, true))

/* Calls that may not be made with the object's lock held. */
#define	HELD_NO(name, checked)
#define	HELD_LOCKS(name, checked)
#define	HELD_OBJECT(name, checked)
#define	HELD_BOTH(name, checked)
#define	HELD_PAGE(name, checked)	HELD_SELF(name, checked)
#define	HELD_WAIT(name, checked)	HELD_SELF(name, checked)
#define	HELD_SELF(name, checked)					\
	WRONG_##checked(contract_##name##_object_held, "vm object",	\
	    wrong_object(&row_##name, CT_WRITE))

#define	ASLEEP_NO(name)
#define	ASLEEP_SELF(name)
#define	ASLEEP_WAIT(name)	/* for memory: test_shortage.c */
#define	ASLEEP_LOCKS(name)
#define	ASLEEP_BOTH(name)	ASLEEP_OBJECT(name)
#define	ASLEEP_PAGE(name)	ASLEEP_OBJECT(name)
#define	ASLEEP_OBJECT(name)						\
	LAB_TEST(contract_##name##_asleep) { asleep(&row_##name); }

#define	CONTRACT(name, object, page, sleep, checked)			\
	CONTRACT_TESTS(name, object, page, sleep, checked)
#define	CONTRACT_TESTS(name, object, page, sleep, checked)		\
static const struct ct_row row_##name = {				\
	CT_##object, CT_##page, CT_##sleep, &ct_##name			\
};									\
LAB_TEST(contract_##name) { right(&row_##name); }			\
ASLEEP_##sleep(name)							\
OBJECT_##object(name, MISSING_##sleep("vm object"), checked)		\
PAGE_##page(name, MISSING_##sleep("vm page"), checked)			\
HELD_##sleep(name, checked)

#include <vm/vm_contract.h>
#endif /* TEST_SYNCHRONISED */
