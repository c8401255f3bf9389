/*
 * Turnstiles: where threads block for a mutex, rwlock or sx.
 *
 * 128 chains by the lock's address, hash (addr >> 8) & 127; each has a spin
 * lock and the blocked threads in order of arrival, every one marked with its
 * lock and with the queue, shared or exclusive, that it waits in.
 *
 * A lock's waiter bits change from 0 to 1, and its queues change, only under
 * the chain lock.  So a thread that set a waiter bit and enqueued itself under
 * one hold of the chain lock is found by whoever sees the bit and then takes
 * the chain lock: no wake-up is lost.
 *
 * Differences from FreeBSD: (1) no priority lending, as Linux schedules;
 * (2) woken threads are resumed after the chain lock is dropped.
 * Facts: FreeBSD sys/kern/subr_turnstile.c.
 */
#ifndef SYS_TURNSTILE_H
#define	SYS_TURNSTILE_H

#include <sys/lock.h>

#define	TS_EXCLUSIVE_QUEUE	0
#define	TS_SHARED_QUEUE		1

/* Empty every chain.  From kern_init(). */
void	turnstile_init(void);

/* Take and give back the chain lock of a lock. */
void	turnstile_lock(const struct lock_object *lo);
void	turnstile_unlock(const struct lock_object *lo);

/*
 * Block in a queue of lo until broadcast.  Chain lock held on entry, not on
 * return.
 */
void	turnstile_wait(const struct lock_object *lo, int queue);

/*
 * Move all threads of one queue of lo to *woken, in order of arrival.  Chain
 * lock held.  The caller passes *woken to threads_wake() after it has changed
 * the lock's word and dropped the chain lock.
 */
void	turnstile_broadcast(const struct lock_object *lo, int queue,
	    struct threadqueue *woken);

/*
 * The back-off of a spinning acquisition, FreeBSD 10.4's lock_delay(): a
 * random number of pauses below a limit that grows by half of what it began
 * with.  With ncpu CPUs it begins at 25 * ncpu, is never under 5 * ncpu and
 * ends at 250 * ncpu.  FreeBSD spins as long as the owner runs; here a
 * preempted owner looks like a running one, so one wait spins for at most
 * LOCK_SPIN_ROUNDS rounds and then blocks.
 */
#define	LOCK_SPIN_ROUNDS	20

struct lock_delay {
	unsigned	ld_limit;	/* pauses; 0 before the first round */
	unsigned	ld_rounds;	/* done */
	const void	*ld_lock;	/* that is waited for */
};

/* Pause once; returns 0, at once, when the rounds are used up. */
int	lock_delay(struct lock_delay *ld);

/* Is the thread whose address a lock's word holds on a CPU?  A guess. */
static inline int
lock_owner_running(uintptr_t owner)
{
	/* Threads are type-stable; a stale answer costs a round of spinning. */
	return (atomic_load_int(&((const struct thread *)owner)->td_running) !=
	    0);
}

#endif /* SYS_TURNSTILE_H */
