/*
 * Sending a file's pages without copying them, in the 9.x idiom.
 *
 * The shape of sendfile(2): a page is grabbed wired and not busied, because it
 * is only looked at and the wiring keeps it; soft busy is held just around the
 * read that fills it, so that another sender of the same page waits for that
 * one read.  The network unwires it, long after, by the page lock alone.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <kpi/consumers/sendfile.h>

/* Fill a page that is wired.  Object locked; dropped for the read. */
static int
sendfile_readin(vm_object_t object, struct disk *disk, vm_page_t m)
{
	int error;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	vm_page_io_start(m);
	VM_OBJECT_UNLOCK(object);
	error = disk->d_strategy(disk, UIO_READ, IDX_TO_OFF(m->pindex),
	    vm_page_dmap(m), PAGE_SIZE);
	VM_OBJECT_LOCK(object);
	if (error == 0)
		m->valid = VM_PAGE_BITS_ALL;
	vm_page_io_finish(m);
	return (error);
}

/* Unwire a page that could not be read; free it if nobody else wants it. */
static void
sendfile_forget(vm_object_t object, vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_INACTIVE);
	if (m->wire_count == 0 && m->valid == 0 && m->busy == 0 &&
	    !(m->oflags & VPO_BUSY))
		vm_page_free(m);
	vm_page_unlock(m);
	(void)object;
}

/* The page at pindex, wired and valid, or NULL with *error set. */
static struct sf_buf *
sendfile_page(vm_object_t object, struct disk *disk, vm_pindex_t pindex,
    int *error)
{
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	m = vm_page_grab(object, pindex, VM_ALLOC_NOBUSY | VM_ALLOC_NORMAL |
	    VM_ALLOC_WIRED | VM_ALLOC_RETRY);
	*error = 0;
	if (m->valid != VM_PAGE_BITS_ALL)
		*error = sendfile_readin(object, disk, m);
	if (*error != 0)
		sendfile_forget(object, m);
	VM_OBJECT_UNLOCK(object);
	return (*error == 0 ? sf_buf_alloc(m, 0) : NULL);
}

int
sendfile_queue(vm_object_t object, struct disk *disk, vm_ooffset_t off,
    size_t len, struct sendfile_mbuf *mb, unsigned *nmb)
{
	int error;

	for (*nmb = 0; len > 0; ++*nmb, mb++) {
		mb->sm_off = off & PAGE_MASK;
		mb->sm_len = (unsigned)ulmin(len, PAGE_SIZE - mb->sm_off);
		mb->sm_sf = sendfile_page(object, disk, OFF_TO_IDX(off),
		    &error);
		if (mb->sm_sf == NULL)
			return (error);
		off += mb->sm_len;
		len -= mb->sm_len;
	}
	return (0);
}

/* A page whose object went while it was on its way is ours to free. */
void
sendfile_done(struct sendfile_mbuf *mb)
{
	vm_page_t m = sf_buf_page(mb->sm_sf);

	sf_buf_free(mb->sm_sf);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_INACTIVE);
	if (m->wire_count == 0 && m->object == NULL)
		vm_page_free(m);
	vm_page_unlock(m);
}
