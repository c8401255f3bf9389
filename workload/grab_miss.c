/*
 * How many absent pages a second can be grabbed, and freed again.
 *
 * Stands for vm_page_grab() in tmpfs and shm when a file grows.  One operation
 * is a grab that allocates and the free of that page.
 * The oracle: the objects are empty again.
 */
#include <workload/workload.h>

#define	PAGES	64

static int
grab_miss_setup(struct lab_run *run)
{
	return (wl_fixture(run, PAGES, wl_make_default));
}

WORKLOAD(grab_miss, "vm_page_grab of an absent page, and its free",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = grab_miss_setup, .oracle = wl_objects_empty)
{
	pv_free(pv_grab(t->object, wl_next(t), VM_ALLOC_NORMAL));
}
