/*
 * The verbs that find or make a page, and the soft fault, as r254138 has them:
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

static inline vm_page_t
pv_alloc(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m;

	VM_OBJECT_WLOCK(object);
	m = vm_page_alloc(object, pindex, req);
	VM_OBJECT_WUNLOCK(object);
	return (m);
}

static inline vm_page_t
pv_alloc_sbusy(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m;

	VM_OBJECT_WLOCK(object);
	m = vm_page_alloc(object, pindex, req | VM_ALLOC_SBUSY);
	VM_OBJECT_WUNLOCK(object);
	return (m);
}

static inline void
pv_free(vm_page_t m)
{
	vm_object_t object = m->object;

	VM_OBJECT_WLOCK(object);
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
	VM_OBJECT_WUNLOCK(object);
}

static inline bool
pv_fault_soft(struct faultstate *fs)
{
	(void)fs;
	return (false);
}

#endif /* VM_GRAB_VERBS_H */
