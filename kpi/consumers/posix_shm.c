/*
 * A shared memory object, in the 9.x idiom.
 *
 * The shape of uipc_shm.  Truncation tests for both kinds of busy and sleeps on
 * the page, a read waits for hard busy and holds the page by soft busy.
 *
 * A write grabs with VM_ALLOC_IGN_SBUSY and without VM_ALLOC_NOBUSY: it need
 * not wait for those who take bytes out of the page, who may get old ones or
 * new ones, only for another writer.  So VPO_BUSY is set over a count that is
 * not zero, which 9.x allows.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <kpi/consumers/posix_shm.h>

/* Clear a page from base on, if there is one: it is the object's last. */
static void
shm_zero_tail(vm_object_t object, vm_pindex_t pindex, unsigned base)
{
	vm_page_t m;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
retry:
	m = vm_page_lookup(object, pindex);
	if (m == NULL || m->valid == 0)
		return;
	if ((m->oflags & VPO_BUSY) != 0 || m->busy != 0) {
		vm_page_sleep(m, "shmtrc");
		goto retry;
	}
	md_zero((char *)vm_page_dmap(m) + base, PAGE_SIZE - base);
	vm_page_dirty(m);
}

void
shm_truncate(vm_object_t object, vm_ooffset_t length)
{
	vm_pindex_t size = OFF_TO_IDX(length + PAGE_MASK);
	unsigned base = length & PAGE_MASK;

	VM_OBJECT_LOCK(object);
	if (base != 0)
		shm_zero_tail(object, OFF_TO_IDX(length), base);
	if (size < object->size)
		vm_object_page_remove(object, size, object->size);
	object->size = size;
	VM_OBJECT_UNLOCK(object);
}

/* Write n bytes into one page. */
static int
shm_page_write(vm_object_t object, vm_pindex_t pindex, size_t n,
    struct uio *uio)
{
	size_t base = uio->uio_offset & PAGE_MASK;
	vm_page_t m;
	int error;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	m = vm_page_grab(object, pindex, VM_ALLOC_NORMAL | VM_ALLOC_RETRY |
	    VM_ALLOC_IGN_SBUSY);
	if (m->valid == 0)
		vm_page_zero_invalid(m, TRUE);
	VM_OBJECT_UNLOCK(object);
	error = uiomove((char *)vm_page_dmap(m) + base, n, uio);
	VM_OBJECT_LOCK(object);
	vm_page_dirty(m);
	vm_page_lock(m);
	vm_page_activate(m);
	vm_page_unlock(m);
	vm_page_wakeup(m);
	return (error);
}

/* Read n bytes of one page; where there is none, zeroes. */
static int
shm_page_read(vm_object_t object, vm_pindex_t pindex, size_t n,
    struct uio *uio)
{
	static char zeroes[PAGE_SIZE];
	size_t base = uio->uio_offset & PAGE_MASK;
	vm_page_t m;
	int error;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	while ((m = vm_page_lookup(object, pindex)) != NULL &&
	    vm_page_sleep_if_busy(m, FALSE, "shmrd"))
		continue;
	if (m == NULL || m->valid == 0) {
		VM_OBJECT_UNLOCK(object);
		error = uiomove(zeroes, n, uio);
		VM_OBJECT_LOCK(object);
		return (error);
	}
	vm_page_io_start(m);
	VM_OBJECT_UNLOCK(object);
	error = uiomove((char *)vm_page_dmap(m) + base, n, uio);
	VM_OBJECT_LOCK(object);
	vm_page_io_finish(m);
	return (error);
}

int
shm_io(vm_object_t object, struct uio *uio)
{
	vm_pindex_t pindex;
	size_t n;
	int error = 0;

	VM_OBJECT_LOCK(object);
	while (error == 0 && uio->uio_resid > 0) {
		pindex = OFF_TO_IDX(uio->uio_offset);
		n = PAGE_SIZE - (uio->uio_offset & PAGE_MASK);
		n = ulmin(n, uio->uio_resid);
		if (pindex >= object->size)
			error = EFAULT;
		else if (uio->uio_rw == UIO_WRITE)
			error = shm_page_write(object, pindex, n, uio);
		else
			error = shm_page_read(object, pindex, n, uio);
	}
	VM_OBJECT_UNLOCK(object);
	return (error);
}
