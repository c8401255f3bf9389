/*
 * Kernel memory: addresses of the kernel's with pages behind them, in two
 * objects, kernel_object and kmem_object, both OBJT_PHYS: their pages are
 * unmanaged, so a mapping of one costs no pv entry.
 *
 * A page's index in its object is its address' in the arena.  What the VM needs
 * for itself before this works is cut from elsewhere: <vm/uma.h>.
 *
 *	I1  a page of an arena is allocated exactly while its bit is set and
 *	    kmem_malloc() has returned it.
 */
#ifndef VM_VM_KMEM_H
#define	VM_VM_KMEM_H

#include <sys/mutex.h>
#include <vm/pmap.h>
#include <vm/uma.h>
#include <vm/vm_object.h>

/* Size of an arena.  The tables of both are made when they are. */
#define	VM_KMEM_PAGES	1024
#define	VM_MIN_KERNEL_ADDRESS	0x40000000ULL

/* A range of kernel addresses.  Locking key: (K) va_mtx; (c) constant. */
struct kmem_arena {
	struct mtx	va_mtx;		/* "kmem arena" */
	vm_object_t	va_object;	/* (c) */
	vm_offset_t	va_base;	/* (c) */
	uint64_t	va_used[VM_KMEM_PAGES / 64];	/* (K) a bit a page */
};

extern struct kmem_arena	kernel_arena, kmem_arena;
extern struct pmap		kernel_pmap_store;
#define	kernel_pmap	(&kernel_pmap_store)
#define	kernel_object	(kernel_arena.va_object)
#define	kmem_object	(kmem_arena.va_object)

/*
 * Make the arenas, their objects and tables, and end them with all memory
 * given back.  No lock held; may sleep.  A unit boots without them.
 */
void		kmem_init(void);
void		kmem_fini(void);

/*
 * size bytes, rounded up to pages, wired and mapped for reading and writing.
 * flags: M_WAITOK sleeps for pages, M_NOWAIT does not; M_ZERO clears them.  0
 * when there are no addresses or, with M_NOWAIT, no pages.  No lock held.
 */
vm_offset_t	kmem_malloc(struct kmem_arena *arena, size_t size, int flags);
/* Of kernel_arena, cleared; waits. */
vm_offset_t	kmem_alloc(size_t size);
/* Unmap and free what the same size was returned for. */
void		kmem_free(struct kmem_arena *arena, vm_offset_t addr,
		    size_t size);

/*
 * The implementation's (vm_kmem_back.c): allocate and map pages at addresses
 * that have none.  0, or ENOMEM with M_NOWAIT, and then nothing is left.
 * No lock held.
 */
int		kmem_back(vm_object_t object, vm_offset_t addr,
		    vm_pindex_t pages, int flags);
/* Its opposite. */
void		kmem_unback(vm_object_t object, vm_offset_t addr,
		    vm_pindex_t pages);

/* The request of vm_page_alloc() that malloc(9)'s flags are. */
static inline int
kmem_request(int flags)
{
	return (VM_ALLOC_WIRED | ((flags & M_NOWAIT) != 0 ?
	    VM_ALLOC_INTERRUPT : VM_ALLOC_SYSTEM) |
	    ((flags & M_ZERO) != 0 ? VM_ALLOC_ZERO : 0));
}

/* The index of an address. */
static inline vm_pindex_t
kmem_index(vm_offset_t addr)
{
	return (atop(addr - VM_MIN_KERNEL_ADDRESS));
}

#endif /* VM_VM_KMEM_H */
