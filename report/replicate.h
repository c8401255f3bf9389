/*
 * From windows to replicates: the values that statistics are made of.
 *
 * A replicate is a process or a round (docs/METHOD.md).  Where it is the
 * process, its value is the median over its rounds.
 */
#ifndef REPORT_REPLICATE_H
#define	REPORT_REPLICATE_H

#include "compare.h"

/* A value of a window, and whose it is. */
struct rp_value {
	unsigned	process;
	double		value;
};

/* The arm of an implementation; an empty one for -1. */
const struct rp_arm *rp_arm_at(const struct rp_cell *c, int impl);

/*
 * Why an arm has no figure; RP_UNRESOLVED if it has.  A failure voids the
 * whole arm.
 */
enum rp_verdict	 rp_arm_verdict(const struct rp_arm *a);

/*
 * log(impl / base) of each round that both have, both lists sorted by round.
 * A round in which neither did an operation has no ratio.  How many.
 */
unsigned	 rp_pair_windows(const struct rp_arm *impl,
		    const struct rp_arm *base, struct rp_value *values);

/* Values of windows to values of replicates, into out; how many. */
unsigned	 rp_reduce(const struct rp_value *values, unsigned n,
		    bool by_process, double *out);

#endif /* REPORT_REPLICATE_H */
