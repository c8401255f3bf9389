/*
 * rounds.jsonl: one JSON object a line, appended and flushed, so that what is
 * on the disk is always whole lines.  docs/DATA.md has the fields.
 */
#ifndef BENCH_ROUNDS_H
#define	BENCH_ROUNDS_H

#include "placement.h"
#include "window.h"

struct rounds;

/* What stands in the first line. */
struct rounds_header {
	const struct cell_table *rh_cells;
	uint64_t	 rh_seed;
	uint64_t	 rh_window_ns;
	unsigned	 rh_rounds;
	unsigned	 rh_home;
	const char	*rh_command;
};

/* The place of a window in its run. */
struct rounds_place {
	unsigned	 rp_round;
	unsigned	 rp_position;
	uint64_t	 rp_seed;	/* of the run */
};

/*
 * Each returns 0, or an errno; then nothing was added: a line that does not
 * fit the disk is taken back.
 */
int	rounds_open(struct rounds **, const char *path);
int	rounds_header(struct rounds *, const struct rounds_header *);
int	rounds_window(struct rounds *, const struct window *,
	    const struct rounds_place *);
int	rounds_end(struct rounds *, double elapsed_s);

/* Windows written so far. */
unsigned rounds_count(const struct rounds *);
void	rounds_close(struct rounds *);

#endif /* BENCH_ROUNDS_H */
