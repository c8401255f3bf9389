/*
 * Finding the page of a fault: down the shadow chain, hand over hand; waiting
 * for a busy one; asking the pager; zero fill at the end of the chain.
 *
 * One paging-in-progress count is held on fs->object, and one on first_object
 * while the walk is behind it.  Read <vm/vm_fault.h> first.
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/vm_verbs.h>

#define	DEAD_PAUSE_NS	1000000		/* a tick, while a collapse ends */

/*
 * The page is busied by another: free our place in the first object, let the
 * map go, wait, and start the whole fault again, for nothing seen holds then.
 */
static int
wait_busy(struct faultstate *fs, vm_page_t m)
{
	/* Tell the page daemon that the page is in use. */
	vm_page_aflag_set(m, PGA_REFERENCED);
	if (fs->object != fs->first_object) {
		/* The order of locks in a chain is front to back. */
		if (!pv_object_trylock(fs->first_object)) {
			pv_object_unlock(fs->object);
			pv_object_lock(fs->first_object);
			pv_object_lock(fs->object);
		}
		vm_fault_drop_first(fs);
		pv_object_unlock(fs->first_object);
	}
	vm_fault_unlock_map(fs);
	/* The object may have been unlocked: m is a hint, not a page. */
	if (m == vm_page_lookup(fs->object, fs->pindex))
		pv_sleep_if_busy_locked(m, "vmpfw");
	vm_object_pip_wakeup(fs->object);
	pv_object_unlock(fs->object);
	vm_object_deallocate(fs->first_object);
	return (FAULT_RESTART);
}

static int
wait_dead(struct faultstate *fs)
{
	int rv;

	rv = fs->object->type == OBJT_DEAD ? KERN_PROTECTION_FAILURE :
	    FAULT_RESTART;
	vm_fault_release(fs);
	if (rv == FAULT_RESTART)
		pause_ns("vmf_de", DEAD_PAUSE_NS);
	return (rv);
}

/* A page of our own in the object: to be filled, or to keep others out. */
static int
alloc_page(struct faultstate *fs)
{
	vm_object_t object = fs->object;
	int req = VM_ALLOC_NORMAL;

	/* Marked: a pager with a list lets it grow under that list's lock. */
	if (fs->pindex >= atomic_load_64(&object->size)) {
		vm_fault_release(fs);
		return (KERN_PROTECTION_FAILURE);
	}
	if (object->pager == NULL && object->backing_object == NULL)
		req |= VM_ALLOC_ZERO;
	fs->m = vm_page_alloc(object, fs->pindex, req);
	if (fs->m != NULL)
		return (KERN_SUCCESS);
	vm_fault_release(fs);
	vm_waitpfault();
	return (FAULT_RESTART);
}

/*
 * Look in one object.  KERN_SUCCESS with fs->m valid: found; or with fs->m
 * invalid, the place-holder in the first object; or NULL.
 *
 * The busy test is made without the page lock and the page lock taken only to
 * leave the queue, as 10.x does; 9.x takes it first and gives it up to sleep.
 * That costs both the same when nobody waits.
 */
static int
look_in_object(struct faultstate *fs)
{
	vm_page_t m;
	int rv;

	if ((fs->object->flags & OBJ_DEAD) != 0)
		return (wait_dead(fs));
	m = vm_page_lookup(fs->object, fs->pindex);
	if (m != NULL) {
		if (pv_busied(m))
			return (wait_busy(fs, m));
		vm_page_lock(m);
		vm_page_dequeue(m);
		vm_page_unlock(m);
		pv_xbusy_locked(m);
		fs->m = m;
		if (vm_page_is_all_valid(m))
			return (KERN_SUCCESS);
	} else {
		fs->m = NULL;
		if (fs->object->pager == NULL &&
		    fs->object != fs->first_object)
			return (KERN_SUCCESS);
		rv = alloc_page(fs);
		if (rv != KERN_SUCCESS)
			return (rv);
	}
	return (vm_fault_pagein(fs));
}

/* Go to the object behind; lock it before this one is let go. */
static void
next_object(struct faultstate *fs)
{
	vm_object_t next = fs->object->backing_object;

	KASSERT(next != fs->object,
	    ("vm_fault: object %p is behind itself", next));
	fs->pindex += OFF_TO_IDX(fs->object->backing_object_offset);
	pv_object_lock(next);
	vm_object_pip_add(next, 1);
	if (fs->object != fs->first_object)
		vm_object_pip_wakeup(fs->object);
	pv_object_unlock(fs->object);
	fs->object = next;
}

/*
 * Nobody has the page: it is zeroes, in the first object.  The frame is
 * cleared with the object locked, as FreeBSD does.
 */
static void
zero_fill(struct faultstate *fs)
{
	if (fs->object != fs->first_object) {
		vm_object_pip_wakeup(fs->object);
		pv_object_unlock(fs->object);
		fs->object = fs->first_object;
		fs->pindex = fs->first_pindex;
		pv_object_lock(fs->object);
	}
	fs->m = fs->first_m;
	fs->first_m = NULL;
	if ((fs->m->flags & PG_ZERO) == 0)
		pmap_zero_page(fs->m);
	atomic_store_8(&fs->m->valid, VM_PAGE_BITS_ALL);
	fs->zero_filled = true;
}

int
vm_fault_find(struct faultstate *fs)
{
	int rv;

	for (;;) {
		rv = look_in_object(fs);
		if (rv != KERN_SUCCESS)
			return (rv);
		if (fs->m != NULL && vm_page_is_all_valid(fs->m))
			return (KERN_SUCCESS);
		if (fs->object == fs->first_object)
			fs->first_m = fs->m;
		if (fs->object->backing_object == NULL)
			break;
		next_object(fs);
	}
	zero_fill(fs);
	return (KERN_SUCCESS);
}
