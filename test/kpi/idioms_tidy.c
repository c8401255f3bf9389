/*
 * What tools/kpi-convert leaves of comments, parentheses and names where it
 * takes something away or puts something in: see idioms_calls.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#ifndef OLD
#include <sys/rwlock.h>
#endif
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

void	idiom_comments(vm_object_t object, vm_page_t *ma);

/* A flag goes with the comment that is its own, and no other. */
void
idiom_comments(vm_object_t object, vm_page_t *ma)
{
#ifdef OLD
	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	ma[0] = vm_page_grab(object, 0, VM_ALLOC_NORMAL |
	    VM_ALLOC_RETRY);	/* mine */
	ma[1] = vm_page_grab(object, 1, VM_ALLOC_RETRY /* wait */);
	ma[2] = vm_page_grab(object, 2,
	    VM_ALLOC_NORMAL |	/* a plain page */
	    VM_ALLOC_RETRY |	/* wait for it */
	    VM_ALLOC_ZERO	/* clean */
	    );
	ma[3] = vm_page_grab(object, 3,
	    VM_ALLOC_RETRY |	/* wait for it */
	    VM_ALLOC_ZERO);	/* mine */
	ma[4] = vm_page_grab(object, 4,
	    VM_ALLOC_NORMAL |	/* a plain page */
	    VM_ALLOC_RETRY	/* wait for it */
	    );
	ma[5] = vm_page_grab(object, 5, VM_ALLOC_NORMAL |	/* plain */
	    VM_ALLOC_RETRY);
	ma[6] = vm_page_grab(object, 6, VM_ALLOC_NORMAL
	    | VM_ALLOC_RETRY	/* wait for it */
	    | VM_ALLOC_ZERO);
#else
	VM_OBJECT_ASSERT_WLOCKED(object);
	ma[0] = vm_page_grab(object, 0, VM_ALLOC_NORMAL);	/* mine */
	ma[1] = vm_page_grab(object, 1, 0);
	ma[2] = vm_page_grab(object, 2,
	    VM_ALLOC_NORMAL |	/* a plain page */
	    VM_ALLOC_ZERO	/* clean */
	    );
	ma[3] = vm_page_grab(object, 3,
	    VM_ALLOC_ZERO);	/* mine */
	ma[4] = vm_page_grab(object, 4,
	    VM_ALLOC_NORMAL	/* a plain page */
	    );
	ma[5] = vm_page_grab(object, 5, VM_ALLOC_NORMAL);	/* plain */
	ma[6] = vm_page_grab(object, 6, VM_ALLOC_NORMAL
	    | VM_ALLOC_ZERO);
#endif
}
