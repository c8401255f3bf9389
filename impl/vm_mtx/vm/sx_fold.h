/*
 * Giant over a map's lock, and so over a whole fault.
 *
 * The map's sx lock is held over sleeps and is not folded: it stays a lock of
 * its own.  Included by <sys/sx.h>, as <vm/mutex_fold.h> by <sys/mutex.h>.
 */
#ifndef VM_SX_FOLD_H
#define	VM_SX_FOLD_H

/* With <vm/mutex_fold.h> at its end. */
#include <sys/mutex.h>

#define	FOLD_SX(name)							\
static inline void							\
fold_sx_##name##lock(struct sx *sx, const char *file, int line)		\
{									\
	if (giant_precedes(&sx->lock_object))				\
		giant_enter(file, line);				\
	(sx_##name##lock_at)(sx, file, line);				\
}									\
static inline void							\
fold_sx_##name##unlock(struct sx *sx, const char *file, int line)	\
{									\
	bool giant = giant_precedes(&sx->lock_object);			\
									\
	(sx_##name##unlock_at)(sx, file, line);				\
	if (giant)							\
		giant_leave(file, line);				\
}									\
static inline int							\
fold_sx_try_##name##lock(struct sx *sx, const char *file, int line)	\
{									\
	bool giant = giant_precedes(&sx->lock_object);			\
									\
	if (giant && !big_lock_try(&Giant, file, line))			\
		return (0);						\
	if (sx_try_##name##lock_at(sx, file, line))			\
		return (1);						\
	if (giant)							\
		giant_leave(file, line);				\
	return (0);							\
}
FOLD_SX(s)
FOLD_SX(x)
#undef FOLD_SX

#define	sx_slock_at(sx, file, line)	fold_sx_slock(sx, file, line)
#define	sx_sunlock_at(sx, file, line)	fold_sx_sunlock(sx, file, line)
#define	sx_xlock_at(sx, file, line)	fold_sx_xlock(sx, file, line)
#define	sx_xunlock_at(sx, file, line)	fold_sx_xunlock(sx, file, line)
#undef	sx_try_slock
#undef	sx_try_xlock
#define	sx_try_slock(sx)	fold_sx_try_slock(sx, LOCK_FILE, LOCK_LINE)
#define	sx_try_xlock(sx)	fold_sx_try_xlock(sx, LOCK_FILE, LOCK_LINE)

#endif /* VM_SX_FOLD_H */
