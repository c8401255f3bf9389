/*
 * rwlock(9): going from one mode to the other, and asserting which is held.
 * Read <sys/rwlock.h> and the head of kern_rwlock.c first; I1 is defined there.
 */
#include <sys/rwlock.h>
#include <sys/turnstile.h>

/*
 * FreeBSD's compare-and-set names no ordering.  C11 needs an acquire: it pairs
 * with the release of the readers that went before, so that what the caller
 * writes now cannot be seen by them.
 */
int
rw_try_upgrade_at(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v;

	rw_assert(rw, RA_RLOCKED);
	do {
		v = atomic_load_ptr(&rw->rw_lock);
		if (RW_READERS(v) > 1)
			return (0);
	} while (!atomic_cmpset_acq_ptr(&rw->rw_lock, v,
	    (uintptr_t)curthread | (v & RW_LOCK_WAITERS)));
	curthread->td_rw_rlocks--;
	lock_changed(&rw->lock_object, LOCK_EXCLUSIVE, file, line);
	return (1);
}

/* With waiters: readers may come along unless a writer waits. */
static void
rw_downgrade_wake(struct rwlock *rw)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);
	uintptr_t v;

	turnstile_lock(&rw->lock_object);
	v = atomic_load_ptr(&rw->rw_lock) & RW_LOCK_WAITERS;
	if ((v & RW_LOCK_WRITE_WAITERS) == 0) {
		turnstile_broadcast(&rw->lock_object, TS_SHARED_QUEUE, &woken);
		v = 0;
	}
	/* Release pairs with the acquire of readers. */
	atomic_store_rel_ptr(&rw->rw_lock, RW_ONE_READER | RW_LOCK_READ | v);
	turnstile_unlock(&rw->lock_object);
	threads_wake(&woken);
}

void
rw_downgrade_at(struct rwlock *rw, const char *file, int line)
{
	KASSERT(rw_wowned(rw) && rw->rw_recurse == 0, ("rw_downgrade: %s: word "
	    "%#lx, recursed %u at %s:%d", rw->lock_object.lo_name,
	    (unsigned long)atomic_load_ptr(&rw->rw_lock), rw->rw_recurse, file,
	    line));
	/* Release pairs with the acquire of readers. */
	if (!atomic_cmpset_rel_ptr(&rw->rw_lock, (uintptr_t)curthread,
	    RW_ONE_READER | RW_LOCK_READ))
		rw_downgrade_wake(rw);
	curthread->td_rw_rlocks++;
	lock_changed(&rw->lock_object, LOCK_SHARED, file, line);
}

#ifdef INVARIANTS
void
_rw_assert(struct rwlock *rw, int what, const char *file, int line)
{
	const char *name = rw->lock_object.lo_name;
	const struct held_lock *hl = lock_held(&rw->lock_object);

	switch (what) {
	case RA_LOCKED:
		if (hl == NULL)
			panic("rwlock %s not locked at %s:%d", name, file,
			    line);
		break;
	case RA_RLOCKED:
		if (hl == NULL || !hl->hl_shared)
			panic("rwlock %s not read-locked at %s:%d", name, file,
			    line);
		break;
	case RA_WLOCKED:
		if (!rw_wowned(rw))
			panic("rwlock %s not write-locked at %s:%d", name,
			    file, line);
		break;
	case RA_UNLOCKED:
		if (hl != NULL)
			panic("rwlock %s locked at %s:%d", name, file, line);
		break;
	default:
		panic("rw_assert: %s: %#x at %s:%d", name, what, file, line);
	}
}
#endif
