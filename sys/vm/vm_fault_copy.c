/*
 * Copy on write: the page found behind the first object, for the first object.
 *
 * If this shadow is all that is left of the object behind, the page is moved
 * up; else its bytes are copied, with the lock of the object behind held, as
 * FreeBSD does.  A read fault maps the page where it is, without permission to
 * write.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>

/*
 * Nobody else can reach the page: one shadow, one reference.  Takes the first
 * object's lock when it says so; a try, as that is against the order.
 */
static bool
may_move(struct faultstate *fs)
{
	vm_object_t object = fs->object;

	if (object->shadow_count != 1 || object->ref_count != 1 ||
	    object->handle != NULL ||
	    (object->type != OBJT_DEFAULT && object->type != OBJT_SWAP) ||
	    !pv_object_trylock(fs->first_object))
		return (false);
	if (fs->first_object->backing_object == object)
		return (true);
	pv_object_unlock(fs->first_object);
	return (false);
}

/*
 * Both objects are locked.  Freeing the place-holder and renaming both end an
 * exclusive busy; the page is busied again where it now is.
 */
static int
move_page(struct faultstate *fs)
{
	vm_page_t m = fs->m;

	vm_page_lock(fs->first_m);
	vm_page_free(fs->first_m);
	vm_page_unlock(fs->first_m);
	fs->first_m = NULL;
	if (vm_page_rename(m, fs->first_object, fs->first_pindex) != 0) {
		/* No trie node: the page is where it was, still busied. */
		vm_fault_release_page(fs);
		vm_object_pip_wakeup(fs->object);
		pv_object_unlock(fs->object);
		fs->object = fs->first_object;
		vm_fault_release(fs);
		return (FAULT_RESTART);
	}
	pv_xbusy_locked(m);
	fs->first_m = m;
	fs->m = NULL;
	return (KERN_SUCCESS);
}

static void
copy_page(struct faultstate *fs)
{
	KASSERT(fs->first_m != NULL && fs->first_m->object == fs->first_object,
	    ("vm_fault: copy to %p, which holds no place", fs->first_m));
	pmap_copy_page(fs->m, fs->first_m);
	atomic_store_8(&fs->first_m->valid, VM_PAGE_BITS_ALL);
	vm_fault_release_page(fs);
}

int
vm_fault_copy(struct faultstate *fs)
{
	bool first_locked;
	int rv;

	if (fs->object == fs->first_object)
		return (KERN_SUCCESS);
	if ((fs->fault_type & VM_PROT_WRITE) == 0) {
		fs->prot &= ~VM_PROT_WRITE;
		return (KERN_SUCCESS);
	}
	first_locked = may_move(fs);
	if (first_locked) {
		rv = move_page(fs);
		if (rv != KERN_SUCCESS)
			return (rv);
	} else
		copy_page(fs);
	vm_object_pip_wakeup(fs->object);
	pv_object_unlock(fs->object);
	fs->object = fs->first_object;
	fs->pindex = fs->first_pindex;
	fs->m = fs->first_m;
	fs->first_m = NULL;
	if (!first_locked)
		pv_object_lock(fs->object);
	return (KERN_SUCCESS);
}
