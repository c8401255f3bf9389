/*
 * Ends of a busy while the page is locked, and what tools/kpi-convert makes of
 * it: see idioms_calls.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#ifndef OLD
#include <sys/rwlock.h>
#endif
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

void	idiom_end(vm_page_t m, int x);
void	idiom_end_and_free(vm_page_t m);
int	idiom_end_on_one_path(vm_page_t m, int x);
void	idiom_end_and_look(vm_object_t object, vm_page_t m);

/* The end of a busy may take the page lock. */
void
idiom_end(vm_page_t m, int x)
{
#ifdef OLD
	vm_page_wakeup(m);
#else
	vm_page_xunbusy(m);
#endif
	vm_page_lock(m);
#ifdef OLD
	vm_page_wakeup(m);
#endif
	vm_page_activate(m);
	vm_page_unlock(m);
#ifndef OLD
	vm_page_xunbusy(m);
#endif
	vm_page_lock(m);
	if (x == 1)
		vm_page_free(m);
	else {
		vm_page_activate(m);
#ifdef OLD
		vm_page_wakeup(m);
#else
		/* KPI: the page lock is dropped for a moment. */
		vm_page_unlock(m);
		vm_page_xunbusy(m);
		vm_page_lock(m);
#endif
	}
	vm_page_unlock(m);
	vm_page_lock(m);
#ifdef OLD
	vm_page_io_finish(m);
#endif
	if (x == 2) {
		vm_page_unlock(m);
#ifndef OLD
		vm_page_sunbusy(m);
#endif
		return;
	}
	vm_page_deactivate(m);
	vm_page_unlock(m);
#ifndef OLD
	vm_page_sunbusy(m);
#endif
}

void
idiom_end_and_free(vm_page_t m)
{
	vm_page_lock(m);
#ifdef OLD
	vm_page_wakeup(m);
#else
	/* KPI: the page lock is dropped for a moment. */
	vm_page_unlock(m);
	vm_page_xunbusy(m);
	vm_page_lock(m);
#endif
	vm_page_free(m);
	vm_page_unlock(m);
}

/* Where one path goes past it, it stays on the other. */
int
idiom_end_on_one_path(vm_page_t m, int x)
{
	vm_page_lock(m);
	if (x == 1)
		goto out;
	if (x == 2) {
#ifdef OLD
		vm_page_wakeup(m);
#else
		/* KPI: the page lock is dropped for a moment. */
		vm_page_unlock(m);
		vm_page_xunbusy(m);
		vm_page_lock(m);
#endif
		goto out;
	}
#ifdef OLD
	vm_page_io_finish(m);
#else
	/* KPI: the page lock is dropped for a moment. */
	vm_page_unlock(m);
	vm_page_sunbusy(m);
	vm_page_lock(m);
#endif
out:
	vm_page_unlock(m);
	return (x);
}

/* What would then see the page busied, or the object unlocked, stays behind. */
void
idiom_end_and_look(vm_object_t object, vm_page_t m)
{
	vm_page_lock(m);
#ifdef OLD
	vm_page_io_finish(m);
	if (m->busy == 0 && m->wire_count == 0)
#else
	/* KPI: the page lock is dropped for a moment. */
	vm_page_unlock(m);
	vm_page_sunbusy(m);
	vm_page_lock(m);
	if (!vm_page_sbusied(m) && m->wire_count == 0)
#endif
		vm_page_free(m);
	vm_page_unlock(m);
	vm_page_lock(m);
#ifdef OLD
	vm_page_wakeup(m);
	VM_OBJECT_UNLOCK(object);
#else
	/* KPI: the page lock is dropped for a moment. */
	vm_page_unlock(m);
	vm_page_xunbusy(m);
	vm_page_lock(m);
	VM_OBJECT_WUNLOCK(object);
#endif
	vm_page_unlock(m);
}
