/*
 * Sleeps by vm_page_sleep() or by hand, and with the page lock held, and what
 * tools/kpi-convert makes of each: see idioms_calls.c.
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

void	idiom_sleep(vm_page_t m, vm_page_t *ma);
void	idiom_sleep_and_unlock(vm_page_t m);
void	idiom_page_locked(vm_object_t object);
void	idiom_wanted(vm_object_t object, vm_object_t upper, vm_page_t m);

void
idiom_sleep(vm_page_t m, vm_page_t *ma)
{
again:
#ifdef OLD
	if ((m->oflags & VPO_BUSY) != 0 || m->busy != 0) {
		vm_page_sleep(m, "idiom");
#else
	if (vm_page_busied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
	}
#ifdef OLD
	while (m->oflags & VPO_BUSY)
		vm_page_sleep(m, "idiom");
	vm_page_sleep(ma[1], "idiom");
#else
	while (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
	{
		vm_object_t page_object = ma[1]->object;

		vm_page_lock(ma[1]);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(ma[1], "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
#endif
}

void
idiom_sleep_and_unlock(vm_page_t m)
{
again:
#ifdef OLD
	if (m->oflags & VPO_BUSY) {
		vm_page_sleep(m, "idiom");
		VM_OBJECT_UNLOCK(m->object);
#else
	if (vm_page_xbusied(m)) {
		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(m->object);
		vm_page_busy_sleep(m, "idiom");
#endif
		goto again;
	}
}

/* The page lock is held: it becomes the interlock, and goes, as in 9.x. */
void
idiom_page_locked(vm_object_t object)
{
	vm_page_t m;

again:
	m = vm_page_lookup(object, 1);
	vm_page_lock(m);
#ifdef OLD
	if (vm_page_sleep_if_busy(m, TRUE, "idiom"))
#else
	if (vm_page_busied(m)) {
		vm_object_t page_object = m->object;

		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
#ifdef OLD
	if (m->busy) {
		vm_page_sleep(m, "idiom");
#else
	}
	if (vm_page_sbusied(m)) {
		vm_object_t page_object = m->object;

		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
	}
	vm_page_free(m);
	vm_page_unlock(m);
}

/* What vm_page_sleep() does, by hand. */
void
idiom_wanted(vm_object_t object, vm_object_t upper, vm_page_t m)
{
again:
#ifdef OLD
	if ((m->oflags & VPO_BUSY) != 0) {
		m->oflags |= VPO_WANTED;
		msleep(m, VM_OBJECT_MTX(object), PDROP | PVM, "idiom", 0);
#else
	if (vm_page_xbusied(m)) {
		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(object);
		vm_page_busy_sleep(m, "idiom");
#endif
		goto again;
	}
#ifdef OLD
	if (m->busy) {
		m->oflags |= VPO_WANTED;
		VM_OBJECT_UNLOCK(upper);
		msleep(m, VM_OBJECT_MTX(object), PVM, "idiom", 0);
#else
	if (vm_page_sbusied(m)) {
		VM_OBJECT_WUNLOCK(upper);
		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(object);
#endif
		goto again;
	}
#ifdef OLD
	if (m->busy) {
		m->oflags |= VPO_WANTED;
		msleep(m, VM_OBJECT_MTX(m->object), PVM, "idiom", 0);
#else
	if (vm_page_sbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		goto again;
	}
}
