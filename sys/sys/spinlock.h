/*
 * The lock of one hash chain of sleepers.
 *
 *	0 free    1 held    2 held, and somebody may be parked on the word
 *
 * FreeBSD's spin mutex forbids preemption; a host process cannot, and a
 * holder that lost its CPU would be spun on for a whole time slice.  So after
 * SPIN_TRIES polls the waiter parks.  This is the one lock below mtx(9) and
 * its kin: it has no owner, order or statistics, and nothing but the
 * bookkeeping of sleepers may run under it.
 */
#ifndef SYS_SPINLOCK_H
#define	SYS_SPINLOCK_H

#include <sys/systm.h>

#define	SPIN_TRIES	200	/* polls */

struct spinlock {
	uint32_t	sl_word;	/* (a) */
};

static inline void
spin_lock(struct spinlock *sl)
{
	int i;

	/* Acquire pairs with the swap in spin_unlock(). */
	for (i = 0; i < SPIN_TRIES; i++) {
		if (atomic_load_int(&sl->sl_word) == 0 &&
		    atomic_cmpset_acq_int(&sl->sl_word, 0, 1))
			return;
		md_spin_pause(1, sl);
	}
	/*
	 * From here the word is left at 2 even if nobody else waits: the cost
	 * of not counting waiters is one useless wake at the next release.
	 */
	while (atomic_swap_int(&sl->sl_word, 2) != 0)
		(void)md_park(&sl->sl_word, 2, 0);
}

static inline void
spin_unlock(struct spinlock *sl)
{
	KASSERT(atomic_load_int(&sl->sl_word) != 0,
	    ("spin_unlock: %p is free", (void *)sl));
	if (atomic_swap_int(&sl->sl_word, 0) == 2)
		md_unpark(&sl->sl_word);
}

#endif /* SYS_SPINLOCK_H */
