/*
 * The verbs of <vm/vm_verbs.h> as a 9.x caller writes them: every one of them
 * needs the object's lock.  The 9.x places they stand for are in docs/KPI.md.
 */
#ifndef VM_PAGE_VERBS_H
#define	VM_PAGE_VERBS_H

static inline bool
pv_xbusied(vm_page_t m)
{
	return ((atomic_load_16(&m->oflags) & VPO_BUSY) != 0);
}

static inline bool
pv_sbusied(vm_page_t m)
{
	return (m->busy != 0);
}

static inline bool
pv_busied(vm_page_t m)
{
	return (pv_xbusied(m) || pv_sbusied(m));
}

static inline void
pv_xbusy_locked(vm_page_t m)
{
	vm_page_busy(m);
}

static inline void
pv_sbusy_locked(vm_page_t m)
{
	vm_page_io_start(m);
}

static inline void
pv_xunbusy_locked(vm_page_t m)
{
	vm_page_wakeup(m);
}

static inline void
pv_sunbusy_locked(vm_page_t m)
{
	vm_page_io_finish(m);
}

static inline void
pv_flash_locked(vm_page_t m)
{
	vm_page_flash(m);
}

static inline bool
pv_sleep_if_busy_locked(vm_page_t m, const char *wmesg)
{
	return (vm_page_sleep_if_busy(m, 1, wmesg) != 0);
}

static inline bool
pv_sleep_if_xbusy_locked(vm_page_t m, const char *wmesg)
{
	return (vm_page_sleep_if_busy(m, 0, wmesg) != 0);
}

static inline void
pv_xunbusy(vm_page_t m)
{
	vm_object_t object = m->object;

	VM_OBJECT_LOCK(object);
	vm_page_wakeup(m);
	VM_OBJECT_UNLOCK(object);
}

static inline void
pv_sunbusy(vm_page_t m)
{
	vm_object_t object = m->object;

	VM_OBJECT_LOCK(object);
	vm_page_io_finish(m);
	VM_OBJECT_UNLOCK(object);
}

static inline void
pv_page_init(vm_page_t m, int req, bool unmanaged)
{
	KASSERT(m->busy == 0, ("pv_page_init: page %p soft busy", m));
	m->oflags = unmanaged ? VPO_UNMANAGED : 0;
	if ((req & (VM_ALLOC_NOBUSY | VM_ALLOC_NOOBJ)) == 0)
		m->oflags |= VPO_BUSY;
}

static inline void
pv_page_removed(vm_page_t m)
{
	if ((m->oflags & VPO_BUSY) == 0)
		return;
	m->oflags &= ~VPO_BUSY;
	vm_page_flash(m);
}

static inline vm_page_t
pv_alloc(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	m = vm_page_alloc(object, pindex, req);
	VM_OBJECT_UNLOCK(object);
	return (m);
}

static inline vm_page_t
pv_alloc_sbusy(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	m = vm_page_alloc(object, pindex, req | VM_ALLOC_NOBUSY);
	if (m != NULL)
		vm_page_io_start(m);
	VM_OBJECT_UNLOCK(object);
	return (m);
}

static inline void
pv_free(vm_page_t m)
{
	vm_object_t object = m->object;

	VM_OBJECT_LOCK(object);
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
	VM_OBJECT_UNLOCK(object);
}

/*
 * 9.x has no replace.  Its splay tree needs no memory, and neither does the
 * trie here: the node that the free gave up is there to be had.
 */
static inline void
pv_replace_locked(vm_page_t mnew, vm_page_t mold)
{
	vm_object_t object = mold->object;
	vm_pindex_t pindex = mold->pindex;

	vm_page_lock(mold);
	vm_page_free(mold);
	vm_page_unlock(mold);
	if (vm_page_insert(mnew, object, pindex) != 0)
		panic("pv_replace_locked: no trie node for page %p", mnew);
}

#endif /* VM_PAGE_VERBS_H */
