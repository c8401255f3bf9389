/*
 * The order of windows: processes of rounds of blocks.
 *
 * Round r goes through all cells; in each cell every implementation runs once,
 * in an order drawn from (seed, round, cell).  Rounds are the outer loop, so
 * that a drift of the machine falls on all cells alike; a cell's windows are
 * neighbours in time, so that it falls on all implementations alike.
 *
 * A run's rounds are dealt out to processes, starts of this program.  Each
 *
 *	warms up	a pass that is not recorded: threads and memory are
 *			warm, and what windows cost beside their length is known
 *	runs its rounds	but for blocks that an earlier process completed
 *	runs the passes	beside the rounds, lock statistics and latency, if it
 *			is the last one
 *	repeats		the block of the first compared cell, for the drift
 *
 * bench/cost.h says what all that takes.
 */
#ifndef BENCH_SCHEDULE_H
#define	BENCH_SCHEDULE_H

#include "cell.h"
#include "ledger.h"
#include "pool.h"
#include "rounds.h"

struct schedule {
	const struct options *sc_options;
	const struct opt_names *sc_args; /* of this process */
	const struct place_map *sc_map;
	struct cell_table *sc_cells;
	struct pool	*sc_pool;
	const char	*sc_machine;	/* its key */
	const char	*sc_rounds_path;
	const struct ledger *sc_ledger;	/* NULL: the run begins here */
	char		 sc_time[32];	/* UTC at sc_begin_ns */
	uint64_t	 sc_begin_ns;	/* of this process */

	/* The plan; of a new run it is made after the first pass. */
	uint64_t	 sc_seed;
	unsigned	 sc_rounds;	/* of all processes */
	uint64_t	 sc_window_ns;
	uint64_t	 sc_planned_ns;	/* what all of it takes */

	/* The share of this process: rounds from first to last - 1. */
	unsigned	 sc_process;	/* its number in the file */
	unsigned	 sc_first;
	unsigned	 sc_last;

	uint64_t	 sc_start_ns;	/* before the run's folder */
	uint64_t	 sc_warm_ns;	/* that, and the first pass */
	int		 sc_home_error;	/* of verifying the home nodes */
	unsigned	 sc_failed;	/* windows whose oracle failed */
	unsigned	 sc_windows;	/* lines written by this process */
	unsigned	 sc_ran;	/* rounds complete, of all processes */
	double		 sc_elapsed_s;	/* all processes, at the run's end */
};

/* How a process ended. */
enum schedule_end {
	SCHEDULE_DONE,		/* the run is complete */
	SCHEDULE_SHARE_DONE,	/* other processes are to go on */
	SCHEDULE_INTERRUPTED,
	SCHEDULE_WRITE_ERROR	/* errno says which */
};

/*
 * The pass before.  For a new run, decide on rounds and window then; for any,
 * on the share of this process.
 */
void		 schedule_warm(struct schedule *);

/* This process's share. */
enum schedule_end schedule_run(struct schedule *);

/* A window of a cell as the options want it; flavour and seed are to be set. */
struct window	 schedule_window(const struct schedule *, const struct cell *,
		    const struct lab_workload *, uint64_t length_ns);

/* Give a window back, and memory if too much of it is kept. */
void		 schedule_release(struct window *);

/* Whether an entry runs in this round: a skip is recorded once, in round 0. */
bool		 schedule_entry_runs(const struct cell *,
		    const struct cell_entry *, enum flavour, unsigned round);

/* Whether an earlier process completed the block. */
bool		 schedule_block_done(const struct schedule *,
		    const struct cell *, enum flavour, unsigned round);

/* The compared cell that a process repeats at its end, or NULL. */
struct cell	*schedule_repeated(const struct schedule *);

/*
 * The block's order: a permutation of 0..n - 1 into out, the same for the same
 * seed, round and cell everywhere.
 */
void		 schedule_order(uint64_t seed, unsigned round,
		    const char *cell, unsigned n, unsigned *out);

/* What schedule_fit() is to fit into a time. */
struct schedule_load {
	uint64_t	sl_budget_ns;	/* 0: any time will do */
	uint64_t	sl_overhead_ns;	/* of a round of windows of no length */
	unsigned	sl_windows;	/* in a round */
	unsigned	sl_passes;	/* beside the rounds, as long as one */
	unsigned	sl_processes;	/* that share the rounds evenly */
};

/*
 * Rounds and window that fit.  *rounds and *window_ns hold what was asked for,
 * or 0.
 */
void		 schedule_fit(const struct schedule_load *, unsigned *rounds,
		    uint64_t *window_ns);

#endif /* BENCH_SCHEDULE_H */
