/*
 * The lab's test of itself: what the report said of effects that were planted.
 *
 * Runs of the real harness measured an implementation beside copies of it that
 * were slowed by so many per cent (bench/plant.h), some by none.  Here their
 * verdicts are counted: how often was each effect called different, and how
 * often did the interval hold the value that is true.  docs/METHOD.md has the
 * bars.  Nothing is judged here that verdict.c does not judge in any run.
 */
#ifndef REPORT_DETECTION_H
#define	REPORT_DETECTION_H

#include <stdio.h>

#include "compare.h"
#include "output.h"

/* One slowed copy in one cell of one run. */
struct rp_comparison {
	char		*run;		/* folder */
	char		*cell, *impl;
	unsigned	percent;	/* by which it was to be slowed */
	double		truth;		/* log ratio, mean over processes */
	struct rp_contrast contrast;	/* with the one it is a copy of */
};

/* All comparisons of a planted effect. */
struct rp_level {
	unsigned	percent;
	unsigned	comparisons;	/* that have an interval */
	unsigned	called;		/* different, either way */
	unsigned	found;		/* different, and the right way */
	unsigned	covered;	/* the interval holds the truth */
	double		truth;		/* percent, mean of comparisons */
};

struct rp_detection {
	struct rp_comparison *comparisons;
	unsigned	ncomparisons;
	unsigned	runs;
	struct rp_level	*levels;	/* by percent */
	unsigned	nlevels;
};

/* A bar: a count out of n, and what its share must be. */
struct rp_detection_bar {
	const char	*name;
	unsigned	count, n, n_min;
	double		limit;		/* share */
	bool		at_most;	/* else at least */
	bool		met;
};
#define	RP_DETECTION_BARS	3
#define	RP_FALSE_MAX	0.05	/* of 0 %, called different */
#define	RP_FOUND_MIN	0.95	/* of 5 %, found */
#define	RP_COVERED_MIN	0.93	/* of all, truth within the interval */
#define	RP_ZEROS_MIN	120	/* comparisons of 0 % that make a bar */
#define	RP_FIVES_MIN	40	/* and of 5 % */

/* Begin with none. */
void		 rp_detection_init(struct rp_detection *d);
void		 rp_detection_free(struct rp_detection *d);

/*
 * Add the comparisons of a run.  0, or -1 with a message when nothing in it
 * was planted, or nothing says how much noise there is (no A/A copy).
 */
int		 rp_detection_add(struct rp_detection *d,
		    const struct rp_results *r, char message[RP_MESSAGE]);

/* The same for the newest run in each folder of a folder. */
int		 rp_detection_load(struct rp_detection *d, const char *folder,
		    char message[RP_MESSAGE]);

void		 rp_detection_bars(const struct rp_detection *d,
		    struct rp_detection_bar bars[RP_DETECTION_BARS]);

/*
 * The exact interval (Clopper and Pearson) of a share of which k of n were
 * seen, at RP_NOMINAL.  n > 0.
 */
void		 rp_share(unsigned k, unsigned n, double *lo, double *hi);

/* The levels and bars for a terminal; whether all bars are met. */
bool		 rp_print_detection(const struct rp_detection *d, FILE *f);

/* The tables: detection.tsv and detection_comparisons.tsv. */
void		 rp_table_detection(FILE *f, const struct rp_detection *d,
		    const char *source);
void		 rp_table_comparisons(FILE *f, const struct rp_detection *d,
		    const char *source);

/* A row of detection.tsv, read back; shares are 0 to 1. */
struct rp_detection_row {
	unsigned	percent, comparisons, called, found, covered;
	double		truth, share, lo, hi, coverage;
};
#define	RP_DETECTION_ROWS	16	/* at most */

/* The rows in a folder of tables, 0 where there is no such table; how many. */
unsigned	 rp_detection_read(const char *folder,
		    struct rp_detection_row rows[RP_DETECTION_ROWS]);

/*
 * The section of RESULTS.md, from the detection.tsv among the tables of the
 * report; nothing where there is none.
 */
void		 rp_md_detection(FILE *f, const struct rp_places *p);

/*
 * report --detection: read, print, and write the tables into a folder unless
 * it is NULL.  The exit status: 1 when a bar is not met, 2 when it cannot be
 * read or written.
 */
int		 rp_detection_report(const char *folder, const char *out);

#endif /* REPORT_DETECTION_H */
