/*
 * Contracts: which locks each call of the KPI wants, whether it sleeps, and
 * what it leaves held.  A row a call:
 *
 *	CONTRACT(name, OBJECT, PAGE, SLEEP, CHECKED)
 *
 * The file that includes this one defines CONTRACT; there is no guard, so that
 * it can do so twice.  Where CONTRACT is not defined the preprocessor prints
 * the rows, one a line.  Rows that differ between implementations are split as
 * the verbs are: <vm/lock_contract.h>, <vm/page_contract.h> and
 * <vm/grab_contract.h> of the implementation's folder.  test/unit/
 * test_contract.c makes a call of every row in each right and each wrong state;
 * test/kpi_contract.sh finds calls without a row.
 *
 * OBJECT	the least mode in which the lock of the page's object is held
 *	NONE	none
 *	READ	any
 *	WRITE	for writing; 9.x's mutex has this one mode
 *
 * PAGE		the page lock, of a managed page
 *	ANY	held or not
 *	HELD	held
 *	FREE	not held: the call takes it, or takes a lock that comes before
 *		it, or sleeps
 *
 * SLEEP	what may happen to the locks meanwhile; unless it says so,
 *		they are on return as they were on entry
 *	NO	never sleeps
 *	OBJECT	may sleep: the object's lock is dropped and held again on
 *		return, in the mode it was; nothing learnt before holds
 *	BOTH	as OBJECT; and if it sleeps, the page lock is given up
 *	PAGE	may sleep: the page lock is given up, slept or not; the
 *		object's may not be held, it would be slept with
 *	SELF	takes the object's lock and gives it back: it may not be held
 *	WAIT	may sleep: neither lock may be held
 *	LOCKS	works on a lock itself: wants it in the very mode given, and
 *		leaves it as its name says; may block, never sleeps
 *
 * CHECKED	a kernel with its checks on (INVARIANTS; for the order of
 *		locks, and for sleeping with one, WITNESS in FreeBSD and
 *		INVARIANTS here) stops when a lock is missing or in the way.
 *		Of a row that asks for nothing this is true of itself
 * DOCUMENTED	a manual page or a commit's log says so, and no code asks
 *
 * CONTRACT_LOOK is the mode in which an implementation looks something up in
 * an object; <vm/lock_contract.h> has it.
 *
 * Facts: assertions of FreeBSD 10.4 sys/vm, where 9.3 has the same under its
 * one mode; of the busy KPI, each release's own.
 */
#include <vm/lock_contract.h>
#include <vm/page_contract.h>
#include <vm/grab_contract.h>

/* ---- <vm/vm_page.h>: the page lock ------------------------------------ */

CONTRACT(vm_page_lock, NONE, FREE, LOCKS, CHECKED)
CONTRACT(vm_page_unlock, NONE, HELD, LOCKS, CHECKED)
CONTRACT(vm_page_trylock, NONE, ANY, LOCKS, CHECKED)
/* With MA_OWNED. */
CONTRACT(vm_page_lock_assert, NONE, HELD, LOCKS, CHECKED)
CONTRACT(vm_page_lockptr, NONE, ANY, NO, CHECKED)

/* ---- Life of a page ---------------------------------------------------- */

CONTRACT(PHYS_TO_VM_PAGE, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_dmap, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_managed, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_alloc, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_free, WRITE, HELD, NO, CHECKED)
CONTRACT(vm_page_lookup, CONTRACT_LOOK, ANY, NO, CHECKED)
CONTRACT(vm_page_find_least, CONTRACT_LOOK, ANY, NO, CHECKED)
CONTRACT(vm_page_next, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_prev, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_insert, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_insert_after, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_remove, WRITE, HELD, NO, CHECKED)
/* Both objects. */
CONTRACT(vm_page_rename, WRITE, FREE, NO, CHECKED)
/* The lock of the page that goes. */
CONTRACT(vm_page_replace, WRITE, FREE, NO, CHECKED)

CONTRACT(vm_page_getfake, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_page_putfake, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_updatefake, NONE, ANY, NO, CHECKED)

/* ---- Wiring, holding, queues ------------------------------------------- */

CONTRACT(vm_page_wire, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_unwire, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_hold, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_unhold, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_activate, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_deactivate, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_dequeue, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_advise, WRITE, HELD, NO, CHECKED)
CONTRACT(vm_page_try_to_free, WRITE, HELD, NO, CHECKED)

/* ---- Validity and dirt -------------------------------------------------- */

CONTRACT(vm_page_aflag_set, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_aflag_clear, NONE, ANY, NO, CHECKED)
/* Or the page exclusively busied, or, of dirty alone, the page lock. */
CONTRACT(vm_page_dirty, WRITE, ANY, NO, DOCUMENTED)
/* Or the page exclusively busied, by whomever: no owner is recorded. */
CONTRACT(vm_page_undirty, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_is_all_valid, CONTRACT_LOOK, ANY, NO, DOCUMENTED)
CONTRACT(vm_page_is_valid, CONTRACT_LOOK, ANY, NO, CHECKED)
CONTRACT(vm_page_set_valid_range, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_set_validclean, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_set_invalid, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_zero_invalid, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_clear_dirty_mask, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_page_test_dirty, WRITE, ANY, NO, CHECKED)

/* ---- Shortage ----------------------------------------------------------- */

CONTRACT(vm_wait, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_waitpfault, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_free_count, NONE, ANY, NO, CHECKED)

/* ---- <vm/vm_object.h> --------------------------------------------------- */

CONTRACT(vm_object_count, NONE, ANY, NO, CHECKED)
CONTRACT(vm_object_allocate, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_object_allocate_cred, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_object_set_charge, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_object_shrink, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_object_truncate, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_object_coalesce, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_object_reference, NONE, FREE, SELF, CHECKED)
CONTRACT(vm_object_reference_locked, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_object_deallocate, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_object_shadow, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_object_divisible, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_object_split, NONE, FREE, WAIT, CHECKED)
CONTRACT(vm_object_pip_add, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_object_pip_wakeup, WRITE, ANY, NO, CHECKED)
CONTRACT(vm_object_pip_wait, WRITE, FREE, OBJECT, CHECKED)
CONTRACT(vm_object_page_remove, WRITE, FREE, OBJECT, CHECKED)

/* ---- <vm/vm_pager.h>: what a pager may count on ------------------------- */

CONTRACT(pgo_alloc, NONE, FREE, WAIT, CHECKED)
CONTRACT(pgo_getpages, WRITE, FREE, OBJECT, CHECKED)
CONTRACT(pgo_haspage, CONTRACT_LOOK, ANY, NO, CHECKED)
CONTRACT(pgo_putpages, WRITE, FREE, OBJECT, CHECKED)
CONTRACT(pgo_freespace, CONTRACT_LOOK, ANY, NO, CHECKED)
/* The object is dead. */
CONTRACT(pgo_dealloc, WRITE, ANY, NO, CHECKED)
