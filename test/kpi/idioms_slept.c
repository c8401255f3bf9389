/*
 * What asks for the page's object after a sleep, and what
 * tools/kpi-convert makes of it: see idioms_calls.c.
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

int	idiom_moved(vm_page_t m, vm_object_t object);
int	idiom_freed(vm_page_t m, vm_page_t n);
void	idiom_restart(vm_page_t m, vm_object_t object);
void	idiom_unlocked(vm_page_t m, vm_object_t object);

/* Whether the page is still of that object is asked of the page. */
int
idiom_moved(vm_page_t m, vm_object_t object)
{
#ifdef OLD
	VM_OBJECT_LOCK(object);
	while (m->oflags & VPO_BUSY) {
		vm_page_sleep(m, "idiom");
#else
	VM_OBJECT_WLOCK(object);
	while (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		if (m->object != object) {
#ifdef OLD
			VM_OBJECT_UNLOCK(object);
#else
			VM_OBJECT_WUNLOCK(object);
#endif
			return (2);
		}
	}
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
#endif
	return (0);
}

int
idiom_freed(vm_page_t m, vm_page_t n)
{
	int x = 0;

#ifdef OLD
	if (vm_page_sleep_if_busy(m, FALSE, "idiom")) {
#else
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		if (m->object == NULL || m->object->size == 0)
			return (1);
#ifdef OLD
	} else if (vm_page_sleep_if_busy(n, FALSE, "idiom"))
#else
	} else if (vm_page_xbusied(n)) {
		vm_object_t page_object = n->object;

		vm_page_lock(n);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(n, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		x = n->object == m->object;
#ifdef OLD
	while (vm_page_sleep_if_busy(n, FALSE, "idiom"))
#else
	}
	while (vm_page_xbusied(n)) {
		vm_object_t page_object = n->object;

		vm_page_lock(n);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(n, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		if (n->object == NULL)
			break;
#ifndef OLD
	}
#endif
	return (x);
}

/* The call relocks the object that it unlocked, and can stay. */
void
idiom_restart(vm_page_t m, vm_object_t object)
{
restart:
#ifdef OLD
	if (vm_page_sleep_if_busy(m, TRUE, "idiom")) {
#else
	if (vm_page_sleep_if_busy(m, "idiom")) {
#endif
		if (m->object == object)
			goto restart;
	}
}

/* What is unlocked, locked, asserted or slept with is what was relocked. */
void
idiom_unlocked(vm_page_t m, vm_object_t object)
{
#ifdef OLD
	while ((m->oflags & VPO_BUSY) != 0) {
		vm_page_sleep(m, "idiom");
		VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
		msleep(object, VM_OBJECT_MTX(m->object), PVM, "idiom", 1);
		if (m->object == object)
			VM_OBJECT_UNLOCK(m->object);
		if (!VM_OBJECT_TRYLOCK(m->object))
			mtx_lock(&m->object->mtx);
#else
	while (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
		VM_OBJECT_ASSERT_WLOCKED(page_object);
		VM_OBJECT_SLEEP(page_object, object, PVM, "idiom", 1);
		if (m->object == object)
			VM_OBJECT_WUNLOCK(page_object);
		if (!VM_OBJECT_TRYWLOCK(page_object))
			VM_OBJECT_WLOCK(page_object);
#endif
	}
}
