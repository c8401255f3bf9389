/*
 * Exclusive and shared busying of a page, as at r254138.
 *
 * One word is changed by compare-and-set; the page lock is taken only to sleep
 * or to wake.  Difference from the source: sunbusy and downgrade name the
 * release ordering that amd64 gave for free (C11 does not).
 *
 * Why no wake-up is lost.  The sleeper, holding the page lock, (1) reads a
 * busied word, (2) sets the waiters bit by compare-and-set from that very
 * value, (3) gives the page lock up inside msleep(), after taking the sleep
 * queue's chain lock.  A release that comes before (2) makes (2) fail and the
 * sleeper returns; one that comes after finds the bit, and must take the page
 * lock, so it cannot pass before (3), and then the chain lock, so it finds the
 * sleeper on the chain.  Read <vm/vm_page_busy.h> first.
 */
#include <sys/systm.h>
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>
#include <vm/vm_verbs.h>

int
vm_page_trysbusy(vm_page_t m)
{
	unsigned x;

	x = atomic_load_int(&m->busy_lock);
	do {
		if ((x & VPB_BIT_SHARED) == 0)
			return (0);
		/* The waiters bit stays: sharers may overtake who waits.
		   Acquire: pairs with the release in vm_page_xunbusy(). */
	} while (!atomic_fcmpset_acq_int(&m->busy_lock, &x,
	    x + VPB_ONE_SHARER));
	return (1);
}

/*
 * The last sharer with waiters goes to U under the page lock and wakes all.
 * The compare-and-set may still fail there: a sharer needs no page lock.
 */
void
vm_page_sunbusy(vm_page_t m)
{
	unsigned x;

	vm_page_lock_assert(m, MA_NOTOWNED);
	x = atomic_load_int(&m->busy_lock);
	for (;;) {
		KASSERT((x & VPB_BIT_SHARED) != 0 && VPB_SHARERS(x) > 0,
		    ("vm_page_sunbusy: page %p not shared busy, %#x", m, x));
		if (VPB_SHARERS(x) > 1 || (x & VPB_BIT_WAITERS) == 0) {
			/* Release: pairs with the acquire in tryxbusy. */
			if (atomic_fcmpset_rel_int(&m->busy_lock, &x,
			    x - VPB_ONE_SHARER))
				return;
			continue;
		}
		vm_page_lock(m);
		if (atomic_fcmpset_rel_int(&m->busy_lock, &x, VPB_UNBUSIED)) {
			wakeup(m);
			vm_page_unlock(m);
			return;
		}
		vm_page_unlock(m);
	}
}

/*
 * With the page lock held nobody can set the waiters bit anew, so a plain
 * store cannot erase one (I3).
 */
void
vm_page_xunbusy_hard(vm_page_t m)
{
	vm_page_lock_assert(m, MA_NOTOWNED);
	vm_page_assert_xbusied(m);
	vm_page_lock(m);
	/* Release: pairs with the acquire in tryxbusy and trysbusy. */
	atomic_store_rel_int(&m->busy_lock, VPB_UNBUSIED);
	wakeup(m);
	vm_page_unlock(m);
}

void
vm_page_busy_downgrade(vm_page_t m)
{
	unsigned x;

	vm_page_assert_xbusied(m);
	x = atomic_load_int(&m->busy_lock);
	/* Release: pairs with the acquire of the next sharer. */
	while (!atomic_fcmpset_rel_int(&m->busy_lock, &x,
	    (x & VPB_BIT_WAITERS) | VPB_SHARERS_WORD(1)))
		;
}

void
vm_page_busy_sleep(vm_page_t m, const char *msg)
{
	unsigned x;

	vm_page_lock_assert(m, MA_OWNED);
	x = atomic_load_int(&m->busy_lock);
	if (x == VPB_UNBUSIED || ((x & VPB_BIT_WAITERS) == 0 &&
	    !atomic_cmpset_int(&m->busy_lock, x, x | VPB_BIT_WAITERS))) {
		vm_page_unlock(m);
		return;
	}
	msleep(m, vm_page_lockptr(m), PVM | PDROP, msg, 0);
}

/*
 * The page lock is taken before the object's is dropped, so that the page
 * cannot be freed and serve another in between.
 */
int
vm_page_sleep_if_busy(vm_page_t m, const char *msg)
{
	vm_object_t object = m->object;

	vm_page_lock_assert(m, MA_NOTOWNED);
	VM_OBJECT_ASSERT_WLOCKED(object);
	if (!vm_page_busied(m))
		return (0);
	vm_page_lock(m);
	VM_OBJECT_WUNLOCK(object);
	vm_page_busy_sleep(m, msg);
	VM_OBJECT_WLOCK(object);
	return (1);
}

void
vm_page_flash(vm_page_t m)
{
	unsigned x;

	vm_page_lock_assert(m, MA_OWNED);
	x = atomic_load_int(&m->busy_lock);
	do {
		if ((x & VPB_BIT_WAITERS) == 0)
			return;
		/* Sharers come and go without the page lock: hence a loop. */
	} while (!atomic_fcmpset_int(&m->busy_lock, &x,
	    x & ~VPB_BIT_WAITERS));
	wakeup(m);
}

void
vm_page_readahead_finish(vm_page_t m)
{
	VM_OBJECT_ASSERT_WLOCKED(m->object);
	vm_page_assert_xbusied(m);
	vm_page_lock(m);
	if (m->valid == 0) {
		vm_page_free(m);
		vm_page_unlock(m);
		return;
	}
	if ((atomic_load_int(&m->busy_lock) & VPB_BIT_WAITERS) != 0)
		vm_page_activate(m);
	else
		vm_page_deactivate(m);
	/* xunbusy may take the page lock itself. */
	vm_page_unlock(m);
	vm_page_xunbusy(m);
}
