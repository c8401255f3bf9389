/*
 * How many pages a second can be allocated shared busy and freed.
 *
 * Stands for an allocation whose caller will let others read at once: 10.x
 * VM_ALLOC_SBUSY, 9.x NOBUSY and vm_page_io_start() under one hold of the
 * lock.  One operation is the allocation, the end of the busy and the free.
 * The oracle: nothing is left, no allocation failed.
 */
#include <workload/workload.h>

#define	PAGES	64

static int
alloc_sbusy_setup(struct lab_run *run)
{
	return (wl_fixture(run, PAGES, wl_make_default));
}

WORKLOAD(alloc_sbusy, "vm_page_alloc, shared busy, and vm_page_free",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = alloc_sbusy_setup, .oracle = wl_objects_empty)
{
	vm_page_t m = pv_alloc_sbusy(t->object, wl_next(t), VM_ALLOC_NORMAL);

	if (m == NULL) {
		t->errors++;
		return;
	}
	pv_sunbusy(m);
	pv_free(m);
}
