/*
 * How fast the page faults of a real program can be served.
 *
 * Replays a recorded trace (traces/): its processes are address spaces, its
 * threads keep their order, its files are objects resident from the start and
 * mapped privately (a write copies), its shared memory one object for all, its
 * private memory zero filled.  lr_clones copies are replayed at once; they
 * share files and shared memory as that many processes of one program do.
 * The threads of all copies are dealt to the workers, each of which serves its
 * share in the order of the trace.
 *
 * One operation is one fault.  At the end of its list a worker ends the
 * processes that are its own (unmaps, frees private pages, which is in the
 * time) and begins again.  The oracle: every fault succeeded, what is mapped
 * where a fault was is the page that belongs there, nothing is left busy.
 */
#include <workload/trace.h>

static struct replay replay;

static int
trace_setup(struct lab_run *run)
{
	return (replay_layout(run, &replay));
}

static void
trace_again(struct wl_thread *t, const struct replay_worker *w)
{
	unsigned i;

	for (i = 0; i < w->nleads; i++)
		replay_empty_space(wl_state(t->run)->spaces[w->leads[i]]);
	t->n = 0;
}

static int
trace_oracle(struct lab_run *run)
{
	const struct replay_worker *w = replay.workers;
	const struct replay_fault *f;
	int error;

	for (; w < replay.workers + run->lr_threads; w++)
		for (f = w->faults; f < w->faults + w->nfaults; f++) {
			error = wl_mapping_right(run,
			    wl_state(run)->spaces[f->space], f->va);
			if (error != 0)
				return (error);
		}
	return (wl_objects_at_rest(run));
}

WORKLOAD(trace, "one page fault of a recorded program",
    .lab.lw_sharing = LAB_SHARED, .lab.lw_physmem = (size_t)128 << 20,
    .lab.lw_windows = 5,
    .setup = trace_setup, .oracle = trace_oracle)
{
	const struct replay_worker *w = &replay.workers[t->id];
	const struct replay_fault *f = &w->faults[t->n];

	t->vm = wl_state(t->run)->spaces[f->space];
	wl_fault(t, f->va, f->type);
	if (++t->n == w->nfaults)
		trace_again(t, w);
}
