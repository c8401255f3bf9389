/*
 * From a page to its mappings: pv entries, their lists and locks, and the
 * operations on every mapping of a page.
 *
 * A list is guarded by the page's pv list lock, with pvh_global_lock held to
 * change it; who holds that for writing may walk it without the former.  256
 * list locks by 2 MiB of physical address, as amd64.  pmap_remove_write(),
 * pmap_is_modified() and pmap_ts_referenced() take the global lock for writing,
 * where 10.4 takes it for reading and tries each pmap's lock; only the page
 * daemon calls them.
 * Read <vm/pmap_pte.h> first.
 */
#include <sys/systm.h>
#include <vm/uma.h>
#include <vm/vm_verbs.h>
#include <vm/pmap_pte.h>

#define	NPV_LIST_LOCKS	256

struct rwlock	pvh_global_lock __cacheline_aligned;

static struct pv_list_lock {
	struct rwlock	pl_lock;
} __cacheline_aligned pv_list_locks[NPV_LIST_LOCKS];

static uma_zone_t pv_zone;

void
pv_init(void)
{
	unsigned i;

	pv_zone = uma_zcreate_of("pv entry", struct pv_entry);
	rw_init_flags(&pvh_global_lock, "pmap pv global", NULL, 0);
	for (i = 0; i < NPV_LIST_LOCKS; i++)
		rw_init_flags(&pv_list_locks[i].pl_lock, "pmap pv list", NULL,
		    0);
}

long
pmap_pv_count(void)
{
	return (uma_zone_inuse(pv_zone));
}

static struct rwlock *
pv_list_lock(vm_page_t m)
{
	return (&pv_list_locks[(m->phys_addr >> PDRSHIFT) %
	    NPV_LIST_LOCKS].pl_lock);
}

void
pv_lock_change(struct rwlock **lockp, vm_page_t m)
{
	struct rwlock *lock;

	lock = m != NULL ? pv_list_lock(m) : NULL;
	if (lock == *lockp)
		return;
	if (*lockp != NULL)
		rw_wunlock(*lockp);
	if (lock != NULL)
		rw_wlock(lock);
	*lockp = lock;
}

/* May the caller change m's list? */
static void
pv_assert_locked(vm_page_t m)
{
	rw_assert(&pvh_global_lock, RA_LOCKED);
	rw_assert(pv_list_lock(m), RA_WLOCKED);
	(void)m;
}

void
pv_insert(vm_page_t m, pmap_t pmap, vm_offset_t va)
{
	struct pv_entry *pv;

	pv_assert_locked(m);
	pv = uma_zalloc(pv_zone, M_WAITOK);
	pv->pv_pmap = pmap;
	pv->pv_va = va;
	TAILQ_INSERT_TAIL(&m->md.pv_list, pv, pv_next);
	m->md.pv_gen++;
}

void
pv_remove(vm_page_t m, pmap_t pmap, vm_offset_t va)
{
	struct pv_entry *pv;

	pv_assert_locked(m);
	TAILQ_FOREACH(pv, &m->md.pv_list, pv_next)
		if (pv->pv_pmap == pmap && pv->pv_va == va)
			break;
	if (pv == NULL)
		panic("pv_remove: page %p has no mapping at %#llx of pmap %p",
		    (void *)m, (unsigned long long)va, (void *)pmap);
	TAILQ_REMOVE(&m->md.pv_list, pv, pv_next);
	m->md.pv_gen++;
	if (TAILQ_EMPTY(&m->md.pv_list))
		vm_page_aflag_clear(m, PGA_WRITEABLE);
	uma_zfree(pv_zone, pv);
}

/* The leaf entry a pv entry speaks of. */
static pt_entry_t *
pv_pte(struct pv_entry *pv)
{
	pt_entry_t *pte;

	pte = pmap_pte(pv->pv_pmap, pv->pv_va, NULL);
	KASSERT(pte != NULL && (atomic_load_64(pte) & PTE_V) != 0,
	    ("pv_pte: pv entry %p, pmap %p has nothing at %#llx", pv,
	    pv->pv_pmap, (unsigned long long)pv->pv_va));
	return (pte);
}

void
pmap_remove_all(vm_page_t m)
{
	struct pv_entry *pv;
	struct rwlock *lock = NULL;
	pmap_t pmap;

	KASSERT(vm_page_managed(m),
	    ("pmap_remove_all: page %p is unmanaged", m));
	rw_wlock(&pvh_global_lock);
	while ((pv = TAILQ_FIRST(&m->md.pv_list)) != NULL) {
		pmap = pv->pv_pmap;
		mtx_lock(&pmap->pm_mtx);
		pmap_remove_pte(pmap, pv_pte(pv), pv->pv_va, &lock);
		/* The next pmap's mutex comes before it in the order. */
		pv_lock_change(&lock, NULL);
		mtx_unlock(&pmap->pm_mtx);
	}
	rw_wunlock(&pvh_global_lock);
}

void
pmap_remove_write(vm_page_t m)
{
	struct pv_entry *pv;

	KASSERT(vm_page_managed(m),
	    ("pmap_remove_write: page %p is unmanaged", m));
	rw_wlock(&pvh_global_lock);
	TAILQ_FOREACH(pv, &m->md.pv_list, pv_next) {
		mtx_lock(&pv->pv_pmap->pm_mtx);
		pmap_protect_pte(pv_pte(pv));
		mtx_unlock(&pv->pv_pmap->pm_mtx);
	}
	vm_page_aflag_clear(m, PGA_WRITEABLE);
	rw_wunlock(&pvh_global_lock);
}

bool
pmap_is_modified(vm_page_t m)
{
	struct pv_entry *pv;
	bool modified = false;

	KASSERT(vm_page_managed(m),
	    ("pmap_is_modified: page %p is unmanaged", m));
	rw_wlock(&pvh_global_lock);
	TAILQ_FOREACH(pv, &m->md.pv_list, pv_next)
		if (pte_modified(atomic_load_64(pv_pte(pv))))
			modified = true;
	rw_wunlock(&pvh_global_lock);
	return (modified);
}

/* FreeBSD stops after five, to bound the time with the locks held. */
int
pmap_ts_referenced(vm_page_t m)
{
	struct pv_entry *pv;
	int n = 0;

	KASSERT(vm_page_managed(m),
	    ("pmap_ts_referenced: page %p is unmanaged", m));
	rw_wlock(&pvh_global_lock);
	TAILQ_FOREACH(pv, &m->md.pv_list, pv_next)
		n += pmap_clear_accessed(pv_pte(pv));
	rw_wunlock(&pvh_global_lock);
	return (n);
}

bool
pmap_page_is_mapped(vm_page_t m)
{
	struct rwlock *lock = NULL;
	bool mapped;

	if (!vm_page_managed(m))
		return (false);
	rw_rlock(&pvh_global_lock);
	pv_lock_change(&lock, m);
	mapped = !TAILQ_EMPTY(&m->md.pv_list);
	pv_lock_change(&lock, NULL);
	rw_runlock(&pvh_global_lock);
	return (mapped);
}
