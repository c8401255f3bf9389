/*
 * The structure of an rwlock(9), for headers that hold one.  Who locks it
 * includes <sys/rwlock.h>, which draws the word.
 */
#ifndef SYS__RWLOCK_H
#define	SYS__RWLOCK_H

#include <sys/_lock.h>

struct rwlock {
	struct lock_object	lock_object;
	volatile uintptr_t	rw_lock;	/* (a) */
	unsigned		rw_recurse;	/* (writer) depth - 1 */
};

#endif /* SYS__RWLOCK_H */
