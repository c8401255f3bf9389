/*
 * What the pagers share: the time a device takes, and the end of a getpages.
 *
 * A pager here is synchronous: the faulting thread does the I/O itself, with
 * the object unlocked.  So VPO_SWAPINPROG and its sleep have no user
 * (docs/FIDELITY.md).
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

uint64_t	vm_pager_latency_ns;

void
vm_pager_io_wait(void)
{
	uint64_t latency_ns = atomic_load_64(&vm_pager_latency_ns);

	if (latency_ns != 0)
		pause_ns("pgrio", latency_ns);
}

bool
vm_pager_in_size(vm_object_t object, vm_pindex_t pindex, int *before,
    int *after)
{
	pv_object_assert_read(object);
	if (pindex >= object->size)
		return (false);
	if (before != NULL)
		*before = (int)ulmin(pindex, VM_PAGER_CLUSTER);
	if (after != NULL)
		*after = (int)ulmin(object->size - 1 - pindex,
		    VM_PAGER_CLUSTER);
	return (true);
}

void
vm_pager_finish(vm_object_t object, vm_page_t *m, int count, int reqpage,
    int nread)
{
	int i;

	pv_object_assert_locked(object);
	for (i = 0; i < count; i++) {
		KASSERT(m[i]->object == object,
		    ("vm_pager_finish: page %p is of object %p", m[i],
		    m[i]->object));
		if (i < nread) {
			atomic_store_8(&m[i]->valid, VM_PAGE_BITS_ALL);
			atomic_store_8(&m[i]->dirty, 0);
		}
		if (i != reqpage)
			vm_page_readahead_finish(m[i]);
	}
}
