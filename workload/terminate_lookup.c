/*
 * How dear it is to find an object by its handle while others let go of it.
 *
 * Stands for a pager's look-up against vm_object_terminate(): devices and
 * handled memory that are mapped and unmapped.  One operation is
 * vm_pager_allocate() of a handle and vm_object_deallocate(): alone on a handle
 * it makes the object and ends it, and takes the pager's list twice to look,
 * once to leave; where all have one handle most find it.
 * The oracle: what was found was alive and had the handle, and nothing is left.
 */
#include <workload/workload.h>

/* The fixture's object lends its address: a handle of one's own, or of all. */
static int
terminate_lookup_setup(struct lab_run *run)
{

	return (wl_fixture(run, 1, wl_make_default));
}

WORKLOAD(terminate_lookup, "an object found by its handle and let go",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SAME,
    .setup = terminate_lookup_setup, .oracle = wl_objects_empty)
{
	vm_object_t object;

	object = vm_pager_allocate(OBJT_PHYS, t->object, PAGE_SIZE, VM_PROT_RW,
	    0, NULL);
	pv_object_lock(object);
	if (object->handle != t->object || (object->flags & OBJ_DEAD) != 0)
		t->errors++;
	pv_object_unlock(object);
	vm_object_deallocate(object);
}
