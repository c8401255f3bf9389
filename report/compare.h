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
	double		p;		/* sign test; NAN if nothing paired */
	double		p_holm;		/* over the cells of the run */
	double		floor;		/* noise floor, a log ratio >= 0; NAN
					   without an A/A arm */
	double		mde;		/* detectable effect as a fraction,
					   0.03 is 3 %; NAN: n is too small */
	const char	*why;		/* of a skip or failure, or NULL */
};

/*
 * Compare implementation `impl' with `base' in a cell, as docs/METHOD.md says.
 * Only rounds in which both were measured count: a round is a block, and the
 * ratio is taken inside it.  Either index may be -1: nothing is measured then.
 * The result lives as long as r; it is computed once for each pair.
 */
const struct rp_contrast *rp_contrast(const struct rp_results *r,
		    const struct rp_cell *c, int impl, int base);

/* The contrast of the cell's A/A copy with its original, or NULL. */
const struct rp_contrast *rp_noise(const struct rp_results *r,
		    const struct rp_cell *c);

/* Its floor: the log ratio that identical code may show; NAN if unknown. */
double		 rp_noise_floor(const struct rp_results *r,
		    const struct rp_cell *c);

/* Cells over which Holm's correction goes, for a pair. */
unsigned	 rp_family(const struct rp_results *r, int impl, int base);

/* "not resolved (could have seen >= 2.3 %)", or the verdict's bare name. */
#define	RP_VERDICT_MAX	80
const char	*rp_verdict_text(const struct rp_contrast *k,
		    char text[RP_VERDICT_MAX]);

/* Where what rp_contrast() computes is kept; parts of rp_load, rp_free. */
void		 rp_pairs_init(struct rp_results *r);
void		 rp_pairs_free(struct rp_results *r);

/*
 * log(impl / base) of each replicate of a cell that both have, into values,
 * which has room for the windows of either; how many.
 */
unsigned	 rp_paired_logs(const struct rp_cell *c, int impl, int base,
		    double *values);

/* log(ops_per_s_total) of each replicate, into values; how many. */
unsigned	 rp_log_rates(const struct rp_cell *c, int impl,
		    double *values);

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

/* Jain's index of the threads' operations, median over windows; likewise. */
double		 rp_jain(const struct rp_cell *c, int impl);

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

/*
 * How an implementation fares over all compared cells.  What is resolved may
 * still be small: below RP_MUCH few would notice.
 */
#define	RP_MUCH		0.05
struct rp_tally {
	unsigned	count[RP_ABSENT + 1];	/* cells by verdict */
	unsigned	judged;		/* faster, slower or not resolved */
	double		faster_min, faster_max;	/* ratios; NAN if none */
	double		slower_min, slower_max;
	unsigned	faster_much, slower_much; /* by RP_MUCH or more */
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

/* For the locks of a name, which their type's has too: r->lock_names. */
struct rp_waiting rp_waiting_named(const struct rp_cell *c, unsigned impl,
		    unsigned name);

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

/* How far the machine moved within a process, and over the run. */
#define	RP_DRIFT	0.03	/* beyond it the report says so first */
struct rp_drift {
	bool		measured;
	double		worst;		/* last block over first, a ratio */
	unsigned	worst_process;
	unsigned	processes;	/* that repeated a block ... */
	unsigned	beyond;		/* ... and moved beyond RP_DRIFT */
	double		run;		/* last process over first */
};
struct rp_drift	 rp_drift(const struct rp_results *r);
/* Whether any process, or the run, moved beyond RP_DRIFT. */
bool		 rp_drifted(const struct rp_drift *d);

/*
 * Latency of single operations, in ns.  A quantile is NAN where fewer
 * operations were timed than it takes for one to lie beyond it.
 */
struct rp_quantiles {
	bool		measured;
	double		sampled;	/* operations */
	double		p50, p90, p99, p999, max;
};
struct rp_quantiles rp_quantiles(const struct rp_cell *c, int impl);

/*
 * The latency's complementary distribution: share[i] of the operations took
 * longer than ns[i].  At most max points; how many.
 */
unsigned	 rp_ccdf(const struct rp_cell *c, int impl, double *ns,
		    double *share, unsigned max);

/* Events of the bench windows; NAN is "n/a". */
struct rp_counters {
	double		per_op[RP_EVENTS];
	double		per_thread_s[RP_EVENTS]; /* per second of a thread */
};
struct rp_counters rp_counters(const struct rp_cell *c, int impl);

/* A line's transfer between the PUs of a cell, or of the machine (NULL). */
struct rp_transfer {
	unsigned	pairs;		/* 0: not measured */
	double		ns_min, ns_median, ns_max;
};
struct rp_transfer rp_transfer(const struct rp_results *r,
		    const struct rp_cell *c);

/*
 * Operations a second that one word can serve if it changes hands at each;
 * NAN for one thread, or where no transfer was measured.
 */
double		 rp_ceiling(const struct rp_results *r,
		    const struct rp_cell *c);

#endif /* REPORT_COMPARE_H */
