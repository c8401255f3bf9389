/*
 * Inside the pmap: the page table entry, the walk, the pv entry.
 *
 * Only pmap.c, pmap_walk.c and pmap_pv.c include this.  An entry is 64 bits,
 * read and written whole:
 *
 *	leaf	| physical address 51..12 | MANAGED | W | M | A | RW | V |
 *	inner	| direct-map address of the next table, 63..12   |     V |
 *
 *	V 0x001		the entry means something
 *	RW 0x002	writes are allowed
 *	A 0x020, M 0x040 set by the "hardware", pmap_access()
 *	W 0x200		wired, a software bit
 *	MANAGED 0x400	there is a pv entry, a software bit
 *
 * The bits are amd64's.  Inner entries hold an address and not a frame number,
 * because the walk stands for the hardware's and should cost no more.
 *
 * I1  tables are only ever added while a pmap lives, so a walk needs no lock.
 * I2  a leaf changes by one atomic operation: under the pmap's mutex, or by
 *     pmap_access(), which only adds A and M to a valid one.
 * I3  a leaf has MANAGED exactly when its page's pv_list has (pmap, va).
 */
#ifndef VM_PMAP_PTE_H
#define	VM_PMAP_PTE_H

#include <sys/rwlock.h>
#include <vm/pmap.h>

#define	PTE_V		0x001ULL
#define	PTE_RW		0x002ULL
#define	PTE_A		0x020ULL
#define	PTE_M		0x040ULL
#define	PTE_W		0x200ULL
#define	PTE_MANAGED	0x400ULL
#define	PTE_FRAME	0x000ffffffffff000ULL

#define	NPTE		512	/* entries of one table */
#define	NPTE_SHIFT	9
#define	PMAP_LEVELS	3	/* 39 bits of address */
_Static_assert(NPTE * sizeof(uint64_t) == PAGE_SIZE, "a table is a page");

typedef volatile uint64_t pt_entry_t;

/* A mapping of a managed page.  Type-stable; (V) the pv list lock. */
struct pv_entry {
	TAILQ_ENTRY(pv_entry) pv_next;	/* (V) */
	pmap_t		pv_pmap;	/* (V) */
	vm_offset_t	pv_va;		/* (V) */
};

/* Read-held to change a pmap, write-held to change all mappings of a page. */
extern struct rwlock pvh_global_lock;

static inline unsigned
pmap_index(vm_offset_t va, int level)
{
	return ((va >> (PAGE_SHIFT + level * NPTE_SHIFT)) & (NPTE - 1));
}

/* How much address space one entry of a level covers. */
static inline vm_offset_t
pmap_span(int level)
{
	return ((vm_offset_t)PAGE_SIZE << (level * NPTE_SHIFT));
}

static inline pt_entry_t *
pmap_next_table(uint64_t inner)
{
	return ((pt_entry_t *)(uintptr_t)(inner & ~(uint64_t)PAGE_MASK));
}

/* Has the mapping been written to, and not told its page yet? */
static inline bool
pte_modified(uint64_t pte)
{
	return ((pte & (PTE_M | PTE_RW)) == (PTE_M | PTE_RW));
}

/*
 * The leaf entry of va, or NULL and in *skip (unless NULL) how far the hole
 * reaches.  No lock (I1).
 */
pt_entry_t	*pmap_pte(pmap_t pmap, vm_offset_t va, vm_offset_t *skip);

/*
 * The leaf entry of va, making the tables that are missing; NULL when there is
 * no page for one.  pmap locked.
 */
pt_entry_t	*pmap_allocpte(pmap_t pmap, vm_offset_t va);

/*
 * Clear a valid leaf and tell its page what it knew: dirty, referenced, one
 * mapping less.  pmap locked, pvh_global_lock held; *lockp is the pv list lock
 * held (or NULL), and is changed to the page's.  See pv_lock_change().
 */
void		pmap_remove_pte(pmap_t pmap, pt_entry_t *pte, vm_offset_t va,
		    struct rwlock **lockp);

/* Take the right to write from a leaf, keeping what it knew.  pmap locked. */
void		pmap_protect_pte(pt_entry_t *pte);

/* Clear A of a leaf; was it set?  Its mapping stays: pvh_global_lock held. */
bool		pmap_clear_accessed(pt_entry_t *pte);

/* Pass what a leaf that is going away, or losing M, knew on to its page. */
void		pmap_collect(vm_page_t m, uint64_t pte);

/* ---- pmap_pv.c ---------------------------------------------------------- */

void		pv_init(void);

/*
 * Hold the pv list lock of m for writing, instead of *lockp, which is given
 * back unless it is the same.  A NULL m only gives back.
 */
void		pv_lock_change(struct rwlock **lockp, vm_page_t m);

/* Add or drop a mapping; the page's pv list lock held. */
void		pv_insert(vm_page_t m, pmap_t pmap, vm_offset_t va);
void		pv_remove(vm_page_t m, pmap_t pmap, vm_offset_t va);

#endif /* VM_PMAP_PTE_H */
