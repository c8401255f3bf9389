/*
 * An object's charge: swap reserved for all of it, on somebody's account.
 *
 * Made with the object, or moved here from a map entry (vm_map_charge.c);
 * grows and shrinks with the object; goes back when the object is terminated.
 * Stands for default_pager_alloc() with credentials and, in
 * vm_object_truncate(), for uipc_shm.c's shm_dotruncate().
 */
#include <sys/systm.h>
#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include <vm/vm_verbs.h>

vm_object_t
vm_object_allocate_cred(enum obj_type type, vm_pindex_t size,
    struct ucred *cred)
{
	vm_object_t object;

	KASSERT(type == OBJT_DEFAULT || type == OBJT_SWAP,
	    ("vm_object_allocate_cred: type %d is not charged", type));
	if (cred != NULL && !swap_reserve_by_cred(ptoa(size), cred))
		return (NULL);
	object = vm_object_allocate(type, size);
	if (cred != NULL) {
		object->cred = crhold(cred);
		object->charge = ptoa(size);
	}
	return (object);
}

void
vm_object_set_charge(vm_object_t object, struct ucred *cred,
    vm_ooffset_t charge)
{
	pv_object_assert_locked(object);
	KASSERT(object->cred == NULL,
	    ("vm_object_set_charge: object %p has two", (void *)object));
	object->cred = cred;
	object->charge = charge;
}

void
vm_object_shrink(vm_object_t object, vm_pindex_t size)
{
	vm_ooffset_t cut = ptoa(object->size - size);

	pv_object_assert_locked(object);
	KASSERT(size <= object->size, ("vm_object_shrink: object %p grows",
	    (void *)object));
	object->size = size;
	if (object->cred == NULL)
		return;
	KASSERT(object->charge >= cut,
	    ("vm_object_shrink: object %p is charged %#llx, cut %#llx",
	    (void *)object, (unsigned long long)object->charge,
	    (unsigned long long)cut));
	swap_release_by_cred(cut, object->cred);
	object->charge -= cut;
}

int
vm_object_truncate(vm_object_t object, vm_pindex_t size)
{
	vm_ooffset_t more;
	int error = 0;

	pv_object_lock(object);
	if (size <= object->size) {
		if (size < object->size)
			vm_object_page_remove(object, size, object->size);
		vm_object_shrink(object, size);
	} else {
		more = ptoa(size - object->size);
		if (object->cred == NULL)
			object->size = size;
		else if (swap_reserve_by_cred(more, object->cred)) {
			object->charge += more;
			object->size = size;
		} else
			error = ENOMEM;
	}
	pv_object_unlock(object);
	return (error);
}
