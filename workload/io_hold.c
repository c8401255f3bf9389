/*
 * What I/O on pages costs those who fault on them.
 *
 * Stands for sendfile and the buffer cache, which hold pages shared busy while
 * a device works, and for readers of the same mapped file.  Every worker does
 * both: one operation is a read fault on the next page; now and then, before
 * one, it takes BATCH pages shared busy, sleeps as for a device, and releases
 * them.  Times and places are drawn, or the workers would fall into step.  In
 * `shared' all workers use all the pages; in `same' the one page is taken once.
 * A fault that meets a busy page waits, if its release makes it.
 *
 * Pages are taken in rising order: r254138's busy sleep waits for either kind
 * of busy, so workers that took them in different orders could each wait for
 * what the other holds.
 * The oracle: every fault mapped its page and no other, nothing is left busy.
 */
#include <sys/sleepqueue.h>
#include <workload/workload.h>

#define	STEP	(VM_FAULT_PREFAULT + 1)
#define	PAGES	(16 * STEP)
#define	EVERY	256		/* operations from I/O to I/O, on average */
#define	BATCH	8
#define	IO_NS	20000		/* on average */

static int
io_hold_setup(struct lab_run *run)
{
	unsigned i;

	wl_fixture(run, PAGES, wl_make_resident);
	for (i = 0; i < run->lr_threads; i++)
		wl_state(run)->threads[i].first = 0;
	return (wl_map(run, false, VM_PROT_READ, 0));
}

static void
io(struct wl_thread *t)
{
	unsigned i, n = (unsigned)ulmin(BATCH, t->count);
	vm_pindex_t first = wl_random(t) % (t->count - (n - 1) * STEP);
	vm_page_t batch[BATCH];

	for (i = 0; i < n; i++)
		batch[i] = pv_grab_sbusy(t->object, first + i * STEP,
		    VM_ALLOC_NORMAL);
	pause_ns("iohold", IO_NS / 2 + wl_random(t) % IO_NS);
	for (i = 0; i < n; i++)
		pv_sunbusy(batch[i]);
}

WORKLOAD(io_hold, "a read fault, while pages are held shared busy for I/O",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .lab.lw_threads_max = WL_SBUSY_MAX, .lab.lw_windows = 2,
    .setup = io_hold_setup, .oracle = wl_mappings_right)
{
	vm_offset_t va = t->va + ptoa(t->next);

	if (t->n-- == 0) {
		io(t);
		t->n = EVERY / 2 + wl_random(t) % EVERY;
	}
	wl_fault(t, va, VM_PROT_READ);
	if (pmap_access(&t->vm->vm_pmap, va, VM_PROT_READ) == NULL)
		t->errors++;
	t->next += STEP;
	if (t->next >= t->count) {
		t->next = 0;
		pmap_remove(&t->vm->vm_pmap, t->va, t->va + ptoa(t->count));
	}
}
