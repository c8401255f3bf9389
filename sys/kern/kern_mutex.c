/*
 * mtx(9), the slow paths.  Read <sys/mutex.h> first.
 *
 * Mirrors FreeBSD 10.4 sys/kern/kern_mutex.c.  Differences: (1) spinning is
 * bounded, see <sys/turnstile.h>; (2) no priority lending; (3) no spin
 * mutexes.
 */
#include <sys/mutex.h>
#include <sys/turnstile.h>

/* What a destroyed mutex's word is: no state of a living one. */
#define	MTX_DESTROYED	(MTX_CONTESTED | MTX_UNOWNED)

static inline uintptr_t
mtx_owner(uintptr_t v)
{
	return (v & ~(uintptr_t)MTX_FLAGMASK);
}

void
mtx_init(struct mtx *m, const char *name, const char *type, int opts)
{
	KASSERT((opts & ~(MTX_RECURSE | MTX_DUPOK)) == 0,
	    ("mtx_init: %s: options %#x", name, opts));
	lock_init(&m->lock_object, name, type,
	    ((opts & MTX_RECURSE) ? LO_RECURSABLE : 0) |
	    ((opts & MTX_DUPOK) ? LO_DUPOK : 0));
	m->mtx_recurse = 0;
	atomic_store_ptr(&m->mtx_lock, MTX_UNOWNED);
}

void
mtx_destroy(struct mtx *m)
{
	KASSERT(atomic_load_ptr(&m->mtx_lock) == MTX_UNOWNED,
	    ("mtx_destroy: %s: word %#lx", m->lock_object.lo_name,
	    (unsigned long)atomic_load_ptr(&m->mtx_lock)));
	atomic_store_ptr(&m->mtx_lock, MTX_DESTROYED);
}

/* Block until the owner broadcasts, unless the word says it is not needed. */
static void
mtx_block(struct mtx *m, const struct lock_delay *ld)
{
	uintptr_t v;

	turnstile_lock(&m->lock_object);
	v = atomic_load_ptr(&m->mtx_lock);
	/* A new owner that runs deserves the rounds that are left. */
	if (v == MTX_UNOWNED || (ld->ld_rounds < LOCK_SPIN_ROUNDS &&
	    lock_owner_running(mtx_owner(v)))) {
		turnstile_unlock(&m->lock_object);
		return;
	}
	if ((v & MTX_CONTESTED) == 0 &&
	    !atomic_cmpset_ptr(&m->mtx_lock, v, v | MTX_CONTESTED)) {
		turnstile_unlock(&m->lock_object);
		return;
	}
	turnstile_wait(&m->lock_object, TS_EXCLUSIVE_QUEUE);
}

void
_mtx_lock_sleep(struct mtx *m, const char *file, int line)
{
	struct lock_delay ld = { .ld_lock = m };
	uint64_t begin;
	uintptr_t v;

	if (mtx_owned(m)) {
		KASSERT(m->lock_object.lo_flags & LO_RECURSABLE,
		    ("mtx_lock: recursed on non-recursive mutex %s at %s:%d",
		    m->lock_object.lo_name, file, line));
		m->mtx_recurse++;
		atomic_set_ptr(&m->mtx_lock, MTX_RECURSED);
		return;
	}
	KASSERT(atomic_load_ptr(&m->mtx_lock) != MTX_DESTROYED,
	    ("mtx_lock: %s is destroyed, at %s:%d", m->lock_object.lo_name,
	    file, line));
	(void)file, (void)line;
	begin = lock_wait_begin();
	while (!mtx_obtain(m)) {
		v = atomic_load_ptr(&m->mtx_lock);
		if (v == MTX_UNOWNED)
			continue;
		if (lock_owner_running(mtx_owner(v)) && lock_delay(&ld))
			continue;
		mtx_block(m, &ld);
		ld.ld_limit = ld.ld_rounds = 0;
	}
	lock_wait_end(&m->lock_object, begin);
}

/*
 * Recursed or contested.  The broadcast comes before the word is freed: while
 * the chain lock is held nobody can join the queue, so the free word needs no
 * contested bit.
 */
void
_mtx_unlock_sleep(struct mtx *m, const char *file, int line)
{
	struct threadqueue woken = TAILQ_HEAD_INITIALIZER(woken);

	KASSERT(mtx_owned(m), ("mtx_unlock: %s not owned at %s:%d",
	    m->lock_object.lo_name, file, line));
	(void)file, (void)line;
	if (m->mtx_recurse != 0) {
		if (--m->mtx_recurse == 0)
			atomic_clear_ptr(&m->mtx_lock, MTX_RECURSED);
		return;
	}
	turnstile_lock(&m->lock_object);
	turnstile_broadcast(&m->lock_object, TS_EXCLUSIVE_QUEUE, &woken);
	/* Release pairs with the acquire in mtx_obtain(). */
	atomic_store_rel_ptr(&m->mtx_lock, MTX_UNOWNED);
	turnstile_unlock(&m->lock_object);
	threads_wake(&woken);
}

#ifdef INVARIANTS
void
_mtx_assert(struct mtx *m, int what, const char *file, int line)
{
	const char *name = m->lock_object.lo_name;

	switch (what) {
	case MA_OWNED:
	case MA_OWNED | MA_RECURSED:
	case MA_OWNED | MA_NOTRECURSED:
		if (!mtx_owned(m))
			panic("mutex %s not owned at %s:%d", name, file, line);
		if ((what & MA_RECURSED) && m->mtx_recurse == 0)
			panic("mutex %s not recursed at %s:%d", name, file,
			    line);
		if ((what & MA_NOTRECURSED) && m->mtx_recurse != 0)
			panic("mutex %s recursed at %s:%d", name, file, line);
		break;
	case MA_NOTOWNED:
		if (mtx_owned(m))
			panic("mutex %s owned at %s:%d", name, file, line);
		break;
	default:
		panic("mtx_assert: %s: %#x at %s:%d", name, what, file, line);
	}
}
#endif
