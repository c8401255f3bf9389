/*
 * 9.x: the object's lock is a mutex, not recursive, two may be held at once.
 *
 * It guards the object, its pages' identity, and all of their busy state; so
 * it is also what busy sleeps are interlocked by.  The structure comes with
 * this header; who locks an object includes <sys/mutex.h>.
 * Facts: FreeBSD 9.3 sys/vm/vm_object.h.
 */
#ifndef VM_VM_OBJECT_LOCK_H
#define	VM_VM_OBJECT_LOCK_H

#include <sys/_mutex.h>

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

#endif /* VM_VM_OBJECT_LOCK_H */
