/*
 * Allocation flags that tools/kpi-convert leaves to a person: see
 * idioms_left.c.  Whether VM_ALLOC_NOBUSY goes with VM_ALLOC_IGN_SBUSY is not
 * known where these are built up; without it the grab can panic.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

#ifdef OLD
#define	GRAB_OVER	(VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY)
#else
/* KPI: not converted: without NOBUSY it can panic. */
#define	GRAB_OVER	(VM_ALLOC_IGN_SBUSY)
#endif
#define	GRAB_BESIDE	(VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY)

vm_page_t idiom_added(vm_object_t object, int x);
vm_page_t idiom_initial(vm_object_t object, int x);
vm_page_t idiom_named(vm_object_t object);
int	idiom_chosen(vm_object_t object, int x);

vm_page_t
idiom_added(vm_object_t object, int x)
{
#ifdef OLD
	int flags = VM_ALLOC_NORMAL | VM_ALLOC_RETRY;
#else
	int flags = VM_ALLOC_NORMAL;
#endif

	if (x)
#ifndef OLD
		/* KPI: not converted: without NOBUSY it can panic. */
#endif
		flags |= VM_ALLOC_IGN_SBUSY;
	else
		flags |= VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY;
	return (vm_page_grab(object, 0, flags));
}

vm_page_t
idiom_initial(vm_object_t object, int x)
{
#ifdef OLD
	int flags = VM_ALLOC_RETRY | VM_ALLOC_IGN_SBUSY;
	const int more =
	    VM_ALLOC_RETRY |
	    VM_ALLOC_IGN_SBUSY;
#else
	/* KPI: not converted: without NOBUSY it can panic. */
	int flags = VM_ALLOC_IGN_SBUSY;
	/* KPI: not converted: without NOBUSY it can panic. */
	const int more =
	    VM_ALLOC_IGN_SBUSY;
#endif
	int known = VM_ALLOC_NOBUSY |
	    VM_ALLOC_IGN_SBUSY;

	/* Asked for or taken away, it does no harm. */
	if (x && (flags & VM_ALLOC_IGN_SBUSY) != 0)
		flags &= ~VM_ALLOC_IGN_SBUSY;
	return (vm_page_grab(object, 0, x ? flags : more | known));
}

vm_page_t
idiom_named(vm_object_t object)
{
	vm_page_t m;

	m = vm_page_grab(object, 1, GRAB_OVER | VM_ALLOC_WIRED);
	if (m == NULL)
		m = vm_page_grab(object, 2, GRAB_BESIDE);
	return (m);
}

int
idiom_chosen(vm_object_t object, int x)
{
#ifndef OLD
	/* KPI: not converted: without NOBUSY it can panic. */
#endif
	if (vm_page_grab(object, 3, x | VM_ALLOC_IGN_SBUSY) != NULL)
		return (0);
#ifndef OLD
	/* KPI: not converted: without NOBUSY it can panic. */
#endif
	return (x ? VM_ALLOC_IGN_SBUSY : 0);
}
