/*
 * The index of an object's resident pages: a path-compressed radix trie over
 * the 64-bit page index, four bits a level, as FreeBSD's vm_radix.
 *
 * A leaf is the page itself, tagged in the pointer's low bit; an inner node
 * has a level, an owner prefix and 16 children, and always at least two.
 * Lookup writes nothing, so it is safe under a shared lock; insert and remove
 * need the exclusive one.  Both implementations use it: 9.x had a splay tree,
 * whose lookup wrote (docs/FIDELITY.md).
 */
#ifndef VM_VM_RADIX_H
#define	VM_VM_RADIX_H

#include <vm/vm.h>

struct vm_radix {
	uintptr_t	rt_root;	/* (O) 0 when empty */
};

void		vm_radix_zinit(void);	/* make the zone of nodes */
long		vm_radix_nodes(void);	/* nodes in use; for leak checks */
/* At most so many nodes at once, 0 for any number: to see inserts fail. */
void		vm_radix_set_max(unsigned nodes);

/* 0, or ENOMEM when no node was to be had.  Panics if the index is taken. */
int		vm_radix_insert(struct vm_radix *rt, vm_page_t m);
vm_page_t	vm_radix_lookup(struct vm_radix *rt, vm_pindex_t index);
/* Least page at or above, greatest at or below the index; or NULL. */
vm_page_t	vm_radix_lookup_ge(struct vm_radix *rt, vm_pindex_t index);
vm_page_t	vm_radix_lookup_le(struct vm_radix *rt, vm_pindex_t index);
/* The page removed; panics if there is none. */
vm_page_t	vm_radix_remove(struct vm_radix *rt, vm_pindex_t index);
/* Put a page in the place of the one that has its index; returns the old. */
vm_page_t	vm_radix_replace(struct vm_radix *rt, vm_page_t m);
/* Free every node; pages are the caller's. */
void		vm_radix_reclaim_allnodes(struct vm_radix *rt);

#endif /* VM_VM_RADIX_H */
