/*
 * A page's lock, taken, tried and asserted in other words than vm_page_lock(),
 * and what tools/kpi-convert makes of it: see idioms_calls.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#ifndef OLD
#include <sys/rwlock.h>
#endif
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

#define	FALSE	0

void	idiom_tried(vm_page_t m);
void	idiom_tried_again(vm_page_t m);
void	idiom_had(vm_object_t object, vm_page_t m, int x);
void	idiom_not_had(vm_page_t m);
void	idiom_had_to_the_end(vm_page_t m);
void	idiom_mutex(vm_page_t m);
void	idiom_mutex_tried(vm_page_t m);
void	idiom_asserted(vm_page_t m);
void	idiom_asserted_mutex(vm_page_t m);
void	idiom_asserted_not(vm_page_t m);

void
idiom_tried(vm_page_t m)
{
	if (!vm_page_trylock(m))
		return;
	vm_page_flash(m);
#ifdef OLD
	vm_page_wakeup(m);
#endif
	vm_page_activate(m);
	vm_page_unlock(m);
#ifndef OLD
	vm_page_xunbusy(m);
#endif
}

void
idiom_tried_again(vm_page_t m)
{
	while (vm_page_trylock(m) == 0)
		continue;
	vm_page_flash(m);
#ifdef OLD
	if (vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		return;
#ifndef OLD
	}
#endif
	vm_page_unlock(m);
}

void
idiom_had(vm_object_t object, vm_page_t m, int x)
{
	if (x != 0 && vm_page_trylock(m)) {
		vm_page_flash(m);
#ifdef OLD
		vm_page_io_finish(m);
#endif
		vm_page_unlock(m);
#ifndef OLD
		vm_page_sunbusy(m);
#endif
	}
#ifdef OLD
	VM_OBJECT_LOCK(object);
#else
	VM_OBJECT_WLOCK(object);
#endif
	if (vm_page_trylock(m)) {
#ifdef OLD
		vm_page_sleep(m, "idiom");
		VM_OBJECT_UNLOCK(object);
#else
		VM_OBJECT_WUNLOCK(object);
		vm_page_busy_sleep(m, "idiom");
#endif
	}
}

/* Behind the branch it is not held, nor in the branch of one who has it not. */
void
idiom_not_had(vm_page_t m)
{
	if (vm_page_trylock(m))
		vm_page_unlock(m);
#ifndef OLD
	vm_page_lock(m);
#endif
	vm_page_flash(m);
#ifndef OLD
	vm_page_unlock(m);
#endif
	if (!vm_page_trylock(m)) {
#ifndef OLD
		vm_page_lock(m);
#endif
		vm_page_flash(m);
#ifdef OLD
		vm_page_wakeup(m);
#else
		vm_page_unlock(m);
		vm_page_xunbusy(m);
#endif
	}
}

void
idiom_had_to_the_end(vm_page_t m)
{
	if (vm_page_trylock(m)) {
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
}

void
idiom_mutex(vm_page_t m)
{
	mtx_lock(vm_page_lockptr(m));
	vm_page_flash(m);
#ifdef OLD
	vm_page_wakeup(m);
#endif
	mtx_unlock(vm_page_lockptr(m));
#ifndef OLD
	vm_page_xunbusy(m);
	vm_page_lock(m);
#endif
	vm_page_flash(m);
#ifndef OLD
	vm_page_unlock(m);
#endif
	mtx_lock(vm_page_lockptr(m));
#ifdef OLD
	vm_page_sleep(m, "idiom");
#else
	{
		vm_object_t page_object = m->object;

		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
#endif
}

void
idiom_mutex_tried(vm_page_t m)
{
	if (!mtx_trylock(vm_page_lockptr(m)))
		return;
	vm_page_flash(m);
#ifdef OLD
	vm_page_io_finish(m);
#endif
	mtx_unlock(vm_page_lockptr(m));
#ifndef OLD
	vm_page_sunbusy(m);
#endif
}

void
idiom_asserted(vm_page_t m)
{
	vm_page_lock_assert(m, MA_OWNED | MA_NOTRECURSED);
	vm_page_flash(m);
#ifdef OLD
	vm_page_wakeup(m);
#else
	/* KPI: the page lock is dropped for a moment. */
	vm_page_unlock(m);
	vm_page_xunbusy(m);
	vm_page_lock(m);
#endif
}

void
idiom_asserted_mutex(vm_page_t m)
{
	mtx_assert(vm_page_lockptr(m), MA_OWNED);
	vm_page_flash(m);
#ifdef OLD
	vm_page_io_finish(m);
#else
	/* KPI: the page lock is dropped for a moment. */
	vm_page_unlock(m);
	vm_page_sunbusy(m);
	vm_page_lock(m);
#endif
}

void
idiom_asserted_not(vm_page_t m)
{
	vm_page_lock_assert(m, MA_NOTOWNED);
#ifndef OLD
	vm_page_lock(m);
#endif
	vm_page_flash(m);
#ifdef OLD
	vm_page_wakeup(m);
#else
	vm_page_unlock(m);
	vm_page_xunbusy(m);
#endif
}
