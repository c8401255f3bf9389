/*
 * The known case of kern.ipc.shm_use_phys: one segment in many address spaces,
 * each of its pages touched in each.  A unit does it, a program asks it to.
 */
#ifndef TOOLS_SHM_CASE_H
#define	TOOLS_SHM_CASE_H

#include <stddef.h>
#include <stdint.h>

/* What it took, summed over all address spaces. */
struct shm_found {
	uint64_t	sf_mappings;	/* page by address space */
	uint64_t	sf_pv_entries;
	uint64_t	sf_pv_bytes;	/* of those entries, really allocated */
	uint64_t	sf_table_bytes;	/* of page tables */
	uint64_t	sf_reserved_bytes; /* of swap, for the segment */
	uint64_t	sf_map_ns;	/* shmat and the touch of every page */
	uint64_t	sf_unmap_ns;	/* until all address spaces are gone */
};

/* One a unit, in the linker set shm_cases. */
struct shm_case {
	const char	*sc_impl;
	/*
	 * Boot a VM, make the segment with shm_use_phys so, map and touch it
	 * in so many address spaces, and take all down.  Panics unless every
	 * call succeeds and nothing is left behind.
	 */
	void		(*sc_run)(int use_phys, size_t bytes, unsigned spaces,
			    struct shm_found *found);
};

#endif /* TOOLS_SHM_CASE_H */
