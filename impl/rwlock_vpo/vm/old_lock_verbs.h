/*
 * 9.x's names of the object's lock, meaning the write lock.
 *
 * The busy code is 9.x's to the letter, inherited from old_vpo_wanted, and says
 * LOCK; r248084 replaced that by WLOCK wherever it stood.  Reading the one as
 * the other keeps a difference in speed the rwlock's alone.  This is the lab's
 * and no part of the KPI: a consumer does not see it.
 */
#ifndef VM_OLD_LOCK_VERBS_H
#define	VM_OLD_LOCK_VERBS_H

#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>

#define	VM_OBJECT_LOCK(object)		VM_OBJECT_WLOCK(object)
#define	VM_OBJECT_TRYLOCK(object)	VM_OBJECT_TRYWLOCK(object)
#define	VM_OBJECT_UNLOCK(object)	VM_OBJECT_WUNLOCK(object)
#define	VM_OBJECT_LOCKED(object)	rw_wowned(&(object)->lock)
#define	VM_OBJECT_LOCK_ASSERT(object, what)				\
	rw_assert(&(object)->lock,					\
	    (what) == MA_OWNED ? RA_WLOCKED : RA_UNLOCKED)
#define	VM_OBJECT_MSLEEP(object, chan, pri, wmesg, timo)		\
	VM_OBJECT_SLEEP((object), (chan), (pri), (wmesg), (timo))

#endif /* VM_OLD_LOCK_VERBS_H */
