/*
 * What a report writes: tables for gnuplot, RESULTS.md, lines for a terminal.
 *
 * All of it is a function of the data and of the names given here: no date,
 * no host, no order of arrival, so that it is byte-equal when built again.
 * Read compare.h for what the numbers are.
 */
#ifndef REPORT_OUTPUT_H
#define	REPORT_OUTPUT_H

#include <stdio.h>

#include "compare.h"

/*
 * Where things are, as RESULTS.md names them: from the working directory, save
 * links, which are followed from the folder of the report itself.
 */
struct rp_places {
	const char	*data;		/* folder of the tables */
	const char	*figures;	/* folder of the figures */
	const char	*links;		/* folder of the figures, in links */
	const char	*report;	/* file of the report */
};

/*
 * Write every table into a folder, which is made if need be.  Old tables of
 * workloads that are no longer measured are removed.  0, or -1 with a message;
 * a table is replaced whole or not at all.
 */
int	 rp_write_tables(const struct rp_results *r, const char *folder,
	    char message[RP_MESSAGE]);

/* The text of RESULTS.md, to be freed. */
char	*rp_markdown(const struct rp_results *r, const struct rp_places *p);

/* Ten seconds' reading, and the bars, for a terminal. */
void	 rp_print_summary(const struct rp_results *r, FILE *f);
void	 rp_print_bars(const struct rp_results *r, FILE *f);

/*
 * The throughputs of a cell, one value a replicate, as the program ministat
 * reads them: columns on f, one an implementation; or with a folder, which is
 * made if need be, one file an implementation in it, and on f the command that
 * compares them.  impls is a list of names with commas, NULL for all that were
 * measured.  0, or -1 with a message.
 */
int	 rp_ministat(const struct rp_results *r, const char *cell,
	    const char *impls, const char *folder, FILE *f,
	    char message[RP_MESSAGE]);

/* Replace a file by text.  0, or -1 with a message, the old file kept. */
int	 rp_save(const char *path, const char *text, char message[RP_MESSAGE]);

/* A stream into memory, and its end: the text, to be freed. */
struct rp_text {
	FILE	*f;
	char	*text;
	size_t	size;
};
void	 rp_text_open(struct rp_text *t);
char	*rp_text_close(struct rp_text *t);

/* The whole of a file, to be freed, or NULL. */
char	*rp_read_file(const char *path);

/* Parts of RESULTS.md that the page has too. */
void	 rp_md_warnings(FILE *f, const struct rp_results *r);
void	 rp_md_verdict(FILE *f, const struct rp_results *r);
void	 rp_md_how(FILE *f, const struct rp_results *r);

/* Text that may stand in a cell of a table of RESULTS.md. */
void	 rp_md_escaped(FILE *f, const char *s);

/* Sections of RESULTS.md. */
void	 rp_md_answer(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
/* The fairness of an implementation in a cell, "0.97" or "-". */
void	 rp_md_fair(FILE *f, const struct rp_cell *c, int impl);
void	 rp_md_fairness(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_losses(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_kpi(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_trust(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_latency(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_events(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_transfer(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_cells(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_steps(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_traces(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_locks(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_primitives(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_missing(FILE *f, const struct rp_results *r);
void	 rp_md_limits(FILE *f, const struct rp_results *r);
/* How to make the report again, which ends each. */
void	 rp_md_commands(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);
void	 rp_md_method(FILE *f, const struct rp_results *r,
	    const struct rp_places *p);

/*
 * Cells whose latency is shown: of each workload, of its cells with most
 * threads, the one with the longest p99.  How many.
 */
#define	RP_LATENCY_CELLS	16	/* at most */
unsigned rp_latency_cells(const struct rp_results *r,
	    unsigned cells[RP_LATENCY_CELLS]);

/*
 * The line under a claim: its table and the command that makes it; with a
 * figure, that too.
 */
void	 rp_md_source(FILE *f, const struct rp_results *r,
	    const struct rp_places *p, const char *table, const char *figure);

/* How a figure of contrasts with the baseline spreads over the cells. */
struct rp_spread {
	unsigned n;			/* cells that have it */
	double	median, ninth, most;	/* ninth: of ten; NAN if none */
	int	worst;			/* the cell with the most; -1 */
};
struct rp_spread rp_spread_of(const struct rp_results *r, int impl,
	    double (*value)(const struct rp_contrast *));
/* Two such figures, in per cent. */
double	 rp_floor_percent(const struct rp_contrast *k);
double	 rp_mde_percent(const struct rp_contrast *k);

/*
 * The implementations that stand for "the new design": sxbusy and
 * sxbusy_rlock, or when neither was run whatever was, save the baseline and
 * null.  Indices into impls[], which has room for r->nimpls; how many.
 */
unsigned rp_new_designs(const struct rp_results *r, unsigned *impls);

/* A colour, "0xrrggbb", for an implementation or a lock type. */
const char *rp_impl_colour(const struct rp_results *r, unsigned impl);
const char *rp_lock_colour(unsigned type);

/* Cells of the table of primitives on one thread, in rank order; how many. */
unsigned rp_primitive_rows(const struct rp_results *r, unsigned *cells);

/* Processors that the run might use, or 0 if it does not say. */
unsigned rp_processors(const struct rp_results *r);

/* How many cells are compared, the table of primitives left out. */
unsigned rp_compared_cells(const struct rp_results *r);

#endif /* REPORT_OUTPUT_H */
