/*
 * The page table: the walk, the making of tables, the end of a pmap, and what
 * the hardware does with an entry.
 *
 * Tables are wired pages without an object.  They stay until pmap_release(),
 * which is what lets the walk do without a lock; amd64 frees a table with its
 * last entry.  Read <vm/pmap_pte.h> first.
 */
#include <sys/systm.h>
#include <vm/pmap_pte.h>

static volatile unsigned ptpage_count;	/* (a) tables of all pmaps */

/* A zeroed page for a table, or NULL when memory is short. */
static vm_page_t
ptpage_alloc(void)
{
	vm_page_t m;

	m = vm_page_alloc(NULL, 0,
	    VM_ALLOC_NOOBJ | VM_ALLOC_WIRED | VM_ALLOC_ZERO);
	if (m == NULL)
		return (NULL);
	if ((m->flags & PG_ZERO) == 0)
		pmap_zero_page(m);
	atomic_fetchadd_int(&ptpage_count, 1);
	return (m);
}

/* The entries in such a page. */
static pt_entry_t *
ptpage_table(vm_page_t m)
{
	void *table = vm_page_dmap(m);

	md_mem_name(table, PAGE_SIZE, sizeof(pt_entry_t), "page table");
	return (table);
}

static void
ptpage_free(vm_page_t m)
{
	KASSERT(m->wire_count == 1,
	    ("ptpage_free: page %p wired %u times", m, m->wire_count));
	md_mem_name(vm_page_dmap(m), PAGE_SIZE, PAGE_SIZE, "page bytes");
	vm_page_lock(m);
	vm_page_unwire(m, PQ_NONE);
	vm_page_free(m);
	vm_page_unlock(m);
	atomic_fetchadd_int(&ptpage_count, -1U);
}

unsigned
pmap_ptpage_count(void)
{
	return (atomic_load_int(&ptpage_count));
}

void
pmap_pinit(pmap_t pmap)
{
	vm_page_t m;

	while ((m = ptpage_alloc()) == NULL)
		vm_wait();
	mtx_init(&pmap->pm_mtx, "pmap", NULL, MTX_DEF);
	TAILQ_INIT(&pmap->pm_tables);
	TAILQ_INSERT_TAIL(&pmap->pm_tables, m, pageq);
	pmap->pm_root = ptpage_table(m);
	pmap->pm_resident = 0;
	pmap->pm_ptpages = 1;
}

void
pmap_release(pmap_t pmap)
{
	vm_page_t m;

	KASSERT(pmap->pm_resident == 0,
	    ("pmap_release: pmap %p has %ld mappings", pmap,
	    pmap->pm_resident));
	while ((m = TAILQ_FIRST(&pmap->pm_tables)) != NULL) {
		TAILQ_REMOVE(&pmap->pm_tables, m, pageq);
		ptpage_free(m);
		pmap->pm_ptpages--;
	}
	KASSERT(pmap->pm_ptpages == 0,
	    ("pmap_release: pmap %p lost %u tables", pmap, pmap->pm_ptpages));
	pmap->pm_root = NULL;
	mtx_destroy(&pmap->pm_mtx);
}

pt_entry_t *
pmap_pte(pmap_t pmap, vm_offset_t va, vm_offset_t *skip)
{
	pt_entry_t *table;
	uint64_t inner;
	int level;

	KASSERT(pmap_index(va, PMAP_LEVELS) == 0,
	    ("pmap_pte: address %#llx has more than 39 bits",
	    (unsigned long long)va));
	table = pmap->pm_root;
	for (level = PMAP_LEVELS - 1; level > 0; level--) {
		/* Acquire pairs with the release in pmap_allocpte(). */
		inner = atomic_load_acq_64(&table[pmap_index(va, level)]);
		if ((inner & PTE_V) == 0) {
			if (skip != NULL)
				*skip = pmap_span(level);
			return (NULL);
		}
		table = pmap_next_table(inner);
	}
	return (&table[pmap_index(va, 0)]);
}

pt_entry_t *
pmap_allocpte(pmap_t pmap, vm_offset_t va)
{
	pt_entry_t *slot, *table;
	vm_page_t m;
	int level;

	mtx_assert(&pmap->pm_mtx, MA_OWNED);
	table = pmap->pm_root;
	for (level = PMAP_LEVELS - 1; level > 0; level--) {
		slot = &table[pmap_index(va, level)];
		if ((atomic_load_64(slot) & PTE_V) == 0) {
			m = ptpage_alloc();
			if (m == NULL)
				return (NULL);
			TAILQ_INSERT_TAIL(&pmap->pm_tables, m, pageq);
			pmap->pm_ptpages++;
			/* Release: the zeroes come before the table. */
			atomic_store_rel_64(slot,
			    (uintptr_t)ptpage_table(m) | PTE_V);
		}
		table = pmap_next_table(atomic_load_64(slot));
	}
	return (&table[pmap_index(va, 0)]);
}

void
pmap_growkernel(pmap_t pmap, vm_offset_t sva, vm_offset_t eva)
{
	vm_offset_t va;

	KASSERT(sva < eva, ("pmap_growkernel: %#llx to %#llx",
	    (unsigned long long)sva, (unsigned long long)eva));
	mtx_lock(&pmap->pm_mtx);
	for (va = sva; va < eva;) {
		if (pmap_allocpte(pmap, va) != NULL) {
			va += pmap_span(1);
			continue;
		}
		mtx_unlock(&pmap->pm_mtx);
		vm_wait();
		mtx_lock(&pmap->pm_mtx);
	}
	mtx_unlock(&pmap->pm_mtx);
}

/*
 * A compare-and-set, so that bits are never added to an entry that has just
 * been cleared or given to another page.
 */
void *
pmap_access(pmap_t pmap, vm_offset_t va, vm_prot_t access)
{
	pt_entry_t *pte;
	uint64_t old, want;
	vm_page_t m;

	pte = pmap_pte(pmap, va, NULL);
	if (pte == NULL)
		return (NULL);
	want = PTE_A | ((access & VM_PROT_WRITE) != 0 ? PTE_M : 0);
	do {
		/* Acquire pairs with pmap_set_pte(): the contents. */
		old = atomic_load_acq_64(pte);
		if ((old & PTE_V) == 0 || ((access & VM_PROT_WRITE) != 0 &&
		    (old & PTE_RW) == 0))
			return (NULL);
	} while ((old & want) != want &&
	    !atomic_cmpset_64(pte, old, old | want));
	m = PHYS_TO_VM_PAGE(old & PTE_FRAME);
	return ((char *)vm_page_dmap(m) + (va & PAGE_MASK));
}

bool
pmap_load(pmap_t pmap, vm_offset_t va, void *dst, size_t bytes)
{
	const void *p;

	KASSERT((va & PAGE_MASK) + bytes <= PAGE_SIZE,
	    ("pmap_load: %zu bytes at %#llx leave the page", bytes,
	    (unsigned long long)va));
	mtx_lock(&pmap->pm_mtx);
	p = pmap_access(pmap, va, VM_PROT_READ);
	if (p != NULL)
		md_copy(dst, p, bytes);
	mtx_unlock(&pmap->pm_mtx);
	return (p != NULL);
}

bool
pmap_store(pmap_t pmap, vm_offset_t va, const void *src, size_t bytes)
{
	void *p;

	KASSERT((va & PAGE_MASK) + bytes <= PAGE_SIZE,
	    ("pmap_store: %zu bytes at %#llx leave the page", bytes,
	    (unsigned long long)va));
	mtx_lock(&pmap->pm_mtx);
	p = pmap_access(pmap, va, VM_PROT_WRITE);
	if (p != NULL)
		md_copy(p, src, bytes);
	mtx_unlock(&pmap->pm_mtx);
	return (p != NULL);
}

bool
pmap_is_prefaultable(pmap_t pmap, vm_offset_t va)
{
	pt_entry_t *pte;

	pte = pmap_pte(pmap, va, NULL);
	return (pte != NULL && (atomic_load_64(pte) & PTE_V) == 0);
}

vm_page_t
pmap_extract(pmap_t pmap, vm_offset_t va, vm_prot_t *prot)
{
	pt_entry_t *pte;
	uint64_t v;

	mtx_lock(&pmap->pm_mtx);
	pte = pmap_pte(pmap, va, NULL);
	v = pte != NULL ? atomic_load_64(pte) : 0;
	mtx_unlock(&pmap->pm_mtx);
	if ((v & PTE_V) == 0)
		return (NULL);
	if (prot != NULL)
		*prot = (v & PTE_RW) != 0 ? VM_PROT_RW : VM_PROT_READ;
	return (PHYS_TO_VM_PAGE(v & PTE_FRAME));
}

void
pmap_zero_page(vm_page_t m)
{
	md_zero(vm_page_dmap(m), PAGE_SIZE);
}

void
pmap_copy_page(vm_page_t src, vm_page_t dst)
{
	KASSERT(src != dst, ("pmap_copy_page: page %p onto itself", src));
	md_copy(vm_page_dmap(dst), vm_page_dmap(src), PAGE_SIZE);
}
