/*
 * The address space: entries in order of address under one sx lock.
 *
 * Locking key: (M) map lock, exclusive to write; (c) constant.
 * I1  entries do not overlap and start < end, page aligned.
 * I2  MAP_ENTRY_NEEDS_COPY means: the first write puts a shadow object here.
 * I3  timestamp grows each time the lock is taken exclusively.
 */
#ifndef VM_VM_MAP_H
#define	VM_VM_MAP_H

#include <sys/sx.h>
#include <bsd/sys/tree.h>
#include <vm/vm_object.h>
#include <vm/pmap.h>

#define	MAP_ENTRY_COW		0x0004
#define	MAP_ENTRY_NEEDS_COPY	0x0008

struct vm_map_entry {
	RB_ENTRY(vm_map_entry) node;	/* (M) */
	vm_offset_t	start, end;	/* (M) */
	vm_object_t	object;		/* (M) NULL: made at the first fault */
	vm_ooffset_t	offset;		/* (M) bytes */
	unsigned	eflags;		/* (M) MAP_ENTRY_* */
	vm_prot_t	protection;	/* (M) */
	unsigned	wired_count;	/* (M) */
	struct vm_map_entry *next_removed;	/* thread that removed it */
};

struct vm_map {
	struct sx	lock;		/* (c) "vm map" */
	RB_HEAD(vm_map_tree, vm_map_entry) tree;	/* (M) */
	unsigned	nentries;	/* (M) */
	unsigned	timestamp;	/* (M) */
	pmap_t		pmap;		/* (c) */
};
typedef struct vm_map *vm_map_t;
typedef struct vm_map_entry *vm_map_entry_t;

struct vmspace {
	struct vm_map	vm_map;
	struct pmap	vm_pmap;
	struct shmmap_state *vm_shm;	/* sysv_shm.c's lock */
};

void		 vm_map_zinit(void);
long		 vm_map_entries(void);	/* entries alive; for leak checks */

struct vmspace	*vmspace_alloc(void);
/* Unmaps everything first. */
void		 vmspace_free(struct vmspace *vm);

/*
 * Map [start, end) to object at offset; consumes one reference to the object
 * (NULL: anonymous memory).  eflags: MAP_ENTRY_COW | NEEDS_COPY for a private
 * mapping.  KERN_SUCCESS, KERN_INVALID_ADDRESS (unaligned, empty, above
 * VM_MAXUSER_ADDRESS) or KERN_NO_SPACE (overlap); the reference stays the
 * caller's then.  Takes the map lock.
 */
int		 vm_map_insert(vm_map_t map, vm_object_t object,
		    vm_ooffset_t offset, vm_offset_t start, vm_offset_t end,
		    vm_prot_t prot, unsigned eflags);
/*
 * Unmap [start, end): clips, removes mappings, drops references.  This and
 * vm_map_protect() pass over holes; KERN_INVALID_ADDRESS as above.
 */
int		 vm_map_remove(vm_map_t map, vm_offset_t start,
		    vm_offset_t end);
/* Change protection of the entries in [start, end), clipping them. */
int		 vm_map_protect(vm_map_t map, vm_offset_t start,
		    vm_offset_t end, vm_prot_t prot);

/*
 * Find what backs addr for a fault of a type.  On success the map is
 * share-locked, the entry has an object (made now if it had none; a write to a
 * NEEDS_COPY entry made its shadow now), *prot is what may be mapped (no write
 * while copying is still to come).  KERN_INVALID_ADDRESS,
 * KERN_PROTECTION_FAILURE otherwise, map unlocked.
 */
int		 vm_map_lookup(vm_map_t map, vm_offset_t addr,
		    vm_prot_t fault_type, vm_map_entry_t *entry,
		    vm_object_t *object, vm_pindex_t *pindex,
		    vm_prot_t *prot, bool *wired);
void		 vm_map_lookup_done(vm_map_t map);

/*
 * The same with the map locked already, which it stays; never changes the map:
 * KERN_FAILURE where that would be needed.
 */
int		 vm_map_lookup_locked(vm_map_t map, vm_offset_t addr,
		    vm_prot_t fault_type, vm_map_entry_t *entry,
		    vm_object_t *object, vm_pindex_t *pindex,
		    vm_prot_t *prot, bool *wired);

/* The lowest entry that ends above addr, or NULL.  Map locked. */
vm_map_entry_t	 vm_map_entry_above(vm_map_t map, vm_offset_t addr);
/* Give an entry its first object, anonymous.  Map exclusively locked. */
void		 vm_map_entry_make_object(vm_map_entry_t entry);

#define	VM_MAXUSER_ADDRESS	(1ULL << 39)

#endif /* VM_VM_MAP_H */
