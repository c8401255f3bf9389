/*
 * The midpoint (r248084): the object's lock is an rwlock, page busying is
 * still 9.x's VPO_WANTED under it.
 *
 * The structure comes with this header; who locks an object includes
 * <sys/rwlock.h>.  9.x's names of the lock are gone; how the code that this
 * folder inherits from 9.x goes on saying them is in <vm/old_lock_verbs.h>.
 * Facts: FreeBSD r248084, sys/vm/vm_object.h.
 */
#ifndef VM_VM_OBJECT_LOCK_H
#define	VM_VM_OBJECT_LOCK_H

#include <sys/_rwlock.h>

struct vm_object_interlock {
	struct rwlock	lock;
};

#define	VM_OBJECT_LOCK_INIT(object, type)				\
	rw_init_flags(&(object)->lock, "vm object", type, RW_DUPOK)
#define	VM_OBJECT_LOCK_DESTROY(object)	rw_destroy(&(object)->lock)

#define	VM_OBJECT_RLOCK(object)		rw_rlock(&(object)->lock)
#define	VM_OBJECT_RUNLOCK(object)	rw_runlock(&(object)->lock)
#define	VM_OBJECT_TRYRLOCK(object)	rw_try_rlock(&(object)->lock)
#define	VM_OBJECT_WLOCK(object)		rw_wlock(&(object)->lock)
#define	VM_OBJECT_WUNLOCK(object)	rw_wunlock(&(object)->lock)
#define	VM_OBJECT_TRYWLOCK(object)	rw_try_wlock(&(object)->lock)

/* Sleep with the lock as interlock; taken again in the mode it was held. */
#define	VM_OBJECT_SLEEP(object, chan, pri, wmesg, timo)			\
	rw_sleep((chan), &(object)->lock, (pri), (wmesg), (timo))

#define	VM_OBJECT_ASSERT_LOCKED(object)					\
	rw_assert(&(object)->lock, RA_LOCKED)
#define	VM_OBJECT_ASSERT_RLOCKED(object)				\
	rw_assert(&(object)->lock, RA_RLOCKED)
#define	VM_OBJECT_ASSERT_WLOCKED(object)				\
	rw_assert(&(object)->lock, RA_WLOCKED)

#endif /* VM_VM_OBJECT_LOCK_H */
