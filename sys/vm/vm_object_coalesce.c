/*
 * Anonymous memory mapped next to an object's is put into the same object.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_object.c vm_object_coalesce().  Differences:
 * (1) no collapse first; (2) a pager that cannot be told to forget a range, as
 * that of patterns, keeps its objects as they are.
 */
#include <sys/systm.h>
#include <vm/swap_reserve.h>
#include <vm/vm_pager.h>
#include <vm/vm_verbs.h>

/*
 * May pages from index next on be the new memory's?  Who else has a reference
 * may have pages there, unless there are none: then it ends at next.
 */
static bool
can_extend(vm_object_t object, vm_pindex_t next)
{
	pv_object_assert_locked(object);
	if (object->type != OBJT_DEFAULT && object->type != OBJT_SWAP)
		return (false);
	if (object->pager != NULL && object->pager->pgo_freespace == NULL)
		return (false);
	return (object->backing_object == NULL &&
	    (object->ref_count == 1 || object->size == next));
}

/*
 * A charged object is charged for the new memory even if that is read-only
 * and need not be: that the object has a charge is all that mprotect() looks
 * at when it makes it writable.
 */
static bool
extend_charge(vm_object_t object, vm_ooffset_t bytes, bool reserved)
{
	pv_object_assert_locked(object);
	if (object->cred == NULL)
		return (true);
	if (!reserved && !swap_reserve_by_cred(bytes, object->cred))
		return (false);
	object->charge += bytes;
	return (true);
}

bool
vm_object_coalesce(vm_object_t object, vm_ooffset_t prev_offset,
    vm_ooffset_t prev_bytes, vm_ooffset_t next_bytes, bool reserved)
{
	vm_pindex_t next = OFF_TO_IDX(prev_offset + prev_bytes);
	vm_pindex_t end = next + OFF_TO_IDX(next_bytes);
	bool ok;

	if (object == NULL)
		return (true);
	pv_object_lock(object);
	ok = can_extend(object, next) &&
	    extend_charge(object, next_bytes, reserved);
	if (ok) {
		/* What an earlier mapping left there. */
		if (next < object->size)
			vm_object_page_remove(object, next, end);
		if (object->size < end)
			object->size = end;
	}
	pv_object_unlock(object);
	return (ok);
}
