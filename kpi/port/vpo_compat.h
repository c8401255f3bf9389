/*
 * The 9.x page-busy KPI over that of r254138, for a consumer that is not to be
 * edited yet: put it before the source (cc -include) or on its first line.
 *
 * What means the same under the new KPI works as it did, object locked
 * throughout: the object is write-locked, sleeps take the page lock themselves
 * and relock the object they began with, and the end of a busy lets go of the
 * page lock, if the caller has it, for the moment in which it may be taken.
 *
 * What does not mean the same does not compile, and the message names what to
 * write: tests of VPO_BUSY, VPO_WANTED and the count, VM_OBJECT_MTX(), and a
 * grab whose flags are written out with IGN_SBUSY and without NOBUSY.
 *
 * What only running can show panics, as the new KPI does: busying a page that
 * is busied in the other way, which 9.x allowed.  docs/MIGRATION.md has the
 * table.
 */
#ifndef KPI_PORT_VPO_COMPAT_H
#define	KPI_PORT_VPO_COMPAT_H

#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

/* ---- The object lock ----------------------------------------------------- */

#define	VM_OBJECT_LOCK(o)	VM_OBJECT_WLOCK(o)
#define	VM_OBJECT_UNLOCK(o)	VM_OBJECT_WUNLOCK(o)
#define	VM_OBJECT_TRYLOCK(o)	VM_OBJECT_TRYWLOCK(o)
#define	VM_OBJECT_LOCKED(o)	rw_wowned(&(o)->lock)
#define	VM_OBJECT_LOCK_ASSERT(o, what)					\
	rw_assert(&(o)->lock,						\
	    ((what) & MA_OWNED) != 0 ? RA_WLOCKED : RA_UNLOCKED)

/* ---- Busy ---------------------------------------------------------------- */

/* Panics if the page is shared busied, too, where 9.x did not look. */
static inline void
vm_page_busy(vm_page_t m)
{
	VM_OBJECT_ASSERT_WLOCKED(m->object);
	vm_page_xbusy(m);
}

/* Panics if the page is exclusively busied, where 9.x counted. */
static inline void
vm_page_io_start(vm_page_t m)
{
	VM_OBJECT_ASSERT_WLOCKED(m->object);
	vm_page_sbusy(m);
}

/* Let go of the page lock if the caller has it; true if so. */
static inline bool
vpo_page_unlock(vm_page_t m)
{
	if (!mtx_owned(vm_page_lockptr(m)))
		return (false);
	vm_page_unlock(m);
	return (true);
}

/* Both keep the page lock as they found it. */
static inline void
vm_page_wakeup(vm_page_t m)
{
	bool owned = vpo_page_unlock(m);

	vm_page_xunbusy(m);
	if (owned)
		vm_page_lock(m);
}

static inline void
vm_page_io_finish(vm_page_t m)
{
	bool owned = vpo_page_unlock(m);

	vm_page_sunbusy(m);
	if (owned)
		vm_page_lock(m);
}

/* Object locked, as in 9.x; the page lock is kept as found. */
static inline void
vpo_page_flash(vm_page_t m)
{
	bool owned = mtx_owned(vm_page_lockptr(m));

	if (!owned)
		vm_page_lock(m);
	vm_page_flash(m);
	if (!owned)
		vm_page_unlock(m);
}
#define	vm_page_flash(m)	vpo_page_flash(m)

/* ---- Sleeps -------------------------------------------------------------- */

/*
 * As 9.x: the page lock goes if it was owned, the object lock is held again.
 * Unlike 9.x it does not sleep on a page that is not busied.
 */
static inline void
vm_page_sleep(vm_page_t m, const char *msg)
{
	vm_object_t object = m->object;

	VM_OBJECT_ASSERT_WLOCKED(object);
	if (!mtx_owned(vm_page_lockptr(m)))
		vm_page_lock(m);
	VM_OBJECT_WUNLOCK(object);
	vm_page_busy_sleep(m, msg);
	VM_OBJECT_WLOCK(object);
}

static inline int
vpo_page_sleep_if_busy(vm_page_t m, int also_m_busy, const char *msg)
{
	if (!(also_m_busy ? vm_page_busied(m) : vm_page_xbusied(m)))
		return (0);
	vm_page_sleep(m, msg);
	return (1);
}

/* Of three arguments the old one, of two the new. */
#define	VPO_THIRD(a, b, c, d, ...)	d
#define	vm_page_sleep_if_busy(...)					\
	VPO_THIRD(__VA_ARGS__, vpo_page_sleep_if_busy,			\
	    vm_page_sleep_if_busy, )(__VA_ARGS__)

/* ---- Allocation ---------------------------------------------------------- */

#define	VM_ALLOC_RETRY	0

/* May flags f of a grab be?  Those that are not known here panic if not. */
#define	VPO_GRAB_FLAGS(f)						\
	(((f) & VM_ALLOC_IGN_SBUSY) == 0 ||				\
	    ((f) & (VM_ALLOC_NOBUSY | VM_ALLOC_SBUSY)) != 0)
#define	vm_page_grab(o, i, f) __extension__ ({				\
	_Static_assert(VPO_GRAB_FLAGS(__builtin_choose_expr(		\
	    __builtin_constant_p(f), (f), 0)), "VM_ALLOC_IGN_SBUSY "	\
	    "without VM_ALLOC_NOBUSY panics on a page that is shared "	\
	    "busied: drop it, or take VM_ALLOC_SBUSY with it");		\
	vm_page_grab((o), (i), (f));					\
})

/* ---- What must be edited ------------------------------------------------- */

/* gcc shows one string, so each message is one. */
#define	VPO_STRING(s)	_Pragma(#s)
#define	VPO_GONE(s)	VPO_STRING(GCC error s)

#define	VPO_BUSY							\
	VPO_GONE("VPO_BUSY is gone: vm_page_xbusied(m), or _busied(m)") 0
#define	VPO_WANTED							\
	VPO_GONE("VPO_WANTED is gone: vm_page_busy_sleep(m, msg) sets it") 0
#define	VM_OBJECT_MTX(o)						\
	VPO_GONE("VM_OBJECT_MTX is gone: use VM_OBJECT_SLEEP(object, ...)")\
	(struct mtx *)(o)

/*
 * The member alone cannot be caught; so every `busy' from here on has another
 * name, which says it where it is the page's.
 */
#define	busy	busy_is_gone_use_vm_page_sbusied_or_VPB_SHARERS

#endif /* KPI_PORT_VPO_COMPAT_H */
