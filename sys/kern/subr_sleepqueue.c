/*
 * Sleep queues.  Read <sys/sleepqueue.h> first: the argument why no wake-up is
 * lost stands there, and its numbers are marked here.
 *
 * Mirrors FreeBSD 10.4 sys/kern/subr_sleepqueue.c and kern_synch.c.
 * Differences: (1) sleepers of all channels of a chain are in one list;
 * (2) woken threads are resumed after the chain lock is dropped: on the host a
 * resume is a system call, and a chain lock held over eight of them would be
 * what the lab measures; (3) no signals, so pri and PCATCH mean nothing.
 *
 * Locking key: (c) the chain's sc_lock.
 */
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>
#include <sys/spinlock.h>
#include <sys/sx.h>

#define	SC_TABLESIZE	256	/* chains, a power of two */
#define	SC_SHIFT	8

_Static_assert((SC_TABLESIZE & (SC_TABLESIZE - 1)) == 0, "hash by mask");

static struct sleepqueue_chain {
	struct spinlock		sc_lock;
	struct threadqueue	sc_sleepers;	/* (c) */
} __cacheline_aligned chains[SC_TABLESIZE];

/* An interlock and how it was held. */
struct interlock {
	void		(*il_drop)(struct lock_object *, const char *, int);
	void		(*il_take)(struct lock_object *, const char *, int);
	struct lock_object *il_object;
};

static inline struct sleepqueue_chain *
chain_of(const void *wchan)
{
	uintptr_t a = (uintptr_t)wchan;

	return (&chains[((a >> SC_SHIFT) ^ a) & (SC_TABLESIZE - 1)]);
}

void
sleepq_init(void)
{
	unsigned i;

	for (i = 0; i < SC_TABLESIZE; i++) {
		chains[i].sc_lock.sl_word = 0;
		TAILQ_INIT(&chains[i].sc_sleepers);
	}
}

/* Put curthread at the tail of its channel's chain.  (c) held. */
static void
sleepq_add(struct sleepqueue_chain *sc, const void *wchan,
    const struct lock_object *lo, const char *wmesg)
{
	struct thread *td = curthread;

	KASSERT(td->td_wchan == NULL, ("sleep \"%s\": thread %u already waits "
	    "on %p", wmesg, td->td_tid, td->td_wchan));
#ifdef INVARIANTS
	struct thread *other;

	TAILQ_FOREACH(other, &sc->sc_sleepers, td_slpq)
		if (other->td_wchan == wchan && other->td_wlock != lo)
			panic("sleep \"%s\": channel %p: thread %u named lock "
			    "%p, thread %u names %s", wmesg, wchan,
			    other->td_tid, other->td_wlock, td->td_tid,
			    lo->lo_name);
#endif
	td->td_wchan = wchan;
	td->td_wlock = lo;
	td->td_wmesg = wmesg;
	thread_will_park(td);
	TAILQ_INSERT_TAIL(&sc->sc_sleepers, td, td_slpq);
}

/*
 * The time is up.  Leave the chain; or, if a waker took us off first, wait
 * until it is done with our link and call the sleep a success.
 */
static int
sleepq_timedout(struct sleepqueue_chain *sc, struct thread *td)
{
	int woken;

	spin_lock(&sc->sc_lock);
	woken = td->td_wchan == NULL;
	if (!woken) {
		TAILQ_REMOVE(&sc->sc_sleepers, td, td_slpq);
		td->td_wchan = NULL;
		atomic_store_int(&td->td_park, 0);
	}
	spin_unlock(&sc->sc_lock);
	if (!woken)
		return (EWOULDBLOCK);
	(void)thread_park(td, 0);
	return (0);
}

static int
sleepq_sleep(const void *wchan, const struct interlock *il, int pri,
    const char *wmesg, uint64_t timo_ns)
{
	struct sleepqueue_chain *sc = chain_of(wchan);
	struct thread *td = curthread;
	const char *file = LOCK_FILE;
	int error = 0, line = LOCK_LINE;
	uint64_t deadline;

	KASSERT(wchan != NULL, ("sleep \"%s\": no channel", wmesg));
	lock_assert_sleepable(il->il_object, wmesg);
#ifdef INVARIANTS
	/* What is taken again is said to stand where it was first taken. */
	file = lock_held(il->il_object)->hl_file;
	line = lock_held(il->il_object)->hl_line;
#endif
	deadline = timo_ns == 0 ? 0 : md_clock_ns() + timo_ns;
	spin_lock(&sc->sc_lock);			/* (1) */
	il->il_drop(il->il_object, file, line);		/* (2) */
	sleepq_add(sc, wchan, il->il_object, wmesg);	/* (3) */
	spin_unlock(&sc->sc_lock);			/* (4) */
	DROP_GIANT();
	if (thread_park(td, deadline) == ETIMEDOUT)
		error = sleepq_timedout(sc, td);
	td->td_wmesg = NULL;
	PICKUP_GIANT();
	if ((pri & PDROP) == 0)
		il->il_take(il->il_object, file, line);
	return (error);
}

/* An interlock's functions, from a lock's own by the place of its object. */
#define	INTERLOCK_FUNCTIONS(lock, drop, take)				\
static void								\
il_##drop(struct lock_object *lo, const char *file, int line)		\
{									\
	drop##_at((struct lock *)(void *)lo, file, line);		\
}									\
static void								\
il_##take(struct lock_object *lo, const char *file, int line)		\
{									\
	take##_at((struct lock *)(void *)lo, file, line);		\
}									\
_Static_assert(offsetof(struct lock, lock_object) == 0,			\
    "the lock is found from its object")

INTERLOCK_FUNCTIONS(mtx, mtx_unlock, mtx_lock);
INTERLOCK_FUNCTIONS(rwlock, rw_runlock, rw_rlock);
INTERLOCK_FUNCTIONS(rwlock, rw_wunlock, rw_wlock);
INTERLOCK_FUNCTIONS(sx, sx_sunlock, sx_slock);
INTERLOCK_FUNCTIONS(sx, sx_xunlock, sx_xlock);

int
msleep(const void *wchan, struct mtx *m, int pri, const char *wmesg,
    uint64_t timo_ns)
{
	struct interlock il = { il_mtx_unlock, il_mtx_lock, &m->lock_object };

	mtx_assert(m, MA_OWNED | MA_NOTRECURSED);
	return (sleepq_sleep(wchan, &il, pri, wmesg, timo_ns));
}

int
rw_sleep(const void *wchan, struct rwlock *rw, int pri, const char *wmesg,
    uint64_t timo_ns)
{
	struct interlock r = { il_rw_runlock, il_rw_rlock, &rw->lock_object };
	struct interlock w = { il_rw_wunlock, il_rw_wlock, &rw->lock_object };

	rw_assert(rw, RA_LOCKED);
	KASSERT(rw->rw_recurse == 0 || !rw_wowned(rw), ("rw_sleep: %s is "
	    "recursed", rw->lock_object.lo_name));
	return (sleepq_sleep(wchan, rw_wowned(rw) ? &w : &r, pri, wmesg,
	    timo_ns));
}

int
sx_sleep(const void *wchan, struct sx *sx, int pri, const char *wmesg,
    uint64_t timo_ns)
{
	struct interlock s = { il_sx_sunlock, il_sx_slock, &sx->lock_object };
	struct interlock x = { il_sx_xunlock, il_sx_xlock, &sx->lock_object };

	sx_assert(sx, SA_LOCKED);
	return (sleepq_sleep(wchan, sx_xlocked(sx) ? &x : &s, pri, wmesg,
	    timo_ns));
}

void
pause_ns(const char *wmesg, uint64_t timo_ns)
{
	struct thread *td = curthread;

	KASSERT(timo_ns > 0, ("pause_ns \"%s\": for ever", wmesg));
	lock_assert_sleepable(NULL, wmesg);
	td->td_wmesg = wmesg;
	DROP_GIANT();
	thread_will_park(td);
	(void)thread_park(td, md_clock_ns() + timo_ns);
	atomic_store_int(&td->td_park, 0);
	td->td_wmesg = NULL;
	PICKUP_GIANT();
}

void
wakeup(const void *wchan)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);
	struct sleepqueue_chain *sc = chain_of(wchan);
	struct thread *td, *next;

	spin_lock(&sc->sc_lock);
	for (td = TAILQ_FIRST(&sc->sc_sleepers); td != NULL; td = next) {
		next = TAILQ_NEXT(td, td_slpq);
		if (td->td_wchan != wchan)
			continue;
		TAILQ_REMOVE(&sc->sc_sleepers, td, td_slpq);
		td->td_wchan = NULL;
		TAILQ_INSERT_TAIL(&woken, td, td_slpq);
	}
	spin_unlock(&sc->sc_lock);
	threads_wake(&woken);
}

unsigned
sleepq_sleepers(const void *wchan)
{
	struct sleepqueue_chain *sc = chain_of(wchan);
	struct thread *td;
	unsigned n = 0;

	spin_lock(&sc->sc_lock);
	TAILQ_FOREACH(td, &sc->sc_sleepers, td_slpq)
		if (td->td_wchan == wchan)
			n++;
	spin_unlock(&sc->sc_lock);
	return (n);
}
