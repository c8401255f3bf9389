/*
 * How many resident pages a second can be had shared busy.
 *
 * Stands for sendfile, read-only file I/O and page-out, which use a page's
 * contents together with others.  One operation is a shared-busy grab and its
 * release: 10.x VM_ALLOC_SBUSY, 9.x NOBUSY and vm_page_io_start().  Variant
 * `copy' reads the page's 4 KiB in between, with no lock held; `bare' does
 * nothing there (see grab_hit.c).
 * The oracle: nothing is left busy, counts are right, what was read was there.
 */
#include <vm/uma.h>
#include <workload/workload.h>

#define	PAGES	64

static const char *const grab_sbusy_variants[] = { "copy", "bare", NULL };

static int
grab_sbusy_setup(struct lab_run *run)
{
	unsigned i;

	wl_fixture(run, PAGES, wl_make_resident);
	for (i = 0; wl_variant(run, "copy") && i < run->lr_threads; i++)
		wl_state(run)->threads[i].bytes =
		    kmem_startup_array(PAGE_SIZE, char);
	return (0);
}

WORKLOAD(grab_sbusy, "vm_page_grab of a resident page, shared, and release",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .lab.lw_threads_max = WL_SBUSY_MAX,
    .lab.lw_variants = grab_sbusy_variants,
    .setup = grab_sbusy_setup, .oracle = wl_objects_at_rest)
{
	vm_pindex_t pindex = wl_next(t);
	vm_page_t m = pv_grab_sbusy(t->object, pindex, VM_ALLOC_NORMAL);

	if (t->bytes != NULL) {
		md_copy(t->bytes, vm_page_dmap(m), PAGE_SIZE);
		if (*(uint64_t *)t->bytes != vm_anon_pattern(pindex))
			t->errors++;
	}
	pv_sunbusy(m);
}
