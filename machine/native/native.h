/*
 * The native machine as its drivers see it: which processing units and which
 * memory nodes stand behind the dense numbers of <machine/machine.h>.
 *
 * Units never include this.
 */
#ifndef MACHINE_NATIVE_NATIVE_H
#define	MACHINE_NATIVE_NATIVE_H

#include <stddef.h>

#include <hwloc.h>

/* One CPU of a run. */
struct native_cpu {
	unsigned	nc_pu;		/* the operating system's number */
	unsigned	nc_domain;	/* hwloc's logical number of its node */
};

/*
 * Give the run its CPUs 0..ncpus-1 and its topology (loaded by the caller, who
 * keeps it alive; domains are its NUMA nodes in logical order).  May be called
 * again for another placement while no thread of the machine runs.  Panics if
 * ncpus is 0 or a domain does not exist.
 */
void		native_init(unsigned ncpus, const struct native_cpu *cpus,
		    hwloc_topology_t topology);

/*
 * Say that the calling thread, which its driver has already pinned, runs on
 * CPU cpu.  md_curcpu() and md_curdomain() answer by it.
 */
void		native_thread_attach(unsigned cpu);

/* Pin the calling thread to CPU cpu and attach it.  0, or an errno. */
int		native_thread_pin(unsigned cpu);

/*
 * Is every page of a range on a domain?  0: yes.  EXDEV: no.  ENOTSUP: this
 * system or topology cannot tell.
 */
int		native_mem_verify(const void *p, size_t bytes,
		    unsigned domain);

/*
 * The same for every range that md_mem_map() has out, each with the domain it
 * was asked for.  Slow: it asks the system about every page.
 */
int		native_mem_verify_used(void);

/* Unmap what md_mem_unmap() keeps for the next unit. */
void		native_mem_purge(void);

/* The topology of native_init(), or NULL; for the machine's own files. */
hwloc_topology_t native_topology(void);

#endif /* MACHINE_NATIVE_NATIVE_H */
