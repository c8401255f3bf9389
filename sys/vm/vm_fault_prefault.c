/*
 * Prefault: map the neighbours of a faulted page that are there anyway.
 *
 * Each candidate costs a lock of the object (a read lock where the release has
 * one), and of those behind it as far as the walk goes.  Whether a page is
 * busied is not asked: the lock keeps it in place, and it is mapped for
 * reading.  Stands for vm_fault_prefault(), sys/vm/vm_fault.c.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>

/* Nearest first, behind before ahead. */
static const int prefault_order[VM_FAULT_PREFAULT] = {
	-1, 1, -2, 2, -3, 3, -4, 4
};

/*
 * The page of an object, or of those behind it, which is left read-locked in
 * *objectp whether there is one or not.
 */
static vm_page_t
prefault_lookup(vm_object_t *objectp, vm_pindex_t pindex)
{
	vm_object_t next, object = *objectp;
	vm_page_t m;

	pv_object_lock_read(object);
	while ((m = vm_page_lookup(object, pindex)) == NULL &&
	    object->type == OBJT_DEFAULT &&
	    (next = object->backing_object) != NULL) {
		pindex += OFF_TO_IDX(object->backing_object_offset);
		pv_object_lock_read(next);
		pv_object_unlock_read(object);
		object = next;
	}
	*objectp = object;
	return (m);
}

/* False: the page is not in memory, and so its neighbours hardly are. */
static bool
prefault_one(struct faultstate *fs, vm_offset_t va)
{
	vm_object_t object = fs->entry->object;
	vm_page_t m;

	m = prefault_lookup(&object,
	    OFF_TO_IDX(va - fs->entry->start + fs->entry->offset));
	if (m != NULL && vm_page_is_all_valid(m))
		pmap_enter_quick(fs->map->pmap, va, m, fs->entry->protection);
	pv_object_unlock_read(object);
	return (m != NULL);
}

void
vm_fault_prefault(struct faultstate *fs)
{
	vm_offset_t va;
	unsigned i;

	sx_assert(&fs->map->lock, SA_LOCKED);
	if ((fs->entry->protection & VM_PROT_READ) == 0)
		return;
	for (i = 0; i < nitems(prefault_order); i++) {
		va = fs->vaddr + (vm_offset_t)((int64_t)prefault_order[i] *
		    PAGE_SIZE);
		if (va < fs->entry->start || va >= fs->entry->end ||
		    !pmap_is_prefaultable(fs->map->pmap, va))
			continue;
		if (!prefault_one(fs, va))
			break;
	}
}
