/*
 * The software pmap: a radix page table of three levels (39 bits of address),
 * with real accessed and modified bits, and pv entries for managed pages.
 *
 * Locks, in order: pvh_global_lock (rwlock, read for enter) -> pmap mutex ->
 * pv list lock (rwlock, write; 256, by physical address, as amd64).  Pages of
 * the table are ordinary wired pages without an object.
 * There is no TLB and so no shootdown (docs/FIDELITY.md).
 * Facts: FreeBSD sys/amd64/amd64/pmap.c, 10.4.
 */
#ifndef VM_PMAP_H
#define	VM_PMAP_H

#include <sys/mutex.h>
#include <vm/vm_page.h>

struct pmap {
	struct mtx	pm_mtx;		/* "pmap" */
	volatile uint64_t *pm_root;	/* (c) the top table, direct-mapped */
	TAILQ_HEAD(, vm_page) pm_tables;	/* (pm_mtx) table pages */
	long		pm_resident;	/* (pm_mtx) mappings */
	unsigned	pm_ptpages;	/* (pm_mtx) how many they are */
} __cacheline_aligned;
typedef struct pmap *pmap_t;

#define	PMAP_ENTER_NOSLEEP	0x0100	/* fail rather than wait for a page */
#define	PMAP_ENTER_WIRED	0x0200

void		pmap_init(void);
void		pmap_pinit(pmap_t pmap);
/* All mappings must be gone. */
void		pmap_release(pmap_t pmap);

/*
 * Map va to m with prot; access is what the fault wants (VM_PROT_WRITE sets
 * the modified bit).  m busied, or its object locked in any mode (asserted for
 * managed pages).  KERN_SUCCESS, or KERN_RESOURCE_SHORTAGE with NOSLEEP.
 */
int		pmap_enter(pmap_t pmap, vm_offset_t va, vm_prot_t access,
		    vm_page_t m, vm_prot_t prot, int flags);

/*
 * Make the tables of [sva, eva), so that an enter there needs none.  May sleep;
 * no lock held.
 */
void		pmap_growkernel(pmap_t pmap, vm_offset_t sva, vm_offset_t eva);

/* Prefault: map for reading if nothing is mapped and no table page missing. */
void		pmap_enter_quick(pmap_t pmap, vm_offset_t va, vm_page_t m,
		    vm_prot_t prot);
/* Would pmap_enter_quick() map va?  No lock; a hint. */
bool		pmap_is_prefaultable(pmap_t pmap, vm_offset_t va);

void		pmap_remove(pmap_t pmap, vm_offset_t sva, vm_offset_t eva);
void		pmap_protect(pmap_t pmap, vm_offset_t sva, vm_offset_t eva,
		    vm_prot_t prot);
/* Remove, or write-protect, every mapping of a managed page. Object locked. */
void		pmap_remove_all(vm_page_t m);
void		pmap_remove_write(vm_page_t m);
/* The page mapped at va, or NULL; takes the pmap lock. */
vm_page_t	pmap_extract(pmap_t pmap, vm_offset_t va, vm_prot_t *prot);
bool		pmap_is_modified(vm_page_t m);
bool		pmap_page_is_mapped(vm_page_t m);

/* What the hardware does: bytes of va if mapped for access, else NULL.  Sets
 * the accessed and modified bits.  No lock: caller keeps the mapping alive. */
void		*pmap_access(pmap_t pmap, vm_offset_t va, vm_prot_t access);

/*
 * The same, and bytes moved from or to va, within a page; false: not mapped so.
 * Who takes the mapping away waits for it, as for the answer to a shootdown.
 * Takes the pmap lock.
 */
bool		pmap_load(pmap_t pmap, vm_offset_t va, void *dst,
		    size_t bytes);
bool		pmap_store(pmap_t pmap, vm_offset_t va, const void *src,
		    size_t bytes);

/* Clear the accessed bits of a managed page's mappings; how many were set. */
int		pmap_ts_referenced(vm_page_t m);

void		pmap_zero_page(vm_page_t m);
void		pmap_copy_page(vm_page_t src, vm_page_t dst);

long		pmap_pv_count(void);	/* pv entries in use */
unsigned	pmap_ptpage_count(void);	/* table pages, all pmaps */

#endif /* VM_PMAP_H */
