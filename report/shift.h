/*
 * The shift between two samples that have no blocks in common: exact
 * Mann-Whitney test, Hodges-Lehmann estimate and its interval.
 *
 * Of two runs there are no pairs, so what moved the machine between them is in
 * the shift as well; runs.h says what is done about it.
 */
#ifndef REPORT_SHIFT_H
#define	REPORT_SHIFT_H

#include <stdbool.h>

struct rp_shift {
	unsigned	nx, ny;
	double		shift;		/* median of all x - y; NAN if none */
	bool		bounded;	/* false: too few for RP_NOMINAL */
	double		lo, hi;		/* the interval; NAN unless bounded */
	double		p;		/* two-sided; NAN if none */
};

/*
 * How far x lies above y.  Ties count half for either side, and are rounded
 * towards no shift.  Values must be finite.
 */
struct rp_shift	 rp_shift(const double *x, unsigned nx, const double *y,
		    unsigned ny);

/* P(U <= u) of Mann and Whitney's U without ties, under no shift. */
double		 rp_mann_whitney_P(unsigned u, unsigned nx, unsigned ny);

#endif /* REPORT_SHIFT_H */
