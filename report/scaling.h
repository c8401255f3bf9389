/*
 * Scaling on a simulated machine: curves of throughput against CPUs, their
 * peaks, who leads where, where that changes, and whether it would under other
 * costs.
 *
 * Read simulated.h first; `s' is a simulated run everywhere below.  Its times
 * are modelled: what is claimed are rankings, crossing points and shapes.
 */
#ifndef REPORT_SCALING_H
#define	REPORT_SCALING_H

#include "compare.h"
#include "output.h"
#include "simulated.h"
#include "usl.h"

/* What is equal but for the number of CPUs: a curve an implementation. */
struct rp_curve {
	char		*name;		/* "fault_soft/ro,own/shared" */
	unsigned	first, n;	/* cells of the run, by CPUs */
};

/* Two implementations whose ranking is looked at. */
struct rp_step_pair {
	int		from, to;	/* never -1 */
};

struct rp_scaling {
	struct rp_curve	*curves;
	unsigned	ncurves;
	struct rp_step_pair *pairs;	/* the steps of decide.h, then from
					   the baseline to whatever is left */
	unsigned	npairs;
	unsigned	at[4], nat;	/* numbers of CPUs to tell of: 1, 8,
					   64, all; those that there are */
};

/* Collect; rp_scaling_free() gives it back. */
void		 rp_scaling(const struct rp_results *s, struct rp_scaling *out);
void		 rp_scaling_free(struct rp_scaling *sc);

/* Whether an implementation is told of: shown, and not null. */
bool		 rp_scaled(const struct rp_results *s, unsigned impl);

/* The curve's cell of so many CPUs, or NULL. */
const struct rp_cell *rp_curve_cell(const struct rp_results *s,
		    const struct rp_curve *c, unsigned cpus);

/*
 * The points of a curve that an implementation has, into arrays with room for
 * c->n; how many.
 */
unsigned	 rp_curve_points(const struct rp_results *s,
		    const struct rp_curve *c, int impl, double *cpus,
		    double *throughput);

/* The law fitted to such a curve. */
struct rp_usl	 rp_curve_usl(const struct rp_results *s,
		    const struct rp_curve *c, int impl);

/*
 * A curve is linear where all CPUs have so much of one CPU's throughput,
 * scaled: half, because two threads of a core share it.
 */
#define	RP_LINEAR	0.5

/* Where a curve is highest, and where it is nearly so. */
#define	RP_NEARLY	0.9
struct rp_peak {
	const struct rp_cell *peak;	/* the fewest CPUs with the most
					   throughput; NULL without a point */
	const struct rp_cell *nearly;	/* the fewest with RP_NEARLY of it */
	const struct rp_cell *stop;	/* where to look for what stops it: at
					   the peak, or where that is on one
					   CPU, on the next number of them */
	const struct rp_cell *last;	/* the most CPUs that there are */
};
struct rp_peak	 rp_peak(const struct rp_results *s, const struct rp_curve *c,
		    int impl);

/* The line that most waiting is for; NULL if none is told. */
const struct rp_wait *rp_most_waited(const struct rp_arm *a);

/* ---- Who leads: crossing.c ---------------------------------------------- */

/* Who leads of two; within RP_TIE of each other nobody does. */
#define	RP_TIE		0.02
enum rp_lead { RP_LEAD_NONE, RP_LEAD_TIE, RP_LEAD_FROM, RP_LEAD_TO, RP_LEADS };
enum rp_lead	 rp_lead(double from, double to);
/* The same of a cell: who leads in each of its rounds; else nobody does. */
enum rp_lead	 rp_lead_in(const struct rp_cell *c,
		    const struct rp_step_pair *p);
/* "tie", "from", "to"; "-" where not both have a figure. */
const char	*rp_lead_name(enum rp_lead l);

/* The leader changes between two points of both curves. */
struct rp_crossing {
	unsigned	before;		/* point: the last at which who led
					   until then still does */
	unsigned	after;		/* the first at which the other does;
					   between them are only ties */
	enum rp_lead	leader;		/* from there on */
	double		cpus;		/* where: interpolated */
};

/*
 * The crossings of two curves over the same n points, by CPUs, and who leads in
 * each; they go into out, which has room for n.  How many.  Between two points
 * the logarithm of the ratio is taken as linear in that of the number of CPUs;
 * of several changes of sign inside ties the last one counts.
 */
unsigned	 rp_crossings(const double *cpus, const double *from,
		    const double *to, const enum rp_lead *leads, unsigned n,
		    struct rp_crossing *out);

/* The same for two implementations of a curve, in cells of the run. */
struct rp_curve_crossing {
	const struct rp_cell *before, *after;
	enum rp_lead	leader;		/* from there on */
	double		cpus;
};
unsigned	 rp_curve_crossings(const struct rp_results *s,
		    const struct rp_curve *c, const struct rp_step_pair *p,
		    struct rp_curve_crossing *out);

/* ---- Would other costs change it: robust.c ------------------------------ */

/*
 * Who leads in a cell under each setting of the costs, in which both were
 * run.  The ranking stands where the leader, or the tie, is that of the
 * machine as it is; it holds when it stands in RP_HOLDS of RP_SETTINGS
 * settings.  One that was not run does not stand.
 */
#define	RP_HOLDS	0.9
struct rp_robustness {
	unsigned	run;		/* settings with both; 0: not tested */
	unsigned	stands;
	unsigned	tied;		/* a lead became a tie */
	unsigned	turned;		/* the other leads; or of a tie, one */
	bool		holds;
};
struct rp_robustness rp_robustness(const struct rp_cell *c,
		    const struct rp_step_pair *p);

/*
 * The rankings on both sides of a crossing, each in the nearest cell that was
 * tested and up to which the leader does not change.
 */
struct rp_crossing_robustness {
	const struct rp_cell *before, *after;	/* NULL: none tested */
	struct rp_robustness at_before, at_after;
	bool		holds;		/* both do */
};
struct rp_crossing_robustness rp_crossing_robustness(
		    const struct rp_results *s, const struct rp_curve *c,
		    const struct rp_step_pair *p,
		    const struct rp_curve_crossing *k);

/* How the rankings of a pair fare over all curves. */
struct rp_standing {
	unsigned	leads[RP_LEADS];	/* curves, on all CPUs */
	struct rp_estimate ratio;	/* of throughput there, second over
					   first */
	unsigned	tested, holds;	/* of these rankings */
	unsigned	crossings;
	unsigned	crossings_tested;	/* on both sides */
	unsigned	crossings_hold;
};
struct rp_standing rp_standing(const struct rp_results *s,
		    const struct rp_scaling *sc, const struct rp_step_pair *p);

/* Of the pairs of operations of an implementation, how many are free. */
struct rp_free_share {
	unsigned	pairs, free;
};
struct rp_free_share rp_free_share(const struct rp_machine *m,
		    const char *impl, const char *sharing);

/* ---- Texts -------------------------------------------------------------- */

/* A machine's name as part of a file's; file has NAME_MAX bytes. */
void		 rp_machine_file(const struct rp_results *s, const char *prefix,
		    char *file);

/*
 * The section of RESULTS.md, in short; nothing without simulated runs or bars
 * of the simulator.
 */
void		 rp_md_scaling(FILE *f, const struct rp_results *r,
		    const struct rp_places *p);
/* The whole of it for a run that is itself simulated. */
void		 rp_md_simulated(FILE *f, const struct rp_results *r,
		    const struct rp_places *p);
/* What is claimed of any machine and what not. */
void		 rp_md_claims(FILE *f);
/* What a machine says of the new design, its losses first: a list. */
void		 rp_md_scaling_summary(FILE *f, const struct rp_results *s);
/* What make sim-bench found; nothing if it is not given. */
void		 rp_md_sim_bars(FILE *f, const struct rp_results *r);

/*
 * Its parts in short, for one machine.  The last: whether anything is known of
 * conflicts.
 */
void		 rp_md_short_curves(FILE *f, const struct rp_results *s,
		    const struct rp_scaling *sc);
void		 rp_md_short_fit(FILE *f, const struct rp_results *s,
		    const struct rp_scaling *sc);
void		 rp_md_short_crossings(FILE *f, const struct rp_results *s,
		    const struct rp_scaling *sc);
bool		 rp_md_short_conflicts(FILE *f, const struct rp_results *s);

/*
 * The ratio to the baseline in a cell: behind a tilde where it is a tie, bold
 * where the ranking holds, with a question mark where it was tested and does
 * not.
 */
void		 rp_md_ratio(FILE *f, const struct rp_cell *c, int base,
		    int impl);
/* How many pairs of operations are free, by implementation and sharing. */
void		 rp_md_free_shares(FILE *f, const struct rp_results *s);
/* "`a` with itself, and with `b`, `c`": pairs of operations, to be freed. */
char		*rp_pairs_text(const struct rp_conflict *const *pairs,
		    unsigned n);

/*
 * Its parts at length: what it is, with or without its costs, and what went
 * wrong on it, then the tables.  The last as above.
 */
void		 rp_md_machine(FILE *f, const struct rp_results *s, bool costs);
void		 rp_md_standings(FILE *f, const struct rp_results *s,
		    const struct rp_scaling *sc);
void		 rp_md_relative(FILE *f, const struct rp_results *s,
		    const struct rp_scaling *sc);
void		 rp_md_stops(FILE *f, const struct rp_results *s,
		    const struct rp_scaling *sc);
void		 rp_md_crossings(FILE *f, const struct rp_results *s,
		    const struct rp_scaling *sc);
bool		 rp_md_conflicts(FILE *f, const struct rp_results *s);

/* What a terminal gets of a simulated run. */
void		 rp_print_scaling(const struct rp_results *s, FILE *f);

/* Its tables, one file each; named PREFIX-<machine>.tsv in scaling_files. */
#define	RP_SCALING_TABLES	7
extern const struct rp_scaling_table {
	const char	*prefix;
	void		(*write)(FILE *, const struct rp_results *s);
} rp_scaling_tables[RP_SCALING_TABLES];

#endif /* REPORT_SCALING_H */
