/*
 * A buffer cache over the pages of an object, in the 9.x idiom.
 *
 * The shape of vfs_bio.  Before a transfer no page of the buffer may be in the
 * hands of one who changes it; while the buffer waits for one page, it parks
 * those before it VPO_BUSY, so that they are not taken meanwhile.  It looks at
 * VPO_BUSY only: a page that is soft busy, in another buffer's transfer, is
 * parked over the count, which 9.x allows.  During the transfer all pages are
 * soft busy and the object has as much paging in progress.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <kpi/consumers/bufcache.h>

void
bufcache_get(struct buf *bp, vm_object_t object, struct disk *disk,
    vm_pindex_t first, unsigned npages)
{
	unsigned i;

	KASSERT(npages <= BUF_PAGES, ("bufcache_get: %u pages", npages));
	bp->b_object = object;
	bp->b_disk = disk;
	bp->b_npages = npages;
	VM_OBJECT_LOCK(object);
	for (i = 0; i < npages; i++)
		bp->b_pages[i] = vm_page_grab(object, first + i,
		    VM_ALLOC_NOBUSY | VM_ALLOC_SYSTEM | VM_ALLOC_WIRED |
		    VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY |
		    VM_ALLOC_COUNT(npages - i));
	VM_OBJECT_UNLOCK(object);
}

/* Wait until no page is VPO_BUSY, with the object locked from then on. */
static void
bufcache_drain(struct buf *bp)
{
	unsigned i, parked = 0;
	vm_page_t m;

	VM_OBJECT_LOCK_ASSERT(bp->b_object, MA_OWNED);
	for (i = 0; i < bp->b_npages; i++) {
		m = bp->b_pages[i];
		if ((m->oflags & VPO_BUSY) == 0)
			continue;
		for (; parked < i; parked++)
			vm_page_busy(bp->b_pages[parked]);
		while (m->oflags & VPO_BUSY)
			vm_page_sleep(m, "vbpage");
	}
	for (i = 0; i < parked; i++)
		vm_page_wakeup(bp->b_pages[i]);
}

/* Choose the pages to move, and make it known that they move. */
static void
bufcache_start(struct buf *bp, enum uio_rw rw)
{
	unsigned i;
	vm_page_t m;

	VM_OBJECT_LOCK(bp->b_object);
	bufcache_drain(bp);
	vm_object_pip_add(bp->b_object, bp->b_npages);
	bp->b_todo = 0;
	for (i = 0; i < bp->b_npages; i++) {
		m = bp->b_pages[i];
		vm_page_io_start(m);
		if (rw == UIO_WRITE)
			vm_page_undirty(m);
		if (rw == UIO_WRITE || m->valid != VM_PAGE_BITS_ALL)
			bp->b_todo |= 1u << i;
	}
	VM_OBJECT_UNLOCK(bp->b_object);
}

/* The transfer has ended; a page that was to be written may still be. */
static void
bufcache_finish(struct buf *bp, enum uio_rw rw, int error)
{
	unsigned i;
	vm_page_t m;

	VM_OBJECT_LOCK(bp->b_object);
	for (i = 0; i < bp->b_npages; i++) {
		m = bp->b_pages[i];
		if (rw == UIO_READ && error == 0)
			m->valid = VM_PAGE_BITS_ALL;
		if (rw == UIO_WRITE && error != 0)
			vm_page_dirty(m);
		vm_page_io_finish(m);
		vm_object_pip_wakeup(bp->b_object);
	}
	VM_OBJECT_UNLOCK(bp->b_object);
}

static int
bufcache_transfer(struct buf *bp, enum uio_rw rw)
{
	unsigned i;
	vm_page_t m;
	int error = 0;

	bufcache_start(bp, rw);
	for (i = 0; i < bp->b_npages && error == 0; i++) {
		m = bp->b_pages[i];
		if ((bp->b_todo & 1u << i) != 0)
			error = bp->b_disk->d_strategy(bp->b_disk, rw,
			    IDX_TO_OFF(m->pindex), vm_page_dmap(m), PAGE_SIZE);
	}
	bufcache_finish(bp, rw, error);
	return (error);
}

int
bufcache_read(struct buf *bp)
{
	return (bufcache_transfer(bp, UIO_READ));
}

int
bufcache_write(struct buf *bp)
{
	return (bufcache_transfer(bp, UIO_WRITE));
}

void
bufcache_release(struct buf *bp)
{
	unsigned i;
	vm_page_t m;

	VM_OBJECT_LOCK(bp->b_object);
	for (i = 0; i < bp->b_npages; i++) {
		m = bp->b_pages[i];
		vm_page_lock(m);
		vm_page_unwire(m, PQ_INACTIVE);
		if (m->wire_count == 0 && m->valid == 0 &&
		    (m->oflags & VPO_BUSY) == 0 && m->busy == 0)
			vm_page_free(m);
		vm_page_unlock(m);
	}
	VM_OBJECT_UNLOCK(bp->b_object);
}
