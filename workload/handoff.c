/*
 * How fast an exclusively busied page passes from thread to thread.
 *
 * Stands for page-in and page-out of pages that others wait for.  n workers
 * stand on a ring of n + 1 pages, each holding one busied; one operation grabs
 * the page ahead, waiting for whoever holds it, and releases the one behind.
 * One page is free, so one worker at a time can go, and the next one sleeps
 * until it has gone: every operation but the first is a sleep and a wake-up.
 * The oracle: the page counters that are changed only while a page is busied
 * add up to the grabs.
 */
#include <workload/workload.h>

static vm_object_t
make_ring(vm_pindex_t pages)
{
	return (wl_make_resident(pages + 1));
}

static vm_pindex_t
ring(const struct wl_thread *t, uint64_t at)
{
	return (at % (t->run->lr_threads + 1));
}

static int
handoff_setup(struct lab_run *run)
{
	return (wl_fixture(run, 1, make_ring));
}

/* The counter in the page is the busier's: a lost update is two busiers. */
static void
take(struct wl_thread *t)
{
	uint64_t *count;

	t->held = pv_grab(t->object, ring(t, t->id + t->n), VM_ALLOC_NORMAL);
	count = (uint64_t *)vm_page_dmap(t->held) + 1;
	++*count;
	t->n++;
}

static void
release(struct wl_thread *t)
{
	pv_xunbusy(t->held);
}

static int
handoff_oracle(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	uint64_t grabs = 0, counted = 0;
	vm_page_t m;
	unsigned i;

	for (i = 0; i < run->lr_threads; i++)
		grabs += s->threads[i].n;
	TAILQ_FOREACH(m, &s->objects[0]->memq, listq)
		counted += *((uint64_t *)vm_page_dmap(m) + 1);
	if (grabs != counted)
		return (wl_wrong(run, "grabs lost", grabs - counted));
	return (wl_objects_at_rest(run));
}

WORKLOAD(handoff, "an exclusively busied page passed to a waiting thread",
    .lab.lw_sharing = LAB_SHARED, .lab.lw_threads_min = 2,
    .setup = handoff_setup, .thread_setup = take, .thread_end = release,
    .oracle = handoff_oracle)
{
	vm_page_t behind = t->held;

	take(t);
	pv_xunbusy(behind);
}
