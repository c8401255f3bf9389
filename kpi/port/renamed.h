/*
 * A port in a hurry: every name of 9.x replaced by the one that took its
 * place, LOCK by WLOCK, <sys/rwlock.h> included; until it compiles, and no
 * further.
 *
 * It stands for no code that should be written.  The matrix of consumers shows
 * by it what renaming leaves wrong (docs/KPI-CASE.md, section 2).  Where no
 * name took the place, it is what first compiles:
 *
 * VPO_BUSY	0x01, its value; no page has that bit any more, so every test of
 *		it says that nobody has the page.
 * VPO_WANTED	0x02, its value, which is now VPO_SWAPSLEEP's.
 * m->busy	busy_lock, the one member with a name like it; it is 1 when
 *		nobody has the page, so every test of it says that somebody has.
 * msleep on the object's mutex becomes rw_sleep on its lock.
 * sleep_if_busy loses the argument that the compiler complains of.
 */
#ifndef RENAMED_LOCK
#define	RENAMED_LOCK	VM_OBJECT_WLOCK
#define	RENAMED_UNLOCK	VM_OBJECT_WUNLOCK
#define	RENAMED_TRYLOCK	VM_OBJECT_TRYWLOCK
#define	RENAMED_OWNED	RA_WLOCKED
#define	RENAMED_LOCKED(rw)	rw_wowned(rw)
#endif

#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

#define	VM_OBJECT_LOCK		RENAMED_LOCK
#define	VM_OBJECT_UNLOCK	RENAMED_UNLOCK
#define	VM_OBJECT_TRYLOCK	RENAMED_TRYLOCK
#define	VM_OBJECT_LOCKED(o)	RENAMED_LOCKED(&(o)->lock)
#define	VM_OBJECT_LOCK_ASSERT(o, what)					\
	rw_assert(&(o)->lock, (what) == MA_OWNED ? RENAMED_OWNED : RA_UNLOCKED)
#define	VM_OBJECT_MTX(o)	(&(o)->lock)
#define	msleep(chan, lock, pri, msg, timo)				\
	_Generic((lock), struct rwlock *: rw_sleep, default: msleep)	\
	    ((chan), (lock), (pri), (msg), (timo))

/* Where only the lock has new names, r248084, no more is renamed. */
#ifdef VPB_UNBUSIED
#define	vm_page_busy		vm_page_xbusy
#define	vm_page_wakeup		vm_page_xunbusy
#define	vm_page_io_start	vm_page_sbusy
#define	vm_page_io_finish	vm_page_sunbusy
#define	vm_page_sleep		vm_page_busy_sleep
#define	vm_page_sleep_if_busy(m, also_m_busy, msg)			\
	vm_page_sleep_if_busy((m), (msg))

#define	VPO_BUSY		0x01
#define	VPO_WANTED		0x02
#define	VM_ALLOC_RETRY		0
#define	busy			busy_lock
#endif /* VPB_UNBUSIED */
