/*
 * The 10.0 page-busy KPI.  Busying and unbusying need no lock for the word's
 * sake; the object lock, in either mode, keeps the page the one looked up.
 * The page lock is the interlock of the sleep and is taken only by who waits
 * and by who has waiters to wake.
 *
 *	pairs	 tryxbusy xunbusy trysbusy sunbusy busy_sleep
 *	tryxbusy    -       -        -       -       -      - nobody has to be
 *	xunbusy             -        -       p       p        excluded
 *	trysbusy                     -       -       -      p only when the
 *	sunbusy                              -       p        waiters bit is
 *	busy_sleep                                   p        set: page lock
 *
 * Facts: FreeBSD r254138, sys/vm/vm_page.h, vm_page.c; state by state in
 * test/test_kpi.c and test/test_wait.c.
 */
#ifndef VM_VM_PAGE_KPI_H
#define	VM_VM_PAGE_KPI_H

/*
 * Predicates: busied by anybody, as read at one moment.  A stale answer is
 * harmless to a caller who holds the object for writing or has busied m.
 *
 * They acquire, where the source reads plainly: who finds the page unbusied
 * under the write lock may free it without busying it, and a busy ends without
 * that lock.  Pairs with the releases in xunbusy, sunbusy and busy_downgrade;
 * on amd64 the code is that of a plain load.
 */
static inline bool
vm_page_busied(vm_page_t m)
{
	return (atomic_load_acq_int(&m->busy_lock) != VPB_UNBUSIED);
}

static inline bool
vm_page_xbusied(vm_page_t m)
{
	return ((atomic_load_acq_int(&m->busy_lock) & VPB_BIT_EXCLUSIVE) != 0);
}

static inline bool
vm_page_sbusied(vm_page_t m)
{
	unsigned x = atomic_load_acq_int(&m->busy_lock);

	return ((x & VPB_BIT_SHARED) != 0 && x != VPB_UNBUSIED);
}

#define	vm_page_assert_sbusied(m)					\
	KASSERT(vm_page_sbusied(m), ("page %p not shared busy, %#x @ %s:%d",\
	    (m), (m)->busy_lock, __FILE__, __LINE__))
#define	vm_page_assert_unbusied(m)					\
	KASSERT(!vm_page_busied(m), ("page %p busy, %#x @ %s:%d",	\
	    (m), (m)->busy_lock, __FILE__, __LINE__))
#define	vm_page_assert_xbusied(m)					\
	KASSERT(vm_page_xbusied(m), ("page %p not exclusive busy, "	\
	    "%#x @ %s:%d", (m), (m)->busy_lock, __FILE__, __LINE__))

/* Nonzero on success.  Object locked in either mode; never sleeps. */
static inline int
vm_page_tryxbusy(vm_page_t m)
{
	/* Acquire: pairs with the release of the last busier. */
	return (atomic_cmpset_acq_int(&m->busy_lock, VPB_UNBUSIED,
	    VPB_SINGLE_EXCLUSIVER));
}
int		vm_page_trysbusy(vm_page_t m);

/* Busy a page known to be free to busy; panics if it was not. */
static inline void
vm_page_xbusy(vm_page_t m)
{
	if (!vm_page_tryxbusy(m))
		panic("vm_page_xbusy: page %p failed exclusive busying, %#x",
		    m, m->busy_lock);
}

static inline void
vm_page_sbusy(vm_page_t m)
{
	if (!vm_page_trysbusy(m))
		panic("vm_page_sbusy: page %p failed shared busying, %#x",
		    m, m->busy_lock);
}

/*
 * End the caller's busy; wakes all waiters if there are any.  The page lock
 * must not be held, nor that of another page that hashes to it.
 */
void		vm_page_xunbusy_hard(vm_page_t m);
static inline void
vm_page_xunbusy(vm_page_t m)
{
	vm_page_lock_assert(m, MA_NOTOWNED);
	/* Release: pairs with the acquire of the next busier. */
	if (__predict_false(!atomic_cmpset_rel_int(&m->busy_lock,
	    VPB_SINGLE_EXCLUSIVER, VPB_UNBUSIED)))
		vm_page_xunbusy_hard(m);
}
void		vm_page_sunbusy(vm_page_t m);

/* Exclusive to shared.  Keeps the waiters bit and wakes nobody, as r254138. */
void		vm_page_busy_downgrade(vm_page_t m);

/*
 * Sleep while the page is busied in any way.  Page lock held on entry, not on
 * return, slept or not.  The caller drops the object lock after it has taken
 * the page lock, and looks the page up again afterwards.  (The `nonshared'
 * argument came in 2016; without it, who waits for exclusive busy to end may
 * sleep on a page that has become shared busy.)
 */
void		vm_page_busy_sleep(vm_page_t m, const char *msg);

/*
 * If m is busied, sleep and return nonzero: the object was unlocked, is
 * write-locked again, and nothing known of m holds.  It need not have slept.
 * Object write-locked, page lock not held.
 */
int		vm_page_sleep_if_busy(vm_page_t m, const char *msg);

/* Wake all waiters, busy or not.  Page lock held. */
void		vm_page_flash(vm_page_t m);

/*
 * The page at pindex, never NULL.  Object write-locked on entry and return,
 * may be dropped.  Exclusively busied, or shared with SBUSY | IGN_SBUSY, or not
 * at all with NOBUSY.  IGN_SBUSY waits for exclusive busy only; without
 * NOBUSY or SBUSY it panics on a page that is shared busy.
 */
vm_page_t	vm_page_grab(vm_object_t object, vm_pindex_t pindex,
		    int allocflags);

/* Give back a page that read-ahead filled, or could not: valid or freed. */
void		vm_page_readahead_finish(vm_page_t m);

#endif /* VM_VM_PAGE_KPI_H */
