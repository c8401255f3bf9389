/*
 * Reading a file in clusters, in the 9.x idiom.
 *
 * The shape of vfs_cluster: a page that is asked for is read together with
 * those behind it.  Soft busy says that a page is in a transfer, and is all
 * that is looked at: a page that somebody has VPO_BUSY, a fault that made it
 * and will have it read, say, is read too and counted up.  So a page is
 * VPO_BUSY and has a count at once, which 9.x allows and nobody minds: the
 * bytes are the same, and a count keeps the page from being freed.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <kpi/consumers/cluster.h>

/*
 * The page asked for, soft busy; NULL if it is valid, perhaps because who was
 * reading it is done.
 */
static vm_page_t
cluster_first(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	m = vm_page_grab(object, pindex, VM_ALLOC_NORMAL | VM_ALLOC_NOBUSY |
	    VM_ALLOC_RETRY);
	if (m->valid == VM_PAGE_BITS_ALL)
		return (NULL);
	vm_page_io_start(m);
	return (m);
}

/* Collect the pages of a transfer into ma, each soft busy; how many. */
static unsigned
cluster_collect(vm_object_t object, vm_pindex_t first, vm_page_t *ma)
{
	unsigned n;
	vm_page_t m;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	ma[0] = cluster_first(object, first);
	if (ma[0] == NULL)
		return (0);
	for (n = 1; n < CLUSTER_PAGES && first + n < object->size; n++) {
		m = vm_page_lookup(object, first + n);
		if (m == NULL)
			m = vm_page_alloc(object, first + n, VM_ALLOC_NORMAL |
			    VM_ALLOC_NOBUSY);
		if (m == NULL || m->busy != 0 || m->valid != 0)
			break;
		vm_page_io_start(m);
		ma[n] = m;
	}
	return (n);
}

static int
cluster_transfer(struct disk *disk, vm_page_t *ma, unsigned n)
{
	unsigned i;
	int error = 0;

	for (i = 0; i < n && error == 0; i++)
		error = disk->d_strategy(disk, UIO_READ,
		    IDX_TO_OFF(ma[i]->pindex), vm_page_dmap(ma[i]), PAGE_SIZE);
	return (error);
}

/*
 * End a page's part in the transfer.  One that could not be read goes, unless
 * somebody else has it.
 */
static void
cluster_end(vm_page_t m, int error)
{
	if (error == 0)
		m->valid = VM_PAGE_BITS_ALL;
	vm_page_io_finish(m);
	vm_page_lock(m);
	if (m->valid != 0)
		vm_page_deactivate(m);
	else if (!(m->oflags & VPO_BUSY) && !m->busy && m->wire_count == 0)
		vm_page_free(m);
	vm_page_unlock(m);
}

int
cluster_read(vm_object_t object, struct disk *disk, vm_pindex_t first)
{
	vm_page_t ma[CLUSTER_PAGES];
	unsigned i, n;
	int error;

	VM_OBJECT_LOCK(object);
	n = cluster_collect(object, first, ma);
	if (n == 0) {
		VM_OBJECT_UNLOCK(object);
		return (0);
	}
	vm_object_pip_add(object, n);
	VM_OBJECT_UNLOCK(object);
	error = cluster_transfer(disk, ma, n);
	VM_OBJECT_LOCK(object);
	for (i = 0; i < n; i++) {
		cluster_end(ma[i], error);
		vm_object_pip_wakeup(object);
	}
	VM_OBJECT_UNLOCK(object);
	return (error);
}
