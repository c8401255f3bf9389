/*
 * How many resident pages a second can be grabbed and released.
 *
 * Stands for vm_page_grab() in tmpfs and shm write when the page is there.  One
 * operation is an exclusive grab and its release.  Variant `copy' writes the
 * page's 4 KiB in between, with no lock held, as those callers do; `bare' does
 * nothing there, which lets one thread have the object's lock again before
 * another has noticed that it was free: read it with the fairness beside it.
 * The oracle: nothing is left busy, counts are right, and every page written
 * is wholly one worker's.
 */
#include <vm/uma.h>
#include <workload/workload.h>

#define	PAGES	64
#define	WORDS	(PAGE_SIZE / sizeof(uint64_t))

static const char *const grab_hit_variants[] = { "copy", "bare", NULL };

static int
grab_hit_setup(struct lab_run *run)
{
	struct wl_thread *t;
	unsigned i, j;

	wl_fixture(run, PAGES, wl_make_resident);
	if (!wl_variant(run, "copy"))
		return (0);
	for (i = 0; i < run->lr_threads; i++) {
		t = &wl_state(run)->threads[i];
		t->bytes = kmem_startup_array(PAGE_SIZE, char);
		for (j = 0; j < WORDS; j++)
			((uint64_t *)t->bytes)[j] = i;
	}
	return (0);
}

/* Two workers in one page at once would leave words of both. */
static int
grab_hit_oracle(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	const uint64_t *p;
	vm_page_t m;
	unsigned i, j;

	for (i = 0; i < s->nobjects; i++)
		TAILQ_FOREACH(m, &s->objects[i]->memq, listq) {
			p = vm_page_dmap(m);
			/* Word 0 of a page never written is its pattern. */
			for (j = 2; j < WORDS; j++)
				if (p[j] != p[1])
					return (wl_wrong(run,
					    "page written by two at once",
					    m->pindex));
		}
	return (wl_objects_at_rest(run));
}

WORKLOAD(grab_hit, "vm_page_grab of a resident page, exclusive, and release",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .lab.lw_variants = grab_hit_variants,
    .setup = grab_hit_setup, .oracle = grab_hit_oracle)
{
	vm_page_t m = pv_grab(t->object, wl_next(t), VM_ALLOC_NORMAL);

	if (t->bytes != NULL)
		md_copy(vm_page_dmap(m), t->bytes, PAGE_SIZE);
	pv_xunbusy(m);
}
