/*
 * Page-in: the page of a fault from its object's pager, some behind it too.
 *
 * The map is unlocked for the I/O, and fault_relookup() takes it again; the
 * pager drops the object's lock.  Meanwhile the page's exclusive busy keeps
 * everybody else waiting, and the reference and the paging in progress keep
 * the objects.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

/*
 * Collect the page and those that follow it: absent ones only, while the pager
 * has them, the object reaches and there is memory.  Each is allocated busied.
 */
static int
read_ahead(struct faultstate *fs, vm_page_t *ma)
{
	vm_object_t object = fs->object;
	vm_pindex_t size = atomic_load_64(&object->size);
	int after, n;

	ma[0] = fs->m;
	if (!object->pager->pgo_haspage(object, fs->pindex, NULL, &after))
		return (0);
	for (n = 1; n <= after && n <= VM_FAULT_READ_AHEAD; n++) {
		if (fs->pindex + n >= size ||
		    vm_page_lookup(object, fs->pindex + n) != NULL)
			break;
		ma[n] = vm_page_alloc(object, fs->pindex + n,
		    VM_ALLOC_NORMAL);
		if (ma[n] == NULL)
			break;
	}
	return (n);
}

static void
free_page(struct faultstate *fs)
{
	vm_page_lock(fs->m);
	vm_page_free(fs->m);
	vm_page_unlock(fs->m);
	fs->m = NULL;
}

int
vm_fault_pagein(struct faultstate *fs)
{
	vm_object_t object = fs->object;
	vm_page_t ma[1 + VM_FAULT_READ_AHEAD];
	int n, rv = VM_PAGER_FAIL;

	pv_object_assert_locked(object);
	if (object->pager != NULL) {
		vm_fault_unlock_map(fs);
		n = read_ahead(fs, ma);
		if (n > 0)
			rv = object->pager->pgo_getpages(object, ma, n, 0);
	}
	if (rv == VM_PAGER_OK) {
		/* The pager may have put another page in its place. */
		fs->m = vm_page_lookup(object, fs->pindex);
		if (fs->m != NULL)
			return (KERN_SUCCESS);
		vm_fault_release(fs);
		return (FAULT_RESTART);
	}
	if (rv == VM_PAGER_FAIL) {
		/* Only in the first object does it serve: as place-holder. */
		if (object != fs->first_object)
			free_page(fs);
		return (KERN_SUCCESS);
	}
	free_page(fs);
	vm_fault_release(fs);
	return (rv == VM_PAGER_ERROR ? KERN_FAILURE : KERN_PROTECTION_FAILURE);
}
