/*
 * vm_page_grab(), 9.x: find the page or make it, waiting for a busy one on
 * the object's lock.  Facts: FreeBSD 9.3 sys/vm/vm_page.c.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>

/*
 * Take a resident page, or wait and return NULL: the object's lock was dropped
 * and the caller must look the page up from scratch.
 */
static vm_page_t
grab_resident(vm_page_t m, int allocflags)
{
	if ((m->oflags & VPO_BUSY) != 0 ||
	    ((allocflags & VM_ALLOC_IGN_SBUSY) == 0 && m->busy != 0)) {
		/* Tell the page daemon that the page is in use. */
		vm_page_aflag_set(m, PGA_REFERENCED);
		vm_page_sleep(m, "pgrbwt");
		return (NULL);
	}
	if ((allocflags & VM_ALLOC_WIRED) != 0) {
		vm_page_lock(m);
		vm_page_wire(m);
		vm_page_unlock(m);
	}
	if ((allocflags & VM_ALLOC_NOBUSY) == 0)
		vm_page_busy(m);
	return (m);
}

vm_page_t
vm_page_grab(vm_object_t object, vm_pindex_t pindex, int allocflags)
{
	vm_page_t m;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	KASSERT((allocflags & VM_ALLOC_RETRY) != 0,
	    ("vm_page_grab: VM_ALLOC_RETRY is mandatory, %#x", allocflags));
	for (;;) {
		m = vm_page_lookup(object, pindex);
		if (m != NULL) {
			m = grab_resident(m, allocflags);
			if (m != NULL)
				return (m);
			continue;
		}
		m = vm_page_alloc(object, pindex,
		    allocflags & ~(VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY));
		if (m != NULL)
			break;
		VM_OBJECT_UNLOCK(object);
		vm_wait();
		VM_OBJECT_LOCK(object);
	}
	if ((allocflags & VM_ALLOC_ZERO) != 0 && (m->flags & PG_ZERO) == 0)
		pmap_zero_page(m);
	return (m);
}
