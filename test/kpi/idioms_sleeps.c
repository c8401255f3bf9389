/*
 * Sleeps by vm_page_sleep_if_busy(), and what tools/kpi-convert makes of each:
 * see idioms_calls.c.
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

void	idiom_soft_too(vm_object_t object, vm_page_t m);
void	idiom_hard_only(vm_object_t object, vm_page_t m, int x);
void	idiom_else(vm_page_t m, int x);
void	idiom_not(vm_page_t m, int x);
void	idiom_while(vm_object_t object, vm_page_t m);
int	idiom_variable(vm_page_t m, int also);
int	idiom_values(vm_page_t m);

void
idiom_soft_too(vm_object_t object, vm_page_t m)
{
again:
#ifdef OLD
	if (vm_page_sleep_if_busy(m, TRUE, "idiom"))
#else
	if (vm_page_sleep_if_busy(m, "idiom"))
#endif
		goto again;
#ifdef OLD
	if (m != NULL && vm_page_sleep_if_busy(m, 1, "idiom"))
#else
	if (m != NULL && vm_page_sleep_if_busy(m, "idiom"))
#endif
		goto again;
	/* m->object may be another, or none, after the sleep. */
#ifdef OLD
	if (vm_page_sleep_if_busy(m, TRUE, "idiom")) {
		VM_OBJECT_UNLOCK(m->object);
		VM_OBJECT_LOCK(object);
#else
	if (vm_page_busied(m)) {
		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(m->object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(object);
#endif
		goto again;
	}
}

void
idiom_hard_only(vm_object_t object, vm_page_t m, int x)
{
again:
#ifdef OLD
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	if (vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
	VM_OBJECT_ASSERT_WLOCKED(object);
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
#ifdef OLD
	if (m != NULL && vm_page_sleep_if_busy(m, 0, "idiom")) {
#else
	}
	if (m != NULL && vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		/* A comment. */
		x++;
		goto again;
	}
#ifdef OLD
	if (m != NULL && x && vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
	if (m != NULL && x && vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
#ifndef OLD
	}
#endif
}

void
idiom_else(vm_page_t m, int x)
{
again:
#ifdef OLD
	if (vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
#ifdef OLD
	else
#else
	} else
#endif
		x = 2;
#ifdef OLD
	if (m != NULL && vm_page_sleep_if_busy(m, FALSE, "idiom")) {
#else
	if (m != NULL && vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		x = 1;
	} else {
		x = 2;
	}
}

void
idiom_not(vm_page_t m, int x)
{
again:
#ifdef OLD
	if (!vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	} else
#endif
		x = 3;
	if (x == 3)
		x = 4;
#ifdef OLD
	else if (vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
	else if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
#ifndef OLD
	}
#endif
}

void
idiom_while(vm_object_t object, vm_page_t m)
{
	while ((m = vm_page_lookup(object, 1)) != NULL &&
#ifdef OLD
	    vm_page_sleep_if_busy(m, TRUE, "idiom"))
#else
	    vm_page_sleep_if_busy(m, "idiom"))
#endif
		continue;
	while ((m = vm_page_lookup(object, 1)) != NULL &&
#ifdef OLD
	    vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
	    vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		continue;
#ifdef OLD
	while (m->object != NULL &&
	    vm_page_sleep_if_busy(m, FALSE, "idiom"))
		;
	while (vm_page_sleep_if_busy(m, FALSE, "idiom"))
		;
	while (vm_page_sleep_if_busy(m, FALSE, "idiom")) {
#else
	}
	while (m->object != NULL &&
	    vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
	while (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
	while (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		if (m == NULL)
			break;
	}
}

int
idiom_variable(vm_page_t m, int also)
{
again:
#ifdef OLD
	if (vm_page_sleep_if_busy(m, also, "idiom"))
#else
	if (also ? vm_page_busied(m) : vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
#ifdef OLD
	if (also && vm_page_sleep_if_busy(m, also == 2, "idiom"))
#else
	}
	if (also && (also == 2 ? vm_page_busied(m) : vm_page_xbusied(m))) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
#ifndef OLD
	}
#endif
	return (also);
}

int
idiom_values(vm_page_t m)
{
	int slept;

again:
#ifdef OLD
	vm_page_sleep_if_busy(m, FALSE, "idiom");
	(void)vm_page_sleep_if_busy(m, FALSE, "idiom");
	slept = vm_page_sleep_if_busy(m, FALSE, "idiom");
#else
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
	slept = vm_page_xbusied(m);
	if (slept) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
#endif
	if (slept)
		goto again;
#ifdef OLD
	return (vm_page_sleep_if_busy(m, FALSE, "idiom"));
#else
	if (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
		return (1);
	}
	return (0);
#endif
}
