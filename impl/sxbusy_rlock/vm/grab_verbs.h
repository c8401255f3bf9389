/*
 * The verbs that grab a page, and the soft fault, with the object
 * read-locked: what r254138 prepares and does not yet do.
 *
 * The rule of this implementation, from which the rest follows.
 *
 * R1  A busier may hold only the object's read lock.  So nothing follows from
 *     a page's busy state for a thread that has not busied it itself, not even
 *     for one that holds the read lock: the state may change at once.
 * R2  A busier holds at least the read lock.  So under the write lock a page
 *     found unbusied stays so (but a busied one may become unbusied, which
 *     needs no lock); all code inherited from sxbusy tests under the write
 *     lock and is right as it stands.
 * R3  A page is freed, moved or made invalid only under the write lock; freed
 *     or moved never while somebody else has it busied.  So a page looked up
 *     under the read lock and then busied is the page looked up, and it is
 *     valid if it was while the read lock is held.  (A wired page may lose its
 *     validity under a shared busy: vm_object_page_remove().)
 *
 * FreeBSD 10.4's read-locked fault tests for busy and does not busy.  It is
 * right there because every busier holds the write lock, which R1 gives up;
 * it cannot be used here, and pv_fault_soft() busies instead.
 *
 * Overrides impl/sxbusy/vm/grab_verbs.h and impl/sxbusy/vm_page_grab.c; adds
 * vm_fault_soft.c, where each step of the fault is argued.
 */
#ifndef VM_GRAB_VERBS_H
#define	VM_GRAB_VERBS_H

bool		vm_fault_soft(struct faultstate *fs);

static inline vm_page_t
pv_grab(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_RLOCK(object);
	m = vm_page_grab(object, pindex, flags);
	VM_OBJECT_RUNLOCK(object);
	return (m);
}

static inline vm_page_t
pv_grab_sbusy(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_RLOCK(object);
	m = vm_page_grab(object, pindex,
	    flags | VM_ALLOC_SBUSY | VM_ALLOC_IGN_SBUSY);
	VM_OBJECT_RUNLOCK(object);
	return (m);
}

static inline bool
pv_fault_soft(struct faultstate *fs)
{
	return (vm_fault_soft(fs));
}

#endif /* VM_GRAB_VERBS_H */
