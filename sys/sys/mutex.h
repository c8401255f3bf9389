/*
 * mtx(9): a mutual-exclusion lock with one owner word.
 *
 *	mtx_lock	63                                      2   1   0
 *			+---------------------------------------+---+---+---+
 *			| owner: struct thread *                | U | C | R |
 *			+---------------------------------------+---+---+---+
 *	R MTX_RECURSED 1	the owner holds it more than once
 *	C MTX_CONTESTED 2	a thread is blocked on it
 *	U MTX_UNOWNED 4		free; the word is then exactly 4
 *
 * The 10.x algorithm: test, then compare-and-set; spin while the owner runs,
 * for a bound; then block.  Release is a compare-and-set back; a contested
 * one wakes every blocked thread and hands over to none.
 * Facts: FreeBSD sys/kern/kern_mutex.c, sys/sys/mutex.h.
 */
#ifndef SYS_MUTEX_H
#define	SYS_MUTEX_H

#include <sys/_mutex.h>
#include <sys/lock.h>

#define	MTX_RECURSED	1
#define	MTX_CONTESTED	2
#define	MTX_UNOWNED	4
#define	MTX_FLAGMASK	7

/* Options of mtx_init(). */
#define	MTX_DEF		0x0
#define	MTX_RECURSE	0x4	/* may be taken again by its owner */
#define	MTX_DUPOK	0x8	/* two of one type may be held together */

/* What mtx_assert() takes. */
#define	MA_OWNED	0x1
#define	MA_NOTOWNED	0x2
#define	MA_RECURSED	0x4	/* with MA_OWNED */
#define	MA_NOTRECURSED	0x8	/* with MA_OWNED */

/*
 * name is this lock's, type groups locks (NULL: the name); opts are MTX_*.
 * Both strings must outlive the lock.
 */
void	mtx_init(struct mtx *m, const char *name, const char *type,
	    int opts);

/* The lock must be free, and may not be used until initialised again. */
void	mtx_destroy(struct mtx *m);

/*
 * mtx_lock(m)		take it; may block, so the order of locks is checked
 * mtx_unlock(m)	give it back; the caller owns it
 * mtx_trylock(m)	nonzero if got; never blocks
 * mtx_owned(m)		nonzero if curthread owns it; exact
 * mtx_assert(m, what)	panic unless MA_* hold; nothing without INVARIANTS
 */
#define	mtx_lock(m)	mtx_lock_at(m, LOCK_FILE, LOCK_LINE)
#define	mtx_unlock(m)	mtx_unlock_at(m, LOCK_FILE, LOCK_LINE)
#define	mtx_trylock(m)	mtx_trylock_at(m, LOCK_FILE, LOCK_LINE)

/* Slow paths: what the fast path could not do in one compare-and-set. */
void	_mtx_lock_sleep(struct mtx *m, const char *file, int line);
void	_mtx_unlock_sleep(struct mtx *m, const char *file, int line);

#ifdef INVARIANTS
void	_mtx_assert(struct mtx *m, int what, const char *file, int line);
#define	mtx_assert(m, what)	_mtx_assert(m, what, LOCK_FILE, LOCK_LINE)
#else
#define	mtx_assert(m, what) do { (void)sizeof(m); } while (0)
#endif

static inline int
mtx_owned(const struct mtx *m)
{
	return ((atomic_load_ptr(&m->mtx_lock) & ~(uintptr_t)MTX_FLAGMASK) ==
	    (uintptr_t)curthread);
}

/* One attempt.  The test first spares a held lock's line a write (10.4). */
static inline int
mtx_obtain(struct mtx *m)
{
	/* Acquire pairs with the releases in mtx_unlock_at(), slow or not. */
	return (atomic_load_ptr(&m->mtx_lock) == MTX_UNOWNED &&
	    atomic_cmpset_acq_ptr(&m->mtx_lock, MTX_UNOWNED,
	    (uintptr_t)curthread));
}

static inline void
mtx_lock_at(struct mtx *m, const char *file, int line)
{
	lock_wanted(&m->lock_object, LOCK_EXCLUSIVE, file, line);
	if (__predict_false(!mtx_obtain(m)))
		_mtx_lock_sleep(m, file, line);
	lock_obtained(&m->lock_object, LOCK_EXCLUSIVE, file, line);
}

static inline void
mtx_unlock_at(struct mtx *m, const char *file, int line)
{
	lock_released(&m->lock_object, LOCK_EXCLUSIVE, file, line);
	/* Release pairs with the acquire in mtx_obtain(). */
	if (__predict_false(!atomic_cmpset_rel_ptr(&m->mtx_lock,
	    (uintptr_t)curthread, MTX_UNOWNED)))
		_mtx_unlock_sleep(m, file, line);
}

static inline int
mtx_trylock_at(struct mtx *m, const char *file, int line)
{
	if (__predict_true(mtx_obtain(m))) {
		lock_obtained(&m->lock_object, LOCK_EXCLUSIVE, file, line);
		return (1);
	}
	if ((m->lock_object.lo_flags & LO_RECURSABLE) == 0 || !mtx_owned(m))
		return (0);
	_mtx_lock_sleep(m, file, line);
	lock_obtained(&m->lock_object, LOCK_EXCLUSIVE, file, line);
	return (1);
}

/*
 * An implementation may fold locks of some types into one, and say here how
 * they are entered then: impl/vm_mtx.  So for <sys/rwlock.h> and <sys/sx.h>.
 */
#if __has_include(<vm/mutex_fold.h>)
#include <vm/mutex_fold.h>
#endif

/* Around what sleeps: where there is a Giant, it is given up meanwhile. */
#ifndef DROP_GIANT
#define	DROP_GIANT()	do {
#define	PICKUP_GIANT()	} while (0)
#endif

#endif /* SYS_MUTEX_H */
