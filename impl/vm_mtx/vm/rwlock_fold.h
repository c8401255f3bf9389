/*
 * How an rwlock is entered that is folded into vm_mtx: a reader excludes
 * others like a writer.  Included by <sys/rwlock.h>, as <vm/mutex_fold.h> by
 * <sys/mutex.h>.
 */
#ifndef VM_RWLOCK_FOLD_H
#define	VM_RWLOCK_FOLD_H

/* With <vm/mutex_fold.h> at its end. */
#include <sys/mutex.h>

#define	FOLD_RW(name, how)						\
static inline void							\
fold_rw_##name##lock(struct rwlock *rw, const char *file, int line)	\
{									\
	if (vm_mtx_folds(&rw->lock_object))				\
		fold_enter(&rw->lock_object, how, file, line);		\
	else								\
		(rw_##name##lock_at)(rw, file, line);			\
}									\
static inline void							\
fold_rw_##name##unlock(struct rwlock *rw, const char *file, int line)	\
{									\
	if (vm_mtx_folds(&rw->lock_object))				\
		fold_leave(&rw->lock_object, how, file, line);		\
	else								\
		(rw_##name##unlock_at)(rw, file, line);			\
}									\
static inline int							\
fold_rw_try_##name##lock(struct rwlock *rw, const char *file, int line)	\
{									\
	return (vm_mtx_folds(&rw->lock_object) ?			\
	    fold_try(&rw->lock_object, how, file, line) :		\
	    rw_try_##name##lock_at(rw, file, line));			\
}
FOLD_RW(r, LOCK_SHARED)
FOLD_RW(w, LOCK_EXCLUSIVE)
#undef FOLD_RW

/* A reader is alone. */
static inline int
fold_rw_try_upgrade(struct rwlock *rw, const char *file, int line)
{
	if (!vm_mtx_folds(&rw->lock_object))
		return (rw_try_upgrade_at(rw, file, line));
#ifdef INVARIANTS
	lock_changed(&rw->lock_object, LOCK_EXCLUSIVE, file, line);
#endif
	return (1);
}

static inline void
fold_rw_downgrade(struct rwlock *rw, const char *file, int line)
{
	if (!vm_mtx_folds(&rw->lock_object))
		rw_downgrade_at(rw, file, line);
#ifdef INVARIANTS
	else
		lock_changed(&rw->lock_object, LOCK_SHARED, file, line);
#endif
}

static inline int
fold_rw_wowned(const struct rwlock *rw)
{
	return (vm_mtx_folds(&rw->lock_object) ?
	    fold_owned(&rw->lock_object) : (rw_wowned)(rw));
}

#define	rw_rlock_at(rw, file, line)	fold_rw_rlock(rw, file, line)
#define	rw_runlock_at(rw, file, line)	fold_rw_runlock(rw, file, line)
#define	rw_wlock_at(rw, file, line)	fold_rw_wlock(rw, file, line)
#define	rw_wunlock_at(rw, file, line)	fold_rw_wunlock(rw, file, line)
#define	rw_wowned(rw)			fold_rw_wowned(rw)
#undef	rw_try_rlock
#undef	rw_try_wlock
#undef	rw_try_upgrade
#undef	rw_downgrade
#define	rw_try_rlock(rw)	fold_rw_try_rlock(rw, LOCK_FILE, LOCK_LINE)
#define	rw_try_wlock(rw)	fold_rw_try_wlock(rw, LOCK_FILE, LOCK_LINE)
#define	rw_try_upgrade(rw)	fold_rw_try_upgrade(rw, LOCK_FILE, LOCK_LINE)
#define	rw_downgrade(rw)	fold_rw_downgrade(rw, LOCK_FILE, LOCK_LINE)

#endif /* VM_RWLOCK_FOLD_H */
