/*
 * The verbs of the object's lock as a 9.x caller writes them: a mutex has one
 * mode, so looking costs what changing costs.
 */
#ifndef VM_LOCK_VERBS_H
#define	VM_LOCK_VERBS_H

#include <sys/mutex.h>
#include <sys/sleepqueue.h>

/*
 * msleep() on the object's lock.  9.x spells it out at each place; here it has
 * a name, so that the rwlock midpoint can read it as a sleep of its own.
 */
#ifndef VM_OBJECT_MSLEEP
#define	VM_OBJECT_MSLEEP(object, chan, pri, wmesg, timo)		\
	msleep((chan), VM_OBJECT_MTX(object), (pri), (wmesg), (timo))
#endif

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
	VM_OBJECT_LOCK(object);
}

static inline void
pv_object_unlock(vm_object_t object)
{
	VM_OBJECT_UNLOCK(object);
}

static inline bool
pv_object_trylock(vm_object_t object)
{
	return (VM_OBJECT_TRYLOCK(object) != 0);
}

static inline void
pv_object_lock_read(vm_object_t object)
{
	VM_OBJECT_LOCK(object);
}

static inline void
pv_object_unlock_read(vm_object_t object)
{
	VM_OBJECT_UNLOCK(object);
}

static inline void
pv_object_assert_locked(vm_object_t object)
{
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	(void)object;
}

static inline void
pv_object_assert_read(vm_object_t object)
{
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	(void)object;
}

static inline void
pv_object_sleep(vm_object_t object, const void *chan, int pri,
    const char *wmesg, uint64_t timo_ns)
{
	VM_OBJECT_MSLEEP(object, chan, pri, wmesg, timo_ns);
}

#endif /* VM_LOCK_VERBS_H */
