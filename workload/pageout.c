/*
 * What the page daemon costs those who fault.
 *
 * Stands for reading through a file larger than memory, or through memory that
 * is swapped out and only read.  The workers' pages are together four times the
 * memory; one operation is a read fault on the next page that no read-ahead
 * brought.  The daemon, which is the first worker, frees pages as fast: it
 * takes the locks of pages, their object and their queue the other way round,
 * by trying.  All pages are clean, so nothing is written, and the pager fills
 * them at once: locks decide.
 * The oracle: each page read begins with what its pager keeps for it, and so do
 * those that are left; what is mapped is in its place.
 */
#include <vm/vm_phys.h>
#include <workload/beside_daemon.h>

#define	PHYSMEM		((size_t)4 << 20)
#define	STEP		(1 + VM_FAULT_READ_AHEAD)

static int
pageout_setup(struct lab_run *run)
{
	vm_pindex_t pages = vm_cnt.v_page_count * 4 / run->lr_threads + STEP;
	int error;

	wl_fixture(run, pages - pages % STEP, wl_make_anon);
	error = wl_map(run, true, VM_PROT_READ, 0);
	return (error != 0 ? error : wl_daemon_setup(run));
}

static int
pageout_oracle(struct lab_run *run)
{
	vm_page_t m;

	TAILQ_FOREACH(m, &wl_state(run)->objects[0]->memq, listq)
		if (*(uint64_t *)vm_page_dmap(m) != vm_anon_pattern(m->pindex))
			return (wl_wrong(run, "not what the pager keeps for "
			    "page", m->pindex));
	return (wl_mappings_right(run));
}

static inline void
pageout_op(struct wl_thread *t)
{
	vm_offset_t va = t->va + ptoa(t->next);
	uint64_t word;

	/* The daemon may be as quick as to take it before it is read. */
	do {
		wl_fault(t, va, VM_PROT_READ);
	} while (!pmap_load(&t->vm->vm_pmap, va, &word, sizeof(word)));
	if (word != vm_anon_pattern(t->first + t->next))
		t->errors++;
	t->next += STEP;
	if (t->next >= t->count)
		t->next = 0;
}

WL_BESIDE_DAEMON(pageout)
WORKLOAD_RECORD(pageout, "a read fault, while the page daemon makes room",
    pageout_loop, .sampled_loop = pageout_sampled_loop,
    .lab.lw_sharing = LAB_SHARED, .lab.lw_threads_min = WL_DAEMON + 1,
    .lab.lw_roles = WL_DAEMON, .lab.lw_physmem = PHYSMEM,
    .setup = pageout_setup, .thread_end = wl_daemon_done,
    .oracle = pageout_oracle)
