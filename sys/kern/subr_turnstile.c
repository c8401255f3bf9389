/*
 * Turnstiles and the spinning before them.  Read <sys/turnstile.h> first.
 *
 * Locking key: (c) the chain's ts_lock.
 */
#include <sys/spinlock.h>
#include <sys/turnstile.h>

#define	TC_TABLESIZE	128	/* chains, a power of two */
#define	TC_SHIFT	8	/* bits of the address not hashed */

_Static_assert((TC_TABLESIZE & (TC_TABLESIZE - 1)) == 0, "hash by mask");

static struct turnstile_chain {
	struct spinlock		ts_lock;
	struct threadqueue	ts_blocked;	/* (c) */
} __cacheline_aligned chains[TC_TABLESIZE];

static inline struct turnstile_chain *
chain_of(const struct lock_object *lo)
{
	return (&chains[((uintptr_t)lo >> TC_SHIFT) & (TC_TABLESIZE - 1)]);
}

void
turnstile_init(void)
{
	unsigned i;

	for (i = 0; i < TC_TABLESIZE; i++) {
		chains[i].ts_lock.sl_word = 0;
		TAILQ_INIT(&chains[i].ts_blocked);
	}
}

void
turnstile_lock(const struct lock_object *lo)
{
	spin_lock(&chain_of(lo)->ts_lock);
}

void
turnstile_unlock(const struct lock_object *lo)
{
	spin_unlock(&chain_of(lo)->ts_lock);
}

void
turnstile_wait(const struct lock_object *lo, int queue)
{
	struct turnstile_chain *tc = chain_of(lo);
	struct thread *td = curthread;

	KASSERT(td->td_wchan == NULL, ("turnstile_wait: %s: thread %u already "
	    "waits on %p", lo->lo_name, td->td_tid, td->td_wchan));
	td->td_wchan = lo;
	td->td_wmesg = lo->lo_name;
	td->td_wqueue = queue;
	thread_will_park(td);
	TAILQ_INSERT_TAIL(&tc->ts_blocked, td, td_slpq);
	spin_unlock(&tc->ts_lock);
	(void)thread_park(td, 0);
}

void
turnstile_broadcast(const struct lock_object *lo, int queue,
    struct threadqueue *woken)
{
	struct turnstile_chain *tc = chain_of(lo);
	struct thread *td, *next;

	KASSERT(atomic_load_int(&tc->ts_lock.sl_word) != 0,
	    ("turnstile_broadcast: %s: chain not locked", lo->lo_name));
	for (td = TAILQ_FIRST(&tc->ts_blocked); td != NULL; td = next) {
		next = TAILQ_NEXT(td, td_slpq);
		if (td->td_wchan != lo || td->td_wqueue != queue)
			continue;
		TAILQ_REMOVE(&tc->ts_blocked, td, td_slpq);
		td->td_wchan = NULL;
		TAILQ_INSERT_TAIL(woken, td, td_slpq);
	}
}

/* A step of a linear congruential generator: quality does not matter here. */
static unsigned
delay_random(struct thread *td, unsigned below)
{
	td->td_rand = td->td_rand * 1664525u + 1013904223u;
	return ((td->td_rand >> 8) % below);
}

int
lock_delay(struct lock_delay *ld)
{
	unsigned limit, low, ncpu;

	if (ld->ld_rounds == LOCK_SPIN_ROUNDS)
		return (0);
	ld->ld_rounds++;
	ncpu = md_ncpus();
	low = ncpu * 5;
	limit = ld->ld_limit == 0 ? ncpu * 25 : ld->ld_limit + ncpu * 25 / 2;
	ld->ld_limit = (unsigned)ulmin(limit, ncpu * 250);
	md_spin_pause(low + delay_random(curthread, ld->ld_limit - low),
	    ld->ld_lock);
	return (1);
}
