/*
 * A call of each row of <vm/vm_contract.h>, but for those that differ between
 * implementations: these are in the folders' test/contract_*.h.
 */
#ifndef TEST_CONTRACT_VM_H
#define	TEST_CONTRACT_VM_H

#include "contract_test.h"
#include "cred_test.h"
#include <vm/swap_pager.h>
#include <vm/vm_pager.h>

/* ---- Setups ------------------------------------------------------------- */

/* A page in no object. */
static void
ct_loose(void)
{
	ct.m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	CHECK(ct.m != NULL);
}

static void
ct_page_locked_do(void (*fn)(vm_page_t))
{
	vm_page_lock(ct.m);
	fn(ct.m);
	vm_page_unlock(ct.m);
}

static void
ct_wired(void)
{
	ct_page_locked_do(vm_page_wire);
}

static void
ct_held(void)
{
	ct_page_locked_do(vm_page_hold);
}

static void
ct_queued(void)
{
	ct_page_locked_do(vm_page_activate);
}

static vm_page_t	ct_fake_page;

static void
ct_fake(void)
{
	ct_fake_page = vm_page_getfake(ct.m->phys_addr);
}

/* A second object, locked as the destination of a rename has to be. */
static void
ct_destination(void)
{
	ct.other = vm_object_allocate(OBJT_DEFAULT, 10);
	pv_object_lock(ct.other);
}

static void
ct_paging(void)
{
	pv_object_lock(ct.object);
	vm_object_pip_add(ct.object, 1);
	pv_object_unlock(ct.object);
}

static void
ct_paging_done(void)
{
	pv_object_lock(ct.object);
	vm_object_pip_wakeup(ct.object);
	pv_object_unlock(ct.object);
}

static const void *
ct_on_object(void)
{
	return (ct.object);
}

static void
ct_referenced_twice(void)
{
	vm_object_reference(ct.object);
}

/* An object with a pager, and a page to be filled. */
static void
ct_paged(void)
{
	ct.object = vm_anon_pager_allocate(10);
	ct.m = pv_alloc(ct.object, CT_PINDEX, VM_ALLOC_NORMAL);
	CHECK(ct.m != NULL);
}

/* So slowly that a host with other work still lets the waker see it. */
static void
ct_paged_slowly(void)
{
	ct_paged();
	atomic_store_64(&vm_pager_latency_ns, 300000000);
}

static void
ct_dead(void)
{
	ct_paged();
	pv_object_lock(ct.object);
	ct.object->flags |= OBJ_DEAD;
	pv_object_unlock(ct.object);
}

/* The object is to be had, and the page is not filled yet. */
static void
ct_still_paging(void)
{
	pv_object_lock(ct.object);
	CHECK_EQ(ct.m->valid, 0);
	pv_object_unlock(ct.object);
}

/* About to be written out. */
static void
ct_laundered(void)
{
	int error = swap_on(NULL, SWAP_CLUSTER);

	CHECK(error == 0 || error == EBUSY);
	ct.object = vm_pager_allocate(OBJT_SWAP, NULL, ptoa(10), VM_PROT_RW, 0,
	    NULL);
	ct.m = pv_alloc(ct.object, CT_PINDEX, VM_ALLOC_NOBUSY);
	CHECK(ct.m != NULL);
	pv_object_lock(ct.object);
	ct.m->valid = VM_PAGE_BITS_ALL;
	vm_page_dirty(ct.m);
	pv_sbusy_locked(ct.m);
	vm_object_pip_add(ct.object, 1);
	pv_object_unlock(ct.object);
}

static struct swbuf	*ct_swbuf;	/* one of all, which are taken */

static void
ct_laundered_in_turn(void)
{
	ct_laundered();
	for (unsigned i = 0; i < NSW_WRITE; i++)
		ct_swbuf = swbuf_get(SWAP_WRITE);
}

/* The object is to be had, and the page cannot be written yet. */
static void
ct_still_dirty(void)
{
	pv_object_lock(ct.object);
	CHECK_EQ(ct.m->dirty, VM_PAGE_BITS_ALL);
	pv_object_unlock(ct.object);
	swbuf_put(ct_swbuf);
}

/* ---- The page lock ------------------------------------------------------ */

CT_CALL(vm_page_lock, ct_plain, vm_page_lock(ct.m);
    CHECK(mtx_owned(vm_page_lockptr(ct.m))));
CT_CALL(vm_page_unlock, ct_plain, vm_page_unlock(ct.m);
    CHECK(!mtx_owned(vm_page_lockptr(ct.m))));
/* Once more by its owner it is not to be had. */
CT_CALL(vm_page_trylock, ct_plain,
    int had = mtx_owned(vm_page_lockptr(ct.m));
    CHECK_EQ(vm_page_trylock(ct.m) != 0, !had);
    CHECK(mtx_owned(vm_page_lockptr(ct.m))));
CT_CALL(vm_page_lock_assert, ct_plain, vm_page_lock_assert(ct.m, MA_OWNED));
CT_CALL(vm_page_lockptr, ct_plain, CHECK(vm_page_lockptr(ct.m) != NULL));

/* ---- Life of a page ---------------------------------------------------- */

CT_CALL(PHYS_TO_VM_PAGE, ct_plain,
    CHECK(PHYS_TO_VM_PAGE(ct.m->phys_addr) == ct.m));
CT_CALL(vm_page_dmap, ct_plain, CHECK(vm_page_dmap(ct.m) != NULL));
CT_CALL(vm_page_managed, ct_plain, CHECK(vm_page_managed(ct.m)));
CT_CALL(vm_page_alloc, ct_plain,
    CHECK(vm_page_alloc(ct.object, CT_PINDEX + 1, VM_ALLOC_NORMAL) != NULL));
CT_CALL(vm_page_free, ct_plain, vm_page_free(ct.m));
CT_CALL(vm_page_lookup, ct_plain,
    CHECK(vm_page_lookup(ct.object, CT_PINDEX) == ct.m));
CT_CALL(vm_page_find_least, ct_plain,
    CHECK(vm_page_find_least(ct.object, 0) == ct.m));
CT_CALL(vm_page_next, ct_plain, CHECK(vm_page_next(ct.m) == NULL));
CT_CALL(vm_page_prev, ct_plain, CHECK(vm_page_prev(ct.m) == NULL));
CT_CALL(vm_page_insert, ct_loose,
    CHECK_EQ(vm_page_insert(ct.m, ct.object, CT_PINDEX + 1), 0));
CT_CALL(vm_page_insert_after, ct_loose,
    CHECK_EQ(vm_page_insert_after(ct.m, ct.object, 0, NULL), 0));
CT_CALL(vm_page_remove, ct_plain, vm_page_remove(ct.m));
CT_CALL(vm_page_rename, ct_destination,
    CHECK_EQ(vm_page_rename(ct.m, ct.other, CT_PINDEX), 0));
CT_CALL(vm_page_replace, ct_plain,
    vm_page_t new = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
    CHECK(vm_page_replace(new, ct.object, CT_PINDEX) == ct.m));

CT_CALL(vm_page_getfake, ct_plain,
    CHECK(vm_page_getfake(ct.m->phys_addr)->phys_addr == ct.m->phys_addr));
CT_CALL(vm_page_putfake, ct_fake, vm_page_putfake(ct_fake_page));
CT_CALL(vm_page_updatefake, ct_fake,
    vm_page_updatefake(ct_fake_page, ct.m->phys_addr));

/* ---- Wiring, holding, queues ------------------------------------------- */

CT_CALL(vm_page_wire, ct_queued, vm_page_wire(ct.m));
CT_CALL(vm_page_unwire, ct_wired, vm_page_unwire(ct.m, PQ_ACTIVE));
CT_CALL(vm_page_hold, ct_plain, vm_page_hold(ct.m));
CT_CALL(vm_page_unhold, ct_held, vm_page_unhold(ct.m));
CT_CALL(vm_page_activate, ct_plain, vm_page_activate(ct.m));
CT_CALL(vm_page_deactivate, ct_queued, vm_page_deactivate(ct.m));
CT_CALL(vm_page_dequeue, ct_queued, vm_page_dequeue(ct.m));
CT_CALL(vm_page_advise, ct_queued, vm_page_advise(ct.m, MADV_DONTNEED));
CT_CALL(vm_page_try_to_free, ct_queued, CHECK(vm_page_try_to_free(ct.m)));

/* ---- Validity and dirt -------------------------------------------------- */

CT_CALL(vm_page_aflag_set, ct_plain, vm_page_aflag_set(ct.m, PGA_REFERENCED));
CT_CALL(vm_page_aflag_clear, ct_plain,
    vm_page_aflag_clear(ct.m, PGA_REFERENCED));
CT_CALL(vm_page_dirty, ct_plain, vm_page_dirty(ct.m));
CT_CALL(vm_page_undirty, ct_plain, vm_page_undirty(ct.m));
CT_CALL(vm_page_is_all_valid, ct_plain, CHECK(vm_page_is_all_valid(ct.m)));
CT_CALL(vm_page_is_valid, ct_plain,
    CHECK(vm_page_is_valid(ct.m, 0, PAGE_SIZE)));
CT_CALL(vm_page_set_valid_range, ct_plain,
    vm_page_set_valid_range(ct.m, 0, DEV_BSIZE));
CT_CALL(vm_page_set_validclean, ct_plain,
    vm_page_set_validclean(ct.m, 0, DEV_BSIZE));
CT_CALL(vm_page_set_invalid, ct_plain,
    vm_page_set_invalid(ct.m, 0, DEV_BSIZE));
CT_CALL(vm_page_zero_invalid, ct_plain, vm_page_zero_invalid(ct.m, true));
CT_CALL(vm_page_clear_dirty_mask, ct_plain, vm_page_clear_dirty_mask(ct.m, 1));
CT_CALL(vm_page_test_dirty, ct_plain, vm_page_test_dirty(ct.m));

/* ---- Shortage ----------------------------------------------------------- */

CT_CALL(vm_wait, ct_plain, vm_wait());
CT_CALL(vm_waitpfault, ct_plain, vm_waitpfault());
CT_CALL(vm_free_count, ct_plain, CHECK(vm_free_count() > 0));

/* ---- Objects ------------------------------------------------------------ */

CT_CALL(vm_object_count, ct_plain, CHECK(vm_object_count() > 0));
CT_CALL(vm_object_allocate, ct_plain,
    CHECK(vm_object_allocate(OBJT_DEFAULT, 1) != NULL));
CT_CALL(vm_object_allocate_cred, ct_plain,
    CHECK(vm_object_allocate_cred(OBJT_DEFAULT, 1, &ucred_root) != NULL));
CT_CALL(vm_object_set_charge, ct_plain,
    vm_object_set_charge(ct.object, crhold(&ucred_root), 0));
CT_CALL(vm_object_shrink, ct_plain, vm_object_shrink(ct.object, 9));
CT_CALL(vm_object_truncate, ct_plain,
    CHECK_EQ(vm_object_truncate(ct.object, 1), 0));
CT_CALL(vm_object_coalesce, ct_plain,
    CHECK(vm_object_coalesce(ct.object, 0, ptoa(1), ptoa(1), false)));
CT_CALL(vm_object_reference, ct_plain, vm_object_reference(ct.object));
CT_CALL(vm_object_reference_locked, ct_plain,
    vm_object_reference_locked(ct.object));
CT_CALL(vm_object_deallocate, ct_plain, vm_object_deallocate(ct.object));
CT_CALL(vm_object_shadow, ct_referenced_twice,
    vm_object_t front = ct.object;
    vm_ooffset_t offset = 0;
    vm_object_shadow(&front, &offset, 1);
    CHECK(front != ct.object));
CT_CALL(vm_object_divisible, ct_referenced_twice,
    CHECK(vm_object_divisible(ct.object)));
CT_CALL(vm_object_split, ct_referenced_twice,
    vm_object_t part = ct.object;
    vm_ooffset_t offset = 0;
    vm_object_split(&part, &offset, 10);
    CHECK(part != ct.object && ct.m->object == part));
CT_CALL(vm_object_pip_add, ct_plain, vm_object_pip_add(ct.object, 1));
CT_CALL(vm_object_pip_wakeup, ct_paging, vm_object_pip_wakeup(ct.object));
CT_CALL(vm_object_pip_wait, ct_plain, vm_object_pip_wait(ct.object, "test"),
    .cc_busy = ct_paging, .cc_channel = ct_on_object,
    .cc_wake = ct_paging_done, .cc_wrong_busy = true);
CT_CALL(vm_object_page_remove, ct_plain,
    vm_object_page_remove(ct.object, 0, 0), CT_WHILE_XBUSIED);

/* ---- Pagers ------------------------------------------------------------- */

CT_CALL(pgo_alloc, ct_plain,
    CHECK(vm_pager_allocate(OBJT_DEFAULT, NULL, 1, VM_PROT_RW, 0, NULL) !=
	NULL));
CT_CALL(pgo_getpages, ct_paged,
    CHECK_EQ(ct.object->pager->pgo_getpages(ct.object, &ct.m, 1, 0),
	VM_PAGER_OK),
    .cc_busy = ct_paged_slowly, .cc_wake = ct_still_paging);
CT_CALL(pgo_haspage, ct_paged,
    CHECK(ct.object->pager->pgo_haspage(ct.object, CT_PINDEX, NULL, NULL)));
CT_CALL(pgo_putpages, ct_laundered,
    int rtval;
    ct.object->pager->pgo_putpages(ct.object, &ct.m, 1, 0, &rtval);
    CHECK_EQ(rtval, VM_PAGER_PEND);
    CHECK_EQ(ct.m->dirty, 0),
    .cc_busy = ct_laundered_in_turn, .cc_wake = ct_still_dirty);
CT_CALL(pgo_freespace, ct_laundered,
    ct.object->pager->pgo_freespace(ct.object, 0, 10));
CT_CALL(pgo_dealloc, ct_dead, ct.object->pager->pgo_dealloc(ct.object));

#endif /* TEST_CONTRACT_VM_H */
