/*
 * What is computed from a run: contrasts, steps, tallies, bars and waiting.
 *
 * Read results.h for the run and stats.h for the statistics.  Everything that
 * is printed, drawn or tabulated comes from the functions below, so that a
 * figure, a table and a sentence cannot disagree.
 */
#ifndef REPORT_COMPARE_H
#define	REPORT_COMPARE_H

#include "results.h"
#include "stats.h"

/* One implementation against another, in one cell. */
struct rp_contrast {
	enum rp_verdict	verdict;
	struct rp_estimate log_ratio;	/* of ops_per_s_total, natural log */
	const char	*why;		/* of a skip or failure, or NULL */
};

/*
 * Compare implementation `impl` with `base` in a cell.  Only rounds in which
 * both were measured count: a round is a block, and the ratio is taken inside
 * it.  Either index may be -1: nothing is measured then.
 */
struct rp_contrast rp_contrast(const struct rp_cell *c, int impl, int base);

/* Throughput of one implementation in a cell, in operations per second. */
struct rp_estimate rp_rate(const struct rp_cell *c, int impl);

/*
 * The time of one operation of one thread, in ns, of which ops_per_s_total is
 * the inverse.
 */
struct rp_estimate rp_ns(const struct rp_cell *c, int impl);

/*
 * Fairness: operations of the thread that did least over those of the one that
 * did most, median over windows; 1 is fair, NAN with one thread.  Below
 * RP_FAIR_LOW a figure is mostly that of one thread, and is marked.
 */
#define	RP_FAIR_LOW	0.5
double		 rp_fairness(const struct rp_cell *c, int impl);

/* The steps from old_vpo_wanted to sxbusy_rlock, and their names. */
enum rp_step {
	RP_STEP_RWLOCK, RP_STEP_READ, RP_STEP_BUSY, RP_STEP_RLOCK, RP_STEPS
};

struct rp_steps {
	bool		complete;	/* all states were measured */
	unsigned	rounds;		/* in which all were */
	double		ratio[RP_STEPS];
	enum rp_verdict	verdict[RP_STEPS];
	double		total;		/* product of ratio[] */
};

/*
 * Split the gain of a cell into its steps.  A step's ratio is that of the
 * medians on both its sides, relative to the baseline and over the rounds
 * that have all states, so the steps multiply to the total.  Its verdict
 * is that of the step's own paired contrast.
 */
struct rp_steps	 rp_steps(const struct rp_results *r, const struct rp_cell *c);

/* The implementation that a step leads to. */
const char	*rp_step_impl(enum rp_step s);

/* How an implementation fares over all compared cells. */
struct rp_tally {
	unsigned	count[RP_ABSENT + 1];	/* cells by verdict */
	unsigned	judged;		/* faster, slower or not resolved */
	double		faster_min, faster_max;	/* ratios; NAN if none */
	double		slower_min, slower_max;
	double		median;		/* over every cell with a ratio */
	int		worst, best;	/* cells; -1 if none */
};
struct rp_tally	 rp_tally(const struct rp_results *r, int impl, int base);

/* A bar that a primitive is held against. */
struct rp_bar {
	const char	*name;		/* what is divided by what */
	const char	*unit;		/* "x" or "ns" */
	double		limit;		/* met at or below */
	struct rp_estimate value;	/* n = 0: not measured */
};
#define	RP_BARS	5

/*
 * cas_pair over pthread_rwlock_rd: below this ratio no lock can be whose
 * readers come and go with an atomic instruction each.  n = 0: not measured.
 */
struct rp_estimate rp_reader_floor(const struct rp_results *r);

/* Compute the bars.  A bar is met if its median is at most its limit. */
void		 rp_bars(const struct rp_results *r,
		    struct rp_bar bars[RP_BARS]);
const char	*rp_bar_outcome(const struct rp_bar *b);

/* A value for %.2f, so that -0.001 is not printed as -0.00. */
double		 rp_no_minus(double v);

/* The cell of a row of the table of primitives on one thread, or NULL. */
const struct rp_cell *rp_primitive(const struct rp_results *r,
		    const char *row);

/* Waiting for locks of an arm, per operation and as a share of its time. */
struct rp_waiting {
	bool		measured;
	double		acquired_per_op;
	double		contended;	/* of what was acquired, 0 to 1 */
	double		wait_ns_per_op, hold_ns_per_op;
	double		wait_ns_each;	/* of those that had to; 0 if none */
	double		wait_share;	/* of the threads' time, 0 to 1 */
};

/* For one lock type, or for all of them together when type is -1. */
struct rp_waiting rp_waiting(const struct rp_results *r,
		    const struct rp_cell *c, int impl, int type);

/*
 * How many times as long an operation takes in the units that count waiting,
 * over every cell and implementation that has both; null left out.
 */
struct rp_estimate rp_counting_cost(const struct rp_results *r);

/*
 * Of each workload the cell in which an implementation waits longest: their
 * indices, longest first, at most max of them, into cells[]; the number of
 * them.  Where threads wait less than RP_WAIT_LOW of their time is left out.
 */
unsigned	 rp_most_waiting(const struct rp_results *r, unsigned *cells,
		    unsigned max);
#define	RP_WAIT_LOW	0.01

#endif /* REPORT_COMPARE_H */
