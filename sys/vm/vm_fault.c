/*
 * The page fault: look up, find, copy, map; or let go and start over.
 *
 * Mirrors FreeBSD's vm_fault_hold(), sys/vm/vm_fault.c, in its slow path: the
 * only path of 9.x and of r254138.  Every lock is taken where it is taken
 * there.  Differences: (1) one order of busy test and page lock for all, see
 * vm_fault_find.c; (2) no vnode lock; (3) a dead object is waited out, as 10.x
 * does, in all; (4) read-ahead is a fixed window.
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/vm_pager.h>
#include <vm/vm_verbs.h>

void
vm_fault_unlock_map(struct faultstate *fs)
{
	if (fs->lookup_still_valid) {
		vm_map_lookup_done(fs->map);
		fs->lookup_still_valid = false;
	}
}

void
vm_fault_release_page(struct faultstate *fs)
{
	vm_page_t m = fs->m;

	pv_object_assert_locked(fs->object);
	pv_xunbusy_locked(m);
	vm_page_lock(m);
	vm_page_deactivate(m);
	vm_page_unlock(m);
	fs->m = NULL;
}

void
vm_fault_drop_first(struct faultstate *fs)
{
	vm_page_t m = fs->first_m;

	pv_object_assert_locked(fs->first_object);
	KASSERT(m != NULL && m->object == fs->first_object,
	    ("vm_fault_drop_first: page %p is no place-holder", m));
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
	fs->first_m = NULL;
	vm_object_pip_wakeup(fs->first_object);
}

/*
 * The deallocation at the end takes the object's lock once more; it is the
 * third of a soft fault (9.x and 10.x).
 */
void
vm_fault_release(struct faultstate *fs)
{
	vm_object_pip_wakeup(fs->object);
	pv_object_unlock(fs->object);
	if (fs->object != fs->first_object) {
		pv_object_lock(fs->first_object);
		vm_fault_drop_first(fs);
		pv_object_unlock(fs->first_object);
	}
	vm_object_deallocate(fs->first_object);
	vm_fault_unlock_map(fs);
}

static int
fault_lookup(struct faultstate *fs)
{
	int rv;

	rv = vm_map_lookup(fs->map, fs->vaddr, fs->fault_type, &fs->entry,
	    &fs->first_object, &fs->first_pindex, &fs->prot, &fs->wired);
	if (rv != KERN_SUCCESS)
		return (rv);
	fs->lookup_still_valid = true;
	fs->map_timestamp = fs->map->timestamp;
	fs->zero_filled = false;
	fs->first_m = NULL;
	fs->m = NULL;
	return (KERN_SUCCESS);
}

/* A reference and paging in progress keep the first object while we sleep. */
static void
fault_begin(struct faultstate *fs)
{
	fs->object = fs->first_object;
	fs->pindex = fs->first_pindex;
	pv_object_lock(fs->first_object);
	vm_object_reference_locked(fs->first_object);
	vm_object_pip_add(fs->first_object, 1);
}

/*
 * After page-in: take the map again and see that the entry still says what it
 * said.  The try avoids waiting for the map with pages busied.
 */
static int
fault_relookup(struct faultstate *fs)
{
	vm_object_t object;
	vm_pindex_t pindex;
	vm_prot_t prot;
	int rv;

	if (fs->lookup_still_valid)
		return (KERN_SUCCESS);
	if (!sx_try_slock(&fs->map->lock)) {
		rv = FAULT_RESTART;
		goto out;
	}
	fs->lookup_still_valid = true;
	if (fs->map->timestamp == fs->map_timestamp)
		return (KERN_SUCCESS);
	rv = vm_map_lookup_locked(fs->map, fs->vaddr, fs->fault_type,
	    &fs->entry, &object, &pindex, &prot, &fs->wired);
	if (rv == KERN_SUCCESS && object == fs->first_object &&
	    pindex == fs->first_pindex) {
		fs->prot &= prot;
		return (KERN_SUCCESS);
	}
	if (rv == KERN_SUCCESS || rv == KERN_FAILURE)
		rv = FAULT_RESTART;
out:
	vm_fault_release_page(fs);
	vm_fault_release(fs);
	return (rv);
}

/*
 * The page is busied and its object locked; map it with the object unlocked,
 * the busy holding it in place, then lock again to let go.
 */
static void
fault_map(struct faultstate *fs)
{
	vm_page_t m = fs->m;
	bool wired = fs->wired || (fs->fault_flags & VM_FAULT_WIRE) != 0;

	KASSERT(vm_page_is_all_valid(m),
	    ("vm_fault: page %p to be mapped is %#x valid", m, m->valid));
	/* An unmanaged page has nowhere to be written to. */
	if ((fs->fault_type & VM_PROT_WRITE) != 0 && vm_page_managed(m)) {
		vm_page_dirty(m);
		vm_pager_page_unswapped(m);
	}
	pv_object_unlock(fs->object);
	pmap_enter(fs->map->pmap, fs->vaddr, fs->fault_type, m, fs->prot,
	    wired ? PMAP_ENTER_WIRED : 0);
	if (!wired && !fs->zero_filled)
		vm_fault_prefault(fs);
	pv_object_lock(fs->object);
	vm_page_lock(m);
	if ((fs->fault_flags & VM_FAULT_WIRE) != 0)
		vm_page_wire(m);
	else
		vm_page_activate(m);
	vm_page_unlock(m);
	pv_xunbusy_locked(m);
	vm_fault_release(fs);
}

static int
fault_slow(struct faultstate *fs)
{
	int rv;

	fault_begin(fs);
	rv = vm_fault_find(fs);
	if (rv == KERN_SUCCESS)
		rv = vm_fault_copy(fs);
	if (rv == KERN_SUCCESS)
		rv = fault_relookup(fs);
	if (rv == KERN_SUCCESS)
		fault_map(fs);
	return (rv);
}

int
vm_fault(vm_map_t map, vm_offset_t vaddr, vm_prot_t fault_type,
    int fault_flags)
{
	struct faultstate fs = {
		.map = map,
		.vaddr = trunc_page(vaddr),
		.fault_type = fault_type,
		.fault_flags = fault_flags,
	};
	int rv;

	do {
		rv = fault_lookup(&fs);
		if (rv != KERN_SUCCESS)
			return (rv);
		if (pv_fault_soft(&fs)) {
			vm_fault_unlock_map(&fs);
			return (KERN_SUCCESS);
		}
		rv = fault_slow(&fs);
	} while (rv == FAULT_RESTART);
	KASSERT(!fs.lookup_still_valid,
	    ("vm_fault: map %p left locked, result %d", map, rv));
	return (rv);
}
