/*
 * The statistics of a comparison: medians, their exact interval and test, and
 * Holm's correction.  docs/METHOD.md says why these; shift.h has those of two
 * runs without blocks in common.
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
#define	RP_ALPHA	0.05	/* of a run: any false alarm at all */
#define	RP_POWER	0.80	/* with which an MDE would be resolved */

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

/*
 * Two-sided exact sign test of "the median is 0".  Zeros say nothing and are
 * left out; 1 when nothing is left.
 */
double		 rp_sign_p(const double *values, unsigned n);

/*
 * Holm's step-down correction of n p-values, in place; NAN is no p-value and
 * does not count.  Returns how many there were.
 */
unsigned	 rp_holm(double *p, unsigned n);

/*
 * What a sign test at level alpha would resolve with RP_POWER, from values
 * like these, if the median must also lie beyond floor (NAN: there is none).
 * An effect that is equal to what it must exceed does so every other time, so
 * the larger of the floor and half of the interval of that level is widened as
 * a normal mean's would be.  NAN when n values are too few for the level.
 * Sorts in place.
 */
double		 rp_detectable(double *values, unsigned n, double alpha,
		    double floor);

/* "faster", "slower", "not resolved", ... */
const char	*rp_verdict_name(enum rp_verdict v);

/* Faster or slower. */
bool		 rp_resolved(enum rp_verdict v);

#endif /* REPORT_STATS_H */
