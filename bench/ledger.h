/*
 * What rounds.jsonl holds already: which blocks are complete, and what else a
 * process that goes on with a run must know.
 *
 * A process that was killed leaves a block it did not finish, and maybe a torn
 * line.  Torn lines are passed over; of a block only the last process that
 * has any of it counts, because one block is never run by two.
 */
#ifndef BENCH_LEDGER_H
#define	BENCH_LEDGER_H

#include <jansson.h>

#include "cell.h"

/* A block: one cell in one round, or in one pass beside the rounds. */
struct ledger_block {
	unsigned	lb_process;	/* the last that has any of it */
	unsigned	lb_windows;	/* that it wrote */
};

struct ledger {
	unsigned	 ld_processes;	/* that began: the next one's number */
	unsigned	 ld_windows;	/* all of them */
	double		 ld_elapsed_s;	/* of all processes */
	bool		 ld_ended;	/* the run is complete */

	const struct cell_table *ld_cells;
	unsigned	 ld_rounds;
	struct ledger_block *ld_blocks;
};

/*
 * Call fn for each line that parses, in order, until it returns false.
 * Returns 0, or an errno when the file cannot be read.
 */
int	ledger_lines(const char *path, bool (*fn)(const json_t *, void *),
	    void *arg);

/*
 * The first line of a run, or NULL if the file has none; the caller drops it.
 */
json_t	*ledger_header(const char *path);

/* Read all of it.  Returns 0, or an errno. */
int	ledger_read(struct ledger *, const char *path,
	    const struct cell_table *, unsigned rounds);
void	ledger_free(struct ledger *);

/* The block of a cell of the table. */
const struct ledger_block *ledger_block(const struct ledger *,
	    const struct cell *, enum flavour, unsigned round);

/*
 * The block that a line of kind "window" belongs to, and its cell; NULL if the
 * run has no such block.
 */
struct ledger_block *ledger_of(const struct ledger *, const json_t *line,
	    const struct cell **);

#endif /* BENCH_LEDGER_H */
