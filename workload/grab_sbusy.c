/*
 * How many resident pages a second can be had shared busy.
 *
 * Stands for sendfile, read-only file I/O and page-out, which use a page's
 * contents together with others.  One operation is a shared-busy grab and its
 * release: 10.x VM_ALLOC_SBUSY, 9.x NOBUSY and vm_page_io_start().
 * The oracle: nothing is left busy, counts are right.
 */
#include <workload/workload.h>

#define	PAGES	64

static int
grab_sbusy_setup(struct lab_run *run)
{
	return (wl_fixture(run, PAGES, wl_make_resident));
}

WORKLOAD(grab_sbusy, "vm_page_grab of a resident page, shared, and release",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .setup = grab_sbusy_setup, .oracle = wl_objects_at_rest)
{
	pv_sunbusy(pv_grab_sbusy(t->object, wl_next(t), VM_ALLOC_NORMAL));
}
