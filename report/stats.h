/*
 * The statistics of a comparison: medians, and their exact interval.
 *
 * The interval of a median is the one that the sign test inverts to: two order
 * statistics, equally far from both ends.  It assumes no distribution, only
 * that rounds are independent.  Its coverage takes steps, so it is the
 * narrowest whose coverage is at least the nominal one, and the coverage it
 * truly has is given with it.
 */
#ifndef REPORT_STATS_H
#define	REPORT_STATS_H

#include <stdbool.h>

#define	RP_NOMINAL	0.95	/* least coverage of an interval */

/* A median of n values and where it lies. */
struct rp_estimate {
	unsigned	n;
	double		median;		/* NAN when n is 0 */
	double		min, max;	/* of the values; NAN when n is 0 */
	bool		bounded;	/* false: too few values, no interval */
	double		lo, hi;		/* the interval; NAN unless bounded */
	double		coverage;	/* of [lo, hi], 0 to 1 */
};

enum rp_verdict {
	RP_FASTER,
	RP_SLOWER,
	RP_UNRESOLVED,		/* the interval holds 0 */
	RP_FEW,			/* too few rounds for an interval */
	RP_SKIPPED,
	RP_FAILED,
	RP_NO_BASE,		/* measured, but the baseline was not */
	RP_ABSENT		/* nothing was measured */
};

/*
 * Rank, from 1, of the order statistic that bounds the interval of the median
 * of n values from below; from above it is the same rank from the other end.
 * 0 if no pair of order statistics covers `nominal`.  *coverage is what the
 * returned pair covers, 0 if there is none.
 */
unsigned	 rp_sign_rank(unsigned n, double nominal, double *coverage);

/* The median of n values and its interval.  Sorts the values in place. */
struct rp_estimate rp_estimate(double *values, unsigned n);

/* What an estimate of a log ratio says: above 0 is faster. */
enum rp_verdict	 rp_judge(const struct rp_estimate *log_ratio);

/* "faster", "slower", "not resolved", ... */
const char	*rp_verdict_name(enum rp_verdict v);

/* Faster or slower. */
bool		 rp_resolved(enum rp_verdict v);

#endif /* REPORT_STATS_H */
