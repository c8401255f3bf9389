/*
 * What a map entry may have to swap, and who pays: charges of entries, and
 * their way to objects.
 *
 * A charge of an entry is its cred; the amount is its length.  It stands for
 * an object that is still to be made: the first one, or the shadow of an entry
 * that NEEDS_COPY.  When that is made the charge goes there.
 * Stands for what FreeBSD 10.4's sys/vm/vm_map.c does in its places.
 */
#include <sys/systm.h>
#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include <vm/vm_verbs.h>

/*
 * FreeBSD's ENTRY_CHARGED().  Object locked.  The object's own charge is for
 * its pages, not for copies of them.
 */
bool
vm_map_entry_charged(vm_map_entry_t e)
{
	pv_object_assert_locked(e->object);
	return (e->cred != NULL || (e->object->cred != NULL &&
	    (e->eflags & MAP_ENTRY_NEEDS_COPY) == 0));
}

bool
vm_map_entry_reserve(vm_map_entry_t e)
{
	KASSERT(e->cred == NULL, ("vm_map_entry_reserve: %p has a charge", e));
	if (!swap_reserve(e->end - e->start))
		return (false);
	e->cred = crhold(curthread->td_ucred);
	return (true);
}

void
vm_map_entry_release(vm_map_entry_t e)
{
	if (e->cred == NULL)
		return;
	swap_release_by_cred(e->end - e->start, e->cred);
	crfree(e->cred);
	e->cred = NULL;
}

void
vm_map_entry_move_charge(vm_map_entry_t e)
{
	if (e->cred == NULL)
		return;
	pv_object_lock(e->object);
	vm_object_set_charge(e->object, e->cred, e->end - e->start);
	pv_object_unlock(e->object);
	e->cred = NULL;
}

/*
 * If there was nobody to copy for, the object stays and may have been paid for
 * when it was made; then this one charge is one too many.
 */
int
vm_map_entry_shadow(vm_map_entry_t e)
{
	bool paid;

	KASSERT((e->eflags & MAP_ENTRY_NEEDS_COPY) != 0,
	    ("vm_map_entry_shadow: entry %p needs no copy", e));
	if (e->cred == NULL && !vm_map_entry_reserve(e))
		return (KERN_RESOURCE_SHORTAGE);
	vm_object_shadow(&e->object, &e->offset, atop(e->end - e->start));
	e->eflags &= ~MAP_ENTRY_NEEDS_COPY;
	pv_object_lock(e->object);
	paid = e->object->cred != NULL;
	pv_object_unlock(e->object);
	if (paid)
		vm_map_entry_release(e);
	else
		vm_map_entry_move_charge(e);
	return (KERN_SUCCESS);
}

/*
 * Charge all of an anonymous object: which of its mappings are charged could
 * not be told apart later.  Whether it is charged is asked under its lock,
 * where FreeBSD relies on nobody else's being about to charge it.
 */
static bool
charge_object(vm_object_t object)
{
	bool ok = true;

	pv_object_lock(object);
	if ((object->type == OBJT_DEFAULT || object->type == OBJT_SWAP) &&
	    object->cred == NULL) {
		ok = swap_reserve(ptoa(object->size));
		if (ok)
			vm_object_set_charge(object,
			    crhold(curthread->td_ucred), ptoa(object->size));
	}
	pv_object_unlock(object);
	return (ok);
}

bool
vm_map_entry_charge_write(vm_map_entry_t e)
{
	if (e->cred != NULL)
		return (true);
	if (e->object == NULL || (e->eflags & MAP_ENTRY_NEEDS_COPY) != 0)
		return (vm_map_entry_reserve(e));
	return (charge_object(e->object));
}
