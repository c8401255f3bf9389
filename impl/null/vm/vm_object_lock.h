/*
 * No object lock: every operation is empty and every try succeeds.
 *
 * The floor under every curve: what an operation costs when neither object
 * lock nor busying costs anything.  It keeps nobody out, so its unit runs only
 * where nobody has to be: one thread, or an object per thread
 * (LAB_UNSYNCHRONISED); elsewhere it is a named skip.
 */
#ifndef VM_VM_OBJECT_LOCK_H
#define	VM_VM_OBJECT_LOCK_H

#define	IMPL_UNIT_FLAGS	LAB_UNSYNCHRONISED

struct vm_object_interlock {
	char		no_lock;
};

#define	VM_OBJECT_LOCK_INIT(object, type)	((void)(object))
#define	VM_OBJECT_LOCK_DESTROY(object)		((void)(object))
#define	VM_OBJECT_RLOCK(object)			((void)(object))
#define	VM_OBJECT_RUNLOCK(object)		((void)(object))
#define	VM_OBJECT_TRYRLOCK(object)		((void)(object), 1)
#define	VM_OBJECT_WLOCK(object)			((void)(object))
#define	VM_OBJECT_WUNLOCK(object)		((void)(object))
#define	VM_OBJECT_TRYWLOCK(object)		((void)(object), 1)
#define	VM_OBJECT_TRYUPGRADE(object)		((void)(object), 1)
#define	VM_OBJECT_LOCK_DOWNGRADE(object)	((void)(object))

/* Nobody else can end what one waits for: a sleep would never end. */
static inline int
vm_object_sleeps_never(const void *object, const void *chan, int pri,
    const char *wmesg, uint64_t timo)
{
	panic("null: object %p: sleep on %p for \"%s\" (%d, %ju ns)", object,
	    chan, wmesg, pri, (uintmax_t)timo);
}
#define	VM_OBJECT_SLEEP(object, chan, pri, wmesg, timo)			\
	vm_object_sleeps_never((object), (chan), (pri), (wmesg), (timo))

/* There is nothing to assert: no lock exists that could be missing. */
#define	VM_OBJECT_ASSERT_LOCKED(object)		((void)(object))
#define	VM_OBJECT_ASSERT_WLOCKED(object)	((void)(object))

#endif /* VM_VM_OBJECT_LOCK_H */
