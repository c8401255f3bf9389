/*
 * Comments and conditions where tools/kpi-convert puts something in, or takes
 * something away: see idioms_calls.c and idioms_tidy.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#ifndef OLD
#include <sys/rwlock.h>
#endif
#include <sys/sleepqueue.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

#define	TRUE	1
#define	FALSE	0

void	idiom_block(vm_page_t m, int x);
void	idiom_wait(vm_page_t m, int x);
void	idiom_wait_if(vm_page_t m, int x);
vm_page_t idiom_retry(vm_object_t object, int x);
int	idiom_implied(vm_page_t m, int x);
int	idiom_described(vm_page_t m, vm_object_t object, int x);

/* The lines of a comment are none of the block's. */
void
idiom_block(vm_page_t m, int x)
{
#ifdef OLD
	if (m->oflags & VPO_BUSY) {
#else
	if (vm_page_xbusied(m)) {
#endif
		/*
		 * A comment that
		 *	stays.
		 */
		x++;
	}
}

/* A comment behind the condition is the condition's; one inside the call goes
 * behind it. */
void
idiom_wait(vm_page_t m, int x)
{
#ifdef OLD
	while (m->oflags & VPO_BUSY)	/* wait */
		vm_page_sleep(m, /* why */ "idiom");	/* slept */
	if (x && m->busy != 0)		/* two
					   lines */
		vm_page_sleep(m, "idiom" /* when */);
	vm_page_sleep(m,	/* the page */
	    /* by its
	     * name */
	    "idiom");
#else
	while (vm_page_xbusied(m)) {	/* wait */
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}	/* why */	/* slept */
	if (x && vm_page_sbusied(m)) {		/* two
					   lines */
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}	/* when */
	{
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}	/* the page */	/* by its name */
#endif
}

void
idiom_wait_if(vm_page_t m, int x)
{
#ifdef OLD
	if (vm_page_sleep_if_busy(m, /* soft too */ TRUE, "idiom"))
		x++;
	if (vm_page_sleep_if_busy(m, /* hard only */ FALSE, "idiom"))
		x++;
	while (m->busy != 0)
		/* a moment */
		vm_page_sleep(m, "idiom");
#else
	if (vm_page_sleep_if_busy(m, "idiom"))	/* soft too */
		x++;
	if (vm_page_xbusied(m)) {	/* hard only */
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
		x++;
	}
	while (vm_page_sbusied(m)) {
		/* a moment */
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
#endif
}

/* What only set the flag goes, and what chose it, unless it does more. */
vm_page_t
idiom_retry(vm_object_t object, int x)
{
#ifdef OLD
	int flags = VM_ALLOC_NORMAL | (x ? VM_ALLOC_RETRY : 0);
	int more = (x == 2 ? 0 : VM_ALLOC_RETRY);

	flags |= VM_ALLOC_RETRY;
	if (x)
		flags |= VM_ALLOC_RETRY;
	flags |= VM_ALLOC_WIRED;
	flags &= ~VM_ALLOC_RETRY;
	flags |= vm_page_lookup(object, 1) != NULL ? VM_ALLOC_RETRY : 0;
	return (vm_page_grab(object, 2, more | (x ? 0 : VM_ALLOC_RETRY) |
	    flags));
#else
	int flags = VM_ALLOC_NORMAL;
	int more = 0;

	flags |= VM_ALLOC_WIRED;
	flags |= vm_page_lookup(object, 1) != NULL ? 0 : 0;
	return (vm_page_grab(object, 2, more |
	    flags));
#endif
}

/* One kind of busy is not asked for beside both. */
int
idiom_implied(vm_page_t m, int x)
{
#ifdef OLD
	if (m->busy || m->oflags & (VPO_BUSY | VPO_SWAPINPROG))
		return (1);
	if ((m->oflags & (VPO_BUSY | VPO_SWAPINPROG)) != 0 || m->busy != 0)
		return (2);
	if (x || (m->oflags & (VPO_BUSY | VPO_SWAPINPROG)) != 0)
		return (3);
	return (m->busy == 0 && (m->oflags & (VPO_SWAPINPROG | VPO_BUSY)) == 0);
#else
	if (vm_page_busied(m) || (m->oflags & VPO_SWAPINPROG) != 0)
		return (1);
	if (vm_page_busied(m) || (m->oflags & VPO_SWAPINPROG) != 0)
		return (2);
	if (x || vm_page_xbusied(m) || (m->oflags & VPO_SWAPINPROG) != 0)
		return (3);
	return (!vm_page_busied(m) && (m->oflags & VPO_SWAPINPROG) == 0);
#endif
}

/* A parameter keeps its comment. */
int
#ifdef OLD
idiom_described(m, object, x)
	vm_page_t m;		/* the page */
	vm_object_t object;	/* what it
				 * is of */
	/* The last. */
	int x;
{
	vm_page_busy(m);
#else
idiom_described(vm_page_t m,	/* the page */
    vm_object_t object,	/* what it
				 * is of */
    int x)
	/* The last. */
{
	vm_page_xbusy(m);
#endif
	return (object == m->object && x);
}
