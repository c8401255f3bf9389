/*
 * The verbs of <vm/vm_verbs.h> as a 10.0 caller writes them.  Ending a busy
 * needs no object lock.  The 10.x places they stand for are in docs/KPI.md.
 */
#ifndef VM_PAGE_VERBS_H
#define	VM_PAGE_VERBS_H

static inline bool
pv_xbusied(vm_page_t m)
{
	return (vm_page_xbusied(m));
}

static inline bool
pv_sbusied(vm_page_t m)
{
	return (vm_page_sbusied(m));
}

static inline bool
pv_busied(vm_page_t m)
{
	return (vm_page_busied(m));
}

static inline void
pv_xbusy_locked(vm_page_t m)
{
	vm_page_xbusy(m);
}

static inline void
pv_sbusy_locked(vm_page_t m)
{
	vm_page_sbusy(m);
}

static inline void
pv_xunbusy_locked(vm_page_t m)
{
	vm_page_xunbusy(m);
}

static inline void
pv_sunbusy_locked(vm_page_t m)
{
	vm_page_sunbusy(m);
}

static inline void
pv_flash_locked(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_flash(m);
	vm_page_unlock(m);
}

static inline bool
pv_sleep_if_busy_locked(vm_page_t m, const char *wmesg)
{
	return (vm_page_sleep_if_busy(m, wmesg) != 0);
}

static inline bool
pv_sleep_if_xbusy_locked(vm_page_t m, const char *wmesg)
{
	vm_object_t object = m->object;

	if (!vm_page_xbusied(m))
		return (false);
	vm_page_lock(m);
	VM_OBJECT_WUNLOCK(object);
	vm_page_busy_sleep(m, wmesg);
	VM_OBJECT_WLOCK(object);
	return (true);
}

static inline void
pv_xunbusy(vm_page_t m)
{
	vm_page_xunbusy(m);
}

static inline void
pv_sunbusy(vm_page_t m)
{
	vm_page_sunbusy(m);
}

/* Plain stores: nobody else can see the page yet. */
static inline void
pv_page_init(vm_page_t m, int req, bool unmanaged)
{
	KASSERT((req & VM_ALLOC_SBUSY) == 0 ||
	    (req & (VM_ALLOC_NOBUSY | VM_ALLOC_NOOBJ)) == 0,
	    ("pv_page_init: SBUSY with NOBUSY or NOOBJ, %#x", req));
	m->oflags = unmanaged ? VPO_UNMANAGED : 0;
	if ((req & VM_ALLOC_SBUSY) != 0)
		m->busy_lock = VPB_SHARERS_WORD(1);
	else if ((req & (VM_ALLOC_NOBUSY | VM_ALLOC_NOOBJ)) == 0)
		m->busy_lock = VPB_SINGLE_EXCLUSIVER;
	else
		m->busy_lock = VPB_UNBUSIED;
}

/*
 * The caller holds the page lock if the page is managed; freeing an unmanaged
 * one does not ask for it, so it is taken here.
 */
static inline void
pv_page_removed(vm_page_t m)
{
	bool locked = false;

	if (!vm_page_xbusied(m))
		return;
	if ((m->oflags & VPO_UNMANAGED) != 0 &&
	    !mtx_owned(vm_page_lockptr(m))) {
		vm_page_lock(m);
		locked = true;
	}
	vm_page_flash(m);
	/* Release: pairs with the acquire of who busies the page next. */
	atomic_store_rel_int(&m->busy_lock, VPB_UNBUSIED);
	if (locked)
		vm_page_unlock(m);
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

/* The slot changes hands at once, and mold is freed out of the object. */
static inline void
pv_replace_locked(vm_page_t mnew, vm_page_t mold)
{
	(void)vm_page_replace(mnew, mold->object, mold->pindex);
	vm_page_lock(mold);
	vm_page_free(mold);
	vm_page_unlock(mold);
}

#endif /* VM_PAGE_VERBS_H */
