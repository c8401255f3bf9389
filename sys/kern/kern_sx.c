/*
 * sx(9), all but the fast paths.  Read <sys/sx.h> first.
 *
 * After FreeBSD 10.x sys/kern/kern_sx.c, unchecked (<sys/sx.h>).  Differences
 * known: (1) waiters block in turnstiles, not in sleep queues, which differ in
 * nothing once there is no priority lending; (2) spinning is bounded, see
 * <sys/turnstile.h>; (3) no recursion, which the lab's only user, the map, does
 * not need.
 *
 * I1  SHARED_WAITERS is never set while the lock is shared: a sharer waits
 *     only for an exclusive owner, and whoever ends that ownership wakes it.
 * I2  A waiter bit is set only under the chain lock, with its thread enqueued
 *     before that lock is dropped.
 */
#include <sys/mutex.h>
#include <sys/sx.h>
#include <sys/turnstile.h>

/* What a destroyed lock's word is: no state of a living one. */
#define	SX_DESTROYED	SX_LOCK_WAITERS

static inline uintptr_t
sx_owner(uintptr_t v)
{
	return (v & ~(uintptr_t)SX_LOCK_FLAGMASK);
}

static inline int
sx_owner_running(uintptr_t v)
{
	return ((v & SX_LOCK_SHARED) == 0 && lock_owner_running(sx_owner(v)));
}

void
sx_init_flags(struct sx *sx, const char *name, const char *type, int opts)
{
	KASSERT((opts & ~SX_DUPOK) == 0, ("sx_init_flags: %s: options %#x",
	    name, opts));
	lock_init(&sx->lock_object, name, type, LO_SLEEPABLE |
	    ((opts & SX_DUPOK) ? LO_DUPOK : 0));
	atomic_store_ptr(&sx->sx_lock, SX_LOCK_UNLOCKED);
}

void
sx_destroy(struct sx *sx)
{
	KASSERT(atomic_load_ptr(&sx->sx_lock) == SX_LOCK_UNLOCKED,
	    ("sx_destroy: %s: word %#lx", sx->lock_object.lo_name,
	    (unsigned long)atomic_load_ptr(&sx->sx_lock)));
	atomic_store_ptr(&sx->sx_lock, SX_DESTROYED);
}

/*
 * Block in a queue, having set its waiter bit.  free_mask and free_value say
 * which words the caller could take at once, so that it looks again instead.
 */
static void
sx_block(struct sx *sx, const struct lock_delay *ld, int queue,
    uintptr_t free_mask, uintptr_t free_value)
{
	uintptr_t bit, v;

	bit = queue == TS_SHARED_QUEUE ? SX_LOCK_SHARED_WAITERS :
	    SX_LOCK_EXCLUSIVE_WAITERS;
	turnstile_lock(&sx->lock_object);
	v = atomic_load_ptr(&sx->sx_lock);
	if ((v & free_mask) == free_value ||
	    (ld->ld_rounds < LOCK_SPIN_ROUNDS && sx_owner_running(v)) ||
	    ((v & bit) == 0 && !atomic_cmpset_ptr(&sx->sx_lock, v, v | bit))) {
		turnstile_unlock(&sx->lock_object);
		return;
	}
	turnstile_wait(&sx->lock_object, queue);
}

/* ---- Shared ----------------------------------------------------------- */

void
_sx_slock_hard(struct sx *sx, const char *file, int line)
{
	struct lock_delay ld = { .ld_lock = sx };
	uint64_t begin;
	uintptr_t v;

	KASSERT(!sx_xlocked(sx), ("sx_slock: %s is exclusively locked by the "
	    "caller at %s:%d", sx->lock_object.lo_name, file, line));
	KASSERT(atomic_load_ptr(&sx->sx_lock) != SX_DESTROYED,
	    ("sx_slock: %s is destroyed, at %s:%d", sx->lock_object.lo_name,
	    file, line));
	(void)file, (void)line;
	begin = lock_wait_begin();
	for (;;) {
		v = atomic_load_ptr(&sx->sx_lock);
		if (v & SX_LOCK_SHARED) {
			/* Acquire pairs with the owners' releases. */
			if (atomic_cmpset_acq_ptr(&sx->sx_lock, v,
			    v + SX_ONE_SHARER))
				break;
			continue;
		}
		if (sx_owner_running(v) && lock_delay(&ld))
			continue;
		DROP_GIANT();
		sx_block(sx, &ld, TS_SHARED_QUEUE, SX_LOCK_SHARED,
		    SX_LOCK_SHARED);
		PICKUP_GIANT();
		ld.ld_limit = ld.ld_rounds = 0;
	}
	lock_wait_end(&sx->lock_object, begin);
}

/* The last sharer goes and owners-to-be wait.  0 if the word changed. */
static int
sx_sunlock_wake(struct sx *sx)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);
	int done;

	turnstile_lock(&sx->lock_object);
	/* Release pairs with the acquire of the next owner. */
	done = atomic_cmpset_rel_ptr(&sx->sx_lock, SX_ONE_SHARER |
	    SX_LOCK_SHARED | SX_LOCK_EXCLUSIVE_WAITERS, SX_LOCK_UNLOCKED);
	if (done)
		turnstile_broadcast(&sx->lock_object, TS_EXCLUSIVE_QUEUE,
		    &woken);
	turnstile_unlock(&sx->lock_object);
	threads_wake(&woken);
	return (done);
}

void
_sx_sunlock_hard(struct sx *sx, const char *file, int line)
{
	uintptr_t v;

	for (;;) {
		v = atomic_load_ptr(&sx->sx_lock);
		KASSERT((v & SX_LOCK_SHARED) && SX_SHARERS(v) > 0 &&
		    (v & SX_LOCK_SHARED_WAITERS) == 0,
		    ("sx_sunlock: %s: word %#lx at %s:%d",
		    sx->lock_object.lo_name, (unsigned long)v, file, line));
		(void)file, (void)line;
		if (SX_SHARERS(v) == 1 && (v & SX_LOCK_WAITERS) != 0) {
			if (sx_sunlock_wake(sx))
				return;
			continue;
		}
		/* Release pairs with the acquire of the next owner. */
		if (atomic_cmpset_rel_ptr(&sx->sx_lock, v, v - SX_ONE_SHARER))
			return;
	}
}

int
sx_try_slock_at(struct sx *sx, const char *file, int line)
{
	uintptr_t v;

	do {
		v = atomic_load_ptr(&sx->sx_lock);
		if ((v & SX_LOCK_SHARED) == 0)
			return (0);
		/* Acquire pairs with the owners' releases. */
	} while (!atomic_cmpset_acq_ptr(&sx->sx_lock, v, v + SX_ONE_SHARER));
	lock_obtained(&sx->lock_object, LOCK_SHARED, file, line);
	return (1);
}

/* ---- Exclusive -------------------------------------------------------- */

void
_sx_xlock_hard(struct sx *sx, const char *file, int line)
{
	struct lock_delay ld = { .ld_lock = sx };
	uint64_t begin;
	uintptr_t v;

	KASSERT(!sx_xlocked(sx), ("sx_xlock: recursed on %s at %s:%d",
	    sx->lock_object.lo_name, file, line));
	KASSERT(atomic_load_ptr(&sx->sx_lock) != SX_DESTROYED,
	    ("sx_xlock: %s is destroyed, at %s:%d", sx->lock_object.lo_name,
	    file, line));
	(void)file, (void)line;
	begin = lock_wait_begin();
	for (;;) {
		v = atomic_load_ptr(&sx->sx_lock);
		if ((v & ~(uintptr_t)SX_LOCK_WAITERS) == SX_LOCK_UNLOCKED) {
			/* Waiters keep their bits: they are still queued. */
			if (atomic_cmpset_acq_ptr(&sx->sx_lock, v,
			    (uintptr_t)curthread | (v & SX_LOCK_WAITERS)))
				break;
			continue;
		}
		if (sx_owner_running(v) && lock_delay(&ld))
			continue;
		DROP_GIANT();
		sx_block(sx, &ld, TS_EXCLUSIVE_QUEUE,
		    ~(uintptr_t)SX_LOCK_WAITERS, SX_LOCK_UNLOCKED);
		PICKUP_GIANT();
		ld.ld_limit = ld.ld_rounds = 0;
	}
	lock_wait_end(&sx->lock_object, begin);
}

/*
 * Somebody waits.  Sharers go first if there are any, all of them, and
 * owners-to-be then keep their bit: the last of those sharers wakes them.
 */
void
_sx_xunlock_hard(struct sx *sx, const char *file, int line)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);
	uintptr_t v, x = SX_LOCK_UNLOCKED;
	int queue = TS_EXCLUSIVE_QUEUE;

	KASSERT(sx_xlocked(sx), ("sx_xunlock: %s not owned at %s:%d",
	    sx->lock_object.lo_name, file, line));
	(void)file, (void)line;
	turnstile_lock(&sx->lock_object);
	v = atomic_load_ptr(&sx->sx_lock);
	if (v & SX_LOCK_SHARED_WAITERS) {
		queue = TS_SHARED_QUEUE;
		x |= v & SX_LOCK_EXCLUSIVE_WAITERS;
	}
	turnstile_broadcast(&sx->lock_object, queue, &woken);
	/* By I2 no bit came in between.  Pairs with the next acquire. */
	atomic_store_rel_ptr(&sx->sx_lock, x);
	turnstile_unlock(&sx->lock_object);
	threads_wake(&woken);
}

int
sx_try_xlock_at(struct sx *sx, const char *file, int line)
{
	if (!atomic_cmpset_acq_ptr(&sx->sx_lock, SX_LOCK_UNLOCKED,
	    (uintptr_t)curthread))
		return (0);
	lock_obtained(&sx->lock_object, LOCK_EXCLUSIVE, file, line);
	return (1);
}

/* ---- Changing mode ---------------------------------------------------- */

/* Acquire pairs with the releases of the sharers that went before. */
int
sx_try_upgrade_at(struct sx *sx, const char *file, int line)
{
	uintptr_t v;

	sx_assert(sx, SA_SLOCKED);
	do {
		v = atomic_load_ptr(&sx->sx_lock);
		if (SX_SHARERS(v) > 1)
			return (0);
	} while (!atomic_cmpset_acq_ptr(&sx->sx_lock, v,
	    (uintptr_t)curthread | (v & SX_LOCK_WAITERS)));
	lock_changed(&sx->lock_object, LOCK_EXCLUSIVE, file, line);
	return (1);
}

/* All sharers that wait come along (I1); owners-to-be stay. */
static void
sx_downgrade_wake(struct sx *sx)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);
	uintptr_t v;

	turnstile_lock(&sx->lock_object);
	v = atomic_load_ptr(&sx->sx_lock) & SX_LOCK_EXCLUSIVE_WAITERS;
	turnstile_broadcast(&sx->lock_object, TS_SHARED_QUEUE, &woken);
	/* Release pairs with the acquire of sharers. */
	atomic_store_rel_ptr(&sx->sx_lock, SX_ONE_SHARER | SX_LOCK_SHARED | v);
	turnstile_unlock(&sx->lock_object);
	threads_wake(&woken);
}

void
sx_downgrade_at(struct sx *sx, const char *file, int line)
{
	KASSERT(sx_xlocked(sx), ("sx_downgrade: %s not owned at %s:%d",
	    sx->lock_object.lo_name, file, line));
	/* Release pairs with the acquire of sharers. */
	if (!atomic_cmpset_rel_ptr(&sx->sx_lock, (uintptr_t)curthread,
	    SX_ONE_SHARER | SX_LOCK_SHARED))
		sx_downgrade_wake(sx);
	lock_changed(&sx->lock_object, LOCK_SHARED, file, line);
}

/* ---- Asserting -------------------------------------------------------- */

#ifdef INVARIANTS
void
_sx_assert(struct sx *sx, int what, const char *file, int line)
{
	const char *name = sx->lock_object.lo_name;
	const struct held_lock *hl = lock_held(&sx->lock_object);

	switch (what) {
	case SA_LOCKED:
		if (hl == NULL)
			panic("sx %s not locked at %s:%d", name, file, line);
		break;
	case SA_SLOCKED:
		if (hl == NULL || !hl->hl_shared)
			panic("sx %s not share-locked at %s:%d", name, file,
			    line);
		break;
	case SA_XLOCKED:
		if (!sx_xlocked(sx))
			panic("sx %s not exclusively locked at %s:%d", name,
			    file, line);
		break;
	case SA_UNLOCKED:
		if (hl != NULL)
			panic("sx %s locked at %s:%d", name, file, line);
		break;
	default:
		panic("sx_assert: %s: %#x at %s:%d", name, what, file, line);
	}
}
#endif
