/*
 * The Universal Scalability Law, fitted to a curve of throughput:
 *
 *	X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1))
 *
 * N. J. Gunther, "A Simple Capacity Model of Massively Parallel Transaction
 * Systems", CMG 1993, and "Guerrilla Capacity Planning", Springer 2007, chapter
 * 4.  lambda is the throughput of one CPU, sigma the share of an operation
 * that only one can do at a time (contention: the curve flattens), kappa the
 * cost of each pair's agreeing (coherency: it turns down).
 *
 * It is a summary of a curve in three numbers, never the model: a lock that
 * breaks down at once, or steps from package to package, has no such shape,
 * and the fit then says so.
 */
#ifndef REPORT_USL_H
#define	REPORT_USL_H

#include <stdbool.h>

#define	RP_USL_POINTS	4	/* three parameters fit any three points */
#define	RP_USL_BAD	0.10	/* error beyond which the fit says little */

struct rp_usl {
	bool		fitted;		/* else all below is NAN */
	double		lambda;		/* operations a second of one CPU */
	double		sigma, kappa;	/* >= 0, without a unit */
	double		peak;		/* CPUs at the law's peak, >= 1;
					   INFINITY: it has none */
	double		error;		/* RMS of log(law / curve): as a
					   fraction of throughput */
	bool		bad;		/* error > RP_USL_BAD, or points
					   without an operation left out */
};

/*
 * Fit the law to n points: CPUs (>= 1, no two equal) and throughput.  Least
 * squares of the logarithm, so that each number of CPUs weighs the same: first
 * of N/X, which is linear in the parameters, then refined by Levenberg and
 * Marquardt's method (GSL, gsl_multifit_nlinear).  Where sigma or kappa would
 * come out below 0, it is 0 and the others are fitted without it.
 * Not fitted from fewer than RP_USL_POINTS points with throughput.
 */
struct rp_usl	 rp_usl(const double *cpus, const double *throughput,
		    unsigned n);

/* The law's throughput on so many CPUs. */
double		 rp_usl_at(const struct rp_usl *u, double cpus);

#endif /* REPORT_USL_H */
