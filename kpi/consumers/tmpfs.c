/*
 * A file system in memory, in the 9.x idiom.
 *
 * The shape of tmpfs: each page of a transfer is grabbed, which waits while it
 * is busy in either way and busies it; made valid; copied with the object
 * unlocked, VPO_BUSY and a wiring keeping the page; and given back.  Paging in
 * progress keeps the object from its end meanwhile.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include <kpi/consumers/tmpfs.h>

/*
 * Make a busy page valid.  The pager may drop the object's lock and put
 * another page in place, so *mp is looked up again.
 */
static int
tmpfs_page_in(vm_object_t object, vm_page_t *mp)
{
	const struct pagerops *pager = object->pager;
	vm_page_t m = *mp;
	vm_pindex_t pindex = m->pindex;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	if (m->valid == VM_PAGE_BITS_ALL)
		return (0);
	if (pager == NULL || !pager->pgo_haspage(object, pindex, NULL, NULL)) {
		vm_page_zero_invalid(m, TRUE);
		return (0);
	}
	if (pager->pgo_getpages(object, mp, 1, 0) != VM_PAGER_OK)
		return (EIO);
	*mp = vm_page_lookup(object, pindex);
	return (0);
}

/* Let the page go; one that holds nothing is freed. */
static void
tmpfs_release(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_unwire(m, PQ_ACTIVE);
	if (m->valid == 0 && m->wire_count == 0) {
		vm_page_free(m);
		vm_page_unlock(m);
		return;
	}
	vm_page_unlock(m);
	vm_page_wakeup(m);
}

/* Move what of uio's next n bytes, which lie in one page. */
static int
tmpfs_page_io(vm_object_t object, size_t n, struct uio *uio)
{
	vm_pindex_t pindex = OFF_TO_IDX(uio->uio_offset);
	size_t base = uio->uio_offset & PAGE_MASK;
	struct sf_buf *sf;
	vm_page_t m;
	int error;

	VM_OBJECT_LOCK(object);
	if (pindex >= object->size) {
		VM_OBJECT_UNLOCK(object);
		return (EFAULT);
	}
	vm_object_pip_add(object, 1);
	m = vm_page_grab(object, pindex, VM_ALLOC_WIRED | VM_ALLOC_NORMAL |
	    VM_ALLOC_RETRY);
	error = tmpfs_page_in(object, &m);
	if (error == 0) {
		VM_OBJECT_UNLOCK(object);
		sf = sf_buf_alloc(m, 0);
		error = uiomove((char *)sf_buf_kva(sf) + base, n, uio);
		sf_buf_free(sf);
		VM_OBJECT_LOCK(object);
		if (uio->uio_rw == UIO_WRITE)
			vm_page_dirty(m);
	}
	tmpfs_release(m);
	vm_object_pip_wakeup(object);
	VM_OBJECT_UNLOCK(object);
	return (error);
}

int
tmpfs_io(vm_object_t object, struct uio *uio)
{
	size_t n;
	int error = 0;

	while (error == 0 && uio->uio_resid > 0) {
		n = PAGE_SIZE - (uio->uio_offset & PAGE_MASK);
		error = tmpfs_page_io(object, ulmin(n, uio->uio_resid), uio);
	}
	return (error);
}

/* From the front each time: after a sleep nothing known of m holds. */
void
tmpfs_truncate(vm_object_t object, vm_pindex_t size)
{
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	KASSERT(size <= object->size, ("tmpfs_truncate: %ju of %ju pages",
	    (uintmax_t)size, (uintmax_t)object->size));
	object->size = size;
	while ((m = vm_page_find_least(object, size)) != NULL) {
		if (vm_page_sleep_if_busy(m, TRUE, "tmfstr"))
			continue;
		vm_page_lock(m);
		vm_page_free(m);
		vm_page_unlock(m);
	}
	VM_OBJECT_UNLOCK(object);
}
