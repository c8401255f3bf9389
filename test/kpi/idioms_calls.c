/*
 * Locks, and calls that keep their arguments, and what tools/kpi-convert makes
 * of each: with OLD, what was written for 9.x; without, the result.
 * test/kpi_convert.sh converts the one and compares it with the other.  Both
 * compile, against old_vpo_wanted and against sxbusy; nothing here is run.
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

/* Bodies of macros are code, too. */
#ifdef OLD
#define	IDIOM_LOCK(m)		VM_OBJECT_LOCK((m)->object)
#define	IDIOM_BUSY(m)	((m)->oflags & VPO_BUSY || (m)->busy)
#else
#define	IDIOM_LOCK(m)		VM_OBJECT_WLOCK((m)->object)
#define	IDIOM_BUSY(m)	(vm_page_busied(m))
#endif
#define	IDIOM_DONE(m) do {						\
#ifdef OLD
	vm_page_wakeup(m);						\
	VM_OBJECT_UNLOCK((m)->object);					\
#else
	vm_page_xunbusy(m);						\
	VM_OBJECT_WUNLOCK((m)->object);					\
#endif
} while (0)

struct idiom_softc {
	struct mtx	mtx;
	vm_object_t	object;
	int		busy;
};

void	idiom_lock(struct idiom_softc *sc, vm_object_t object, vm_page_t m);
void	idiom_mutex(vm_object_t object, struct vm_object *next,
	    struct idiom_softc *sc);
int	idiom_look(vm_object_t object);
int	idiom_look_or_fill(vm_object_t object, vm_page_t m);
void	idiom_count(vm_page_t m);
int	idiom_other_count(struct idiom_softc *m);
void	idiom_flash(vm_page_t m, int x);
void	idiom_relock(vm_page_t m);
void	idiom_keep(vm_page_t m);

void
idiom_lock(struct idiom_softc *sc, vm_object_t object, vm_page_t m)
{
#ifdef OLD
	VM_OBJECT_LOCK(sc->object);
#else
	VM_OBJECT_WLOCK(sc->object);
#endif
	sc->object->size++;
#ifdef OLD
	VM_OBJECT_UNLOCK(sc->object);
	if (!VM_OBJECT_TRYLOCK(object))
#else
	VM_OBJECT_WUNLOCK(sc->object);
	if (!VM_OBJECT_TRYWLOCK(object))
#endif
		return;
#ifdef OLD
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED | MA_NOTRECURSED);
	KASSERT(VM_OBJECT_LOCKED(m->object), ("page %p unlocked", m));
	if (VM_OBJECT_LOCKED(object))
		VM_OBJECT_UNLOCK(object);
	VM_OBJECT_LOCK_ASSERT(object, MA_NOTOWNED);
#else
	VM_OBJECT_ASSERT_WLOCKED(object);
	VM_OBJECT_ASSERT_WLOCKED(object);
	KASSERT(rw_wowned(&m->object->lock), ("page %p unlocked", m));
	if (rw_wowned(&object->lock))
		VM_OBJECT_WUNLOCK(object);
	VM_OBJECT_ASSERT_UNLOCKED(object);
#endif
}

/* The mutex itself. */
void
idiom_mutex(vm_object_t object, struct vm_object *next,
    struct idiom_softc *sc)
{
	mtx_lock(&sc->mtx);
#ifdef OLD
	mtx_lock(VM_OBJECT_MTX(object));
	mtx_lock(&next->mtx);
	mtx_assert(VM_OBJECT_MTX(next), MA_OWNED);
	if (mtx_owned(VM_OBJECT_MTX(next)))
		mtx_unlock(&next->mtx);
	msleep(object, VM_OBJECT_MTX(object), PVM, "idiom", 0);
	msleep(&object->paging_in_progress, &object->mtx, PVM | PDROP, "idiom",
	    100);
#else
	VM_OBJECT_WLOCK(object);
	VM_OBJECT_WLOCK(next);
	VM_OBJECT_ASSERT_WLOCKED(next);
	if (rw_wowned(&next->lock))
		VM_OBJECT_WUNLOCK(next);
	VM_OBJECT_SLEEP(object, object, PVM, "idiom", 0);
	VM_OBJECT_SLEEP(object, &object->paging_in_progress, PVM | PDROP,
	    "idiom", 100);
#endif
	mtx_unlock(&sc->mtx);
}

/* A section that only looks could have the read lock. */
int
idiom_look(vm_object_t object)
{
	vm_page_t m;
	int n = 0;

#ifdef OLD
	VM_OBJECT_LOCK(object);
#else
	/* KPI: only looks: VM_OBJECT_RLOCK would do. */
	VM_OBJECT_WLOCK(object);
#endif
	TAILQ_FOREACH(m, &object->memq, listq)
#ifdef OLD
		if (m->busy || (m->oflags & VPO_BUSY))
#else
		if (vm_page_busied(m))
#endif
			n++;
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
	VM_OBJECT_LOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
	VM_OBJECT_WLOCK(object);
#endif
	object->flags |= OBJ_DEAD;
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
	VM_OBJECT_LOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
	VM_OBJECT_WLOCK(object);
#endif
	object->size = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
#endif
	return (n);
}

/* It looks on one path only, or calls what puts a page somewhere. */
int
idiom_look_or_fill(vm_object_t object, vm_page_t m)
{
#ifdef OLD
	VM_OBJECT_LOCK(object);
#else
	VM_OBJECT_WLOCK(object);
#endif
	m = vm_page_lookup(object, 1);
	if (m == NULL)
		goto fill;
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
#endif
	return (0);
fill:
	m = vm_page_alloc(object, 1, VM_ALLOC_NORMAL);
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
	VM_OBJECT_LOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
	VM_OBJECT_WLOCK(object);
#endif
	TAILQ_INSERT_TAIL(&object->memq, m, listq);
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
	VM_OBJECT_LOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
	VM_OBJECT_WLOCK(object);
#endif
	(*m).valid = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(object);
#else
	VM_OBJECT_WUNLOCK(object);
#endif
	return (m != NULL);
}

/* The count by hand; and one that no page has, under the name of one. */
void
idiom_count(vm_page_t m)
{
#ifdef OLD
	++m->busy;
	m->busy += 1;
	--m->busy;
#else
	vm_page_sbusy(m);
	vm_page_sbusy(m);
	vm_page_sunbusy(m);
#endif
}

int
idiom_other_count(struct idiom_softc *m)
{
	m->busy++;
	return (m->busy != 0);
}

void
idiom_flash(vm_page_t m, int x)
{
#ifndef OLD
	vm_page_lock(m);
#endif
	vm_page_flash(m);
#ifndef OLD
	vm_page_unlock(m);
#endif
	vm_page_lock(m);
	if (x)
		vm_page_flash(m);
	vm_page_unlock(m);
#ifdef OLD
	if (x)
#else
	if (x) {
		vm_page_lock(m);
#endif
		vm_page_flash(m);
#ifdef OLD
	if (m->oflags & VPO_WANTED) {
		m->oflags &= ~VPO_WANTED;
		wakeup(m);
#else
		vm_page_unlock(m);
#endif
	}
#ifndef OLD
	vm_page_lock(m);
	vm_page_flash(m);
	vm_page_unlock(m);
#endif
}

/* Across a time without the lock nothing keeps m->object ... */
void
idiom_relock(vm_page_t m)
{
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
#else
	vm_object_t kept_object;

	VM_OBJECT_WLOCK(m->object);
#endif
	m->valid = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	kept_object = m->object;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
	m->object->size++;
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WLOCK(kept_object);
	kept_object->size++;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
}

/* ... unless the page is busied. */
void
idiom_keep(vm_page_t m)
{
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
	vm_page_io_start(m);
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WLOCK(m->object);
	vm_page_sbusy(m);
	VM_OBJECT_WUNLOCK(m->object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
	vm_page_io_finish(m);
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WLOCK(m->object);
	vm_page_sunbusy(m);
	VM_OBJECT_WUNLOCK(m->object);
#endif
}
