/*
 * 10.0: the object's lock is an rwlock, not recursive, two may be held at
 * once.  The structure comes with this header; who locks an object includes
 * <sys/rwlock.h>.
 *
 * Facts: FreeBSD 10 sys/vm/vm_object.h.  Which call needs which mode is
 * asserted by each; docs/KPI.md has the table.
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
#define	VM_OBJECT_TRYUPGRADE(object)	rw_try_upgrade(&(object)->lock)
#define	VM_OBJECT_LOCK_DOWNGRADE(object) rw_downgrade(&(object)->lock)

/* Sleep with the lock as interlock; taken again in the mode it was held. */
#define	VM_OBJECT_SLEEP(object, chan, pri, wmesg, timo)			\
	rw_sleep((chan), &(object)->lock, (pri), (wmesg), (timo))

#define	VM_OBJECT_ASSERT_LOCKED(object)					\
	rw_assert(&(object)->lock, RA_LOCKED)
#define	VM_OBJECT_ASSERT_RLOCKED(object)				\
	rw_assert(&(object)->lock, RA_RLOCKED)
#define	VM_OBJECT_ASSERT_WLOCKED(object)				\
	rw_assert(&(object)->lock, RA_WLOCKED)
#define	VM_OBJECT_ASSERT_UNLOCKED(object)				\
	rw_assert(&(object)->lock, RA_UNLOCKED)

#endif /* VM_VM_OBJECT_LOCK_H */
