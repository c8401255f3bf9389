/*
 * The memory object: pages by index, perhaps behind a pager, perhaps in front
 * of another object (a shadow chain).
 *
 * Its lock comes from the implementation's <vm/vm_object_lock.h> as struct
 * vm_object_interlock, an unnamed member: a mutex there, an rwlock here.
 *
 * Locking key: (O) object lock, exclusive to write; (o) constant for the
 * object's life; (L) the mutex of its pager's list, if it is listed.
 *
 * I1  paging_in_progress > 0 keeps the object from being terminated.
 * I2  resident_page_count equals the length of memq and the leaves of rtree.
 * I3  OBJ_DEAD is set once, with ref_count 0, and no reference is taken after.
 * I4  a backing object counts each of its shadows in shadow_count and in
 *     ref_count.
 * I5  charge bytes of swap are reserved by cred; none without it.  Only
 *     anonymous objects have one.
 * I6  OBJ_ONEMAPPING: no page is in the reach of two map entries.
 */
#ifndef VM_VM_OBJECT_H
#define	VM_VM_OBJECT_H

#include <sys/queue.h>
#include <vm/vm.h>
#include <vm/vm_object_lock.h>
#include <vm/vm_radix.h>
#include <vm/vm_page.h>

enum obj_type {
	OBJT_DEFAULT,		/* anonymous, no pager yet: zero fill */
	OBJT_SWAP,		/* anonymous, contents kept by its pager */
	OBJT_VNODE,		/* a file */
	OBJT_DEVICE,		/* pages that a driver supplies */
	OBJT_PHYS,		/* unmanaged pages, never paged out */
	OBJT_DEAD
};

#define	OBJ_UNMANAGED	0x0002
#define	OBJ_DEAD	0x0008
#define	OBJ_NOSPLIT	0x0010
#define	OBJ_PIPWNT	0x0040
#define	OBJ_ONEMAPPING	0x2000

struct cdev_pager_ops;
struct pagerops;
struct ucred;
struct vm_reserv;

struct vm_object {
	struct vm_object_interlock;	/* the implementation's lock */
	TAILQ_HEAD(pglist, vm_page) memq; /* (O) resident pages in order */
	struct vm_radix	rtree;		/* (O) and by index */
	vm_pindex_t	size;		/* (O) in pages; if listed, it grows
					   under (L) alone: loads marked */
	int		ref_count;	/* (O) */
	int		shadow_count;	/* (O) objects that shadow this one */
	vm_object_t	backing_object;	/* (O) or NULL */
	vm_ooffset_t	backing_object_offset;	/* (O) */
	unsigned	paging_in_progress;	/* (O) */
	unsigned	resident_page_count;	/* (O) */
	struct vm_reserv *reserv;	/* (O) 2 MiB it took pages from last */
	unsigned	flags;		/* (O) OBJ_*; OBJ_UNMANAGED is (o) */
	enum obj_type	type;		/* (O) DEFAULT may become SWAP */
	const struct pagerops *pager;	/* (O) NULL for OBJT_DEFAULT */
	void		*handle;	/* (L) what it is found by; or the
					   pager's own, and then (o) */
	TAILQ_ENTRY(vm_object) pager_object_list;	/* (L) */
	/* What its pager needs, by type. */
	union {
		struct devp {
			TAILQ_HEAD(, vm_page) devp_pglist; /* (O) */
			const struct cdev_pager_ops *ops;	/* (o) */
			void	*dev;			/* (o) */
		} devp;			/* OBJT_DEVICE */
	} un_pager;
	struct ucred	*cred;		/* (O) who pays for it, or NULL */
	vm_ooffset_t	charge;		/* (O) bytes */
} __cacheline_aligned;

void		vm_object_zinit(void);
long		vm_object_count(void);	/* objects alive; for leak checks */

/* A new object of size pages with one reference, unlocked.  May sleep. */
vm_object_t	vm_object_allocate(enum obj_type type, vm_pindex_t size);
/*
 * The same of an anonymous type, its size charged to cred; NULL if the swap
 * cannot be reserved.  Without cred it is not charged.
 */
vm_object_t	vm_object_allocate_cred(enum obj_type type, vm_pindex_t size,
		    struct ucred *cred);
/*
 * Charge an object that has no charge: consumes a reference to cred, and bytes
 * that are reserved.  Object write-locked.
 */
void		vm_object_set_charge(vm_object_t object, struct ucred *cred,
		    vm_ooffset_t bytes);
/*
 * Make an object end at size, where no page is any more, and release what it
 * is charged beyond.  Object write-locked.
 */
void		vm_object_shrink(vm_object_t object, vm_pindex_t size);
/*
 * Give an object another size, freeing pages beyond it after waiting for busy
 * ones; the charge moves along.  ENOMEM, nothing changed: no swap can be
 * reserved for more.  Object unlocked; may sleep.  That nobody else does so
 * meanwhile is the caller's affair.
 */
int		vm_object_truncate(vm_object_t object, vm_pindex_t size);

/* Add a reference.  Takes the object lock; _locked: write-locked already. */
void		vm_object_reference(vm_object_t object);
void		vm_object_reference_locked(vm_object_t object);

/*
 * Drop a reference; the last one terminates the object and goes on with the
 * one behind it.  Chain links are not collapsed (docs/FIDELITY.md).  Object
 * unlocked; may sleep.
 */
void		vm_object_deallocate(vm_object_t object);

/*
 * Put a new anonymous object of length pages in front of *object for
 * copy-on-write: *object and *offset (bytes) are replaced.  Consumes the
 * caller's reference to the old one, gives one to the new.  Nothing changes if
 * the old one is anonymous and the caller's reference is its only one: there
 * is nobody to copy for.  Object unlocked.
 */
void		vm_object_shadow(vm_object_t *object, vm_ooffset_t *offset,
		    vm_pindex_t length);

/*
 * Is an object anonymous, of several entries, and none of its pages of two?
 * Object write-locked.
 */
bool		vm_object_divisible(vm_object_t object);
/*
 * Pages [*offset, + size) of such an object, one entry's, go to a new one:
 * *object and *offset (bytes) are replaced, and the caller's reference becomes
 * one to it.  It has its part of the charge, and is in front of what is behind
 * the old one.  That nobody is given another reference meanwhile is the
 * caller's affair.  Object unlocked; may sleep.
 */
void		vm_object_split(vm_object_t *object, vm_ooffset_t *offset,
		    vm_pindex_t size);

/*
 * Extend an object, of which prev_bytes from prev_offset are mapped, by
 * next_bytes that are mapped next to them.  reserved: swap for these has been
 * reserved on the account the object is charged to, if it is.  False: not
 * possible.  Without an object there is nothing to do: true.  Object unlocked;
 * may sleep.
 */
bool		vm_object_coalesce(vm_object_t object,
		    vm_ooffset_t prev_offset, vm_ooffset_t prev_bytes,
		    vm_ooffset_t next_bytes, bool reserved);

/* Paging in progress.  Object write-locked. */
void		vm_object_pip_add(vm_object_t object, unsigned n);
void		vm_object_pip_wakeup(vm_object_t object);
void		vm_object_pip_wait(vm_object_t object, const char *wmesg);

/*
 * Free the resident pages [start, end), after unmapping them and waiting for
 * busy ones.  end 0 is the object's size.  Object write-locked, may be dropped
 * and taken again.  Wired pages are unmapped and made invalid, not freed.
 */
void		vm_object_page_remove(vm_object_t object, vm_pindex_t start,
		    vm_pindex_t end);

#endif /* VM_VM_OBJECT_H */
