/*
 * The physical page.
 *
 * What is busy about a page comes from the implementation: its folder's
 * <vm/vm_page_busy.h> gives struct vm_page_busy, an unnamed member here, so
 * that m->oflags and m->busy_lock keep their true spelling, and its
 * <vm/vm_page_kpi.h> gives the functions of that release.  Shared code speaks
 * in verbs instead: <vm/vm_verbs.h>.
 *
 * Locking key: (O) object lock; (P) page lock; (Q) page queue lock; (F) free
 * queue lock; (V) pv list lock; (a) atomic; (c) constant after boot.  Two
 * letters: either to read, both to write.  An exclusively busied page's
 * identity and contents are its busier's.
 *
 * I1  m->object != NULL  <=>  m is in that object's memq and trie at m->pindex.
 * I2  a free page is not busy, not wired, not held, in no page queue.
 * I3  VPO_UNMANAGED is set once, at allocation; such a page is on no queue and
 *     has no pv entry.  The byte `unmanaged' repeats it, because oflags is the
 *     object lock's and this is asked under the page lock or under none; as
 *     with aflags, C11 wants a byte of its own.  Ask vm_page_managed().
 * Facts: FreeBSD sys/vm/vm_page.h, 10.4; layout in docs/FIDELITY.md.
 */
#ifndef VM_VM_PAGE_H
#define	VM_VM_PAGE_H

#include <sys/queue.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_page_busy.h>

struct pv_entry;
struct md_page {
	TAILQ_HEAD(, pv_entry) pv_list;	/* (V) mappings of a managed page */
	unsigned	pv_gen;		/* (V) grows with each change */
	unsigned	pv_unused;
};

struct vm_page {
	TAILQ_ENTRY(vm_page) pageq;	/* (Q) page queue, or (F) free list */
	TAILQ_ENTRY(vm_page) listq;	/* (O) object's memq */
	vm_object_t	object;		/* (O,P) */
	vm_pindex_t	pindex;		/* (O,P) */
	vm_paddr_t	phys_addr;	/* (c) */
	struct md_page	md;
	unsigned	wire_count;	/* (P) */
	struct vm_page_busy;		/* the implementation's words */
	uint16_t	hold_count;	/* (P) */
	uint16_t	flags;		/* (P) PG_*; (F) while free */
	uint8_t		aflags;		/* (a) PGA_* */
	uint8_t		queue;		/* (P,Q) PQ_* */
	uint8_t		domain;		/* (c) */
	uint8_t		act_count;	/* (P) */
	uint8_t		valid;		/* (O) one bit a 512-byte block */
	uint8_t		dirty;		/* (a) see vm_page_dirty() */
	uint8_t		unmanaged;	/* (c) while allocated, see I3 */
};

#define	VM_PAGE_BITS_ALL	0xff
#define	DEV_BSHIFT		9
#define	DEV_BSIZE		(1 << DEV_BSHIFT)
_Static_assert(PAGE_SIZE / DEV_BSIZE == 8, "a bit a block in uint8_t");

/* Advice, as <sys/mman.h> numbers it on FreeBSD. */
#define	MADV_WILLNEED	3
#define	MADV_DONTNEED	4
#define	MADV_FREE	5

/* flags */
#define	PG_FREE		0x0002	/* on a free list */
#define	PG_FICTITIOUS	0x0004	/* of vm_page_getfake() */
#define	PG_ZERO		0x0008	/* contents are known to be zero */
#define	PG_UNHOLDFREE	0x0100	/* to be freed by the last unhold */

/* aflags */
#define	PGA_WRITEABLE	0x01	/* may be mapped for writing somewhere */
#define	PGA_REFERENCED	0x02

/* queue */
#define	PQ_INACTIVE	0
#define	PQ_ACTIVE	1
#define	PQ_COUNT	2
#define	PQ_NONE		255

/* act_count */
#define	ACT_INIT	5
#define	ACT_MAX		64

/*
 * Allocation classes and flags that both KPIs have; VM_ALLOC_RETRY (old) and
 * VM_ALLOC_SBUSY (new) are in <vm/vm_page_busy.h>.
 */
#define	VM_ALLOC_NORMAL		0
#define	VM_ALLOC_INTERRUPT	1
#define	VM_ALLOC_SYSTEM		2
#define	VM_ALLOC_CLASS_MASK	3
#define	VM_ALLOC_WIRED		0x0020
#define	VM_ALLOC_ZERO		0x0040
#define	VM_ALLOC_NOOBJ		0x0100
#define	VM_ALLOC_NOBUSY		0x0200
#define	VM_ALLOC_IFCACHED	0x0400	/* only a cached page: there is none */
#define	VM_ALLOC_IFNOTCACHED	0x0800	/* no cached page: always so */
#define	VM_ALLOC_IGN_SBUSY	0x1000
#define	VM_ALLOC_NODUMP		0x2000	/* leave out of dumps: none here */
#define	VM_ALLOC_COUNT_SHIFT	16
#define	VM_ALLOC_COUNT(n)	((n) << VM_ALLOC_COUNT_SHIFT)

/*
 * Page locks: an array indexed by physical address, so that all pages of a
 * 2 MiB frame share one and memory beyond 512 MiB wraps (amd64 vmparam.h).
 */
#define	PA_LOCK_COUNT	256
#define	PDRSHIFT	21
struct pa_lock {
	struct mtx	pl_mtx;
} __cacheline_aligned;
extern struct pa_lock pa_lock[PA_LOCK_COUNT];

#define	PA_LOCKPTR(pa)	(&pa_lock[((pa) >> PDRSHIFT) % PA_LOCK_COUNT].pl_mtx)
#define	vm_page_lockptr(m)	PA_LOCKPTR((m)->phys_addr)
#define	vm_page_lock(m)		mtx_lock(vm_page_lockptr(m))
#define	vm_page_unlock(m)	mtx_unlock(vm_page_lockptr(m))
#define	vm_page_trylock(m)	mtx_trylock(vm_page_lockptr(m))
#define	vm_page_lock_assert(m, a)	mtx_assert(vm_page_lockptr(m), (a))

/* Has it pv entries and queues?  No lock. */
static inline bool
vm_page_managed(vm_page_t m)
{
	return (m->unmanaged == 0);
}

/* A page's bytes, through the direct map. */
void		*vm_page_dmap(vm_page_t m);
vm_page_t	 PHYS_TO_VM_PAGE(vm_paddr_t pa);

/* ---- life of a page: vm_page.c, vm_page_alloc.c ----------------------- */

/*
 * Allocate a page, into object at pindex unless VM_ALLOC_NOOBJ.  Object
 * write-locked.  Never sleeps.  NULL when the class's reserve is reached or no
 * trie node was to be had: the caller unlocks and does vm_wait().  The page
 * comes exclusively busied unless NOBUSY, NOOBJ or (new KPI) SBUSY; invalid;
 * wired with WIRED.  With ZERO a zeroed page is preferred, not promised:
 * PG_ZERO tells.
 */
vm_page_t	vm_page_alloc(vm_object_t object, vm_pindex_t pindex, int req);

/*
 * Free a page.  Object write-locked (if in one); page lock held if managed.
 * Panics if free already, shared busy or wired.  An exclusive busy ends, its
 * waiters are woken.  A held page is freed by its last unhold.
 */
void		vm_page_free(vm_page_t m);

/* Look-up.  Object locked in any mode. */
vm_page_t	vm_page_lookup(vm_object_t object, vm_pindex_t pindex);
vm_page_t	vm_page_find_least(vm_object_t object, vm_pindex_t pindex);
/* From a page to its neighbour.  Object write-locked, as 10.4 asserts. */
vm_page_t	vm_page_next(vm_page_t m);	/* at pindex + 1, or NULL */
vm_page_t	vm_page_prev(vm_page_t m);	/* at pindex - 1, or NULL */

/* Object write-locked.  0, or ENOMEM when no trie node was to be had. */
int		vm_page_insert(vm_page_t m, vm_object_t object,
		    vm_pindex_t pindex);
/* The same when mpred, the page before pindex or NULL, is known. */
int		vm_page_insert_after(vm_page_t m, vm_object_t object,
		    vm_pindex_t pindex, vm_page_t mpred);
/* Object write-locked, page lock held if managed; ends exclusive busy. */
void		vm_page_remove(vm_page_t m);
/*
 * Move to another object; both write-locked.  Ends exclusive busy.  Takes the
 * page lock.  0 or ENOMEM, and then nothing changed.
 */
int		vm_page_rename(vm_page_t m, vm_object_t object,
		    vm_pindex_t pindex);

/*
 * Put mnew in the place of the page at pindex, which is returned without an
 * object; its exclusive busy ends.  Object write-locked; takes the old page's
 * lock.  Needs no trie node and cannot fail.
 */
vm_page_t	vm_page_replace(vm_page_t mnew, vm_object_t object,
		    vm_pindex_t pindex);

/*
 * A page for memory of a driver's at paddr, a page's: exclusively busied, wired
 * once, unmanaged, invalid, in no object.  No lock held; may sleep.  It never
 * becomes a free page; putfake gives it back, out of its object.
 */
vm_page_t	vm_page_getfake(vm_paddr_t paddr);
void		vm_page_putfake(vm_page_t m);
/* It stands for another address from now on; mapped nowhere. */
void		vm_page_updatefake(vm_page_t m, vm_paddr_t paddr);

/*
 * Page lock held: wire, hold and queues.  vm_page_unwire() puts the page on a
 * queue when the last wiring goes (PQ_NONE: on none).  A fictitious page's one
 * wiring neither grows nor goes.
 */
void		vm_page_wire(vm_page_t m);
void		vm_page_unwire(vm_page_t m, int queue);
void		vm_page_hold(vm_page_t m);
void		vm_page_unhold(vm_page_t m);
void		vm_page_activate(vm_page_t m);
void		vm_page_deactivate(vm_page_t m);
void		vm_page_dequeue(vm_page_t m);	/* no-op if on none */

/* No lock. */
void		vm_page_aflag_set(vm_page_t m, uint8_t bits);
void		vm_page_aflag_clear(vm_page_t m, uint8_t bits);
/*
 * dirty = all, or none.  Page exclusively busied, or object write-locked; of
 * the first, the page lock will do.  The second asserts it.
 */
void		vm_page_dirty(vm_page_t m);
void		vm_page_undirty(vm_page_t m);

/* Object locked in any mode. */
static inline bool
vm_page_is_all_valid(vm_page_t m)
{
	return (atomic_load_8(&m->valid) == VM_PAGE_BITS_ALL);
}

/* ---- validity and dirt: vm_page_valid.c --------------------------------- */

/* Object write-locked, unless said; base and size in bytes of the page. */

/* Is every block that the range touches valid?  Object in any mode. */
bool		vm_page_is_valid(vm_page_t m, unsigned base, unsigned size);
/* Make them so; what a block has beyond the range is cleared. */
void		vm_page_set_valid_range(vm_page_t m, unsigned base,
		    unsigned size);
/* And blocks wholly inside clean. */
void		vm_page_set_validclean(vm_page_t m, unsigned base,
		    unsigned size);
/* Make the touched blocks invalid and clean; unmaps a page that was valid. */
void		vm_page_set_invalid(vm_page_t m, unsigned base,
		    unsigned size);
/* Clear the bytes of invalid blocks; setvalid makes the page wholly valid. */
void		vm_page_zero_invalid(vm_page_t m, bool setvalid);
void		vm_page_clear_dirty_mask(vm_page_t m, uint8_t bits);
/* Take the modified bits of the page's mappings over into dirty. */
void		vm_page_test_dirty(vm_page_t m);

/* Page lock held too: queue the page by MADV_WILLNEED, _DONTNEED or _FREE. */
void		vm_page_advise(vm_page_t m, int advice);
/*
 * Page lock held too.  Free the page if it is clean and nobody needs it: true,
 * and it is gone.
 */
bool		vm_page_try_to_free(vm_page_t m);

/* ---- shortage: vm_wait.c ---------------------------------------------- */

/*
 * Sleep until pages are to be had above the reserve of normal allocations.
 * No lock may be held but sx locks.  VM_WAIT and VM_WAITPFAULT.
 */
void		vm_wait(void);
void		vm_waitpfault(void);

/* Free pages over all domains; a snapshot. */
unsigned	vm_free_count(void);

#include <vm/vm_page_kpi.h>

#endif /* VM_VM_PAGE_H */
