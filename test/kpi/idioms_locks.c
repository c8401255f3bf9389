/*
 * Ends of a busy beneath page locks that are several, shared by several ends,
 * or not seen, and what tools/kpi-convert makes of it: see idioms_calls.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#ifndef OLD
#include <sys/rwlock.h>
#endif
#include <sys/queue.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

#define	IDIOM_PAGE_LOCK(m)	vm_page_lock(m)
#define	IDIOM_PAGE_MTX(m) do {						\
	mtx_lock(vm_page_lockptr(m));					\
} while (0)
#define	IDIOM_RELEASE(m) do {						\
	vm_page_lock(m);						\
	vm_page_deactivate(m);						\
	vm_page_unlock(m);						\
} while (0)

void	idiom_two_ends(vm_page_t a, vm_page_t b);
void	idiom_three_ends(vm_page_t a, vm_page_t b, vm_page_t c);
void	idiom_released(vm_page_t a, vm_page_t b);
void	idiom_lockptr(vm_page_t m);
void	idiom_lockptrs(vm_object_t object);
void	idiom_helper(vm_page_t m, int x);
void	idiom_macro(vm_page_t m, int x);
void	idiom_balanced(vm_page_t m);
void	idiom_insert(vm_object_t object, vm_page_t m);

/* One lock, several ends: all go behind it, in their order ... */
void
idiom_two_ends(vm_page_t a, vm_page_t b)
{
	vm_page_lock(a);
#ifdef OLD
	vm_page_wakeup(b);
	vm_page_wakeup(a);
#endif
	vm_page_unlock(a);
#ifndef OLD
	vm_page_xunbusy(b);
	vm_page_xunbusy(a);
#endif
	vm_page_lock(a);
#ifdef OLD
	vm_page_io_finish(a);
	vm_page_wakeup(a);
#endif
	vm_page_unlock(a);
#ifndef OLD
	vm_page_sunbusy(a);
	vm_page_xunbusy(a);
#endif
}

/* ... or, from the third on, before it. */
void
idiom_three_ends(vm_page_t a, vm_page_t b, vm_page_t c)
{
	vm_page_lock(a);
#ifdef OLD
	vm_page_io_finish(c);
	vm_page_wakeup(b);
	vm_page_wakeup(a);
#else
	/* KPI: the page lock is dropped for a moment. */
	vm_page_unlock(a);
	vm_page_sunbusy(c);
	vm_page_lock(a);
#endif
	vm_page_unlock(a);
#ifndef OLD
	vm_page_xunbusy(b);
	vm_page_xunbusy(a);
#endif
}

/* Another page's lock that is not held any more. */
void
idiom_released(vm_page_t a, vm_page_t b)
{
	vm_page_lock(a);
	vm_page_lock(b);
	vm_page_deactivate(b);
	vm_page_unlock(b);
#ifdef OLD
	vm_page_wakeup(a);
#endif
	vm_page_unlock(a);
#ifndef OLD
	vm_page_xunbusy(a);
#endif
}

/* The mutex in a variable. */
void
idiom_lockptr(vm_page_t m)
{
	struct mtx *ml = vm_page_lockptr(m);

	mtx_lock(ml);
	vm_page_deactivate(m);
#ifdef OLD
	vm_page_wakeup(m);
#else
	/* KPI: a page may be locked here, and must not be. */
	vm_page_xunbusy(m);
#endif
	mtx_unlock(ml);
}

void
idiom_lockptrs(vm_object_t object)
{
	struct mtx *mtx = NULL, *new;
	vm_page_t m;

	TAILQ_FOREACH(m, &object->memq, listq) {
		new = vm_page_lockptr(m);
		if (mtx != new) {
			if (mtx != NULL)
				mtx_unlock(mtx);
			mtx = new;
			mtx_lock(mtx);
		}
#ifdef OLD
		vm_page_io_finish(m);
#else
		/* KPI: a page may be locked here, and must not be. */
		vm_page_sunbusy(m);
#endif
	}
	if (mtx != NULL)
		mtx_unlock(mtx);
}

/* A function or a macro that locks a page and leaves it so. */
static void
idiom_lock_page(vm_page_t m)
{
	vm_page_lock(m);
}

static int
idiom_try_page(vm_page_t m)
{
	return (vm_page_trylock(m));
}

static void
idiom_flush_page(vm_page_t m)
{
	vm_page_lock(m);
	vm_page_deactivate(m);
	vm_page_unlock(m);
}

void
idiom_helper(vm_page_t m, int x)
{
	idiom_flush_page(m);
	if (x) {
#ifdef OLD
		vm_page_io_finish(m);
#else
		vm_page_sunbusy(m);
#endif
		return;
	}
	if (idiom_try_page(m)) {
#ifdef OLD
		vm_page_io_finish(m);
#else
		/* KPI: a page may be locked here, and must not be. */
		vm_page_sunbusy(m);
#endif
		vm_page_unlock(m);
		return;
	}
	idiom_lock_page(m);
#ifdef OLD
	vm_page_wakeup(m);
#else
	/* KPI: a page may be locked here, and must not be. */
	vm_page_xunbusy(m);
#endif
	vm_page_unlock(m);
}

void
idiom_macro(vm_page_t m, int x)
{
	if (x)
		IDIOM_PAGE_LOCK(m);
	else
		IDIOM_PAGE_MTX(m);
#ifdef OLD
	vm_page_wakeup(m);
#else
	/* KPI: a page may be locked here, and must not be. */
	vm_page_xunbusy(m);
#endif
	vm_page_unlock(m);
}

void
idiom_balanced(vm_page_t m)
{
	IDIOM_RELEASE(m);
#ifdef OLD
	vm_page_wakeup(m);
#else
	vm_page_xunbusy(m);
#endif
	mtx_assert(vm_page_lockptr(m), MA_NOTOWNED);
	if (!mtx_owned(vm_page_lockptr(m)))
#ifdef OLD
		vm_page_io_finish(m);
#else
		vm_page_sunbusy(m);
#endif
}

/* A call whose value is thrown away is one like another. */
void
idiom_insert(vm_object_t object, vm_page_t m)
{
#ifdef OLD
	(void)vm_page_insert(m, object, OFF_TO_IDX(1));
	mtx_lock(vm_page_lockptr(m));
	vm_page_insert(m, object, 2);
#else
	/* KPI: it can fail now; the object is unlocked meanwhile. */
	while (vm_page_insert(m, object, OFF_TO_IDX(1)) != 0) {
		VM_OBJECT_WUNLOCK(object);
		vm_wait();
		VM_OBJECT_WLOCK(object);
	}
	mtx_lock(vm_page_lockptr(m));
	/* KPI: it can fail now; object and page are unlocked meanwhile. */
	while (vm_page_insert(m, object, 2) != 0) {
		vm_page_unlock(m);
		VM_OBJECT_WUNLOCK(object);
		vm_wait();
		VM_OBJECT_WLOCK(object);
		vm_page_lock(m);
	}
#endif
	mtx_unlock(vm_page_lockptr(m));
}
