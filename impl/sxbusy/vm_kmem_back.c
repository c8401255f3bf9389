/*
 * Pages for kernel addresses, as 10.x gets them: allocated wired and not
 * busied, and mapped at once in the same hold of the object's write lock.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_kern.c kmem_back().
 */
#include <sys/systm.h>
#include <vm/vm_kmem.h>
#include <vm/vm_verbs.h>

int
kmem_back(vm_object_t object, vm_offset_t addr, vm_pindex_t pages, int flags)
{
	vm_pindex_t i;
	vm_page_t m;

	pv_object_lock(object);
	for (i = 0; i < pages; i++) {
		while ((m = vm_page_alloc(object, kmem_index(addr) + i,
		    kmem_request(flags) | VM_ALLOC_NOBUSY)) == NULL) {
			pv_object_unlock(object);
			if ((flags & M_NOWAIT) != 0) {
				kmem_unback(object, addr, i);
				return (ENOMEM);
			}
			vm_wait();
			pv_object_lock(object);
		}
		if ((flags & M_ZERO) != 0 && (m->flags & PG_ZERO) == 0)
			pmap_zero_page(m);
		m->valid = VM_PAGE_BITS_ALL;
		KASSERT(!vm_page_managed(m),
		    ("kmem_back: page %p is managed", m));
		(void)pmap_enter(kernel_pmap, addr + ptoa(i), VM_PROT_RW, m,
		    VM_PROT_RW, PMAP_ENTER_WIRED);
	}
	pv_object_unlock(object);
	return (0);
}
