/*
 * The order of windows: rounds of blocks.
 *
 * Round r goes through all cells; in each cell every implementation runs once,
 * in an order drawn from (seed, round, cell).  Rounds are the outer loop, so
 * that a drift of the machine falls on all cells alike; a cell's windows are
 * neighbours in time, so that it falls on all implementations alike.
 *
 * A pass that is not recorded goes first: it warms threads and memory, and
 * tells what each window costs beside its length.
 */
#ifndef BENCH_SCHEDULE_H
#define	BENCH_SCHEDULE_H

#include "cell.h"
#include "pool.h"
#include "rounds.h"

struct schedule {
	const struct options *sc_options;
	const struct place_map *sc_map;
	struct cell_table *sc_cells;
	struct pool	*sc_pool;
	const char	*sc_command;
	const char	*sc_rounds_path;
	unsigned	 sc_rounds;	/* decided after the first pass */
	uint64_t	 sc_window_ns;
	uint64_t	 sc_begin_ns;	/* of the first pass */
	int		 sc_home_error;	/* of verifying the home node */
	unsigned	 sc_failed;	/* windows whose oracle failed */
	unsigned	 sc_windows;	/* lines written */
};

/* How a run ended. */
enum schedule_end {
	SCHEDULE_DONE,
	SCHEDULE_INTERRUPTED,
	SCHEDULE_WRITE_ERROR	/* errno says which */
};

/* The pass before; then decide on rounds and window. */
void		 schedule_warm(struct schedule *);

/* All rounds, then the pass for lock statistics if asked for. */
enum schedule_end schedule_run(struct schedule *);

/*
 * The block's order: a permutation of 0..n - 1 into out, the same for the same
 * seed, round and cell everywhere.
 */
void		 schedule_order(uint64_t seed, unsigned round,
		    const char *cell, unsigned n, unsigned *out);

/*
 * Rounds and window that fit into budget_ns, when a round of windows of no
 * length costs overhead_ns and has n windows.  *rounds and *window_ns hold
 * what was asked for, or 0.
 */
void		 schedule_fit(uint64_t budget_ns, uint64_t overhead_ns,
		    unsigned n, unsigned *rounds, uint64_t *window_ns);

#endif /* BENCH_SCHEDULE_H */
