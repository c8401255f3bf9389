/*
 * Kernel memory: zones of equal-sized items, and boot-time memory.
 *
 * A zone keeps a free list per thread (as UMA keeps one per CPU), so that the
 * allocator is no meeting place; lists spill into, and refill from, the zone's
 * own under its mutex.  Memory comes from md_mem_map() on the home domain and
 * goes back all at once in uma_shutdown().  Items are type-stable.
 */
#ifndef VM_UMA_H
#define	VM_UMA_H

#include <vm/vm.h>

typedef struct uma_zone *uma_zone_t;

#define	M_NOWAIT	0x1
#define	M_WAITOK	0x2
#define	M_ZERO	0x100

/* Start and end of the allocator; memory is homed on a domain. */
void		uma_startup(unsigned home);
void		uma_shutdown(void);

/* What the zones stand on: vm_kern.c.  uma_startup() starts and ends it. */
void		kmem_startup(unsigned home);
void		kmem_shutdown(void);

/*
 * Memory for the life of the VM, zeroed, cache-line aligned.  The second is for
 * n items of a type, and the machine is told (md_mem_name()).
 */
void		*kmem_startup_alloc(size_t bytes);
#define	kmem_startup_array(n, type)					\
	((type *)kmem_startup_items((n), sizeof(type), #type))
void		*kmem_startup_items(size_t n, size_t size, const char *type);

/*
 * A zone of items of size bytes; name is its lock's and the reports'.  Items
 * are aligned as their size is: to the greatest power of two that divides it,
 * at least 16 and at most a cache line.  The second is for items of a type,
 * and the machine is told.
 */
uma_zone_t	 uma_zcreate(const char *name, size_t size);
#define	uma_zcreate_of(name, type)					\
	uma_zcreate_items((name), sizeof(type), #type)
uma_zone_t	 uma_zcreate_items(const char *name, size_t size,
		    const char *type);

/*
 * Refuse M_NOWAIT allocations beyond so many items at once; 0 is no limit.
 * Tests use it to make vm_radix_insert() fail.  Exact for one thread; several
 * that allocate at once may pass it by one item each.
 */
void		 uma_zone_set_max(uma_zone_t zone, unsigned items);

/* NULL only with M_NOWAIT and at the limit.  Any lock may be held. */
void		*uma_zalloc(uma_zone_t zone, int flags);
void		 uma_zfree(uma_zone_t zone, void *item);

/* Items in use; exact only when all is quiet. */
long		 uma_zone_inuse(uma_zone_t zone);

#endif /* VM_UMA_H */
