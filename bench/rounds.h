/*
 * rounds.jsonl: one JSON object a line, appended and flushed, so that what is
 * on the disk is always whole lines.  docs/DATA.md has the fields.
 */
#ifndef BENCH_ROUNDS_H
#define	BENCH_ROUNDS_H

#include <jansson.h>

#include "window.h"

struct rounds;

/*
 * A hash of all objects that the program is linked of, whatever their order;
 * the Makefile makes it.  Programs that only test parts have none.
 */
extern const char lab_build[] __attribute__((weak));
const char *rounds_build(void);

/* What stands in the first line: all that is needed to go on with the run. */
struct rounds_header {
	const struct cell_table *rh_cells;
	const char	*rh_machine;	/* its key */
	uint64_t	 rh_seed;
	uint64_t	 rh_window_ns;
	unsigned	 rh_rounds;
	unsigned	 rh_processes;
	const bool	*rh_passes;	/* by flavour */
	double		 rh_planned_s;
	const struct opt_names *rh_args;
};

/* What stands in the line by which a process begins. */
struct rounds_process {
	unsigned	 rpr_process;
	unsigned	 rpr_first_round;
	uint64_t	 rpr_link_order;
	size_t		 rpr_environment; /* bytes */
	const char	*rpr_time;	/* UTC when it was started */
	const struct opt_names *rpr_args;
};

/* The place of a window in its run. */
struct rounds_place {
	unsigned	 rp_process;
	unsigned	 rp_round;
	unsigned	 rp_position;
	uint64_t	 rp_seed;	/* of the run */
	bool		 rp_repeat;	/* of a block that was measured */
};

/* A table by one number: names, homes and implementations of its cells. */
uint32_t rounds_cells_hash(const struct cell_table *);

/* Its implementations, each once; a new reference. */
json_t	*rounds_impls(const struct cell_table *);

/*
 * Each returns 0, or an errno; then nothing was added: a line that does not
 * fit the disk is taken back.  Opening ends a line that a killed process left
 * torn.
 */
int	rounds_open(struct rounds **, const char *path);
int	rounds_header(struct rounds *, const struct rounds_header *);
int	rounds_window(struct rounds *, const struct window *,
	    const struct rounds_place *);
int	rounds_process(struct rounds *, const struct rounds_process *);
int	rounds_process_end(struct rounds *, unsigned process, double elapsed_s);

/* The end of a run of so many windows; elapsed_s is of all its processes. */
int	rounds_end(struct rounds *, unsigned windows, double elapsed_s);

/* Windows written so far; repeats do not count. */
unsigned rounds_count(const struct rounds *);
void	rounds_close(struct rounds *);

#endif /* BENCH_ROUNDS_H */
