/*
 * The page fault.
 *
 * vm_fault() is the trap's entry.  The state below is passed between the steps
 * of a fault, which stand in files of their own:
 *	vm_fault.c		the loop: look up, find, map; restart
 *	vm_fault_find.c		walk the shadow chain; wait; zero fill
 *	vm_fault_pagein.c	get the page from a pager
 *	vm_fault_copy.c		copy on write
 *	vm_fault_prefault.c	map the neighbours
 * pv_fault_soft() is an implementation's own fast path, tried first.
 * Facts: FreeBSD sys/vm/vm_fault.c; docs/KPI.md counts the locks.
 */
#ifndef VM_VM_FAULT_H
#define	VM_VM_FAULT_H

#include <vm/vm_map.h>

#define	VM_FAULT_NORMAL	0
#define	VM_FAULT_WIRE	1

struct faultstate {
	vm_map_t	map;
	vm_map_entry_t	entry;		/* while lookup_still_valid */
	vm_offset_t	vaddr;		/* page aligned */
	vm_prot_t	fault_type;
	vm_prot_t	prot;		/* what may be mapped */
	int		fault_flags;
	bool		wired;
	bool		lookup_still_valid;	/* map is share-locked */
	bool		zero_filled;	/* then a new KPI skips prefault */
	unsigned	map_timestamp;
	vm_object_t	first_object;	/* what the entry names */
	vm_pindex_t	first_pindex;
	vm_page_t	first_m;	/* busy place-holder there, or NULL */
	vm_object_t	object;		/* where the walk is */
	vm_pindex_t	pindex;
	vm_page_t	m;		/* the page found, busied */
};

/*
 * Resolve a fault.  No lock held; may sleep.  KERN_SUCCESS,
 * KERN_INVALID_ADDRESS, KERN_PROTECTION_FAILURE, KERN_FAILURE (pager error) or
 * KERN_RESOURCE_SHORTAGE (no swap to be reserved for a copy).
 */
int	vm_fault(vm_map_t map, vm_offset_t vaddr, vm_prot_t fault_type,
	    int fault_flags);

/*
 * Map up to VM_FAULT_PREFAULT neighbours of fs->vaddr that are resident and
 * valid.  Map share-locked, no object locked.
 */
#define	VM_FAULT_PREFAULT	8
void	vm_fault_prefault(struct faultstate *fs);

/* Pages read with the one asked for, at most; none behind it. */
#define	VM_FAULT_READ_AHEAD	7

/* ---- The steps, for each other ------------------------------------------ */

/*
 * A step returns KERN_SUCCESS to go on, a KERN_ error to fail the fault, or
 * FAULT_RESTART to look up again from the map.  In the last two cases it has
 * released everything: pages, objects, map.
 */
#define	FAULT_RESTART	(-1)

/*
 * Find fs->m, busied and valid, in fs->object, locked, which may be behind
 * first_object; then first_m holds its place there.  On entry first_object is
 * locked, referenced and has paging in progress.
 */
int	vm_fault_find(struct faultstate *fs);

/*
 * The page is not in fs->object but fs->m stands there, busied and invalid:
 * ask the pager.  KERN_SUCCESS: fs->m is valid, or it is NULL or a
 * place-holder because the pager has no such page.
 */
int	vm_fault_pagein(struct faultstate *fs);

/*
 * If the page is behind first_object: for a write put a copy, or itself, in
 * first_object; else give up write permission.  Object locked.
 */
int	vm_fault_copy(struct faultstate *fs);

/* Unbusy fs->m and let it age.  Object locked. */
void	vm_fault_release_page(struct faultstate *fs);
/* Let go of the objects, first_m and the map; fs->object is locked. */
void	vm_fault_release(struct faultstate *fs);
/* Free first_m and end paging in first_object, which is locked. */
void	vm_fault_drop_first(struct faultstate *fs);
/* Unlock the map, if it is locked. */
void	vm_fault_unlock_map(struct faultstate *fs);

#endif /* VM_VM_FAULT_H */
