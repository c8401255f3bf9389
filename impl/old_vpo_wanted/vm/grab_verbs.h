/*
 * The verbs that grab a page, and the soft fault, as 9.x has them:
 * the object's lock around each, no fast path.
 */
#ifndef VM_GRAB_VERBS_H
#define	VM_GRAB_VERBS_H

static inline vm_page_t
pv_grab(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	m = vm_page_grab(object, pindex, flags | VM_ALLOC_RETRY);
	VM_OBJECT_UNLOCK(object);
	return (m);
}

static inline vm_page_t
pv_grab_sbusy(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	m = vm_page_grab(object, pindex, flags | VM_ALLOC_RETRY |
	    VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY);
	vm_page_io_start(m);
	VM_OBJECT_UNLOCK(object);
	return (m);
}

static inline bool
pv_fault_soft(struct faultstate *fs)
{
	(void)fs;
	return (false);
}

#endif /* VM_GRAB_VERBS_H */
