/*
 * rwlock(9): many readers or one writer, in one word.
 *
 *	rw_lock, read-locked	| number of readers << 4      | S | w | r | 1 |
 *	rw_lock, write-locked	| owner: struct thread *      | S | w | r | 0 |
 *	unlocked is no readers, read form: exactly 0x1 (RW_UNLOCKED)
 *	r RW_LOCK_READ_WAITERS 2, w RW_LOCK_WRITE_WAITERS 4,
 *	S RW_LOCK_WRITE_SPINNER 8
 *
 * Rules (FreeBSD sys/kern/kern_rwlock.c, 10.x):
 * - rw_rlock is refused while a writer waits or spins, unless the thread
 *   already holds some rwlock for reading (td_rw_rlocks > 0).
 * - rw_try_rlock ignores waiting writers: it needs only the read form.
 * - release prefers writers: all of them are woken, else all readers.
 * - try_upgrade succeeds only for the sole reader, and keeps the waiter bits.
 * - downgrade wakes readers only if no writer waits.
 * - rw_sleep (see <sys/sleepqueue.h>) takes the lock again in the mode held.
 */
#ifndef SYS_RWLOCK_H
#define	SYS_RWLOCK_H

#include <sys/_rwlock.h>
#include <sys/lock.h>

#define	RW_LOCK_READ		0x01
#define	RW_LOCK_READ_WAITERS	0x02
#define	RW_LOCK_WRITE_WAITERS	0x04
#define	RW_LOCK_WRITE_SPINNER	0x08
#define	RW_LOCK_FLAGMASK	0x0f
#define	RW_READERS_SHIFT	4
#define	RW_ONE_READER		0x10
#define	RW_UNLOCKED		RW_LOCK_READ

/* Options of rw_init_flags(). */
#define	RW_DUPOK	0x1
#define	RW_RECURSE	0x2

/* What rw_assert() takes. */
#define	RA_LOCKED	0x1	/* either mode */
#define	RA_RLOCKED	0x2
#define	RA_WLOCKED	0x4
#define	RA_UNLOCKED	0x8	/* not held by curthread */

#define	RW_LOCK_WAITERS	(RW_LOCK_READ_WAITERS | RW_LOCK_WRITE_WAITERS)
#define	RW_READERS(v)	((v) >> RW_READERS_SHIFT)

/*
 * FreeBSD's rw_init_flags() has no type; ours groups by it as mtx_init().
 * opts are RW_*.  Both strings must outlive the lock.
 */
void	rw_init_flags(struct rwlock *rw, const char *name, const char *type,
	    int opts);

/* The lock must be free, and may not be used until initialised again. */
void	rw_destroy(struct rwlock *rw);

/*
 * rw_rlock(rw), rw_wlock(rw)		take it; may block, order is checked
 * rw_runlock(rw), rw_wunlock(rw)	give it back, in the mode held
 * rw_try_rlock(rw), rw_try_wlock(rw)	nonzero if got; never block
 * rw_try_upgrade(rw)	from read to write; 0 and still read-locked if there
 *			is another reader
 * rw_downgrade(rw)	from write to read, without a moment in between
 * rw_wowned(rw)	nonzero if curthread owns it for writing; exact
 * rw_assert(rw, what)	panic unless RA_* hold; nothing without INVARIANTS.
 *			Readers are known by each thread's list: exact too.
 */
#define	rw_rlock(rw)		rw_rlock_at(rw, LOCK_FILE, LOCK_LINE)
#define	rw_runlock(rw)		rw_runlock_at(rw, LOCK_FILE, LOCK_LINE)
#define	rw_wlock(rw)		rw_wlock_at(rw, LOCK_FILE, LOCK_LINE)
#define	rw_wunlock(rw)		rw_wunlock_at(rw, LOCK_FILE, LOCK_LINE)
#define	rw_try_rlock(rw)	rw_try_rlock_at(rw, LOCK_FILE, LOCK_LINE)
#define	rw_try_wlock(rw)	rw_try_wlock_at(rw, LOCK_FILE, LOCK_LINE)
#define	rw_try_upgrade(rw)	rw_try_upgrade_at(rw, LOCK_FILE, LOCK_LINE)
#define	rw_downgrade(rw)	rw_downgrade_at(rw, LOCK_FILE, LOCK_LINE)

/* Slow paths: what the fast path could not do in one compare-and-set. */
void	_rw_rlock_hard(struct rwlock *rw, const char *file, int line);
void	_rw_runlock_hard(struct rwlock *rw, const char *file, int line);
void	_rw_wlock_hard(struct rwlock *rw, const char *file, int line);
void	_rw_wunlock_hard(struct rwlock *rw, const char *file, int line);
int	rw_try_rlock_at(struct rwlock *rw, const char *file, int line);
int	rw_try_wlock_at(struct rwlock *rw, const char *file, int line);
int	rw_try_upgrade_at(struct rwlock *rw, const char *file, int line);
void	rw_downgrade_at(struct rwlock *rw, const char *file, int line);

#ifdef INVARIANTS
void	_rw_assert(struct rwlock *rw, int what, const char *file, int line);
#define	rw_assert(rw, what)	_rw_assert(rw, what, LOCK_FILE, LOCK_LINE)
#else
#define	rw_assert(rw, what) do { (void)sizeof(rw); } while (0)
#endif

static inline int
rw_wowned(const struct rwlock *rw)
{
	uintptr_t v;

	v = atomic_load_ptr(&rw->rw_lock);
	return ((v & RW_LOCK_READ) == 0 &&
	    (v & ~(uintptr_t)RW_LOCK_FLAGMASK) == (uintptr_t)curthread);
}

/* May td add itself to the readers of a word? */
static inline int
rw_can_read(uintptr_t v, const struct thread *td)
{
	if ((v & (RW_LOCK_READ | RW_LOCK_WRITE_WAITERS |
	    RW_LOCK_WRITE_SPINNER)) == RW_LOCK_READ)
		return (1);
	return (td->td_rw_rlocks > 0 && (v & RW_LOCK_READ) != 0);
}

static inline void
rw_rlock_at(struct rwlock *rw, const char *file, int line)
{
	struct thread *td = curthread;
	uintptr_t v;

	lock_wanted(&rw->lock_object, LOCK_SHARED, file, line);
	v = atomic_load_ptr(&rw->rw_lock);
	/* Acquire pairs with the release in rw_wunlock_at() and downgrade. */
	if (__predict_false(!rw_can_read(v, td) ||
	    !atomic_cmpset_acq_ptr(&rw->rw_lock, v, v + RW_ONE_READER)))
		_rw_rlock_hard(rw, file, line);
	td->td_rw_rlocks++;
	lock_obtained(&rw->lock_object, LOCK_SHARED, file, line);
}

static inline void
rw_runlock_at(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v;

	lock_released(&rw->lock_object, LOCK_SHARED, file, line);
	v = atomic_load_ptr(&rw->rw_lock);
	/* Release pairs with the acquire in rw_wlock_at(). */
	if (__predict_false((v & (RW_LOCK_WAITERS | RW_LOCK_WRITE_SPINNER)) ||
	    !atomic_cmpset_rel_ptr(&rw->rw_lock, v, v - RW_ONE_READER)))
		_rw_runlock_hard(rw, file, line);
	curthread->td_rw_rlocks--;
}

static inline void
rw_wlock_at(struct rwlock *rw, const char *file, int line)
{
	lock_wanted(&rw->lock_object, LOCK_EXCLUSIVE, file, line);
	/* Acquire pairs with the releases of readers and of the last writer. */
	if (__predict_false(!atomic_cmpset_acq_ptr(&rw->rw_lock, RW_UNLOCKED,
	    (uintptr_t)curthread)))
		_rw_wlock_hard(rw, file, line);
	lock_obtained(&rw->lock_object, LOCK_EXCLUSIVE, file, line);
}

static inline void
rw_wunlock_at(struct rwlock *rw, const char *file, int line)
{
	lock_released(&rw->lock_object, LOCK_EXCLUSIVE, file, line);
	/* Release pairs with the acquires in rw_rlock_at(), rw_wlock_at(). */
	if (__predict_false(rw->rw_recurse != 0 ||
	    !atomic_cmpset_rel_ptr(&rw->rw_lock, (uintptr_t)curthread,
	    RW_UNLOCKED)))
		_rw_wunlock_hard(rw, file, line);
}

#if __has_include(<vm/rwlock_fold.h>)
#include <vm/rwlock_fold.h>
#endif

#endif /* SYS_RWLOCK_H */
