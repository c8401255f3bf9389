/*
 * Pagers: where the contents of an object's pages come from.
 *
 * A pager is a struct pagerops.  getpages is called with the object
 * write-locked and the pages exclusively busied, may drop and retake the lock,
 * and returns with it held.  The requested page stays busied; the others it
 * fills and unbusies or frees.  Facts: FreeBSD vm_pager.h.
 *
 * A pager whose objects are found by a handle (a device, a key) keeps them in
 * a list under a mutex of its own, which comes before the objects' locks.
 */
#ifndef VM_VM_PAGER_H
#define	VM_VM_PAGER_H

#include <vm/vm_object.h>

#define	VM_PAGER_OK	0
#define	VM_PAGER_BAD	1	/* beyond the end of the object */
#define	VM_PAGER_FAIL	2	/* the pager has no such page */
#define	VM_PAGER_PEND	3	/* being written; the pager ends it */
#define	VM_PAGER_ERROR	4	/* it has, and could not read it */
#define	VM_PAGER_AGAIN	5	/* not written for want of memory or space */

struct ucred;

/* Objects of one pager that have a handle. */
TAILQ_HEAD(pagerlst, vm_object);

struct pagerops {
	const char	*pgo_name;
	/* At boot, before there are objects; NULL: nothing to do. */
	void		(*pgo_init)(void);
	/* vm_pager_allocate() of its type; NULL: made by a call of its own. */
	vm_object_t	(*pgo_alloc)(void *handle, vm_ooffset_t size,
			    vm_prot_t prot, vm_ooffset_t offset,
			    struct ucred *cred);
	/*
	 * Free the pager's own; object write-locked and dead.  May drop the
	 * lock and take it again: a dead object is not found.
	 */
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
	/*
	 * Write m[0..count-1], which are shared busied, and for each of which
	 * there is paging in progress; flags are VM_PAGER_PUT_*, rtvals[i]
	 * says what became of m[i].  PEND: the pager ends both, now or later;
	 * else it touched neither.  Object write-locked, may be dropped.  NULL:
	 * its pages are never written.
	 */
	void		(*pgo_putpages)(vm_object_t object, vm_page_t *m,
			    int count, int flags, int *rtvals);
	/* m, exclusively busied, is about to be changed.  NULL: no matter. */
	void		(*pgo_pageunswapped)(vm_page_t m);
	/* What is kept of pages [start, end) goes.  Object locked. */
	void		(*pgo_freespace)(vm_object_t object, vm_pindex_t start,
			    vm_pindex_t end);
};

#define	VM_PAGER_PUT_SYNC	0x0001	/* return when it is written */
#define	VM_PAGER_PUT_INVAL	0x0002	/* and let go of the pages */

/* Every pager's pgo_init. */
void		vm_pager_init(void);

/*
 * The object of a type for handle, made if there is none, with a reference
 * for the caller; a NULL handle, where the type allows one, is a new object
 * each time.  size and offset are bytes; what of it is charged for is charged
 * to cred, which may be NULL.  NULL when the pager refuses: an offset that is
 * not a page's, a driver that will not, no swap space to reserve, or a type
 * that has no pgo_alloc.  Nothing locked; may sleep.
 */
vm_object_t	vm_pager_allocate(enum obj_type type, void *handle,
		    vm_ooffset_t size, vm_prot_t prot, vm_ooffset_t offset,
		    struct ucred *cred);

/*
 * Write pages by the object's pager, which an anonymous object without one
 * gets by it: pgo_putpages, or VM_PAGER_FAIL for each.
 */
void		vm_pager_put_pages(vm_object_t object, vm_page_t *m, int count,
		    int flags, int *rtvals);

/* The pager need not keep what it has of m, exclusively busied. */
static inline void
vm_pager_page_unswapped(vm_page_t m)
{
	const struct pagerops *pager = m->object->pager;

	if (pager != NULL && pager->pgo_pageunswapped != NULL)
		pager->pgo_pageunswapped(m);
}

/* ---- For pagers --------------------------------------------------------- */

/*
 * The living object of a list that has this handle, with a reference more, or
 * NULL.  The list's mutex is held, no object's lock of it is.
 */
vm_object_t	vm_pager_object_lookup(struct pagerlst *list, void *handle);

/*
 * Make a listed object at least so many pages; it never gets smaller.  The
 * list's mutex is held, which is what keeps two from doing so at once; faults
 * read the size under the object's lock, so the store is marked.
 */
void		vm_pager_object_grow(vm_object_t object, vm_pindex_t size);

/* Extra time of each getpages call, as a disk would take; 0 by default. */
extern uint64_t	vm_pager_latency_ns;

#define	VM_PAGER_CLUSTER	255	/* pages to each side, at most */

/* Spend vm_pager_latency_ns; no lock but sx locks held. */
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

/* ---- The pagers --------------------------------------------------------- */

extern const struct pagerops	defaultpagerops, devicepagerops, physpagerops;

/*
 * What the driver of a device does for its pager.  No call is made with a lock
 * held but cdev_pg_fault.
 */
struct cdev_pager_ops {
	/*
	 * May the object be?  0 or an errno.  Called for each allocation, also
	 * where the object is there already.
	 */
	int		(*cdev_pg_ctor)(void *handle, vm_ooffset_t size,
			    vm_prot_t prot, vm_ooffset_t offset,
			    struct ucred *cred);
	/* The object is going; once for each that was made. */
	void		(*cdev_pg_dtor)(void *handle);
	/*
	 * Put the device's page at offset, fictitious and valid, where *mres,
	 * exclusively busied, stands, free that one and set *mres.  Object
	 * write-locked, may be dropped and taken again.  A VM_PAGER_*; unless
	 * OK, nothing has changed.
	 */
	int		(*cdev_pg_fault)(vm_object_t object,
			    vm_ooffset_t offset, vm_prot_t prot,
			    vm_page_t *mres);
};

/* Those of a struct cdev with a d_mmap; vm_pager_allocate() uses them. */
extern const struct cdev_pager_ops	old_dev_pager_ops;

/*
 * The object of a device's handle, which is never NULL, made if there is none.
 * As vm_pager_allocate(), with the driver's operations; NULL for a type but
 * OBJT_DEVICE, an offset that is not a page's, or what the ctor refuses.
 */
vm_object_t	cdev_pager_allocate(void *handle, enum obj_type type,
		    const struct cdev_pager_ops *ops, vm_ooffset_t size,
		    vm_prot_t prot, vm_ooffset_t offset, struct ucred *cred);

/* The same if it is there, with a reference, or NULL.  No lock held. */
vm_object_t	cdev_pager_lookup(void *handle);

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
