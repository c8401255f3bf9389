/*
 * Deal the faults of a trace to the workers.
 *
 * Thread j of clone c is served by worker (c * threads + j) mod workers; a
 * worker's list merges its threads in the order of the trace, so that what
 * one thread does before another stays so within a worker.  Between workers
 * nothing orders the faults but the locks: that is the concurrency measured.
 */
#include <vm/uma.h>
#include <workload/trace.h>

static vm_prot_t
fault_type(const struct lab_trace_fault *f)
{
	if (f->ltf_write)
		return (VM_PROT_WRITE);
	return (f->ltf_exec ? VM_PROT_EXECUTE : VM_PROT_READ);
}

/* Thread of each fault in the order of the trace. */
static uint32_t *
threads_in_order(const struct lab_trace *tr,
    const struct lab_trace_fault **faults)
{
	uint32_t *thread = kmem_startup_array(tr->lt_nfaults, uint32_t);
	const struct lab_trace_thread *tt;
	uint32_t i, j;

	for (i = 0; i < tr->lt_nthreads; i++) {
		tt = &tr->lt_threads[i];
		for (j = 0; j < tt->ltt_nfaults; j++) {
			thread[tt->ltt_faults[j].ltf_order] = i;
			faults[tt->ltt_faults[j].ltf_order] =
			    &tt->ltt_faults[j];
		}
	}
	return (thread);
}

static unsigned
worker_of(const struct lab_run *run, uint32_t clone, uint32_t thread)
{
	return ((clone * run->lr_trace->lt_nthreads + thread) %
	    run->lr_threads);
}

static uint64_t
list_length(const struct lab_run *run, unsigned worker)
{
	const struct lab_trace *tr = run->lr_trace;
	uint64_t n = 0;
	uint32_t c, i;

	for (c = 0; c < run->lr_clones; c++)
		for (i = 0; i < tr->lt_nthreads; i++)
			if (worker_of(run, c, i) == worker)
				n += tr->lt_threads[i].ltt_nfaults;
	return (n);
}

static void
deal_faults(struct lab_run *run, struct replay *r, const vm_offset_t *va)
{
	const struct lab_trace *tr = run->lr_trace;
	const struct lab_trace_fault **faults = kmem_startup_array(
	    tr->lt_nfaults, const struct lab_trace_fault *);
	uint32_t *thread = threads_in_order(tr, faults), c, i, process;
	struct replay_worker *w;

	for (i = 0; i < run->lr_threads; i++)
		r->workers[i].faults = kmem_startup_array(
		    list_length(run, i), struct replay_fault);
	for (i = 0; i < tr->lt_nfaults; i++) {
		process = tr->lt_threads[thread[i]].ltt_process;
		for (c = 0; c < run->lr_clones; c++) {
			w = &r->workers[worker_of(run, c, thread[i])];
			w->faults[w->nfaults++] = (struct replay_fault){
				.va = va[faults[i]->ltf_object] +
				    ptoa(faults[i]->ltf_page),
				.space = c * tr->lt_nprocesses + process,
				.type = fault_type(faults[i]),
			};
		}
	}
}

/* The worker of a process's first thread ends the process. */
static void
deal_leads(struct lab_run *run, struct replay *r)
{
	const struct lab_trace *tr = run->lr_trace;
	bool *led = kmem_startup_array(tr->lt_nprocesses, bool);
	struct replay_worker *w;
	uint32_t c, i, process;

	for (i = 0; i < run->lr_threads; i++)
		r->workers[i].leads = kmem_startup_array(run->lr_clones *
		    tr->lt_nprocesses, uint32_t);
	for (i = 0; i < tr->lt_nthreads; i++) {
		process = tr->lt_threads[i].ltt_process;
		if (led[process])
			continue;
		led[process] = true;
		for (c = 0; c < run->lr_clones; c++) {
			w = &r->workers[worker_of(run, c, i)];
			w->leads[w->nleads++] =
			    c * tr->lt_nprocesses + process;
		}
	}
}

int
replay_deal(struct lab_run *run, struct replay *r, const vm_offset_t *va)
{
	if (run->lr_trace->lt_nthreads * run->lr_clones < run->lr_threads) {
		wl_wrong(run, "fewer traced threads than workers: --clones",
		    run->lr_threads);
		return (EINVAL);
	}
	r->workers = kmem_startup_array(run->lr_threads,
	    struct replay_worker);
	deal_faults(run, r, va);
	deal_leads(run, r);
	return (0);
}

/*
 * The map stays share-locked: other threads of the process may be faulting,
 * and fault anew what they lose.  The object of a COW entry is the process's
 * own, unless it is a file still waiting for its first copy.
 */
void
replay_empty_space(struct vmspace *vm)
{
	vm_map_entry_t e;

	sx_slock(&vm->vm_map.lock);
	for (e = vm_map_entry_above(&vm->vm_map, 0); e != NULL;
	    e = vm_map_entry_above(&vm->vm_map, e->end)) {
		pmap_remove(&vm->vm_pmap, e->start, e->end);
		if ((e->eflags & (MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)) !=
		    MAP_ENTRY_COW)
			continue;
		pv_object_lock(e->object);
		vm_object_page_remove(e->object, 0, 0);
		pv_object_unlock(e->object);
	}
	sx_sunlock(&vm->vm_map.lock);
}
