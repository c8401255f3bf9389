/*
 * fork: a second address space that shares, copies or lacks what the first
 * has, by each entry's inheritance.
 *
 *	        parent before          parent after         child
 *	COPY    [object, charged]      [NEEDS_COPY, +size]  [NEEDS_COPY, +size]
 *	        [NEEDS_COPY, charged]  the same             [NEEDS_COPY, +size]
 *	        [no object, charged]   the same             [no object, +size]
 *	SHARE   charge on the entry    on the object        nothing
 *
 * An object that was one space's and is two's may be copied once for each, and
 * is paid for twice more besides its own charge.  All of it is child's user's,
 * who is the parent's, and is reserved at once at the end.
 *
 * Stands for vmspace_fork() and vm_map_copy_entry(), FreeBSD 10.4
 * sys/vm/vm_map.c, and the reservation in fork1().  Differences: (1) that is
 * made before the parent's map is unlocked, or another of its threads could
 * release, by an unmap, what is not reserved yet; (2) chains are not collapsed
 * on the way; (3) no entry is wired; (4) no pmap_copy(): the child faults its
 * mappings in.
 */
#include <sys/shm.h>
#include <sys/systm.h>
#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include <vm/vm_extern.h>
#include <vm/vm_verbs.h>

/* Not reserved before the end. */
static void
fork_charge(vm_map_entry_t e, vm_ooffset_t *sum)
{
	KASSERT(e->cred == NULL, ("fork_charge: %p has a charge", e));
	e->cred = crhold(curthread->td_ucred);
	*sum += e->end - e->start;
}

/*
 * The object, or the part that is the entry's alone, gets a second user, and
 * what the entry had paid for it.
 */
static bool
copy_object(vm_map_entry_t src)
{
	vm_object_t object = src->object;
	bool charged;

	pv_object_lock(object);
	charged = vm_map_entry_charged(src);
	if (vm_object_divisible(object)) {
		pv_object_unlock(object);
		vm_object_split(&src->object, &src->offset,
		    atop(src->end - src->start));
		object = src->object;
		pv_object_lock(object);
	}
	vm_object_reference_locked(object);
	object->flags &= ~OBJ_ONEMAPPING;
	if (src->cred != NULL && (src->eflags & MAP_ENTRY_NEEDS_COPY) == 0) {
		vm_object_set_charge(object, src->cred, src->end - src->start);
		src->cred = NULL;
	}
	pv_object_unlock(object);
	return (charged);
}

/* dst is src but for its charge. */
static void
copy_entry(vm_map_t old_map, vm_map_entry_t src, vm_map_entry_t dst,
    vm_ooffset_t *sum)
{
	bool pending = (src->eflags & MAP_ENTRY_NEEDS_COPY) != 0;

	KASSERT(src->wired_count == 0, ("vmspace_fork: entry %p is wired",
	    src));
	if (src->object == NULL) {
		if (src->cred != NULL)
			fork_charge(dst, sum);
		return;
	}
	if (!pending && (src->protection & VM_PROT_WRITE) != 0)
		pmap_protect(old_map->pmap, src->start, src->end,
		    src->protection & ~VM_PROT_WRITE);
	if (copy_object(src)) {
		fork_charge(dst, sum);
		if (!pending)
			fork_charge(src, sum);
	}
	src->eflags |= MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY;
	dst->eflags = src->eflags;
	dst->object = src->object;
	dst->offset = src->offset;
}

/*
 * Both are to see each other's writes: what is still to be made is made now.
 * The reference that the child will have forces a shadow.
 */
static void
share_entry(vm_map_entry_t src)
{
	vm_object_t object;

	if (src->object == NULL)
		vm_map_entry_make_object(src);
	object = src->object;
	vm_object_reference(object);
	if ((src->eflags & MAP_ENTRY_NEEDS_COPY) != 0) {
		vm_object_shadow(&src->object, &src->offset,
		    atop(src->end - src->start));
		src->eflags &= ~MAP_ENTRY_NEEDS_COPY;
		vm_object_reference(src->object);
		vm_object_deallocate(object);
	}
	pv_object_lock(src->object);
	src->object->flags &= ~OBJ_ONEMAPPING;
	pv_object_unlock(src->object);
	vm_map_entry_move_charge(src);
}

static void
fork_entry(vm_map_t old_map, vm_map_t new_map, vm_map_entry_t src,
    vm_ooffset_t *sum)
{
	vm_map_entry_t dst;

	if (src->inheritance == VM_INHERIT_NONE)
		return;
	if (src->inheritance == VM_INHERIT_SHARE)
		share_entry(src);
	dst = vm_map_entry_create(src);
	dst->cred = NULL;
	if (src->inheritance == VM_INHERIT_COPY)
		copy_entry(old_map, src, dst, sum);
	vm_map_entry_link(new_map, dst);
}

int
vmspace_fork(struct vmspace *vm1, struct vmspace **vmp)
{
	struct vmspace *vm2 = vmspace_alloc();
	vm_map_t old_map = &vm1->vm_map, new_map = &vm2->vm_map;
	vm_map_entry_t e;
	vm_ooffset_t sum = 0;
	bool reserved;

	vm_map_lock(old_map);
	/* Nobody else knows it: a try, as maps have no order. */
	if (!sx_try_xlock(&new_map->lock))
		panic("vmspace_fork: map %p is locked", new_map);
	for (e = vm_map_entry_above(old_map, 0); e != NULL;
	    e = vm_map_entry_above(old_map, e->end))
		fork_entry(old_map, new_map, e, &sum);
	reserved = swap_reserve(sum);
	/* The entries are charged: let what takes them down find it. */
	if (!reserved)
		swap_reserve_force(sum);
	sx_xunlock(&new_map->lock);
	vm_map_unlock(old_map);
	if (!reserved) {
		vmspace_free(vm2);
		return (ENOMEM);
	}
	shmfork(vm1, vm2);
	*vmp = vm2;
	return (0);
}
