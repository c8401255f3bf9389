/*
 * The structure of a mtx(9), for headers that hold one.  Who locks it includes
 * <sys/mutex.h>, which draws the word.
 */
#ifndef SYS__MUTEX_H
#define	SYS__MUTEX_H

#include <sys/_lock.h>

struct mtx {
	struct lock_object	lock_object;
	volatile uintptr_t	mtx_lock;	/* (a) */
	unsigned		mtx_recurse;	/* (owner) depth - 1 */
};

#endif /* SYS__MUTEX_H */
