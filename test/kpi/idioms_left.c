/*
 * What tools/kpi-convert leaves to a person: each gets a comment, and is
 * listed.  See idioms_calls.c; this does not compile against sxbusy.
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

#define	FALSE	0

void	idiom_asked_last(vm_page_t m, int x);
void	idiom_wanted_for_a_time(vm_object_t object, vm_page_t m);
vm_page_t idiom_flags(vm_object_t object, int flags);
struct mtx *idiom_lock(vm_object_t object, int what);
int	idiom_count(vm_page_t m);
int	idiom_element(struct vm_page *m);
int	idiom_flags_kept(vm_page_t m);
void	idiom_once(vm_object_t object, vm_page_t *ma);

/* It is not the last thing that is asked: for a person. */
void
idiom_asked_last(vm_page_t m, int x)
{
	do {
		x++;
#ifndef OLD
	/* KPI: not converted: it has two arguments, and means TRUE. */
#endif
	} while (vm_page_sleep_if_busy(m, FALSE, "idiom"));
#ifndef OLD
	/* KPI: not converted: it has two arguments, and means TRUE. */
#endif
	if (vm_page_sleep_if_busy(m, FALSE, "idiom") && x != 0)
		x++;
}

/* vm_page_busy_sleep() knows no time: for a person. */
void
idiom_wanted_for_a_time(vm_object_t object, vm_page_t m)
{
	while ((m->oflags & VPO_SWAPINPROG) != 0) {
#ifndef OLD
		/* KPI: not converted: a sleep sets the waiters bit. */
#endif
		m->oflags |= VPO_WANTED;
#ifdef OLD
		msleep(m, VM_OBJECT_MTX(object), PSWP, "idiom", 20);
#else
		VM_OBJECT_SLEEP(object, m, PSWP, "idiom", 20);
#endif
	}
}

/* What a variable holds is not known. */
vm_page_t
idiom_flags(vm_object_t object, int flags)
{
	vm_page_t m;

#ifndef OLD
	/* KPI: not converted: without NOBUSY it can panic. */
#endif
	m = vm_page_grab(object, 3, flags | VM_ALLOC_IGN_SBUSY);
#ifdef OLD
	flags = VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY;
#else
	/* KPI: not converted: without NOBUSY it can panic. */
	flags = VM_ALLOC_IGN_SBUSY;
#endif
	if (m == NULL)
		m = vm_page_grab(object, 4, flags);
	return (m);
}

/* A lock handed on, and one asserted as the caller says. */
struct mtx *
idiom_lock(vm_object_t object, int what)
{
#ifndef OLD
	/* KPI: not converted: each has an assertion of its own. */
#endif
	VM_OBJECT_LOCK_ASSERT(object, what);
#ifndef OLD
	/* KPI: not converted: the lock is an rwlock. */
#endif
	return (VM_OBJECT_MTX(object));
}

/* The count is no variable any more. */
int
idiom_count(vm_page_t m)
{
#ifndef OLD
	/* KPI: not converted: vm_page_sbusied() or VPB_SHARERS(). */
#endif
	m->busy = 0;
#ifndef OLD
	/* KPI: not converted: vm_page_sbusied() or VPB_SHARERS(). */
#endif
	return (--m->busy == 0);
}

/* As a number, flags cannot come from two words. */
int
idiom_flags_kept(vm_page_t m)
{
	int kept;

#ifndef OLD
	/* KPI: not converted: VPO_BUSY is gone. */
#endif
	kept = m->oflags & (VPO_BUSY | VPO_NOSYNC);
	return (kept);
}

/* A sleep that is opened would name its page again and again. */
void
idiom_once(vm_object_t object, vm_page_t *ma)
{
#ifndef OLD
	/* KPI: not converted: it has two arguments, and means TRUE. */
#endif
	while (vm_page_sleep_if_busy(*ma++, FALSE, "idiom"))
		continue;
#ifndef OLD
	/* KPI: not converted: vm_page_sleep is gone. */
#endif
	vm_page_sleep(vm_page_lookup(object, 1), "idiom");
#ifndef OLD
	/* KPI: not converted: it wants the page locked. */
#endif
	vm_page_flash(*ma++);
}

/* A page's count, though no pointer leads to it. */
int
idiom_element(struct vm_page *m)
{
#ifndef OLD
	/* KPI: not converted: vm_page_sbusied() or VPB_SHARERS(). */
#endif
	return (m[1].busy != 0);
}
