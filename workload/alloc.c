/*
 * How many pages a second can be allocated into an object and freed.
 *
 * Stands for vm_page_alloc() where the caller knows the index to be empty.
 * One operation is an allocation, exclusively busied, and the free.
 * The oracle: nothing is left, no allocation failed.
 */
#include <workload/workload.h>

#define	PAGES	64

static int
alloc_setup(struct lab_run *run)
{
	return (wl_fixture(run, PAGES, wl_make_default));
}

WORKLOAD(alloc, "vm_page_alloc, exclusive, and vm_page_free",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = alloc_setup, .oracle = wl_objects_empty)
{
	vm_page_t m = pv_alloc(t->object, wl_next(t), VM_ALLOC_NORMAL);

	if (m == NULL)
		t->errors++;
	else
		pv_free(m);
}
