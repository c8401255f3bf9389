/*
 * The midpoint (r248084): the object's lock is an rwlock, always taken in
 * write mode; page busying is still 9.x's VPO_WANTED under it.
 *
 * The lock macros keep their 9.x names here and mean the write lock, so that
 * this header is all that differs from old_vpo_wanted and a difference in
 * speed is the rwlock's alone.  The new names exist beside them.
 * Facts: FreeBSD r248084, sys/vm/vm_object.h.
 */
#ifndef VM_VM_OBJECT_LOCK_H
#define	VM_VM_OBJECT_LOCK_H

#include <sys/rwlock.h>
#include <sys/mutex.h>
#include <sys/sleepqueue.h>

struct vm_object_interlock {
	struct rwlock	lock;
};

#define	VM_OBJECT_LOCK_INIT(object, type)				\
	rw_init_flags(&(object)->lock, "vm object", type, RW_DUPOK)
#define	VM_OBJECT_LOCK_DESTROY(object)	rw_destroy(&(object)->lock)
#define	VM_OBJECT_WLOCK(object)		rw_wlock(&(object)->lock)
#define	VM_OBJECT_TRYWLOCK(object)	rw_try_wlock(&(object)->lock)
#define	VM_OBJECT_WUNLOCK(object)	rw_wunlock(&(object)->lock)
#define	VM_OBJECT_RLOCK(object)		rw_rlock(&(object)->lock)
#define	VM_OBJECT_RUNLOCK(object)	rw_runlock(&(object)->lock)
#define	VM_OBJECT_TRYRLOCK(object)	rw_try_rlock(&(object)->lock)
#define	VM_OBJECT_ASSERT_LOCKED(object)					\
	rw_assert(&(object)->lock, RA_LOCKED)
#define	VM_OBJECT_ASSERT_RLOCKED(object)				\
	rw_assert(&(object)->lock, RA_RLOCKED)
#define	VM_OBJECT_ASSERT_WLOCKED(object)				\
	rw_assert(&(object)->lock, RA_WLOCKED)
#define	VM_OBJECT_SLEEP(object, chan, pri, wmesg, timo)			\
	rw_sleep((chan), &(object)->lock, (pri), (wmesg), (timo))

/* LOCK means WLOCK. */
#define	VM_OBJECT_LOCK(object)		VM_OBJECT_WLOCK(object)
#define	VM_OBJECT_TRYLOCK(object)	VM_OBJECT_TRYWLOCK(object)
#define	VM_OBJECT_UNLOCK(object)	VM_OBJECT_WUNLOCK(object)
#define	VM_OBJECT_LOCKED(object)	rw_wowned(&(object)->lock)
#define	VM_OBJECT_LOCK_ASSERT(object, what)				\
	rw_assert(&(object)->lock,					\
	    (what) == MA_OWNED ? RA_WLOCKED : RA_UNLOCKED)
#define	VM_OBJECT_MSLEEP(object, chan, pri, wmesg, timo)		\
	VM_OBJECT_SLEEP((object), (chan), (pri), (wmesg), (timo))

#endif /* VM_VM_OBJECT_LOCK_H */
