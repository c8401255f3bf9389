/*
 * What windows, rounds and the rest of a run are expected to take.
 *
 * A window costs its length and what goes before and after it, which the pass
 * that is not recorded measures first and each window measures again.
 */
#ifndef BENCH_COST_H
#define	BENCH_COST_H

#include "schedule.h"

/* Length of an entry's windows: that of several others' for some workloads. */
uint64_t	cost_length_ns(const struct schedule *,
		    const struct cell_entry *);

/* What a round comes to in windows of the common length. */
unsigned	cost_windows(const struct cell_table *);

/* One window of an entry. */
uint64_t	cost_window_ns(const struct schedule *,
		    const struct cell_entry *);

/* Note what a window took. */
void		cost_note(struct cell_entry *, const struct window *,
		    uint64_t length_ns);

/* The rest of a round or pass: blocks that are not complete. */
uint64_t	cost_pass_ns(const struct schedule *, enum flavour,
		    unsigned round);

/* What comes after it: in this process, and in those after it. */
uint64_t	cost_after_ns(const struct schedule *, enum flavour,
		    unsigned round);

#endif /* BENCH_COST_H */
