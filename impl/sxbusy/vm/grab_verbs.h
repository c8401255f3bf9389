/*
 * The verbs that grab a page, and the soft fault, as r254138 has them:
 * the object's write lock around each, no fast path.
 */
#ifndef VM_GRAB_VERBS_H
#define	VM_GRAB_VERBS_H

static inline vm_page_t
pv_grab(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_WLOCK(object);
	m = vm_page_grab(object, pindex, flags);
	VM_OBJECT_WUNLOCK(object);
	return (m);
}

static inline vm_page_t
pv_grab_sbusy(vm_object_t object, vm_pindex_t pindex, int flags)
{
	vm_page_t m;

	VM_OBJECT_WLOCK(object);
	m = vm_page_grab(object, pindex,
	    flags | VM_ALLOC_SBUSY | VM_ALLOC_IGN_SBUSY);
	VM_OBJECT_WUNLOCK(object);
	return (m);
}

static inline bool
pv_fault_soft(struct faultstate *fs)
{
	(void)fs;
	return (false);
}

#endif /* VM_GRAB_VERBS_H */
