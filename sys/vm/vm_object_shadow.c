/*
 * Copy-on-write's first half: put an empty object in front of another, which
 * from then on is read through it.  The second half is vm_fault_copy.c.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_object.c vm_object_shadow().  Differences:
 * (1) no list of an object's shadows, only their number; (2) no page colour.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>

/* Is the caller the only one who could see a change of its pages? */
static bool
vm_object_is_private(vm_object_t object)
{

	pv_object_assert_locked(object);
	return (object->ref_count == 1 && object->handle == NULL &&
	    (object->type == OBJT_DEFAULT || object->type == OBJT_SWAP));
}

void
vm_object_shadow(vm_object_t *object, vm_ooffset_t *offset,
    vm_pindex_t length)
{
	vm_object_t source = *object, result;
	bool private;

	KASSERT(source != NULL, ("vm_object_shadow: nothing to shadow"));
	pv_object_lock(source);
	private = vm_object_is_private(source);
	pv_object_unlock(source);
	if (private)
		return;
	result = vm_object_allocate(OBJT_DEFAULT, length);
	/* The caller's reference to the source becomes the result's. */
	pv_object_lock(source);
	source->shadow_count++;
	pv_object_unlock(source);
	result->backing_object = source;
	result->backing_object_offset = *offset;
	*object = result;
	*offset = 0;
}
