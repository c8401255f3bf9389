/*
 * 9.x: the object's lock is a mutex, not recursive, two may be held at once.
 *
 * It guards the object, its pages' identity, and all of their busy state; so
 * it is also what busy sleeps are interlocked by.
 * Facts: FreeBSD 9.3 sys/vm/vm_object.h.
 */
#ifndef VM_VM_OBJECT_LOCK_H
#define	VM_VM_OBJECT_LOCK_H

#include <sys/mutex.h>
#include <sys/sleepqueue.h>

struct vm_object_interlock {
	struct mtx	mtx;
};

#define	VM_OBJECT_LOCK_INIT(object, type)				\
	mtx_init(&(object)->mtx, "vm object", type, MTX_DEF | MTX_DUPOK)
#define	VM_OBJECT_LOCK_DESTROY(object)	mtx_destroy(&(object)->mtx)
#define	VM_OBJECT_LOCK(object)		mtx_lock(&(object)->mtx)
#define	VM_OBJECT_TRYLOCK(object)	mtx_trylock(&(object)->mtx)
#define	VM_OBJECT_UNLOCK(object)	mtx_unlock(&(object)->mtx)
#define	VM_OBJECT_LOCKED(object)	mtx_owned(&(object)->mtx)
#define	VM_OBJECT_LOCK_ASSERT(object, what)				\
	mtx_assert(&(object)->mtx, (what))
#define	VM_OBJECT_MTX(object)		(&(object)->mtx)

/*
 * msleep() on the object's lock.  9.x spells it out at each place; here it has
 * a name because the rwlock midpoint overrides this header and nothing else.
 */
#define	VM_OBJECT_MSLEEP(object, chan, pri, wmesg, timo)		\
	msleep((chan), VM_OBJECT_MTX(object), (pri), (wmesg), (timo))

#endif /* VM_VM_OBJECT_LOCK_H */
