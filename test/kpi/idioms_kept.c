/*
 * A page's object locked again after a time without its lock, and what
 * tools/kpi-convert makes of it: see idioms_calls.c.
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

int	idiom_removed(vm_page_t m);
void	idiom_moved(vm_page_t m, vm_object_t other);
void	idiom_twice(vm_page_t m);
void	idiom_two_pages(vm_page_t a, vm_page_t b);
int	idiom_return(vm_page_t m, int x);
void	idiom_branch(vm_page_t m);
void	idiom_loop(vm_page_t m);
void	idiom_each(vm_object_t object);

/* A question about m->object stays one. */
int
idiom_removed(vm_page_t m)
{
#ifndef OLD
	vm_object_t kept_object;
#endif
	int r = 0;

#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	kept_object = m->object;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
#else
	VM_OBJECT_WLOCK(kept_object);
#endif
	if (m->object == NULL)
		r = 1;
#ifdef OLD
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
#else
	VM_OBJECT_ASSERT_WLOCKED(kept_object);
#endif
	vm_page_remove(m);
	if (m->object == NULL)
		r = 2;
	return (r);
}

/* What is in another object now is unlocked there. */
void
idiom_moved(vm_page_t m, vm_object_t other)
{
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	vm_object_t kept_object;

	kept_object = m->object;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
	VM_OBJECT_LOCK(other);
	m->object->size++;
#else
	VM_OBJECT_WLOCK(kept_object);
	VM_OBJECT_WLOCK(other);
	kept_object->size++;
#endif
	vm_page_rename(m, other, 1);
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WUNLOCK(m->object);
#endif
}

void
idiom_twice(vm_page_t m)
{
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	vm_object_t kept_object;

	kept_object = m->object;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
#else
	VM_OBJECT_WLOCK(kept_object);
#endif
	m->dirty = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
#else
	VM_OBJECT_WLOCK(kept_object);
#endif
	m->valid = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WUNLOCK(kept_object);
#endif
}

/* One variable does, for one page after the other. */
void
idiom_two_pages(vm_page_t a, vm_page_t b)
{
#ifdef OLD
	VM_OBJECT_UNLOCK(a->object);
#else
	vm_object_t kept_object;

	kept_object = a->object;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(a->object);
#else
	VM_OBJECT_WLOCK(kept_object);
#endif
	a->dirty = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(a->object);
	VM_OBJECT_LOCK(b->object);
#else
	VM_OBJECT_WUNLOCK(kept_object);
	VM_OBJECT_WLOCK(b->object);
#endif
	b->dirty = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(b->object);
#else
	kept_object = b->object;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	pause_ns("idiom", 1);
#ifdef OLD
	VM_OBJECT_LOCK(b->object);
#else
	VM_OBJECT_WLOCK(kept_object);
#endif
	b->valid = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(b->object);
#else
	VM_OBJECT_WUNLOCK(kept_object);
#endif
}

/* Where one path does not lock it again. */
int
idiom_return(vm_page_t m, int x)
{
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	vm_object_t kept_object;

	kept_object = m->object;
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	if (x)
		return (1);
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
#else
	VM_OBJECT_WLOCK(kept_object);
#endif
	m->valid = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WUNLOCK(kept_object);
#endif
	return (0);
}

/* What a path comes to that has remembered nothing is for a person ... */
void
idiom_branch(vm_page_t m)
{
#ifdef OLD
	VM_OBJECT_LOCK(m->object);
	if (m->dirty) {
		VM_OBJECT_UNLOCK(m->object);
#else
	vm_object_t kept_object;

	VM_OBJECT_WLOCK(m->object);
	if (m->dirty) {
		kept_object = m->object;
		VM_OBJECT_WUNLOCK(kept_object);
#endif
		pause_ns("idiom", 1);
#ifdef OLD
		VM_OBJECT_LOCK(m->object);
#else
		/* KPI: m->object may be another by now: below, too. */
		VM_OBJECT_WLOCK(kept_object);
#endif
	}
	m->valid = 0;
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WUNLOCK(m->object);
#endif
}

void
idiom_loop(vm_page_t m)
{
	for (;;) {
#ifdef OLD
		VM_OBJECT_LOCK(m->object);
#else
		/* KPI: m->object may be another by now: lock one remembered. */
		VM_OBJECT_WLOCK(m->object);
#endif
		m->valid = 0;
		if (m->dirty == 0)
			break;
#ifdef OLD
		VM_OBJECT_UNLOCK(m->object);
#else
		VM_OBJECT_WUNLOCK(m->object);
#endif
	}
#ifdef OLD
	VM_OBJECT_UNLOCK(m->object);
#else
	VM_OBJECT_WUNLOCK(m->object);
#endif
}

/* ... but not what is another page. */
void
idiom_each(vm_object_t object)
{
	vm_page_t m;

	TAILQ_FOREACH(m, &object->memq, listq) {
#ifdef OLD
		VM_OBJECT_LOCK(m->object);
#else
		VM_OBJECT_WLOCK(m->object);
#endif
		m->valid = 0;
#ifdef OLD
		VM_OBJECT_UNLOCK(m->object);
#else
		VM_OBJECT_WUNLOCK(m->object);
#endif
	}
}
