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

static int
grab_miss_oracle(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	unsigned i;

	for (i = 0; i < s->nobjects; i++)
		if (s->objects[i]->resident_page_count != 0)
			return (wl_wrong(run, "pages left behind",
			    s->objects[i]->resident_page_count));
	return (wl_objects_at_rest(run));
}

WORKLOAD(grab_miss, "vm_page_grab of an absent page, and its free",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = grab_miss_setup, .oracle = grab_miss_oracle)
{
	pv_free(pv_grab(t->object, wl_next(t), VM_ALLOC_NORMAL));
}
