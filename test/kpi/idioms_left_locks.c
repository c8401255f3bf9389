/*
 * What tools/kpi-convert leaves to a person of ends beneath a page lock, and of
 * inserts: see idioms_left.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

void	idiom_two_locks(vm_page_t a, vm_page_t b);
void	idiom_some_path(vm_page_t m, int dead);
void	idiom_unlocked(vm_page_t m, int x);
void	idiom_part(vm_page_t m, int x);
void	idiom_insert_counts(vm_object_t object, vm_page_t *ma, int i);
void	idiom_insert_locked(vm_object_t object, vm_page_t a, vm_page_t b,
	    int x);

/* No page may be locked. */
void
idiom_two_locks(vm_page_t a, vm_page_t b)
{
	vm_page_lock(a);
	vm_page_lock(b);
#ifndef OLD
	/* KPI: not converted: several pages are locked. */
#endif
	vm_page_wakeup(a);
	vm_page_unlock(b);
	vm_page_unlock(a);
}

/* What need not be locked cannot be unlocked for a moment. */
void
idiom_some_path(vm_page_t m, int dead)
{
	if (dead)
		vm_page_lock(m);
	m->valid = 0;
#ifndef OLD
	/* KPI: not converted: the page is not locked on every path. */
#endif
	vm_page_wakeup(m);
	if (dead)
		vm_page_unlock(m);
}

void
idiom_unlocked(vm_page_t m, int x)
{
	vm_page_lock(m);
	if (x)
		vm_page_unlock(m);
#ifndef OLD
	/* KPI: not converted: the page is not locked on every path. */
#endif
	vm_page_io_finish(m);
	if (!x)
		vm_page_unlock(m);
}

/* One that is no statement. */
void
idiom_part(vm_page_t m, int x)
{
	vm_page_lock(m);
#ifndef OLD
	/* KPI: not converted: a page is locked. */
#endif
	x ? vm_page_wakeup(m) : vm_page_deactivate(m);
	vm_page_unlock(m);
}

/* What fails is not tried again with other arguments, ... */
void
idiom_insert_counts(vm_object_t object, vm_page_t *ma, int i)
{
#ifndef OLD
	/* KPI: not converted: it can fail, and must not run twice. */
#endif
	vm_page_insert(ma[0], object, i++);
	if (i == 1)
#ifndef OLD
		/* KPI: not converted: it can fail, and must not run twice. */
#endif
		vm_page_insert(vm_page_next(ma[0]), object, i);
#ifndef OLD
	/* KPI: not converted: it can fail now. */
#endif
	for (; i < 4; vm_page_insert(ma[i], object, i))
		i++;
#ifndef OLD
	/* KPI: not converted: it can fail now. */
#endif
	for (i = 0; i < 4; vm_page_insert(ma[i], object, i), i++)
		continue;
}

/* ... nor with what cannot be unlocked. */
void
idiom_insert_locked(vm_object_t object, vm_page_t a, vm_page_t b, int x)
{
	vm_page_lock(a);
	vm_page_lock(b);
#ifndef OLD
	/* KPI: not converted: it can fail, and pages are locked. */
#endif
	vm_page_insert(a, object, 1);
	vm_page_unlock(b);
	vm_page_unlock(a);
	if (x)
		vm_page_lock(a);
#ifndef OLD
	/* KPI: not converted: it can fail, and a page is locked. */
#endif
	vm_page_insert(a, object, 2);
	if (x)
		vm_page_unlock(a);
}
