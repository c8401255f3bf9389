/*
 * refcount(9): how many hold a thing.
 *
 * Facts: FreeBSD sys/sys/refcount.h, with the orderings of later releases
 * named: what others did to the thing is done when the last lets go.
 */
#ifndef SYS_REFCOUNT_H
#define	SYS_REFCOUNT_H

#include <sys/systm.h>

static inline void
refcount_init(volatile unsigned *count, unsigned value)
{
	atomic_store_int(count, value);
}

/* By who has a reference, or holds the lock that leads to one. */
static inline void
refcount_acquire(volatile unsigned *count)
{
	unsigned before = atomic_fetchadd_int(count, 1);

	KASSERT(before + 1 != 0, ("refcount_acquire: %p overflows",
	    (volatile void *)count));
	(void)before;
}

/* True: it was the last one, and the thing is the caller's to free. */
static inline bool
refcount_release(volatile unsigned *count)
{
	unsigned before = atomic_load_int(count);

	/* Release pairs with the acquire below, in whoever is last. */
	while (!atomic_fcmpset_rel_int(count, &before, before - 1))
		continue;
	KASSERT(before > 0, ("refcount_release: %p has no reference",
	    (volatile void *)count));
	return (before == 1 && atomic_load_acq_int(count) == 0);
}

#endif /* SYS_REFCOUNT_H */
