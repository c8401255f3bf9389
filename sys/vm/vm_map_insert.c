/*
 * The address space: a new entry, charged if it may be written privately, and
 * merged with the one before it if both are anonymous.
 *
 * Stands for vm_map_insert(), FreeBSD 10.4 sys/vm/vm_map.c.  Differences:
 * (1) takes the map's lock itself; (2) eflags are given as they are to be,
 * with FreeBSD's MAP_ flags beside them; (3) entries that become alike later
 * are not merged (vm_map_simplify_entry()).
 */
#include <sys/systm.h>
#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include <vm/vm_verbs.h>

/* Of a shared mapping of an object, whoever made that has paid. */
static bool
must_charge(const struct vm_map_entry *want, unsigned flags)
{
	if ((flags & MAP_ACC_NO_CHARGE) != 0)
		return (false);
	return ((flags & MAP_ACC_CHARGED) != 0 ||
	    ((want->protection & VM_PROT_WRITE) != 0 &&
	    ((want->eflags & MAP_ENTRY_NEEDS_COPY) != 0 ||
	    want->object == NULL)));
}

static bool
charge(struct vm_map_entry *want, unsigned flags)
{
	if (!must_charge(want, flags))
		return (true);
	if ((flags & MAP_ACC_CHARGED) == 0)
		return (vm_map_entry_reserve(want));
	want->cred = crhold(curthread->td_ucred);
	return (true);
}

/* Its pages may be reached from elsewhere too, unless this is the first. */
static void
note_mapping(vm_object_t object)
{
	pv_object_lock(object);
	if (object->ref_count > 1 || object->shadow_count != 0)
		object->flags &= ~OBJ_ONEMAPPING;
	pv_object_unlock(object);
}

static bool
same_account(vm_map_entry_t prev, const struct vm_map_entry *want)
{
	bool same;

	if (prev->cred == want->cred)
		return (true);
	if (prev->object == NULL)
		return (false);
	pv_object_lock(prev->object);
	same = prev->object->cred == want->cred;
	pv_object_unlock(prev->object);
	return (same);
}

/* The object was extended: let the new entry be of it, at its place. */
static void
share_object(vm_map_entry_t prev, struct vm_map_entry *want)
{
	bool paid;

	if (prev->object == NULL)
		return;
	want->object = prev->object;
	want->offset = prev->offset + (prev->end - prev->start);
	pv_object_lock(want->object);
	vm_object_reference_locked(want->object);
	paid = want->object->cred != NULL &&
	    (prev->eflags & MAP_ENTRY_NEEDS_COPY) == 0;
	pv_object_unlock(want->object);
	if (want->cred != NULL && paid) {
		crfree(want->cred);
		want->cred = NULL;
	}
}

/*
 * Extend the entry that ends where the new one begins, and its object.  True:
 * no entry is needed.  If only the object could be extended, the new entry is
 * told.
 */
static bool
coalesce(vm_map_t map, struct vm_map_entry *want)
{
	vm_map_entry_t prev;
	bool reserved = want->cred != NULL;

	if (want->start == 0)
		return (false);
	prev = vm_map_entry_above(map, want->start - 1);
	if (prev == NULL || prev->end != want->start ||
	    prev->eflags != want->eflags || prev->wired_count != 0 ||
	    !same_account(prev, want) || !vm_object_coalesce(prev->object,
	    prev->offset, prev->end - prev->start, want->end - want->start,
	    reserved))
		return (false);
	if (prev->protection != want->protection ||
	    prev->inheritance != want->inheritance) {
		share_object(prev, want);
		return (false);
	}
	prev->end = want->end;
	if (want->cred != NULL)
		crfree(want->cred);
	return (true);
}

static int
insert_locked(vm_map_t map, struct vm_map_entry *want, unsigned flags)
{
	vm_map_entry_t above;

	sx_assert(&map->lock, SA_XLOCKED);
	above = vm_map_entry_above(map, want->start);
	if (above != NULL && above->start < want->end)
		return (KERN_NO_SPACE);
	if (!charge(want, flags))
		return (KERN_RESOURCE_SHORTAGE);
	if (want->object != NULL)
		note_mapping(want->object);
	else if (coalesce(map, want))
		return (KERN_SUCCESS);
	vm_map_entry_link(map, vm_map_entry_create(want));
	return (KERN_SUCCESS);
}

int
vm_map_insert(vm_map_t map, vm_object_t object, vm_ooffset_t offset,
    vm_offset_t start, vm_offset_t end, vm_prot_t prot, unsigned flags)
{
	struct vm_map_entry want = {
		.start = start, .end = end, .object = object,
		.offset = offset, .protection = prot,
		.eflags = flags & (MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY),
		.inheritance = (flags & MAP_INHERIT_SHARE) != 0 ?
		    VM_INHERIT_SHARE : VM_INHERIT_COPY,
	};
	int rv;

	if (!vm_map_range_ok(start, end) || (offset & PAGE_MASK) != 0)
		return (KERN_INVALID_ADDRESS);
	/* Of no object there is nothing to copy. */
	if (object == NULL)
		want.eflags &= ~MAP_ENTRY_NEEDS_COPY;
	vm_map_lock(map);
	rv = insert_locked(map, &want, flags);
	vm_map_unlock(map);
	return (rv);
}
