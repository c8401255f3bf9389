/*
 * sx(9): a shared/exclusive lock whose holder may sleep; here the map's lock.
 *
 * Word: SX_LOCK_SHARED 1, SX_LOCK_SHARED_WAITERS 2,
 * SX_LOCK_EXCLUSIVE_WAITERS 4, sharers from bit 4, or the owner's address.
 * Unlocked is the shared form with no sharer.  A shared acquisition does not
 * yield to waiting writers, and the end of an exclusive one wakes sharers
 * first.  Word and rules are after FreeBSD sys/kern/kern_sx.c as remembered:
 * unlike mtx(9) and rwlock(9), they have not been checked against its source.
 */
#ifndef SYS_SX_H
#define	SYS_SX_H

#include <sys/lock.h>

#define	SX_LOCK_SHARED			0x01
#define	SX_LOCK_SHARED_WAITERS		0x02
#define	SX_LOCK_EXCLUSIVE_WAITERS	0x04
#define	SX_SHARERS_SHIFT		4
#define	SX_ONE_SHARER			0x10
#define	SX_LOCK_UNLOCKED		SX_LOCK_SHARED

#define	SX_DUPOK	0x1

/* What sx_assert() takes. */
#define	SA_LOCKED	0x1
#define	SA_SLOCKED	0x2
#define	SA_XLOCKED	0x4
#define	SA_UNLOCKED	0x8

struct sx {
	struct lock_object	lock_object;
	volatile uintptr_t	sx_lock;	/* (a) */
};

#define	SX_LOCK_WAITERS							\
	(SX_LOCK_SHARED_WAITERS | SX_LOCK_EXCLUSIVE_WAITERS)
#define	SX_LOCK_FLAGMASK	0x0f
#define	SX_SHARERS(v)		((v) >> SX_SHARERS_SHIFT)

/* As mtx_init(); opts are SX_*. */
void	sx_init_flags(struct sx *sx, const char *name, const char *type,
	    int opts);

/* The lock must be free, and may not be used until initialised again. */
void	sx_destroy(struct sx *sx);

/*
 * sx_slock(sx), sx_xlock(sx)		take it; may block, order is checked
 * sx_sunlock(sx), sx_xunlock(sx)	give it back, in the mode held
 * sx_try_slock(sx), sx_try_xlock(sx)	nonzero if got; never block
 * sx_try_upgrade(sx)	shared to exclusive; 0 and still shared if not alone
 * sx_downgrade(sx)	exclusive to shared, without a moment in between
 * sx_xlocked(sx)	nonzero if curthread holds it exclusively; exact
 * sx_assert(sx, what)	panic unless SA_* hold; nothing without INVARIANTS
 */
#define	sx_slock(sx)		sx_slock_at(sx, LOCK_FILE, LOCK_LINE)
#define	sx_sunlock(sx)		sx_sunlock_at(sx, LOCK_FILE, LOCK_LINE)
#define	sx_xlock(sx)		sx_xlock_at(sx, LOCK_FILE, LOCK_LINE)
#define	sx_xunlock(sx)		sx_xunlock_at(sx, LOCK_FILE, LOCK_LINE)
#define	sx_try_slock(sx)	sx_try_slock_at(sx, LOCK_FILE, LOCK_LINE)
#define	sx_try_xlock(sx)	sx_try_xlock_at(sx, LOCK_FILE, LOCK_LINE)
#define	sx_try_upgrade(sx)	sx_try_upgrade_at(sx, LOCK_FILE, LOCK_LINE)
#define	sx_downgrade(sx)	sx_downgrade_at(sx, LOCK_FILE, LOCK_LINE)

/* Slow paths: what the fast path could not do in one compare-and-set. */
void	_sx_slock_hard(struct sx *sx, const char *file, int line);
void	_sx_sunlock_hard(struct sx *sx, const char *file, int line);
void	_sx_xlock_hard(struct sx *sx, const char *file, int line);
void	_sx_xunlock_hard(struct sx *sx, const char *file, int line);
int	sx_try_slock_at(struct sx *sx, const char *file, int line);
int	sx_try_xlock_at(struct sx *sx, const char *file, int line);
int	sx_try_upgrade_at(struct sx *sx, const char *file, int line);
void	sx_downgrade_at(struct sx *sx, const char *file, int line);

#ifdef INVARIANTS
void	_sx_assert(struct sx *sx, int what, const char *file, int line);
#define	sx_assert(sx, what)	_sx_assert(sx, what, LOCK_FILE, LOCK_LINE)
#else
#define	sx_assert(sx, what) do { (void)sizeof(sx); } while (0)
#endif

static inline int
sx_xlocked(const struct sx *sx)
{
	uintptr_t v;

	v = atomic_load_ptr(&sx->sx_lock);
	return ((v & SX_LOCK_SHARED) == 0 &&
	    (v & ~(uintptr_t)SX_LOCK_FLAGMASK) == (uintptr_t)curthread);
}

static inline void
sx_slock_at(struct sx *sx, const char *file, int line)
{
	uintptr_t v;

	lock_wanted(&sx->lock_object, LOCK_SHARED, file, line);
	v = atomic_load_ptr(&sx->sx_lock);
	/* Acquire pairs with the release in sx_xunlock_at() and downgrade. */
	if (__predict_false((v & SX_LOCK_SHARED) == 0 ||
	    !atomic_cmpset_acq_ptr(&sx->sx_lock, v, v + SX_ONE_SHARER)))
		_sx_slock_hard(sx, file, line);
	lock_obtained(&sx->lock_object, LOCK_SHARED, file, line);
}

static inline void
sx_sunlock_at(struct sx *sx, const char *file, int line)
{
	uintptr_t v;

	lock_released(&sx->lock_object, LOCK_SHARED, file, line);
	v = atomic_load_ptr(&sx->sx_lock);
	/* Release pairs with the acquire in sx_xlock_at(). */
	if (__predict_false((v & SX_LOCK_WAITERS) ||
	    !atomic_cmpset_rel_ptr(&sx->sx_lock, v, v - SX_ONE_SHARER)))
		_sx_sunlock_hard(sx, file, line);
}

static inline void
sx_xlock_at(struct sx *sx, const char *file, int line)
{
	lock_wanted(&sx->lock_object, LOCK_EXCLUSIVE, file, line);
	/* Acquire pairs with the releases of sharers and of the last owner. */
	if (__predict_false(!atomic_cmpset_acq_ptr(&sx->sx_lock,
	    SX_LOCK_UNLOCKED, (uintptr_t)curthread)))
		_sx_xlock_hard(sx, file, line);
	lock_obtained(&sx->lock_object, LOCK_EXCLUSIVE, file, line);
}

static inline void
sx_xunlock_at(struct sx *sx, const char *file, int line)
{
	lock_released(&sx->lock_object, LOCK_EXCLUSIVE, file, line);
	/* Release pairs with the acquires in sx_slock_at(), sx_xlock_at(). */
	if (__predict_false(!atomic_cmpset_rel_ptr(&sx->sx_lock,
	    (uintptr_t)curthread, SX_LOCK_UNLOCKED)))
		_sx_xunlock_hard(sx, file, line);
}

#if __has_include(<vm/sx_fold.h>)
#include <vm/sx_fold.h>
#endif

#endif /* SYS_SX_H */
