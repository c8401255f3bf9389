/*
 * How many resident pages a second can be grabbed and released.
 *
 * Stands for vm_page_grab() in tmpfs read and write, shm and sendfile when the
 * page is there.  One operation is an exclusive grab and its release.
 * The oracle: nothing is left busy, counts are right.
 */
#include <workload/workload.h>

#define	PAGES	64

static int
grab_hit_setup(struct lab_run *run)
{
	return (wl_fixture(run, PAGES, wl_make_resident));
}

WORKLOAD(grab_hit, "vm_page_grab of a resident page, exclusive, and release",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .setup = grab_hit_setup, .oracle = wl_objects_at_rest)
{
	pv_xunbusy(pv_grab(t->object, wl_next(t), VM_ALLOC_NORMAL));
}
