/*
 * rwlock(9), taking and releasing beyond the fast paths.  Read <sys/rwlock.h>
 * first; kern_rwlock_mode.c has the rest.
 *
 * Mirrors FreeBSD 10.4 sys/kern/kern_rwlock.c.  Differences: (1) spinning on a
 * running writer is bounded, see <sys/turnstile.h>; (2) spinning on readers is
 * 10 times 200 polls instead of 10 times 10000, about as long as (1): readers
 * of a host process may be off their CPU and then nothing is gained;
 * (3) no priority lending, so nobody claims a turnstile; (4) a CAS that must
 * keep the waiter bits needs no chain lock, because it leaves the queues alone.
 *
 * I1  A waiter bit is set only under the chain lock, with its thread enqueued
 *     before that lock is dropped.
 * I2  WRITE_SPINNER is set only on a word with readers; the last of them
 *     clears it.
 */
#include <sys/rwlock.h>
#include <sys/turnstile.h>

#define	RW_SPIN_RETRIES	10
#define	RW_SPIN_LOOPS	200	/* polls a retry */

/* What a destroyed lock's word is: no state of a living one. */
#define	RW_DESTROYED	RW_LOCK_WAITERS

static inline uintptr_t
rw_owner(uintptr_t v)
{
	return (v & ~(uintptr_t)RW_LOCK_FLAGMASK);
}

/* Is the lock write-locked by a thread that runs? */
static inline int
rw_writer_running(uintptr_t v)
{
	return ((v & RW_LOCK_READ) == 0 && lock_owner_running(rw_owner(v)));
}

void
rw_init_flags(struct rwlock *rw, const char *name, const char *type, int opts)
{
	KASSERT((opts & ~(RW_DUPOK | RW_RECURSE)) == 0,
	    ("rw_init_flags: %s: options %#x", name, opts));
	lock_init(&rw->lock_object, name, type,
	    ((opts & RW_RECURSE) ? LO_RECURSABLE : 0) |
	    ((opts & RW_DUPOK) ? LO_DUPOK : 0));
	rw->rw_recurse = 0;
	atomic_store_ptr(&rw->rw_lock, RW_UNLOCKED);
}

void
rw_destroy(struct rwlock *rw)
{
	KASSERT(atomic_load_ptr(&rw->rw_lock) == RW_UNLOCKED,
	    ("rw_destroy: %s: word %#lx", rw->lock_object.lo_name,
	    (unsigned long)atomic_load_ptr(&rw->rw_lock)));
	atomic_store_ptr(&rw->rw_lock, RW_DESTROYED);
}

/* ---- Reading ---------------------------------------------------------- */

/* Spin where that may help: nonzero if the caller should look again. */
static int
rw_rlock_spin(struct rwlock *rw, uintptr_t v, struct lock_delay *ld,
    int *tries)
{
	int i;

	if ((v & RW_LOCK_READ) == 0)
		return (lock_owner_running(rw_owner(v)) && lock_delay(ld));
	if (*tries == RW_SPIN_RETRIES)
		return (0);
	(*tries)++;
	for (i = 0; i < RW_SPIN_LOOPS; i++) {
		v = atomic_load_ptr(&rw->rw_lock);
		if ((v & RW_LOCK_READ) == 0 || rw_can_read(v, curthread))
			break;
		md_spin_pause(1, rw);
	}
	return (1);
}

static void
rw_rlock_block(struct rwlock *rw, const struct lock_delay *ld)
{
	uintptr_t v;

	turnstile_lock(&rw->lock_object);
	v = atomic_load_ptr(&rw->rw_lock);
	if (rw_can_read(v, curthread) || (ld->ld_rounds < LOCK_SPIN_ROUNDS &&
	    rw_writer_running(v)) || ((v & RW_LOCK_READ_WAITERS) == 0 &&
	    !atomic_cmpset_ptr(&rw->rw_lock, v, v | RW_LOCK_READ_WAITERS))) {
		turnstile_unlock(&rw->lock_object);
		return;
	}
	turnstile_wait(&rw->lock_object, TS_SHARED_QUEUE);
}

void
_rw_rlock_hard(struct rwlock *rw, const char *file, int line)
{
	struct lock_delay ld = { .ld_lock = rw };
	uint64_t begin;
	uintptr_t v;
	int tries = 0;

	KASSERT(!rw_wowned(rw), ("rw_rlock: %s is write-locked by the caller "
	    "at %s:%d", rw->lock_object.lo_name, file, line));
	KASSERT(atomic_load_ptr(&rw->rw_lock) != RW_DESTROYED,
	    ("rw_rlock: %s is destroyed, at %s:%d", rw->lock_object.lo_name,
	    file, line));
	(void)file, (void)line;
	begin = lock_wait_begin();
	for (;;) {
		v = atomic_load_ptr(&rw->rw_lock);
		if (rw_can_read(v, curthread)) {
			/* Acquire pairs with the writers' releases. */
			if (atomic_cmpset_acq_ptr(&rw->rw_lock, v,
			    v + RW_ONE_READER))
				break;
			continue;
		}
		if (rw_rlock_spin(rw, v, &ld, &tries))
			continue;
		rw_rlock_block(rw, &ld);
		ld.ld_limit = ld.ld_rounds = 0;
		tries = 0;
	}
	lock_wait_end(&rw->lock_object, begin);
}

/*
 * The last reader goes and somebody waits: free the word and wake, all writers
 * if there is one, else all readers.  0 if the word changed meanwhile.
 */
static int
rw_runlock_wake(struct rwlock *rw)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);
	uintptr_t v, x = RW_UNLOCKED;
	int queue = TS_SHARED_QUEUE, done;

	turnstile_lock(&rw->lock_object);
	v = RW_ONE_READER | RW_LOCK_READ | (atomic_load_ptr(&rw->rw_lock) &
	    (RW_LOCK_WAITERS | RW_LOCK_WRITE_SPINNER));
	if (v & RW_LOCK_WRITE_WAITERS) {
		queue = TS_EXCLUSIVE_QUEUE;
		x |= v & RW_LOCK_READ_WAITERS;
	}
	/* Release pairs with the acquire of the next writer. */
	done = atomic_cmpset_rel_ptr(&rw->rw_lock, v, x);
	if (done)
		turnstile_broadcast(&rw->lock_object, queue, &woken);
	turnstile_unlock(&rw->lock_object);
	threads_wake(&woken);
	return (done);
}

void
_rw_runlock_hard(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v, x;

	for (;;) {
		v = atomic_load_ptr(&rw->rw_lock);
		KASSERT((v & RW_LOCK_READ) && RW_READERS(v) > 0,
		    ("rw_runlock: %s: word %#lx at %s:%d",
		    rw->lock_object.lo_name, (unsigned long)v, file, line));
		(void)file, (void)line;
		if (RW_READERS(v) == 1 && (v & RW_LOCK_WAITERS) != 0) {
			if (rw_runlock_wake(rw))
				return;
			continue;
		}
		x = RW_READERS(v) > 1 ? v - RW_ONE_READER : RW_UNLOCKED;
		/* Release pairs with the acquire of the next writer. */
		if (atomic_cmpset_rel_ptr(&rw->rw_lock, v, x))
			return;
	}
}

/* Needs only the read form: waiting and spinning writers are passed by. */
int
rw_try_rlock_at(struct rwlock *rw, const char *file, int line)
{
	uintptr_t v;

	for (;;) {
		v = atomic_load_ptr(&rw->rw_lock);
		if ((v & RW_LOCK_READ) == 0)
			return (0);
		/* Acquire pairs with the writers' releases. */
		if (atomic_cmpset_acq_ptr(&rw->rw_lock, v, v + RW_ONE_READER))
			break;
	}
	curthread->td_rw_rlocks++;
	lock_obtained(&rw->lock_object, LOCK_SHARED, file, line);
	return (1);
}

/* ---- Writing ---------------------------------------------------------- */

/* Spin where that may help: nonzero if the caller should look again. */
static int
rw_wlock_spin(struct rwlock *rw, uintptr_t v, struct lock_delay *ld,
    int *tries)
{
	int i;

	if ((v & RW_LOCK_READ) == 0)
		return (lock_owner_running(rw_owner(v)) && lock_delay(ld));
	if (*tries == RW_SPIN_RETRIES)
		return (0);
	/* I2: the compare fails if the last reader went. */
	if ((v & RW_LOCK_WRITE_SPINNER) == 0 && !atomic_cmpset_ptr(
	    &rw->rw_lock, v, v | RW_LOCK_WRITE_SPINNER))
		return (1);
	(*tries)++;
	for (i = 0; i < RW_SPIN_LOOPS; i++) {
		if ((atomic_load_ptr(&rw->rw_lock) & RW_LOCK_WRITE_SPINNER) ==
		    0)
			break;
		md_spin_pause(1, rw);
	}
	return (1);
}

static void
rw_wlock_block(struct rwlock *rw, const struct lock_delay *ld)
{
	uintptr_t v;

	turnstile_lock(&rw->lock_object);
	v = atomic_load_ptr(&rw->rw_lock);
	if ((v & ~(uintptr_t)RW_LOCK_WAITERS) == RW_UNLOCKED ||
	    (ld->ld_rounds < LOCK_SPIN_ROUNDS && rw_writer_running(v)) ||
	    ((v & RW_LOCK_WRITE_WAITERS) == 0 &&
	    !atomic_cmpset_ptr(&rw->rw_lock, v, v | RW_LOCK_WRITE_WAITERS))) {
		turnstile_unlock(&rw->lock_object);
		return;
	}
	turnstile_wait(&rw->lock_object, TS_EXCLUSIVE_QUEUE);
}

void
_rw_wlock_hard(struct rwlock *rw, const char *file, int line)
{
	struct lock_delay ld = { .ld_lock = rw };
	uint64_t begin;
	uintptr_t v;
	int tries = 0;

	if (rw_wowned(rw)) {
		KASSERT(rw->lock_object.lo_flags & LO_RECURSABLE,
		    ("rw_wlock: recursed on non-recursive lock %s at %s:%d",
		    rw->lock_object.lo_name, file, line));
		rw->rw_recurse++;
		return;
	}
	KASSERT(atomic_load_ptr(&rw->rw_lock) != RW_DESTROYED,
	    ("rw_wlock: %s is destroyed, at %s:%d", rw->lock_object.lo_name,
	    file, line));
	(void)file, (void)line;
	begin = lock_wait_begin();
	for (;;) {
		v = atomic_load_ptr(&rw->rw_lock);
		if ((v & ~(uintptr_t)RW_LOCK_WAITERS) == RW_UNLOCKED) {
			/* Waiters keep their bits: they are still queued. */
			if (atomic_cmpset_acq_ptr(&rw->rw_lock, v,
			    (uintptr_t)curthread | (v & RW_LOCK_WAITERS)))
				break;
			continue;
		}
		if (rw_wlock_spin(rw, v, &ld, &tries))
			continue;
		rw_wlock_block(rw, &ld);
		ld.ld_limit = ld.ld_rounds = 0;
		tries = 0;
	}
	lock_wait_end(&rw->lock_object, begin);
}

/* Recursed, or somebody waits.  Writers are preferred, as in runlock. */
void
_rw_wunlock_hard(struct rwlock *rw, const char *file, int line)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);
	uintptr_t v, x = RW_UNLOCKED;
	int queue = TS_SHARED_QUEUE;

	KASSERT(rw_wowned(rw), ("rw_wunlock: %s not write-locked by the "
	    "caller at %s:%d", rw->lock_object.lo_name, file, line));
	(void)file, (void)line;
	if (rw->rw_recurse != 0) {
		rw->rw_recurse--;
		return;
	}
	turnstile_lock(&rw->lock_object);
	v = atomic_load_ptr(&rw->rw_lock);
	if (v & RW_LOCK_WRITE_WAITERS) {
		queue = TS_EXCLUSIVE_QUEUE;
		x |= v & RW_LOCK_READ_WAITERS;
	}
	turnstile_broadcast(&rw->lock_object, queue, &woken);
	/* By I1 no bit came in between.  Pairs with the next acquire. */
	atomic_store_rel_ptr(&rw->rw_lock, x);
	turnstile_unlock(&rw->lock_object);
	threads_wake(&woken);
}

int
rw_try_wlock_at(struct rwlock *rw, const char *file, int line)
{
	if (rw_wowned(rw) && (rw->lock_object.lo_flags & LO_RECURSABLE))
		rw->rw_recurse++;
	else if (!atomic_cmpset_acq_ptr(&rw->rw_lock, RW_UNLOCKED,
	    (uintptr_t)curthread))
		return (0);
	lock_obtained(&rw->lock_object, LOCK_EXCLUSIVE, file, line);
	return (1);
}
