/*
 * Pages for kernel addresses, as 9.x gets them: allocated wired and busied in
 * one hold of the object's lock, mapped and unbusied in another.
 *
 * In between 9.3 wires the map's entry; the busy pages keep everybody off what
 * is not mapped yet.  Here there is no entry, and the two holds remain.
 * Mirrors FreeBSD 9.3 sys/vm/vm_kern.c kmem_back().
 */
#include <sys/systm.h>
#include <vm/vm_kmem.h>
#include <vm/vm_verbs.h>

/* Free pages [0, n), which are busied and not mapped. */
static void
kmem_back_undo(vm_object_t object, vm_offset_t addr, vm_pindex_t n)
{
	vm_page_t m;

	pv_object_assert_locked(object);
	while (n-- > 0) {
		m = vm_page_lookup(object, kmem_index(addr) + n);
		vm_page_lock(m);
		vm_page_unwire(m, PQ_NONE);
		vm_page_free(m);
		vm_page_unlock(m);
	}
}

/* Object locked; dropped and taken again to wait for memory. */
static int
kmem_back_alloc(vm_object_t object, vm_offset_t addr, vm_pindex_t pages,
    int flags)
{
	vm_pindex_t i;
	vm_page_t m;

	for (i = 0; i < pages; i++) {
		while ((m = vm_page_alloc(object, kmem_index(addr) + i,
		    kmem_request(flags))) == NULL) {
			if ((flags & M_NOWAIT) != 0) {
				kmem_back_undo(object, addr, i);
				return (ENOMEM);
			}
			pv_object_unlock(object);
			vm_wait();
			pv_object_lock(object);
		}
		if ((flags & M_ZERO) != 0 && (m->flags & PG_ZERO) == 0)
			pmap_zero_page(m);
		m->valid = VM_PAGE_BITS_ALL;
		KASSERT(!vm_page_managed(m),
		    ("kmem_back: page %p is managed", m));
	}
	return (0);
}

int
kmem_back(vm_object_t object, vm_offset_t addr, vm_pindex_t pages, int flags)
{
	vm_pindex_t i;
	vm_page_t m;
	int error;

	pv_object_lock(object);
	error = kmem_back_alloc(object, addr, pages, flags);
	pv_object_unlock(object);
	if (error != 0)
		return (error);
	pv_object_lock(object);
	for (i = 0; i < pages; i++) {
		m = vm_page_lookup(object, kmem_index(addr) + i);
		(void)pmap_enter(kernel_pmap, addr + ptoa(i), VM_PROT_RW, m,
		    VM_PROT_RW, PMAP_ENTER_WIRED);
		vm_page_wakeup(m);
	}
	pv_object_unlock(object);
	return (0);
}
