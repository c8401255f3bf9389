/*
 * The seam between a unit and a driver.
 *
 * A unit is one implementation with the whole VM and every workload, compiled
 * for one machine in one flavour, with all its symbols made local.  What a
 * driver sees of it are the records below, which land in two linker sets:
 * lab_units (one record a unit) and lab_workloads (one record a workload and
 * unit).  bench/, the conformance runner and the stress runner are drivers.
 *
 * One run (a window) of one workload in one unit goes:
 *
 *	lu_begin(run)			on any one thread: boot the VM, set up
 *	lu_thread_begin(run, i)		on each worker, pinned: get ready, warm
 *					up by a few operations
 *	lu_thread_loop(run, i)		on each worker: operate until told
 *	lu_thread_end(run, i)		on each worker
 *	lu_end(run)			on the first thread: oracle, leak check,
 *					shut the VM down, forget everything
 *
 * Only one run is under way in a process at a time.
 */
#ifndef WORKLOAD_LAB_UNIT_H
#define	WORKLOAD_LAB_UNIT_H

#include <stdint.h>
#include <stddef.h>

#include <machine/machine.h>
#include <workload/lab_histogram.h>

/* How the workers share: a bit each, for the masks in lab_workload. */
enum lab_sharing {
	LAB_PRIVATE	= 1,	/* an object per worker */
	LAB_SHARED	= 2,	/* one object, each worker its own pages */
	LAB_SAME	= 4	/* one object, one page */
};

/* Longest name of a lock type, a variant or a workload, with the NUL. */
#define	LAB_NAME_MAX	32
#define	LAB_WHY_MAX	256	/* longest explanation of a failure */
#define	LAB_LOCK_TYPES	32	/* lock types a stats unit tells apart */
#define	LAB_LOCK_NAMES	32	/* names of locks, beside their types' */
#define	LAB_LOCK_STATS	(LAB_LOCK_TYPES + LAB_LOCK_NAMES)

/*
 * Per-worker results.  Written by its worker alone, on lines of its own, so
 * that counting does not disturb what is counted.
 */
struct lab_slot {
	uint64_t	ls_ops;		/* operations completed */
	uint64_t	ls_start_ns;	/* md_clock_ns() before the first */
	uint64_t	ls_end_ns;	/* md_clock_ns() after the last */
} __attribute__((aligned(MD_CACHE_LINE)));

/*
 * What the locks of one type and name cost in a run, summed over workers.
 * Stats units only.
 */
struct lab_lock_stat {
	char		lls_type[LAB_NAME_MAX];
	char		lls_name[LAB_NAME_MAX];	/* "": the type's own */
	uint64_t	lls_acquired;	/* times */
	uint64_t	lls_contended;	/* times not got at the first try */
	uint64_t	lls_wait_ns;	/* from first try to got */
	uint64_t	lls_hold_ns;	/* from got to released */
};

/* The histograms of a run's workers are on lines of their own likewise. */
_Static_assert(LAB_HIST_ALIGN == MD_CACHE_LINE, "lab_histogram.h");

struct lab_trace;			/* traces/trace.h */
struct lab_workload;

/* A run: parameters from the driver, results from the unit. */
struct lab_run {
	/* Parameters; constant from lu_begin() to lu_end(). */
	const struct lab_workload *lr_workload;
	const char	*lr_variant;	/* one of lw_variants, or "" */
	enum lab_sharing lr_sharing;
	unsigned	 lr_threads;	/* workers, >= 1 */
	unsigned	 lr_home;	/* domain of objects and frames */
	size_t		 lr_physmem;	/* simulated, in bytes; 0: default */
	uint64_t	 lr_seed;
	uint64_t	 lr_ops_max;	/* of a worker, then it stops; 0: no */
	const struct lab_trace *lr_trace;	/* workload "trace" only */
	unsigned	 lr_clones;	/* copies of the trace, >= 1 */
	uint64_t	 lr_delay_steps; /* workload/delay.h; may change
					    while no worker runs */

	/* Set to 1 by the driver to end the window. */
	uint32_t	 lr_stop __attribute__((aligned(MD_CACHE_LINE)));

	/* Results. */
	struct lab_slot	*lr_slots;	/* lr_threads of them, driver's */
	/*
	 * NULL, or lr_threads of them, the driver's: then about one operation
	 * in LAB_SAMPLE_EVERY is timed, in ns, and counts are no throughput.
	 */
	struct lab_histogram *lr_histograms;
	struct lab_lock_stat lr_locks[LAB_LOCK_STATS];
	unsigned	 lr_nlocks;	/* 0 unless a stats unit */
	char		 lr_why[LAB_WHY_MAX];	/* when lu_end() says so */
	void		*lr_private;	/* the workload's own */
};

/* Of an operation that is timed, the number of operations; on average. */
#define	LAB_SAMPLE_EVERY	16

/* Flags of a unit. */
#define	LAB_UNSYNCHRONISED 1	/* no object lock, no busying: impl/null */
#define	LAB_PLANTED	2	/* slowed on purpose, by lu_planted_percent */

struct lab_unit {
	const char	*lu_impl;	/* the folder's name, or an alias */
	const char	*lu_again;	/* the implementation of which this is
					   the same once more, or NULL */
	const char	*lu_machine;	/* "native" or "virtual" */
	const char	*lu_flavour;	/* "bench", "stats", "test" ... */
	unsigned	 lu_flags;
	unsigned	 lu_planted_percent;	/* by how much an operation
						   shall take longer */
	size_t		 lu_sizeof_page;	/* sizeof(struct vm_page) */
	/*
	 * Returns 0, or an errno with lr_why filled: ENOTSUP is a named skip
	 * (the unit cannot run this cell and says why), others are failures.
	 */
	int		(*lu_begin)(struct lab_run *);
	void		(*lu_thread_begin)(struct lab_run *, unsigned worker);
	void		(*lu_thread_loop)(struct lab_run *, unsigned worker);
	void		(*lu_thread_end)(struct lab_run *, unsigned worker);
	/* Returns 0, or EDOM with lr_why: the oracle or a leak check. */
	int		(*lu_end)(struct lab_run *);
};

struct lab_workload {
	const struct lab_unit *lw_unit;
	const char	*lw_name;
	const char	*lw_op;		/* what one operation is, for --list */
	unsigned	 lw_sharing;	/* mask of enum lab_sharing it allows */
	unsigned	 lw_threads_min;	/* 0: any number */
	unsigned	 lw_threads_max;	/* 0: any number */
	const char *const *lw_variants;	/* NULL-terminated; NULL if none */
	size_t		 lw_physmem;	/* bytes it wants; 0: default */
	unsigned	 lw_roles;	/* the first so many workers, or more,
					   serve the others and count none */
	unsigned	 lw_windows;	/* length of a window, in the others';
					   0: 1 */
};

/* Linker-set bounds; SET_FOREACH-like loops over them in drivers. */
extern const struct lab_unit *const __start_set_lab_units[];
extern const struct lab_unit *const __stop_set_lab_units[];
extern const struct lab_workload *const __start_set_lab_workloads[];
extern const struct lab_workload *const __stop_set_lab_workloads[];

#endif /* WORKLOAD_LAB_UNIT_H */
