/*
 * Pages tested more than once for one kind of busy before they are taken in
 * the other, and what tools/kpi-convert makes of it: see idioms_calls.c.
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

void	idiom_until(vm_page_t m);
void	idiom_again(vm_object_t object, vm_page_t m);
void	idiom_hard_again(vm_object_t object, vm_page_t m);
int	idiom_after_all(vm_object_t object, vm_page_t m);

/* A loop that ends by a test of its own: were it wider than that of the sleep,
 * it would never. */
void
idiom_until(vm_page_t m)
{
	do {
#ifdef OLD
		if (m->busy != 0)
			vm_page_sleep(m, "idiom");
	} while (m->busy != 0);
	vm_page_io_start(m);
#else
		if (vm_page_busied(m)) {
			vm_object_t page_object = m->object;

			vm_page_lock(m);
			VM_OBJECT_WUNLOCK(page_object);
			vm_page_busy_sleep(m, "idiom");
			VM_OBJECT_WLOCK(page_object);
		}
	} while (vm_page_busied(m));
	/* KPI: one busied exclusively counts as busy now, too. */
	vm_page_sbusy(m);
#endif
}

void
idiom_again(vm_object_t object, vm_page_t m)
{
again:
#ifdef OLD
	VM_OBJECT_LOCK(object);
	if (m->busy > 0)
		vm_page_sleep(m, "idiom");
	if (m->busy > 0) {
		VM_OBJECT_UNLOCK(object);
		goto again;
	}
	vm_page_io_start(m);
	VM_OBJECT_UNLOCK(object);
#else
	VM_OBJECT_WLOCK(object);
	if (vm_page_busied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
	if (vm_page_busied(m)) {
		VM_OBJECT_WUNLOCK(object);
		goto again;
	}
	/* KPI: one busied exclusively counts as busy now, too. */
	vm_page_sbusy(m);
	VM_OBJECT_WUNLOCK(object);
#endif
}

void
idiom_hard_again(vm_object_t object, vm_page_t m)
{
again:
#ifdef OLD
	if ((m->oflags & VPO_BUSY) != 0) {
		vm_page_sleep(m, "idiom");
		goto again;
	}
	if (vm_page_sleep_if_busy(m, FALSE, "idiom"))
		goto again;
	KASSERT((m->oflags & VPO_BUSY) == 0, ("idiom"));
	vm_page_busy(m);
#else
	if (vm_page_busied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
		goto again;
	}
	if (vm_page_sleep_if_busy(m, "idiom"))
		goto again;
	KASSERT(!vm_page_busied(m), ("idiom"));
	/* KPI: one busied shared counts as busy now, too. */
	vm_page_xbusy(m);
#endif
}

/* Tests behind its end, of another page, or on a way that never takes it, are
 * of one kind. */
int
idiom_after_all(vm_object_t object, vm_page_t m)
{
	m = vm_page_lookup(object, 1);
#ifdef OLD
	if (m->busy > 0)
#else
	if (vm_page_sbusied(m))
#endif
		return (1);
	m = vm_page_lookup(object, 2);
	if (m == NULL) {
		m = vm_page_lookup(object, 3);
#ifdef OLD
		return (m->busy != 0);
#else
		return (vm_page_sbusied(m));
#endif
	}
#ifdef OLD
	while (m->busy != 0)
		vm_page_sleep(m, "idiom");
	vm_page_io_start(m);
	vm_page_io_finish(m);
	return (m->busy != 0);
#else
	while (vm_page_busied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
	}
	/* KPI: one busied exclusively counts as busy now, too. */
	vm_page_sbusy(m);
	vm_page_sunbusy(m);
	return (vm_page_sbusied(m));
#endif
}
