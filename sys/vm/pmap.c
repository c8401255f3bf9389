/*
 * The pmap's own operations: enter, remove and protect mappings of one
 * address space.  What goes from a page to its mappings is in pmap_pv.c, the
 * table itself in pmap_walk.c.
 *
 * Mirrors FreeBSD 10.4 sys/amd64/amd64/pmap.c, locks and their order included.
 * Differences: (1) no TLB and so no shootdown; (2) no large pages; (3) pv
 * entries come singly from a zone, not in chunks; (4) tables stay until the
 * pmap ends.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/pmap_pte.h>

void
pmap_init(void)
{
	pv_init();
}

/*
 * A managed page may be mapped only while nobody can take it away: it is
 * exclusively busied, or its object is locked in any mode.
 */
static void
pmap_assert_enterable(vm_page_t m)
{
#ifdef INVARIANTS
	if (vm_page_managed(m) && !pv_xbusied(m))
		pv_object_assert_read(m->object);
#else
	(void)m;
#endif
}

void
pmap_collect(vm_page_t m, uint64_t pte)
{
	if (pte_modified(pte))
		vm_page_dirty(m);
	if ((pte & PTE_A) != 0)
		vm_page_aflag_set(m, PGA_REFERENCED);
}

/*
 * The entry for a new mapping.  An unmanaged page is writable and modified at
 * once, as nobody asks.
 */
static uint64_t
pmap_make_pte(vm_page_t m, vm_prot_t access, vm_prot_t prot, int flags)
{
	uint64_t pte;

	KASSERT((access & VM_PROT_WRITE) == 0 || (prot & VM_PROT_WRITE) != 0,
	    ("pmap_enter: page %p, access %#x beyond protection %#x", m,
	    access, prot));
	pte = m->phys_addr | PTE_V | PTE_A;
	if ((prot & VM_PROT_WRITE) != 0)
		pte |= PTE_RW;
	if ((access & VM_PROT_WRITE) != 0)
		pte |= PTE_M;
	if ((flags & PMAP_ENTER_WIRED) != 0)
		pte |= PTE_W;
	if (vm_page_managed(m))
		pte |= PTE_MANAGED;
	else if ((pte & PTE_RW) != 0)
		pte |= PTE_M;
	return (pte);
}

/* Fill an empty entry, pv entry first. */
static void
pmap_set_pte(pmap_t pmap, pt_entry_t *pte, vm_offset_t va, uint64_t new,
    vm_page_t m, struct rwlock **lockp)
{
	if ((new & PTE_MANAGED) != 0) {
		pv_lock_change(lockp, m);
		pv_insert(m, pmap, va);
	}
	pmap->pm_resident++;
	/* Release pairs with the acquire in pmap_access(): the contents. */
	atomic_store_rel_64(pte, new);
}

/*
 * Replace the valid entry old by new.  The same page keeps its pv entry; the
 * page of another one loses it.
 */
static void
pmap_replace(pmap_t pmap, pt_entry_t *pte, vm_offset_t va, uint64_t new,
    vm_page_t m, struct rwlock **lockp)
{
	uint64_t old;

	old = atomic_load_64(pte);
	if ((old & PTE_FRAME) != (new & PTE_FRAME)) {
		pmap_remove_pte(pmap, pte, va, lockp);
		pmap_set_pte(pmap, pte, va, new, m, lockp);
		return;
	}
	/* Another thread has mapped it for the same: nothing to write. */
	if (((old ^ new) & ~(PTE_A | PTE_M)) == 0 &&
	    (new & ~old & PTE_M) == 0)
		return;
	old = atomic_swap_64(pte, new);
	if ((new & PTE_M) == 0 && (old & PTE_MANAGED) != 0)
		pmap_collect(m, old & ~PTE_A);
}

int
pmap_enter(pmap_t pmap, vm_offset_t va, vm_prot_t access, vm_page_t m,
    vm_prot_t prot, int flags)
{
	struct rwlock *lock = NULL;
	pt_entry_t *pte;
	uint64_t new;

	pmap_assert_enterable(m);
	new = pmap_make_pte(m, access, prot, flags);
	rw_rlock(&pvh_global_lock);
	mtx_lock(&pmap->pm_mtx);
	while ((pte = pmap_allocpte(pmap, va)) == NULL) {
		mtx_unlock(&pmap->pm_mtx);
		rw_runlock(&pvh_global_lock);
		if ((flags & PMAP_ENTER_NOSLEEP) != 0)
			return (KERN_RESOURCE_SHORTAGE);
		vm_wait();
		rw_rlock(&pvh_global_lock);
		mtx_lock(&pmap->pm_mtx);
	}
	if ((atomic_load_64(pte) & PTE_V) != 0)
		pmap_replace(pmap, pte, va, new, m, &lock);
	else
		pmap_set_pte(pmap, pte, va, new, m, &lock);
	if ((new & (PTE_MANAGED | PTE_RW)) == (PTE_MANAGED | PTE_RW))
		vm_page_aflag_set(m, PGA_WRITEABLE);
	pv_lock_change(&lock, NULL);
	mtx_unlock(&pmap->pm_mtx);
	rw_runlock(&pvh_global_lock);
	return (KERN_SUCCESS);
}

/* The accessed bit stays clear: nobody has asked for this page yet. */
void
pmap_enter_quick(pmap_t pmap, vm_offset_t va, vm_page_t m, vm_prot_t prot)
{
	struct rwlock *lock = NULL;
	pt_entry_t *pte;
	uint64_t new;

	pmap_assert_enterable(m);
	KASSERT((prot & VM_PROT_READ) != 0,
	    ("pmap_enter_quick: page %p, protection %#x", m, prot));
	(void)prot;
	new = m->phys_addr | PTE_V | (vm_page_managed(m) ? PTE_MANAGED : 0);
	rw_rlock(&pvh_global_lock);
	mtx_lock(&pmap->pm_mtx);
	pte = pmap_pte(pmap, va, NULL);
	if (pte != NULL && (atomic_load_64(pte) & PTE_V) == 0)
		pmap_set_pte(pmap, pte, va, new, m, &lock);
	pv_lock_change(&lock, NULL);
	mtx_unlock(&pmap->pm_mtx);
	rw_runlock(&pvh_global_lock);
}

void
pmap_remove_pte(pmap_t pmap, pt_entry_t *pte, vm_offset_t va,
    struct rwlock **lockp)
{
	uint64_t old;
	vm_page_t m;

	mtx_assert(&pmap->pm_mtx, MA_OWNED);
	old = atomic_swap_64(pte, 0);
	KASSERT((old & PTE_V) != 0,
	    ("pmap_remove_pte: pmap %p has nothing at %#llx", pmap,
	    (unsigned long long)va));
	pmap->pm_resident--;
	if ((old & PTE_MANAGED) == 0)
		return;
	m = PHYS_TO_VM_PAGE(old & PTE_FRAME);
	pmap_collect(m, old);
	pv_lock_change(lockp, m);
	pv_remove(m, pmap, va);
}

void
pmap_remove(pmap_t pmap, vm_offset_t sva, vm_offset_t eva)
{
	struct rwlock *lock = NULL;
	pt_entry_t *pte;
	vm_offset_t skip, va;

	rw_rlock(&pvh_global_lock);
	mtx_lock(&pmap->pm_mtx);
	for (va = sva; va < eva && pmap->pm_resident > 0;
	    va = (va + skip) & ~(skip - 1)) {
		skip = PAGE_SIZE;
		pte = pmap_pte(pmap, va, &skip);
		if (pte != NULL && (atomic_load_64(pte) & PTE_V) != 0)
			pmap_remove_pte(pmap, pte, va, &lock);
	}
	pv_lock_change(&lock, NULL);
	mtx_unlock(&pmap->pm_mtx);
	rw_runlock(&pvh_global_lock);
}

void
pmap_protect_pte(pt_entry_t *pte)
{
	uint64_t old;

	do {
		old = atomic_load_64(pte);
		if ((old & (PTE_V | PTE_RW)) != (PTE_V | PTE_RW))
			return;
	} while (!atomic_cmpset_64(pte, old, old & ~(PTE_RW | PTE_M)));
	if ((old & PTE_MANAGED) != 0 && pte_modified(old))
		pmap_collect(PHYS_TO_VM_PAGE(old & PTE_FRAME), old & ~PTE_A);
}

bool
pmap_clear_accessed(pt_entry_t *pte)
{
	uint64_t old;

	do {
		old = atomic_load_64(pte);
		KASSERT((old & PTE_V) != 0, ("pmap_clear_accessed: %#llx",
		    (unsigned long long)old));
		if ((old & PTE_A) == 0)
			return (false);
	} while (!atomic_cmpset_64(pte, old, old & ~PTE_A));
	return (true);
}

void
pmap_protect(pmap_t pmap, vm_offset_t sva, vm_offset_t eva, vm_prot_t prot)
{
	pt_entry_t *pte;
	vm_offset_t skip, va;

	if ((prot & VM_PROT_READ) == 0) {
		pmap_remove(pmap, sva, eva);
		return;
	}
	/* More rights are not given here: the next fault gives them. */
	if ((prot & VM_PROT_WRITE) != 0)
		return;
	mtx_lock(&pmap->pm_mtx);
	for (va = sva; va < eva; va = (va + skip) & ~(skip - 1)) {
		skip = PAGE_SIZE;
		pte = pmap_pte(pmap, va, &skip);
		if (pte != NULL)
			pmap_protect_pte(pte);
	}
	mtx_unlock(&pmap->pm_mtx);
}
