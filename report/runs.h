/*
 * Two runs against each other: what is faster or slower in the second.
 *
 * They share no block, so each cell and implementation is compared by its
 * throughput, unpaired (shift.h), and what moved the machine between the runs
 * has to be kept apart: rows of the table of primitives that are no
 * implementation's tell by how much it moved, and that much is added to the
 * noise floor.  docs/METHOD.md says why only processes count as replicates.
 */
#ifndef REPORT_RUNS_H
#define	REPORT_RUNS_H

#include <stdio.h>

#include "compare.h"
#include "shift.h"

/* One implementation of a cell, in both runs. */
struct rp_change {
	const struct rp_cell *a, *b;
	const char	*impl;
	struct rp_shift	shift;		/* log throughput, second over first */
	double		p_holm;
	double		floor;		/* log; NAN: nothing tells of noise */
	enum rp_verdict	verdict;	/* RP_FEW: not judged at all */
};

struct rp_changes {
	struct rp_change *changes;
	unsigned	n;
	unsigned	count[RP_ABSENT + 1];	/* by verdict */
	unsigned	only_a, only_b;	/* cells of one of the runs only */
	unsigned	arms_a, arms_b;	/* measured in one only, of both's */
	double		machine;	/* of reference rows, log; or NAN */
	bool		judged;		/* both runs have enough processes */
};

/* Compare b with a.  rp_changes_free() gives it back. */
void	 rp_compare_runs(const struct rp_results *a, const struct rp_results *b,
	    struct rp_changes *out);
void	 rp_changes_free(struct rp_changes *ch);

/*
 * Whether both are of one machine: 0, or -1 with a message that names both
 * keys.
 */
int	 rp_same_machine(const struct rp_results *a,
	    const struct rp_results *b, char message[RP_MESSAGE]);

/* What a person reads, and every line as a table. */
void	 rp_print_changes(const struct rp_changes *ch,
	    const struct rp_results *a, const struct rp_results *b, FILE *f);
void	 rp_table_changes(const struct rp_changes *ch, FILE *f);

#endif /* REPORT_RUNS_H */
