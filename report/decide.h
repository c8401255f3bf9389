/*
 * Is a step of the KPI justified?  Criteria, each with its figure and its
 * bound, and one rule over them.
 *
 * A step leads from one implementation to another.  Throughput is that of the
 * contrast between the two, judged as verdict.c judges any (paired in rounds,
 * exact sign test, Holm over the cells of the contrast, noise floor); what the
 * step does to consumers comes from the tables of `make kpi' (kpi_data.h).
 * Nothing is decided on less than all criteria: what is missing is named.
 *
 * The steps, the bounds and the rule stand in decide.c and nowhere else;
 * docs/KPI-CASE.md, section 4, explains them.  criteria.c has what is measured,
 * criteria_kpi.c what was compared.
 */
#ifndef REPORT_DECIDE_H
#define	REPORT_DECIDE_H

#include "compare.h"
#include "kpi_data.h"
#include "output.h"

/*
 * Bounds.  RP_MUCH (5 %) is the size of a gain or a loss that counts: smaller
 * ones are real where they are resolved, and few would notice.
 */
#define	RP_GAIN_ONE_IN	10	/* of the cells that matter must gain: fewer
				   are a corner that few callers visit */
#define	RP_BLIND_ONE_IN	10	/* of the cells at most may be too noisy to
				   see RP_MUCH: "none was seen" is no
				   evidence from those who cannot see */
#define	RP_MEMORY_ONE_IN 1000	/* of the memory a page's structure may grow
				   by: every machine pays it, whatever runs */
#define	RP_CONVERTED_PERCENT 95	/* of uses, without a person: a consumer of
				   20 uses then leaves one to look at */
#define	RP_PAGE_BYTES	4096ULL	/* PAGE_SIZE of amd64, and of sys/vm */
#define	RP_MEMORY_GIB	64ULL	/* a machine, to say what a page costs */

enum rp_criterion {
	RP_GAIN,		/* throughput in the cells that matter */
	RP_REGRESSIONS,		/* throughput in any cell */
	RP_MEMORY,		/* bytes a page */
	RP_CORRECTNESS,		/* tests, windows, converted consumers */
	RP_BROKEN,		/* consumers as they are */
	RP_MIGRATION,		/* what it takes to mend them */
	RP_ENABLES,		/* gains of the steps that need this one */
	RP_CRITERIA
};

enum rp_says {
	RP_FOR, RP_AGAINST,
	RP_OPEN,		/* data are missing, or too coarse */
	RP_APART,		/* nothing to say: no step needs this one */
	RP_SAYS
};

struct rp_finding {
	enum rp_says	says;
	char		figure[256];	/* "-" where there is none */
	char		missing[160];	/* of an open one: what it lacks */
};

enum rp_decision { RP_JUSTIFIED, RP_NOT_JUSTIFIED, RP_NOT_YET };

struct rp_step_decision {
	const char	*from, *to;	/* whose throughputs are compared */
	const char	*kpi_from;	/* whose KPI `to' is compared with: not
					   `from' where that only inherits it */
	const char	*what;		/* "r254138" */
	bool		whole;		/* several steps in one */
	unsigned	needed_by;	/* steps that need it, a bit each; only
					   of the lab's */
	struct rp_finding findings[RP_CRITERIA];
	enum rp_decision decision;
	const char	*why;		/* the rule's, a clause */
};

/* All steps: the lab's six, then from the baseline to whatever else was run. */
struct rp_decisions {
	struct rp_step_decision *steps;
	unsigned	n;
};

/* The steps alone, with nothing found or decided yet. */
void		 rp_list_steps(const struct rp_results *r,
		    struct rp_decisions *d);

/* Decide all; the texts live as long as r. */
void		 rp_decide(const struct rp_results *r,
		    struct rp_decisions *d);
void		 rp_decisions_free(struct rp_decisions *d);

/* The rule alone: from what the criteria say to a decision and its reason. */
enum rp_decision rp_rule(const enum rp_says says[RP_CRITERIA],
		    const char **why);

/* "gain", "for", "justified" */
const char	*rp_criterion_name(enum rp_criterion c);
const char	*rp_says_name(enum rp_says s);
const char	*rp_decision_name(enum rp_decision d);

/* What a criterion asks for, in words; bytes is the room for it. */
void		 rp_bound(enum rp_criterion c, char *text, size_t bytes);
#define	RP_BOUND_MAX	160

/* Whether a criterion compares KPIs, not throughput. */
bool		 rp_criterion_of_kpi(enum rp_criterion c);

/* The tables a criterion rests on: "`results/kpi/kpi_sizes.tsv`". */
void		 rp_criterion_files(FILE *f, const struct rp_results *r,
		    const struct rp_places *p, enum rp_criterion c);

/*
 * What is missing for a step, each thing once and separated by "; ", or ""; to
 * be freed.
 */
char		*rp_missing(const struct rp_step_decision *s);

/* What a contrast shows over cells, gains and losses apart. */
struct rp_gains {
	unsigned	cells;		/* measured on both sides */
	unsigned	judged;		/* of them, with a verdict */
	unsigned	blind;		/* not resolved, and RP_MUCH would not
					   have been either; or no verdict */
	unsigned	resolved, much;	/* gains, or losses; by RP_MUCH */
	double		median, most;	/* ratio, of the resolved; NAN: none */
	int		where;		/* the cell with the most; -1 */
};

/* Whether a cell is one that consumers live on: fault, grab, trace, io_hold. */
bool		 rp_matters(const struct rp_cell *c);

/* Resolved gains in the cells that matter; losses in all. */
struct rp_gains	 rp_gains(const struct rp_results *r, const char *from,
		    const char *to);
struct rp_gains	 rp_losses(const struct rp_results *r, const char *from,
		    const char *to);

/* Whether a contrast is a resolved loss of RP_MUCH or more. */
bool		 rp_regressed(const struct rp_contrast *k);

/*
 * A finding on what was measured.  The last needs what rp_find_gain() found of
 * all steps.
 */
void		 rp_find_gain(const struct rp_results *r,
		    const struct rp_step_decision *s, struct rp_finding *f);
void		 rp_find_regressions(const struct rp_results *r,
		    const struct rp_step_decision *s, struct rp_finding *f);
void		 rp_find_enables(const struct rp_results *r,
		    const struct rp_decisions *d, unsigned step,
		    struct rp_finding *f);

/* A finding on what was compared. */
void		 rp_find_memory(const struct rp_results *r,
		    const struct rp_step_decision *s, struct rp_finding *f);
void		 rp_find_correctness(const struct rp_results *r,
		    const struct rp_step_decision *s, struct rp_finding *f);
void		 rp_find_broken(const struct rp_results *r,
		    const struct rp_step_decision *s, struct rp_finding *f);
void		 rp_find_migration(const struct rp_results *r,
		    const struct rp_step_decision *s, struct rp_finding *f);

/* Fill a finding that lacks something: what, as printf() has it. */
void		 rp_lacks(struct rp_finding *f, const char *what, ...)
		    __attribute__((format(printf, 2, 3)));

/* Tables: every criterion of every step; every cell of every step. */
void		 rp_table_decision(FILE *f, const struct rp_results *r);
void		 rp_table_step_cells(FILE *f, const struct rp_results *r);

/* One line, without its newline: what was decided of each step. */
void		 rp_decision_line(FILE *f, const struct rp_results *r);

#endif /* REPORT_DECIDE_H */
