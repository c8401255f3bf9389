/*
 * A buffer of device memory whose pages come into an object by faults.
 *
 * The pages are the buffer's for its life; the object has them only while they
 * are mapped, at indexes that a move changes.  A move holds them busied, and
 * takes them out and puts them back in one hold of the object's lock: so
 * whoever holds that lock finds each page in the object or unmapped.
 *
 * What the new KPI does not give under the old names:
 *
 * 1. ttm_fault() sleeps on a page and then unlocks page->object.  In 9.x that
 *    is safe, if not pretty: vm_page_sleep() remembers the object and returns
 *    with its lock, so the move is over and the page back.  After r254138 the
 *    sleep is the page's own affair; who writes it out and takes m->object's
 *    lock again afterwards reads NULL while the move is under way.
 * 2. vm_page_insert() returned nothing in 9.x, because its splay tree needed no
 *    memory.  The trie of 10.0 does: ENOMEM, and who does not look hands out a
 *    page that the object does not have.  The lab holds the trie constant, so
 *    the call can fail under every implementation here; under the old KPI that
 *    would be the lab's doing, not 9.3's, and the test leaves it alone there.
 */
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include <kpi/consumers/ttm.h>

int
ttm_bo_init(struct ttm_bo *bo, vm_object_t aperture, vm_pindex_t slot,
    unsigned npages)
{
	KASSERT(npages <= TTM_PAGES_MAX, ("ttm_bo_init: %u pages", npages));
	bo->object = aperture;
	bo->slot = slot;
	for (bo->npages = 0; bo->npages < npages; bo->npages++) {
		bo->pages[bo->npages] = vm_page_alloc(NULL, 0,
		    VM_ALLOC_NORMAL | VM_ALLOC_NOOBJ | VM_ALLOC_WIRED);
		if (bo->pages[bo->npages] == NULL) {
			ttm_bo_fini(bo);
			return (ENOMEM);
		}
	}
	return (0);
}

void
ttm_bo_fini(struct ttm_bo *bo)
{
	vm_page_t m;
	unsigned i;

	VM_OBJECT_LOCK(bo->object);
	for (i = 0; i < bo->npages; i++) {
		m = bo->pages[i];
		while (m->object != NULL &&
		    vm_page_sleep_if_busy(m, FALSE, "ttmfin"))
			;
		vm_page_lock(m);
		vm_page_unwire(m, PQ_NONE);
		vm_page_free(m);
		vm_page_unlock(m);
	}
	VM_OBJECT_UNLOCK(bo->object);
}

int
ttm_fault(struct ttm_bo *bo, unsigned i, vm_page_t *mres)
{
	vm_page_t m, oldm = *mres;

	if (i >= bo->npages)
		return (VM_PAGER_BAD);
retry:
	VM_OBJECT_LOCK(bo->object);
	m = vm_page_lookup(bo->object, bo->slot + i);
	if (m != NULL && m != oldm && (m->oflags & VPO_BUSY) != 0) {
		vm_page_sleep(m, "ttmpbs");
		VM_OBJECT_UNLOCK(m->object);
		goto retry;
	}
	if (oldm != NULL) {
		vm_page_lock(oldm);
		vm_page_remove(oldm);
		vm_page_unlock(oldm);
	}
	if (m == NULL || m == oldm) {
		m = bo->pages[i];
		m->valid = VM_PAGE_BITS_ALL;
		vm_page_insert(m, bo->object, bo->slot + i);
	}
	vm_page_busy(m);
	*mres = m;
	if (oldm != NULL) {
		vm_page_lock(oldm);
		vm_page_free(oldm);
		vm_page_unlock(oldm);
	}
	VM_OBJECT_UNLOCK(bo->object);
	return (VM_PAGER_OK);
}

/* Busy every page of the buffer, making it resident.  Object locked. */
static void
ttm_bo_busy(struct ttm_bo *bo)
{
	vm_page_t m;
	unsigned i;

	VM_OBJECT_LOCK_ASSERT(bo->object, MA_OWNED);
	for (i = 0; i < bo->npages; i++) {
		while ((m = vm_page_lookup(bo->object, bo->slot + i)) != NULL &&
		    vm_page_sleep_if_busy(m, FALSE, "ttmmov"))
			;
		if (m == NULL) {
			m = bo->pages[i];
			m->valid = VM_PAGE_BITS_ALL;
			vm_page_insert(m, bo->object, bo->slot + i);
		}
		vm_page_busy(m);
	}
}

void
ttm_bo_move(struct ttm_bo *bo, vm_pindex_t slot, void (*blit)(void *),
    void (*retarget)(void *), void *arg)
{
	unsigned i;

	VM_OBJECT_LOCK(bo->object);
	ttm_bo_busy(bo);
	VM_OBJECT_UNLOCK(bo->object);
	if (blit != NULL)
		blit(arg);
	VM_OBJECT_LOCK(bo->object);
	for (i = 0; i < bo->npages; i++) {
		vm_page_lock(bo->pages[i]);
		vm_page_remove(bo->pages[i]);	/* ends the busy */
		vm_page_unlock(bo->pages[i]);
	}
	if (retarget != NULL)
		retarget(arg);
	bo->slot = slot;
	for (i = 0; i < bo->npages; i++)
		vm_page_insert(bo->pages[i], bo->object, slot + i);
	VM_OBJECT_UNLOCK(bo->object);
}
