/*
 * The default pager: anonymous memory before any of it was paged out.
 *
 * Its objects have no pager of their own yet: object->pager is NULL, and what
 * is not resident is zeroes.
 * Mirrors FreeBSD 10.4 sys/vm/default_pager.c default_pager_alloc().
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

static vm_object_t
default_pager_alloc(void *handle, vm_ooffset_t size, vm_prot_t prot,
    vm_ooffset_t offset, struct ucred *cred)
{

	(void)prot;
	if (handle != NULL)
		panic("default_pager_alloc: handle %p", handle);
	return (vm_object_allocate_cred(OBJT_DEFAULT,
	    OFF_TO_IDX(round_page(offset + size)), cred));
}

const struct pagerops defaultpagerops = {
	.pgo_name = "default",
	.pgo_alloc = default_pager_alloc,
};
