/*
 * Mapping the first page of a program's image, in the 9.x idiom.
 *
 * The shape of exec: the first page is waited for, here by hand, as in the VM's
 * own places that have nothing to come back to: VPO_WANTED is set and msleep()
 * on the page drops the object's mutex for good (PDROP).  The pages behind are
 * collected while they are there for the taking and no longer: exec stops at a
 * busy one and busies the others.  The image's page is then held, not busied.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <sys/sleepqueue.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include <kpi/consumers/exec_map.h>

/* Page 0, VPO_BUSY, with the object locked. */
static vm_page_t
exec_first_page(vm_object_t object)
{
	vm_page_t m;

	for (;;) {
		VM_OBJECT_LOCK(object);
		m = vm_page_lookup(object, 0);
		if (m == NULL)
			return (vm_page_grab(object, 0, VM_ALLOC_NORMAL |
			    VM_ALLOC_RETRY));
		if (!(m->oflags & VPO_BUSY) && m->busy == 0) {
			vm_page_busy(m);
			return (m);
		}
		m->oflags |= VPO_WANTED;
		msleep(m, VM_OBJECT_MTX(object), PDROP | PVM, "exfpw", 0);
	}
}

/* Busy the pages behind ma[0] that can be read with it; how many in all. */
static int
exec_collect(vm_object_t object, vm_page_t *ma)
{
	int i, after;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	if (!object->pager->pgo_haspage(object, 0, NULL, &after))
		return (1);
	for (i = 1; i <= after && i < EXEC_PAGES; i++) {
		ma[i] = vm_page_next(ma[i - 1]);
		if (ma[i] == NULL) {
			ma[i] = vm_page_alloc(object, i, VM_ALLOC_NORMAL |
			    VM_ALLOC_IFNOTCACHED);
			if (ma[i] == NULL)
				break;
			continue;
		}
		if (ma[i]->valid != 0)
			break;
		if ((ma[i]->oflags & VPO_BUSY) || ma[i]->busy)
			break;
		vm_page_busy(ma[i]);
	}
	return (i);
}

/* Read the image's beginning into the busy page m.  Object locked. */
static int
exec_readin(vm_object_t object, vm_page_t m)
{
	vm_page_t ma[EXEC_PAGES];
	int n, rv;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	ma[0] = m;
	n = exec_collect(object, ma);
	rv = object->pager->pgo_getpages(object, ma, n, 0);
	if (rv == VM_PAGER_OK)
		return (0);
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
	return (EIO);
}

int
exec_map_first_page(vm_object_t object, struct sf_buf **sfp)
{
	vm_page_t m;
	int error;

	m = exec_first_page(object);
	if (m->valid != VM_PAGE_BITS_ALL) {
		error = exec_readin(object, m);
		if (error != 0) {
			VM_OBJECT_UNLOCK(object);
			return (error);
		}
		m = vm_page_lookup(object, 0);
	}
	vm_page_lock(m);
	vm_page_hold(m);
	vm_page_unlock(m);
	vm_page_wakeup(m);
	VM_OBJECT_UNLOCK(object);
	*sfp = sf_buf_alloc(m, 0);
	return (0);
}

void
exec_unmap_first_page(struct sf_buf *sf)
{
	vm_page_t m = sf_buf_page(sf);

	sf_buf_free(sf);
	vm_page_lock(m);
	vm_page_unhold(m);
	vm_page_unlock(m);
}
