/*
 * What tools/kpi-convert leaves of comments, parentheses and names where it
 * takes something away or puts something in: see idioms_calls.c.
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

#define	FALSE	0

void	idiom_comments(vm_object_t object, vm_page_t *ma);
int	idiom_parentheses(vm_page_t m, int x);
void	idiom_nested(vm_page_t m, vm_page_t n, vm_page_t l);

/* A flag goes with the comment that is its own, and no other. */
void
idiom_comments(vm_object_t object, vm_page_t *ma)
{
#ifdef OLD
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	ma[0] = vm_page_grab(object, 0, VM_ALLOC_NORMAL |
	    VM_ALLOC_RETRY);	/* mine */
	ma[1] = vm_page_grab(object, 1, VM_ALLOC_RETRY /* wait */);
#else
	VM_OBJECT_ASSERT_WLOCKED(object);
	ma[0] = vm_page_grab(object, 0, VM_ALLOC_NORMAL);	/* mine */
	ma[1] = vm_page_grab(object, 1, 0);
#endif
	ma[2] = vm_page_grab(object, 2,
	    VM_ALLOC_NORMAL |	/* a plain page */
#ifdef OLD
	    VM_ALLOC_RETRY |	/* wait for it */
#endif
	    VM_ALLOC_ZERO	/* clean */
	    );
	ma[3] = vm_page_grab(object, 3,
#ifdef OLD
	    VM_ALLOC_RETRY |	/* wait for it */
#endif
	    VM_ALLOC_ZERO);	/* mine */
	ma[4] = vm_page_grab(object, 4,
#ifdef OLD
	    VM_ALLOC_NORMAL |	/* a plain page */
	    VM_ALLOC_RETRY	/* wait for it */
#else
	    VM_ALLOC_NORMAL	/* a plain page */
#endif
	    );
#ifdef OLD
	ma[5] = vm_page_grab(object, 5, VM_ALLOC_NORMAL |	/* plain */
	    VM_ALLOC_RETRY);
#else
	ma[5] = vm_page_grab(object, 5, VM_ALLOC_NORMAL);	/* plain */
#endif
	ma[6] = vm_page_grab(object, 6, VM_ALLOC_NORMAL
#ifdef OLD
	    | VM_ALLOC_RETRY	/* wait for it */
#endif
	    | VM_ALLOC_ZERO);
}

/* Backslashes stay where they are, in a macro that is converted. */
#define	IDIOM_MARK(o, m)	do {					\
#ifdef OLD
	VM_OBJECT_LOCK(o);						\
	(m)->oflags |= VPO_BUSY;					\
	if ((m)->busy != 0 || ((m)->oflags & VPO_BUSY) != 0)		\
#else
	VM_OBJECT_WLOCK(o);						\
	vm_page_xbusy(m);						\
	if (vm_page_busied(m))						\
#endif
		panic("idiom");						\
#ifdef OLD
	VM_OBJECT_UNLOCK(o);						\
#else
	VM_OBJECT_WUNLOCK(o);						\
#endif
} while (0)

/* No parentheses twice, and none around a call that did not need them. */
int
idiom_parentheses(vm_page_t m, int x)
{
#ifdef OLD
	KASSERT(((m->oflags & VPO_BUSY) != 0), ("idiom"));
	KASSERT((m->oflags & (VPO_BUSY | VPO_NOSYNC)) != 0, ("idiom"));
	x = (m->busy);
	x = ((m->oflags & VPO_BUSY) != 0 || m->busy != 0);
	if (((m->oflags & VPO_BUSY) || m->busy))
#else
	KASSERT(vm_page_xbusied(m), ("idiom"));
	KASSERT(vm_page_xbusied(m) || (m->oflags & VPO_NOSYNC) != 0, ("idiom"));
	x = VPB_SHARERS(m->busy_lock);
	x = vm_page_busied(m);
	if (vm_page_busied(m))
#endif
		return (1);
#ifdef OLD
	if ((m->oflags & VPO_BUSY) || (m->busy))
#else
	if (vm_page_busied(m))
#endif
		return (2);
#ifdef OLD
	if (x && ((m->oflags & (VPO_BUSY | VPO_NOSYNC)) != 0))
#else
	if (x && (vm_page_xbusied(m) || (m->oflags & VPO_NOSYNC) != 0))
#endif
		return (3);
#ifdef OLD
	while ((m->oflags & (VPO_BUSY | VPO_NOSYNC)) != 0)
#else
	while (vm_page_xbusied(m) || (m->oflags & VPO_NOSYNC) != 0)
#endif
		x++;
#ifdef OLD
	if ((m->oflags & (VPO_BUSY | VPO_NOSYNC)) != 0)
#else
	if (vm_page_xbusied(m) || (m->oflags & VPO_NOSYNC) != 0)
#endif
		x++;
	else
		x--;
#ifdef OLD
	return ((m->busy));
#else
	return (VPB_SHARERS(m->busy_lock));
#endif
}

/* An object remembered inside the block of another has a name of its own. */
void
idiom_nested(vm_page_t m, vm_page_t n, vm_page_t l)
{
#ifdef OLD
	while (vm_page_sleep_if_busy(m, FALSE, "idiom")) {
#else
	while (vm_page_xbusied(m)) {
		vm_object_t page_object = m->object;

		vm_page_lock(m);
		VM_OBJECT_WUNLOCK(page_object);
		vm_page_busy_sleep(m, "idiom");
		VM_OBJECT_WLOCK(page_object);
#endif
		if (n != m) {
#ifdef OLD
			vm_page_sleep(n, "idiom");
			VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
#else
			vm_object_t page_object2 = n->object;

			vm_page_lock(n);
			VM_OBJECT_WUNLOCK(page_object2);
			vm_page_busy_sleep(n, "idiom");
			VM_OBJECT_WLOCK(page_object2);
			VM_OBJECT_ASSERT_WLOCKED(page_object);
#endif
			continue;
		}
#ifdef OLD
		if (vm_page_sleep_if_busy(n, FALSE, "idiom")) {
			VM_OBJECT_LOCK_ASSERT(n->object, MA_OWNED);
			vm_page_sleep(l, "idiom");
#else
		if (vm_page_xbusied(n)) {
			vm_object_t page_object2 = n->object;

			vm_page_lock(n);
			VM_OBJECT_WUNLOCK(page_object2);
			vm_page_busy_sleep(n, "idiom");
			VM_OBJECT_WLOCK(page_object2);
			VM_OBJECT_ASSERT_WLOCKED(page_object2);
			{
				vm_object_t page_object3 = l->object;

				vm_page_lock(l);
				VM_OBJECT_WUNLOCK(page_object3);
				vm_page_busy_sleep(l, "idiom");
				VM_OBJECT_WLOCK(page_object3);
			}
#endif
		} else
#ifdef OLD
			VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
#else
			VM_OBJECT_ASSERT_WLOCKED(page_object);
#endif
	}
}
