/*
 * One run of one workload in one unit, on the first CPUs of the machine.
 */
#ifndef SIM_RUN_H
#define	SIM_RUN_H

#include <workload/lab_unit.h>

#include "sim.h"
#include "tally.h"

struct sim_run {
	/* What is to be run; lr_threads of run are CPUs 0 and up. */
	const struct lab_workload *sr_workload;
	const char	*sr_variant;		/* or "" */
	const struct lab_trace *sr_trace;	/* NULL but for "trace" */
	enum lab_sharing sr_sharing;
	unsigned	 sr_threads;
	unsigned	 sr_home;		/* node of memory */
	unsigned	 sr_round;		/* from 0 */
	uint64_t	 sr_seed;		/* its own */
	uint64_t	 sr_window_ns;
	uint64_t	 sr_settle_ns;		/* of it, before counts begin */
	/* Factors of the transfers up to SIM_PACKAGE, and of all beyond. */
	double		 sr_setting[SIM_FAR];

	/* What came of it: 0; ENOTSUP and EDOM with sr_why. */
	int		 sr_error;
	char		 sr_why[LAB_WHY_MAX];
	uint64_t	 sr_ops, sr_ns;
	uint64_t	 sr_thread_ops[SIM_CPUS_MAX];
	uint64_t	 sr_events;
	/* Where the CPUs' time went, in ps, all together. */
	uint64_t	 sr_transfer, sr_pause, sr_sleep;
	uint64_t	 sr_misses;
	struct tally	 sr_tally;
};

/* Once a process: a second run would find lines where the first left them. */
void	sim_run_once(struct sim_run *);

#endif /* SIM_RUN_H */
