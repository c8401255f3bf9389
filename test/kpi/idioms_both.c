/*
 * Pages busied while they may be busied in the other way, and what
 * tools/kpi-convert makes of it: see idioms_calls.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#ifndef OLD
#include <sys/rwlock.h>
#endif
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

#define	TRUE	1
#define	FALSE	0

vm_page_t idiom_grab_over(vm_object_t object);
vm_page_t idiom_grab_asked(vm_object_t object);
vm_page_t idiom_spare(vm_object_t object, vm_page_t spare);
void	idiom_insert(vm_object_t object, vm_page_t m, int x);
vm_page_t idiom_take_soft(vm_object_t object);
vm_page_t idiom_take_hard(vm_object_t object, int x);
vm_page_t idiom_take_either(vm_object_t object);
vm_page_t idiom_take_untested(vm_object_t object);
void	idiom_park(vm_page_t *ma, int n);
void	idiom_both(vm_page_t m);
void	idiom_old_definition(vm_page_t m, vm_object_t object);

/* VPO_BUSY over a count. */
vm_page_t
idiom_grab_over(vm_object_t object)
{
	vm_page_t m;

#ifdef OLD
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL | VM_ALLOC_RETRY |
	    VM_ALLOC_IGN_SBUSY);
	m = vm_page_grab(object, 2, VM_ALLOC_IGN_SBUSY | VM_ALLOC_RETRY);
#else
	/* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL);
	/* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
	m = vm_page_grab(object, 2, 0);
#endif
	if (m != NULL)
		return (m);
#ifdef OLD
	return (vm_page_grab(object, 5, VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY));
#else
	/* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
	return (vm_page_grab(object, 5, 0));
#endif
}

/* Wherever the call stands. */
vm_page_t
idiom_grab_asked(vm_object_t object)
{
	vm_page_t m;

#ifdef OLD
	if ((m = vm_page_grab(object, 1, VM_ALLOC_IGN_SBUSY)) != NULL)
#else
	/* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
	if ((m = vm_page_grab(object, 1, 0)) != NULL)
#endif
		return (m);
#ifdef OLD
	return vm_page_grab(object, 2, VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY);
#else
	/* KPI: waits for sharers, too; SBUSY instead, if it only reads? */
	return vm_page_grab(object, 2, 0);
#endif
}

/* What is counted up need not be the new page. */
vm_page_t
idiom_spare(vm_object_t object, vm_page_t spare)
{
	vm_page_t m;

	m = vm_page_alloc(object, 1, VM_ALLOC_NOBUSY);
	if (m == NULL)
		m = spare;
#ifdef OLD
	vm_page_io_start(m);
#else
	vm_page_sbusy(m);
#endif
	return (m);
}

/* 9.x could not fail. */
void
idiom_insert(vm_object_t object, vm_page_t m, int x)
{
#ifdef OLD
	vm_page_insert(m, object, 1);
	if (x)
		vm_page_insert(m, object, 2);
#else
	/* KPI: it can fail now; the object is unlocked meanwhile. */
	while (vm_page_insert(m, object, 1) != 0) {
		VM_OBJECT_WUNLOCK(object);
		vm_wait();
		VM_OBJECT_WLOCK(object);
	}
	if (x) {
		/* KPI: it can fail now; the object is unlocked meanwhile. */
		while (vm_page_insert(m, object, 2) != 0) {
			VM_OBJECT_WUNLOCK(object);
			vm_wait();
			VM_OBJECT_WLOCK(object);
		}
	}
#endif
	x = vm_page_insert(m, object, 3);
	vm_page_lock(m);
#ifdef OLD
	vm_page_insert(m, object, 4);
#else
	/* KPI: it can fail now; object and page are unlocked meanwhile. */
	while (vm_page_insert(m, object, 4) != 0) {
		vm_page_unlock(m);
		VM_OBJECT_WUNLOCK(object);
		vm_wait();
		VM_OBJECT_WLOCK(object);
		vm_page_lock(m);
	}
#endif
	vm_page_unlock(m);
}

/* Tested for a count only. */
vm_page_t
idiom_take_soft(vm_object_t object)
{
	vm_page_t m;

	m = vm_page_lookup(object, 1);
#ifdef OLD
	if (m == NULL || m->busy != 0 || m->valid != 0)
#else
	if (m == NULL || vm_page_busied(m) || m->valid != 0)
#endif
		return (NULL);
#ifdef OLD
	vm_page_io_start(m);
#else
	/* KPI: one busied exclusively counts as busy now, too. */
	vm_page_sbusy(m);
#endif
	return (m);
}

/* Tested for VPO_BUSY only. */
vm_page_t
idiom_take_hard(vm_object_t object, int x)
{
	vm_page_t m;

again:
	m = vm_page_lookup(object, 1);
	if (x) {
#ifdef OLD
		if (vm_page_sleep_if_busy(m, FALSE, "idiom"))
#else
		if (vm_page_sleep_if_busy(m, "idiom"))
#endif
			goto again;
#ifdef OLD
		vm_page_busy(m);
#else
		/* KPI: one busied shared counts as busy now, too. */
		vm_page_xbusy(m);
#endif
		return (m);
	}
#ifdef OLD
	if ((m->oflags & VPO_BUSY) != 0)
#else
	if (vm_page_busied(m))
#endif
		return (NULL);
#ifdef OLD
	vm_page_busy(m);
#else
	/* KPI: one busied shared counts as busy now, too. */
	vm_page_xbusy(m);
#endif
	return (m);
}

/* Tested for both. */
vm_page_t
idiom_take_either(vm_object_t object)
{
	vm_page_t m;

	while ((m = vm_page_lookup(object, 1)) != NULL &&
#ifdef OLD
	    vm_page_sleep_if_busy(m, TRUE, "idiom"))
#else
	    vm_page_sleep_if_busy(m, "idiom"))
#endif
		continue;
#ifdef OLD
	vm_page_busy(m);
#else
	vm_page_xbusy(m);
#endif
	m = vm_page_lookup(object, 2);
#ifdef OLD
	if ((m->oflags & VPO_BUSY) || m->busy)
#else
	if (vm_page_busied(m))
#endif
		return (NULL);
#ifdef OLD
	vm_page_busy(m);
#else
	vm_page_xbusy(m);
#endif
	return (m);
}

vm_page_t
idiom_take_untested(vm_object_t object)
{
	vm_page_t m;

	m = vm_page_lookup(object, 1);
#ifdef OLD
	vm_page_busy(m);
#else
	/* KPI: panics if it is busied: test, or try? */
	vm_page_xbusy(m);
#endif
	m = vm_page_next(m);
	if (m == NULL)
		return (NULL);
#ifdef OLD
	vm_page_io_start(m);
#else
	/* KPI: panics if it is busied exclusively: test, or try? */
	vm_page_sbusy(m);
#endif
	return (m);
}

/* Kept while another is waited for. */
void
idiom_park(vm_page_t *ma, int n)
{
	vm_page_t m;
	int i, parked = 0;

	for (i = 0; i < n; i++) {
		m = ma[i];
#ifdef OLD
		if ((m->oflags & VPO_BUSY) == 0)
#else
		if (!vm_page_xbusied(m))
#endif
			continue;
		for (; parked < i; parked++)
#ifdef OLD
			vm_page_busy(ma[parked]);
		while (m->oflags & VPO_BUSY)
			vm_page_sleep(m, "idiom");
#else
			/* KPI: shared now: keeps it as well, over a count. */
			vm_page_sbusy(ma[parked]);
		while (vm_page_xbusied(m)) {
			vm_object_t page_object = m->object;

			vm_page_lock(m);
			VM_OBJECT_WUNLOCK(page_object);
			vm_page_busy_sleep(m, "idiom");
			VM_OBJECT_WLOCK(page_object);
		}
#endif
	}
	for (i = 0; i < parked; i++)
#ifdef OLD
		vm_page_wakeup(ma[i]);
#else
		vm_page_sunbusy(ma[i]);
#endif
}

/* From one to the other. */
void
idiom_both(vm_page_t m)
{
#ifdef OLD
	vm_page_io_start(m);
	vm_page_wakeup(m);
#else
	vm_page_xunbusy(m);
	vm_page_sbusy(m);
#endif
}

void
#ifdef OLD
idiom_old_definition(m, object)
	vm_page_t m;		/* one of object's */
	vm_object_t object;
{
	VM_OBJECT_LOCK(object);
	vm_page_wakeup(m);
	VM_OBJECT_UNLOCK(object);
#else
idiom_old_definition(vm_page_t m,	/* one of object's */
    vm_object_t object)
{
	VM_OBJECT_WLOCK(object);
	vm_page_xunbusy(m);
	VM_OBJECT_WUNLOCK(object);
#endif
}
