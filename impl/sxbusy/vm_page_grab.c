/*
 * vm_page_grab(), r254138: find the page or make it, waiting for a busy one
 * on its own page lock; the object is write-locked throughout otherwise.
 * Facts: FreeBSD r254138 sys/vm/vm_page.c.
 */
#include <sys/systm.h>
#include <sys/rwlock.h>
#include <vm/vm_verbs.h>

/*
 * Take a resident page, or wait and return NULL: the object was unlocked and
 * the caller must look the page up from scratch.
 */
static vm_page_t
grab_resident(vm_object_t object, vm_page_t m, int allocflags)
{
	if ((allocflags & VM_ALLOC_IGN_SBUSY) != 0 ?
	    vm_page_xbusied(m) : vm_page_busied(m)) {
		/* Tell the page daemon that the page is in use. */
		vm_page_aflag_set(m, PGA_REFERENCED);
		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(object);
		vm_page_busy_sleep(m, "pgrbwt");
		VM_OBJECT_WLOCK(object);
		return (NULL);
	}
	if ((allocflags & VM_ALLOC_WIRED) != 0) {
		vm_page_lock(m);
		vm_page_wire(m);
		vm_page_unlock(m);
	}
	if ((allocflags & (VM_ALLOC_NOBUSY | VM_ALLOC_SBUSY)) == 0)
		vm_page_xbusy(m);
	if ((allocflags & VM_ALLOC_SBUSY) != 0)
		vm_page_sbusy(m);
	return (m);
}

vm_page_t
vm_page_grab(vm_object_t object, vm_pindex_t pindex, int allocflags)
{
	vm_page_t m;

	VM_OBJECT_ASSERT_WLOCKED(object);
	KASSERT((allocflags & VM_ALLOC_SBUSY) == 0 ||
	    (allocflags & VM_ALLOC_IGN_SBUSY) != 0,
	    ("vm_page_grab: SBUSY without IGN_SBUSY, %#x", allocflags));
	for (;;) {
		m = vm_page_lookup(object, pindex);
		if (m != NULL) {
			m = grab_resident(object, m, allocflags);
			if (m != NULL)
				return (m);
			continue;
		}
		m = vm_page_alloc(object, pindex,
		    allocflags & ~VM_ALLOC_IGN_SBUSY);
		if (m != NULL)
			break;
		VM_OBJECT_WUNLOCK(object);
		vm_wait();
		VM_OBJECT_WLOCK(object);
	}
	if ((allocflags & VM_ALLOC_ZERO) != 0 && (m->flags & PG_ZERO) == 0)
		pmap_zero_page(m);
	return (m);
}
