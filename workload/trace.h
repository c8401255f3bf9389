/*
 * A trace laid out for replay: who faults where, and what each process maps.
 * Between trace.c, the workload, and trace_layout.c, which prepares it.
 */
#ifndef WORKLOAD_TRACE_H
#define	WORKLOAD_TRACE_H

#include <traces/trace.h>
#include <workload/workload.h>

/* One fault of a worker's list; 16 bytes, read in order. */
struct replay_fault {
	vm_offset_t	va;
	uint32_t	space;		/* index into wl_state.spaces */
	vm_prot_t	type;
};

struct replay_worker {
	struct replay_fault *faults;
	uint64_t	nfaults;
	uint32_t	*leads;		/* spaces it empties at the end */
	unsigned	nleads;
};

struct replay {
	struct replay_worker *workers;	/* lr_threads of them */
};

/*
 * Make objects, address spaces and the workers' lists from lr_trace and
 * lr_clones.  0, EINVAL or ENOMEM with lr_why filled.
 */
int		replay_layout(struct lab_run *run, struct replay *r);

/* The last step of it: the workers' lists.  va[o] is where object o stands. */
int		replay_deal(struct lab_run *run, struct replay *r,
		    const vm_offset_t *va);

/* Unmap a process and free what was its own, as if it ended. */
void		replay_empty_space(struct vmspace *vm);

#endif /* WORKLOAD_TRACE_H */
