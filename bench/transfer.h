/*
 * The transfer matrix: what it costs this machine to hand a cache line from
 * one PU to another.
 *
 * Two pinned threads of the pool change one word in turns by compare-and-set,
 * as locks and busy words are changed; a transfer is one way, half of there
 * and back.  No word that two threads change can change hands faster, which
 * makes it the ceiling of a scaling plot.  The line is homed on a node and that
 * is verified.  A repeat is some hundreds of transfers; the figure of a pair is
 * the median of its repeats, which a partner that loses its PU now and then
 * does not move.
 */
#ifndef BENCH_TRANSFER_H
#define	BENCH_TRANSFER_H

#include "placement.h"
#include "pool.h"

#define	TRANSFER_REPEATS	25	/* of a pair, at most */

/* Repeats of one pair and what came out, in ns a transfer. */
struct transfer {
	unsigned	t_repeats;	/* 0: none could be had */
	double		t_ns[TRANSFER_REPEATS];	/* rising, once summed up */
	double		t_ns_min;
	double		t_ns_median;
	double		t_ns_max;
};

/* The smallest thing that holds PUs a and b, as docs/DATA.md names it. */
const char	*transfer_level(const struct place_map *, unsigned a,
		    unsigned b);

/* Minimum, median and maximum of the t_repeats values of t_ns. */
void		 transfer_sum_up(struct transfer *);

/* How long each of so many pairs may take. */
uint64_t	 transfer_budget_ns(size_t pairs);

/*
 * Measure one pair, indices of pm_pus, for about budget_ns; word is alone on
 * its lines.  A pair that does not answer is given up, with the repeats it has
 * had.  Returns 0, or an errno of pinning.
 */
int		 transfer_pair(struct pool *, unsigned a, unsigned b,
		    unsigned *word, uint64_t budget_ns, struct transfer *);

/*
 * Measure all pairs of the map and write transfer.json: 50 ms for one pair, at
 * most about 3 s for many.  native_init() comes before; no window may run.
 * An interrupt (window.h) leaves out the rest.  Returns 0, or an errno.
 */
int		 transfer_write(const char *path, struct pool *,
		    const struct place_map *, unsigned home);

#endif /* BENCH_TRANSFER_H */
