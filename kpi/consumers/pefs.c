/*
 * A stacking file system: pages of one object are made from another's.
 *
 * The upper object's lock comes before the lower one's, and nobody sleeps on a
 * page of one with the other locked.  vm_page_sleep() knows of one object, so
 * where both may be locked the sleep is written out, as 9.x does it: note that
 * the page is wanted, drop the other object, sleep on the page with its own
 * object's mutex as the interlock, and begin again.
 *
 * What the new KPI does not give under the old names: the flag and the mutex.
 * After r254138 the sleeper sets the waiters bit of busy_lock and sleeps by
 * the page lock; who sleeps by the object's lock is woken by nobody.
 */
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/sleepqueue.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include <kpi/consumers/pefs.h>

/* Encipher or decipher a page, which are the same. */
static void
pefs_crypt(const struct pefs_node *pn, vm_page_t from, vm_page_t to)
{
	const uint64_t *src = vm_page_dmap(from);
	uint64_t *dst = vm_page_dmap(to);
	unsigned i;

	for (i = 0; i < PAGE_SIZE / sizeof(*dst); i++)
		dst[i] = src[i] ^ pn->key * (2 * i + 1);
}

void
pefs_open(struct pefs_node *pn, vm_object_t lower, uint64_t key)
{
	vm_object_reference(lower);
	pn->upper = vm_object_allocate(OBJT_DEFAULT, lower->size);
	pn->lower = lower;
	pn->key = key;
}

void
pefs_close(struct pefs_node *pn)
{
	pefs_sync(pn);
	vm_object_deallocate(pn->upper);
	vm_object_deallocate(pn->lower);
}

/* The page in the clear, valid and busied. */
static vm_page_t
pefs_getpage(struct pefs_node *pn, vm_pindex_t pindex)
{
	vm_object_t lower = pn->lower;
	vm_page_t m, lm;

	VM_OBJECT_LOCK(pn->upper);
	m = vm_page_grab(pn->upper, pindex, VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
	VM_OBJECT_UNLOCK(pn->upper);
	if (m->valid == VM_PAGE_BITS_ALL)
		return (m);
	VM_OBJECT_LOCK(lower);
	lm = vm_page_grab(lower, pindex, VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
	if (lm->valid != VM_PAGE_BITS_ALL && (lower->pager == NULL ||
	    lower->pager->pgo_getpages(lower, &lm, 1, 0) != VM_PAGER_OK))
		vm_page_zero_invalid(lm, TRUE);
	vm_page_wakeup(lm);
	vm_page_io_start(lm);
	VM_OBJECT_UNLOCK(lower);
	pefs_crypt(pn, lm, m);
	VM_OBJECT_LOCK(lower);
	vm_page_io_finish(lm);
	VM_OBJECT_UNLOCK(lower);
	VM_OBJECT_LOCK(pn->upper);
	m->valid = VM_PAGE_BITS_ALL;
	VM_OBJECT_UNLOCK(pn->upper);
	return (m);
}

int
pefs_rdwr(struct pefs_node *pn, struct uio *uio)
{
	size_t base, n;
	vm_page_t m;

	if (uio->uio_offset + uio->uio_resid > IDX_TO_OFF(pn->upper->size))
		return (EINVAL);
	while (uio->uio_resid > 0) {
		base = uio->uio_offset & PAGE_MASK;
		n = ulmin(PAGE_SIZE - base, uio->uio_resid);
		m = pefs_getpage(pn, OFF_TO_IDX(uio->uio_offset));
		(void)uiomove((char *)vm_page_dmap(m) + base, n, uio);
		VM_OBJECT_LOCK(pn->upper);
		if (uio->uio_rw == UIO_WRITE)
			vm_page_dirty(m);
		vm_page_wakeup(m);
		VM_OBJECT_UNLOCK(pn->upper);
	}
	return (0);
}

/*
 * Busy a page below, which is made if need be, and soft-busy the changed page
 * m above it.  NULL if it had to sleep: both objects, locked on entry, are
 * then unlocked.
 */
static vm_page_t
pefs_busy_below(struct pefs_node *pn, vm_page_t m)
{
	vm_page_t lm;

	lm = vm_page_lookup(pn->lower, m->pindex);
	if (lm != NULL && (lm->oflags & VPO_BUSY || lm->busy)) {
		VM_OBJECT_UNLOCK(pn->upper);
		lm->oflags |= VPO_WANTED;
		msleep(lm, VM_OBJECT_MTX(pn->lower), PVM, "pefslw", 0);
		VM_OBJECT_UNLOCK(pn->lower);
		return (NULL);
	}
	if (lm != NULL)
		vm_page_busy(lm);
	else
		lm = vm_page_alloc(pn->lower, m->pindex, VM_ALLOC_NORMAL);
	if (lm == NULL) {
		VM_OBJECT_UNLOCK(pn->lower);
		VM_OBJECT_UNLOCK(pn->upper);
		vm_wait();
		return (NULL);
	}
	vm_page_io_start(m);
	return (lm);
}

void
pefs_sync(struct pefs_node *pn)
{
	vm_page_t m, lm;
	vm_pindex_t i = 0;

	while (i < pn->upper->size) {
		VM_OBJECT_LOCK(pn->upper);
		m = vm_page_lookup(pn->upper, i);
		if (m == NULL || m->dirty == 0) {
			VM_OBJECT_UNLOCK(pn->upper);
			i++;
			continue;
		}
		if ((m->oflags & VPO_BUSY) != 0 || m->busy != 0) {
			m->oflags |= VPO_WANTED;
			msleep(m, VM_OBJECT_MTX(pn->upper), PDROP | PVM,
			    "pefsup", 0);
			continue;
		}
		VM_OBJECT_LOCK(pn->lower);
		if ((lm = pefs_busy_below(pn, m)) == NULL)
			continue;
		vm_page_undirty(m);
		VM_OBJECT_UNLOCK(pn->lower);
		VM_OBJECT_UNLOCK(pn->upper);
		pefs_crypt(pn, m, lm);
		VM_OBJECT_LOCK(pn->lower);
		lm->valid = VM_PAGE_BITS_ALL;
		vm_page_dirty(lm);
		vm_page_wakeup(lm);
		VM_OBJECT_UNLOCK(pn->lower);
		VM_OBJECT_LOCK(pn->upper);
		vm_page_io_finish(m);
		VM_OBJECT_UNLOCK(pn->upper);
	}
}
