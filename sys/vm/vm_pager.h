/*
 * Pagers: where the contents of an object's pages come from.
 *
 * A pager is a struct pagerops.  getpages is called with the object
 * write-locked and the pages exclusively busied, may drop and retake the lock,
 * and returns with it held.  The requested page stays busied; the others it
 * fills and unbusies or frees.  Facts: FreeBSD vm_pager.h, fact 4.5.
 */
#ifndef VM_VM_PAGER_H
#define	VM_VM_PAGER_H

#include <vm/vm_object.h>

#define	VM_PAGER_OK	0
#define	VM_PAGER_BAD	1	/* beyond the end of the object */
#define	VM_PAGER_FAIL	2	/* the pager has no such page */
#define	VM_PAGER_ERROR	4	/* it has, and could not read it */

struct pagerops {
	const char	*pgo_name;
	/* Free the pager's own; object write-locked and dead. */
	void		(*pgo_dealloc)(vm_object_t object);
	/* Fill m[0..count-1]; m[reqpage] is the one wanted. */
	int		(*pgo_getpages)(vm_object_t object, vm_page_t *m,
			    int count, int reqpage);
	/*
	 * Has it the page?  Object locked.  *before and *after, unless NULL:
	 * so many around it too, at most VM_PAGER_CLUSTER.
	 */
	bool		(*pgo_haspage)(vm_object_t object, vm_pindex_t pindex,
			    int *before, int *after);
};

/* Extra time of each getpages call, as a disk would take; 0 by default. */
extern uint64_t	vm_pager_latency_ns;

#define	VM_PAGER_CLUSTER	255	/* pages to each side, at most */

/* For pagers.  Spend vm_pager_latency_ns; no lock but sx locks held. */
void		vm_pager_io_wait(void);
/* A pgo_haspage: all pages below the object's size. */
bool		vm_pager_in_size(vm_object_t object, vm_pindex_t pindex,
		    int *before, int *after);
/*
 * End a getpages: m[0..nread-1] are filled and become valid; all but m[reqpage]
 * are unbusied, or freed where not valid.  Object write-locked.
 */
void		vm_pager_finish(vm_object_t object, vm_page_t *m, int count,
		    int reqpage, int nread);

/*
 * An anonymous object whose pages' contents are kept in memory by its pager,
 * as a swap device would: page i is filled with the 64-bit word
 * vm_anon_pattern(i).  NULL never.
 */
vm_object_t	vm_anon_pager_allocate(vm_pindex_t size);
uint64_t	vm_anon_pattern(vm_pindex_t pindex);

/*
 * An object over a file that is really read.  Returns NULL with *error set to
 * a positive errno when it cannot be opened.  Size is pages; a page beyond
 * end of file is zero.
 */
vm_object_t	vm_file_pager_allocate(const char *path, vm_pindex_t size,
		    int *error);

#endif /* VM_VM_PAGER_H */
