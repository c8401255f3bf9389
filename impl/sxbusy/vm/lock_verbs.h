/*
 * The verbs of the object's lock as a 10.0 caller writes them: the write lock
 * to change, the read lock where 10.x only looks.
 */
#ifndef VM_LOCK_VERBS_H
#define	VM_LOCK_VERBS_H

#include <sys/rwlock.h>
#include <sys/sleepqueue.h>

static inline void
pv_object_lock_init(vm_object_t object)
{
	VM_OBJECT_LOCK_INIT(object, "vm object");
}

static inline void
pv_object_lock_destroy(vm_object_t object)
{
	VM_OBJECT_LOCK_DESTROY(object);
}

static inline void
pv_object_lock(vm_object_t object)
{
	VM_OBJECT_WLOCK(object);
}

static inline void
pv_object_unlock(vm_object_t object)
{
	VM_OBJECT_WUNLOCK(object);
}

static inline bool
pv_object_trylock(vm_object_t object)
{
	return (VM_OBJECT_TRYWLOCK(object) != 0);
}

static inline void
pv_object_lock_read(vm_object_t object)
{
	VM_OBJECT_RLOCK(object);
}

static inline void
pv_object_unlock_read(vm_object_t object)
{
	VM_OBJECT_RUNLOCK(object);
}

static inline void
pv_object_assert_locked(vm_object_t object)
{
	VM_OBJECT_ASSERT_WLOCKED(object);
	(void)object;
}

static inline void
pv_object_assert_read(vm_object_t object)
{
	VM_OBJECT_ASSERT_LOCKED(object);
	(void)object;
}

static inline void
pv_object_sleep(vm_object_t object, const void *chan, int pri,
    const char *wmesg, uint64_t timo_ns)
{
	VM_OBJECT_SLEEP(object, chan, pri, wmesg, timo_ns);
}

#endif /* VM_LOCK_VERBS_H */
