/*
 * Allocation flags, and what tools/kpi-convert makes of each: see
 * idioms_calls.c.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

vm_page_t idiom_grab(vm_object_t object, int flags);
vm_page_t idiom_grab_shared(vm_object_t object);
vm_page_t idiom_alloc_shared(vm_object_t object);

vm_page_t
idiom_grab(vm_object_t object, int flags)
{
	vm_page_t m;

#ifdef OLD
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
	m = vm_page_grab(object, 1, VM_ALLOC_RETRY | VM_ALLOC_WIRED);
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL |
	    VM_ALLOC_RETRY | VM_ALLOC_ZERO);
	m = vm_page_grab(object, 1, VM_ALLOC_RETRY);
	KASSERT((flags & VM_ALLOC_RETRY) != 0, ("flags %#x", flags));
	flags |= VM_ALLOC_RETRY;
#else
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL);
	m = vm_page_grab(object, 1, VM_ALLOC_WIRED);
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL | VM_ALLOC_ZERO);
	m = vm_page_grab(object, 1, 0);
	KASSERT(1, ("flags %#x", flags));
	flags |= 0;
#endif
	if (m == NULL)
		return (vm_page_grab(object, 1, flags));
	return (m);
}

/* One step, where 9.x took two under one lock. */
vm_page_t
idiom_grab_shared(vm_object_t object)
{
	vm_page_t m;

#ifdef OLD
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL | VM_ALLOC_RETRY |
	    VM_ALLOC_NOBUSY | VM_ALLOC_IGN_SBUSY);
	vm_page_io_start(m);
#else
	m = vm_page_grab(object, 1, VM_ALLOC_NORMAL |
	    VM_ALLOC_SBUSY | VM_ALLOC_IGN_SBUSY);
#endif
	m = vm_page_grab(object, 2, VM_ALLOC_IGN_SBUSY | VM_ALLOC_NORMAL |
#ifdef OLD
	    VM_ALLOC_NOBUSY | VM_ALLOC_RETRY);
	vm_page_io_start(m);
#else
	    VM_ALLOC_SBUSY);
#endif
	/* Waits for sharers, too, so it stays as it is. */
#ifdef OLD
	m = vm_page_grab(object, 3, VM_ALLOC_NOBUSY | VM_ALLOC_RETRY);
	vm_page_io_start(m);
#else
	m = vm_page_grab(object, 3, VM_ALLOC_NOBUSY);
	vm_page_sbusy(m);
#endif
	return (m);
}

vm_page_t
idiom_alloc_shared(vm_object_t object)
{
	vm_page_t m;

#ifdef OLD
	m = vm_page_alloc(object, 1, VM_ALLOC_NORMAL | VM_ALLOC_NOBUSY);
#else
	m = vm_page_alloc(object, 1, VM_ALLOC_NORMAL | VM_ALLOC_SBUSY);
#endif
	if (m == NULL)
		return (NULL);
#ifdef OLD
	vm_page_io_start(m);
	m = vm_page_alloc(object, 2, VM_ALLOC_NORMAL | VM_ALLOC_NOBUSY);
	if (m != NULL)
		vm_page_io_start(m);
#else
	m = vm_page_alloc(object, 2, VM_ALLOC_NORMAL | VM_ALLOC_SBUSY);
#endif
	return (m);
}
