/*
 * The address space: entries in order of address under one sx lock.
 *
 * Locking key: (M) map lock, exclusive to write; (c) constant.
 * I1  entries do not overlap and start < end, page aligned.
 * I2  MAP_ENTRY_NEEDS_COPY means: the first write puts a shadow object here.
 * I3  timestamp grows each time the lock is taken exclusively.
 * I4  an entry's charge is (cred, end - start), for an object that is still to
 *     be made: the first, or the shadow.  With an object and without
 *     NEEDS_COPY, the entry and the object are not both charged.
 */
#ifndef VM_VM_MAP_H
#define	VM_VM_MAP_H

#include <sys/sx.h>
#include <bsd/sys/tree.h>
#include <vm/vm_object.h>
#include <vm/pmap.h>

#define	MAP_ENTRY_COW		0x0004
#define	MAP_ENTRY_NEEDS_COPY	0x0008

/* Beside those, for vm_map_insert(). */
#define	MAP_INHERIT_SHARE	0x0001
#define	MAP_ACC_CHARGED		0x0200	/* the caller has reserved for it */
#define	MAP_ACC_NO_CHARGE	0x8000	/* reserve at the first write copied */

/* What a fork does with an entry. */
#define	VM_INHERIT_SHARE	0
#define	VM_INHERIT_COPY		1
#define	VM_INHERIT_NONE		2

struct vm_map_entry {
	RB_ENTRY(vm_map_entry) node;	/* (M) */
	vm_offset_t	start, end;	/* (M) */
	vm_object_t	object;		/* (M) NULL: made at the first fault */
	vm_ooffset_t	offset;		/* (M) bytes */
	unsigned	eflags;		/* (M) MAP_ENTRY_* */
	vm_prot_t	protection;	/* (M) */
	uint8_t		inheritance;	/* (M) VM_INHERIT_* */
	unsigned	wired_count;	/* (M) */
	struct ucred	*cred;		/* (M) who pays for it, or NULL */
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
 * (NULL: anonymous memory, which may be put into the entry or the object
 * before it).  flags: MAP_ENTRY_COW | NEEDS_COPY for a private mapping, MAP_*.
 * Private memory that may be written is charged to curthread.  KERN_SUCCESS,
 * KERN_INVALID_ADDRESS (unaligned, empty, above VM_MAXUSER_ADDRESS),
 * KERN_NO_SPACE (overlap) or KERN_RESOURCE_SHORTAGE (no swap to be reserved);
 * the reference, and what was reserved for MAP_ACC_CHARGED, stay the caller's
 * then.  Takes the map lock.
 */
int		 vm_map_insert(vm_map_t map, vm_object_t object,
		    vm_ooffset_t offset, vm_offset_t start, vm_offset_t end,
		    vm_prot_t prot, unsigned flags);
/*
 * Unmap [start, end): clips, removes mappings, releases charges, drops
 * references.  This and those below pass over holes; KERN_INVALID_ADDRESS as
 * above.
 */
int		 vm_map_remove(vm_map_t map, vm_offset_t start,
		    vm_offset_t end);
/*
 * Change protection of the entries in [start, end), clipping them.  Private
 * memory that becomes writable is charged to curthread, as far as it is not
 * yet; KERN_RESOURCE_SHORTAGE: no protection has changed.
 */
int		 vm_map_protect(vm_map_t map, vm_offset_t start,
		    vm_offset_t end, vm_prot_t prot);
/* Say what a fork does with them: VM_INHERIT_*. */
int		 vm_map_inherit(vm_map_t map, vm_offset_t start,
		    vm_offset_t end, uint8_t inheritance);

/*
 * Find what backs addr for a fault of a type.  On success the map is
 * share-locked, the entry has an object (made now if it had none; a write to a
 * NEEDS_COPY entry made its shadow now), *prot is what may be mapped (no write
 * while copying is still to come).  KERN_INVALID_ADDRESS,
 * KERN_PROTECTION_FAILURE or KERN_RESOURCE_SHORTAGE (the shadow of an entry
 * that was not charged) otherwise, map unlocked.
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

/* ---- For the map's files --------------------------------------------- */

/* Exclusively, for I3. */
void		 vm_map_lock(vm_map_t map);
void		 vm_map_unlock(vm_map_t map);
bool		 vm_map_range_ok(vm_offset_t start, vm_offset_t end);

/* A copy of an entry, in no map; references are the caller's to add. */
vm_map_entry_t	 vm_map_entry_create(const struct vm_map_entry *like);

/* The rest wants the map exclusively locked. */
void		 vm_map_entry_link(vm_map_t map, vm_map_entry_t entry);
/* Give an entry its first object, anonymous, and its charge to that. */
void		 vm_map_entry_make_object(vm_map_entry_t entry);
/*
 * Put the shadow of a NEEDS_COPY entry in, and its charge there.  KERN_SUCCESS
 * or KERN_RESOURCE_SHORTAGE.
 */
int		 vm_map_entry_shadow(vm_map_entry_t entry);
/* Are its pages paid for, by it or by its object, which is locked? */
bool		 vm_map_entry_charged(vm_map_entry_t entry);
/* Charge it to curthread; false: refused.  Release, if it is charged. */
bool		 vm_map_entry_reserve(vm_map_entry_t entry);
void		 vm_map_entry_release(vm_map_entry_t entry);
/* If it is charged, move that to its object, which is not. */
void		 vm_map_entry_move_charge(vm_map_entry_t entry);
/* It becomes writable: charge what is not, or false. */
bool		 vm_map_entry_charge_write(vm_map_entry_t entry);

#define	VM_MAXUSER_ADDRESS	(1ULL << 39)

#endif /* VM_VM_MAP_H */
