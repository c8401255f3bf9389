/*
 * The simulator's command line.
 */
#ifndef SIM_OPTIONS_H
#define	SIM_OPTIONS_H

#include "job.h"

#define	OPTIONS_LIST_MAX	64

struct options {
	const char	*o_machine;
	const char	*o_topology;		/* instead of the machine's */
	const char	*o_impls[OPTIONS_LIST_MAX];
	unsigned	 o_nimpls;		/* 0: all */
	unsigned	 o_threads[OPTIONS_LIST_MAX];
	unsigned	 o_nthreads;		/* 0: 1, 2, 4 .. all CPUs */
	const char	*o_cells[OPTIONS_LIST_MAX];
	unsigned	 o_ncells;		/* 0: the default plan */
	uint64_t	 o_window_ns, o_seed;
	unsigned	 o_rounds, o_home;
	unsigned	 o_processes;
	bool		 o_json, o_pairs, o_no_lookahead, o_first_touch;
	bool		 o_conflicts, o_sensitivity, o_speed;
	const char	*o_results;		/* where folders are; or NULL */
	const char	*o_program;		/* or NULL */
};

/* Exits with status 2 and one line if the arguments are wrong. */
void	options_parse(struct options *o, int argc, char **argv);

#endif /* SIM_OPTIONS_H */
