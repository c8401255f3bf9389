/*
 * How a mutex is entered that is folded into vm_mtx; any other is one.
 * Included by <sys/mutex.h>, whose operations it puts its own before.
 */
#ifndef VM_MUTEX_FOLD_H
#define	VM_MUTEX_FOLD_H

#include <vm/vm_mtx.h>

/* I4: record it as held; LOCK_STATS alone counts what is a lock. */
static inline void
fold_obtained(struct lock_object *lo, int how, const char *file, int line)
{
#ifdef INVARIANTS
	GIANT_REQUIRED(lo);
	lock_obtained(lo, how, file, line);
#else
	(void)lo, (void)how, (void)file, (void)line;
#endif
}

static inline void
fold_enter(struct lock_object *lo, int how, const char *file, int line)
{
	lock_wanted(lo, how, file, line);
	if (giant_covers(lo))
		giant_enter(file, line);
	if (big_lock_owned(&vm_mtx))
		vm_mtx.bl_depth++;
	else
		(mtx_lock_at)(&vm_mtx.bl_mtx, file, line);
	fold_obtained(lo, how, file, line);
}

/* Once it is left, the lock may be gone. */
static inline void
fold_leave(struct lock_object *lo, int how, const char *file, int line)
{
	bool giant = giant_covers(lo);

#ifdef INVARIANTS
	lock_released(lo, how, file, line);
#else
	(void)how;
#endif
	big_lock_leave(&vm_mtx, file, line);
	if (giant)
		giant_leave(file, line);
}

static inline int
fold_try(struct lock_object *lo, int how, const char *file, int line)
{
#ifdef INVARIANTS
	if (lock_held(lo) != NULL)
		return (0);
#endif
	if (giant_covers(lo) && !big_lock_try(&Giant, file, line))
		return (0);
	if (!big_lock_try(&vm_mtx, file, line)) {
		if (giant_covers(lo))
			giant_leave(file, line);
		return (0);
	}
	fold_obtained(lo, how, file, line);
	return (1);
}

/*
 * Does curthread hold it?  Where nothing is recorded vm_mtx answers; of a page
 * lock, which is asked after by who has the object's (vm_page_sleep()), the
 * number of locks held does.
 */
static inline int
fold_owned(const struct lock_object *lo)
{
#ifdef INVARIANTS
	const struct held_lock *hl = lock_held(lo);

	return (hl != NULL && !hl->hl_shared);
#else
	return (big_lock_owned(&vm_mtx) &&
	    (lo->lo_order != LO_PAGE || vm_mtx.bl_depth > 0));
#endif
}

static inline void
fold_mtx_lock(struct mtx *m, const char *file, int line)
{
	if (vm_mtx_folds(&m->lock_object)) {
		fold_enter(&m->lock_object, LOCK_EXCLUSIVE, file, line);
		return;
	}
	if (giant_precedes(&m->lock_object))
		giant_enter(file, line);
	(mtx_lock_at)(m, file, line);
}

static inline void
fold_mtx_unlock(struct mtx *m, const char *file, int line)
{
	bool giant = giant_precedes(&m->lock_object);

	if (vm_mtx_folds(&m->lock_object)) {
		fold_leave(&m->lock_object, LOCK_EXCLUSIVE, file, line);
		return;
	}
	(mtx_unlock_at)(m, file, line);
	if (giant)
		giant_leave(file, line);
}

static inline int
fold_mtx_trylock(struct mtx *m, const char *file, int line)
{
	bool giant = giant_precedes(&m->lock_object);

	if (vm_mtx_folds(&m->lock_object))
		return (fold_try(&m->lock_object, LOCK_EXCLUSIVE, file, line));
	if (giant && !big_lock_try(&Giant, file, line))
		return (0);
	if ((mtx_trylock_at)(m, file, line))
		return (1);
	if (giant)
		giant_leave(file, line);
	return (0);
}

static inline int
fold_mtx_owned(const struct mtx *m)
{
	return (vm_mtx_folds(&m->lock_object) ?
	    fold_owned(&m->lock_object) : (mtx_owned)(m));
}

#define	mtx_lock_at(m, file, line)	fold_mtx_lock(m, file, line)
#define	mtx_unlock_at(m, file, line)	fold_mtx_unlock(m, file, line)
#define	mtx_trylock_at(m, file, line)	fold_mtx_trylock(m, file, line)
#define	mtx_owned(m)			fold_mtx_owned(m)

#endif /* VM_MUTEX_FOLD_H */
