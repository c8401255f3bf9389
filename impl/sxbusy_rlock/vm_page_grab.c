/*
 * vm_page_grab() with the object locked in either mode.
 *
 * A resident page is busied under the mode the caller holds.  An absent page
 * has to be inserted, which takes the write lock: by upgrade when the caller
 * is the only reader, else by dropping the lock and taking it anew, after which
 * everything is looked up again.  The object is returned locked in the mode it
 * came in.  R1..R3 are in <vm/grab_verbs.h>.
 */
#include <sys/systm.h>
#include <sys/rwlock.h>
#include <vm/vm_verbs.h>

/* The object's lock as the caller holds it, and as it is held now. */
struct grab_lock {
	vm_object_t	object;
	bool		entry_write;	/* mode on entry */
	bool		write;		/* mode now */
};

static void
grab_unlock(struct grab_lock *gl)
{
	if (gl->write)
		VM_OBJECT_WUNLOCK(gl->object);
	else
		VM_OBJECT_RUNLOCK(gl->object);
}

static void
grab_lock(struct grab_lock *gl, bool write)
{
	gl->write = write;
	if (write)
		VM_OBJECT_WLOCK(gl->object);
	else
		VM_OBJECT_RLOCK(gl->object);
}

/*
 * Hold the write lock.  Returns true if nothing can have changed since it was
 * not held; false: look up again.
 */
static bool
grab_want_write(struct grab_lock *gl)
{
	if (gl->write)
		return (true);
	if (VM_OBJECT_TRYUPGRADE(gl->object)) {
		gl->write = true;
		return (true);
	}
	grab_unlock(gl);
	grab_lock(gl, true);
	return (false);
}

/*
 * Busy m as asked; false if it cannot be now.  Under the read lock only the
 * try itself decides (R1): a test before it, as sxbusy has, would let another
 * reader busy the page in between.  With NOBUSY nothing is taken and the answer
 * holds only because the write lock is held (R2).
 */
static bool
grab_busy(vm_page_t m, int allocflags)
{
	if ((allocflags & VM_ALLOC_SBUSY) != 0)
		return (vm_page_trysbusy(m) != 0);
	if ((allocflags & VM_ALLOC_NOBUSY) != 0)
		return ((allocflags & VM_ALLOC_IGN_SBUSY) != 0 ?
		    !vm_page_xbusied(m) : !vm_page_busied(m));
	if (vm_page_tryxbusy(m) != 0)
		return (true);
	/* Not waited for, and not to be had: sxbusy panics here, too. */
	if ((allocflags & VM_ALLOC_IGN_SBUSY) != 0 && vm_page_sbusied(m))
		panic("vm_page_grab: page %p failed exclusive busying, %#x, "
		    "flags %#x", m, m->busy_lock, allocflags);
	return (false);
}

/*
 * Wait for m.  The page cannot go while the object is locked in either mode
 * (R3), so its lock is taken first.
 */
static void
grab_sleep(struct grab_lock *gl, vm_page_t m)
{
	vm_page_aflag_set(m, PGA_REFERENCED);
	vm_page_lock(m);
	grab_unlock(gl);
	vm_page_busy_sleep(m, "pgrbwt");
	grab_lock(gl, gl->entry_write);
}

/* A new page at pindex, or NULL if the object was unlocked on the way. */
static vm_page_t
grab_alloc(struct grab_lock *gl, vm_pindex_t pindex, int allocflags)
{
	vm_page_t m;

	if (!grab_want_write(gl))
		return (NULL);
	m = vm_page_alloc(gl->object, pindex,
	    allocflags & ~VM_ALLOC_IGN_SBUSY);
	if (m == NULL) {
		grab_unlock(gl);
		vm_wait();
		grab_lock(gl, true);
		return (NULL);
	}
	if ((allocflags & VM_ALLOC_ZERO) != 0 && (m->flags & PG_ZERO) == 0)
		pmap_zero_page(m);
	return (m);
}

/* Back to the mode of entry; the caller's busy, if any, outlives it. */
static vm_page_t
grab_done(struct grab_lock *gl, vm_page_t m)
{
	if (gl->write && !gl->entry_write)
		VM_OBJECT_LOCK_DOWNGRADE(gl->object);
	return (m);
}

vm_page_t
vm_page_grab(vm_object_t object, vm_pindex_t pindex, int allocflags)
{
	struct grab_lock gl = { .object = object };
	vm_page_t m;

	VM_OBJECT_ASSERT_LOCKED(object);
	KASSERT((allocflags & VM_ALLOC_SBUSY) == 0 ||
	    (allocflags & VM_ALLOC_IGN_SBUSY) != 0,
	    ("vm_page_grab: SBUSY without IGN_SBUSY, %#x", allocflags));
	gl.entry_write = gl.write = rw_wowned(&object->lock) != 0;
	KASSERT(gl.write || (allocflags & VM_ALLOC_NOBUSY) == 0,
	    ("vm_page_grab: NOBUSY under the read lock, %#x", allocflags));
	for (;;) {
		m = vm_page_lookup(object, pindex);
		if (m == NULL) {
			m = grab_alloc(&gl, pindex, allocflags);
			if (m != NULL)
				return (grab_done(&gl, m));
			continue;
		}
		if (grab_busy(m, allocflags))
			break;
		grab_sleep(&gl, m);
	}
	if ((allocflags & VM_ALLOC_WIRED) != 0) {
		vm_page_lock(m);
		vm_page_wire(m);
		vm_page_unlock(m);
	}
	return (grab_done(&gl, m));
}
