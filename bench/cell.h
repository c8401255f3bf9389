/*
 * A cell: what is compared.
 *
 * workload x variant x sharing x threads x placement x home, and the
 * implementations that have it.  bench/cells.c makes the table from the
 * command line, the default plan and what the linked units register; from then
 * on it is constant but for the fields marked (s), which the schedule writes.
 */
#ifndef BENCH_CELL_H
#define	BENCH_CELL_H

#include <stdbool.h>
#include <stdint.h>

#include <workload/lab_unit.h>

#include "options.h"
#include "placement.h"

#define	CELL_NAME_MAX	192
/* A cell's name and its home. */
#define	CELL_LABEL_MAX	(CELL_NAME_MAX + 16)
/* What stands for the implementation in rows that have none. */
#define	CELL_NO_IMPL	"-"
/* What implementations are compared with. */
#define	CELL_BASELINE	"old_vpo_wanted"
/* The table of costs: its rows are not compared. */
#define	CELL_PRIMITIVE	"primitive"

/* One implementation of a cell. */
struct cell_entry {
	const struct lab_workload *e_bench;	/* what is timed */
	const struct lab_workload *e_stats;	/* lock statistics, or NULL */
	bool		 e_skip;		/* (s) it said ENOTSUP */
	uint64_t	 e_cost_ns;		/* (s) of all but the window */
	uint64_t	 e_delay_steps;		/* (s) bench/plant.h */
	double		 e_planted;		/* (s) true ratio; 0: none */
};

struct cell {
	char		 c_name[CELL_NAME_MAX];	/* without the home */
	char		 c_label[CELL_LABEL_MAX]; /* "/homeN" behind the name
						     if the run has several */
	unsigned	 c_home;	/* node of objects and frames */
	const char	*c_workload;
	const char	*c_variant;	/* "" if none; a trace's name */
	const char	*c_unit_variant; /* what the unit is given */
	enum lab_sharing c_sharing;
	unsigned	 c_threads;
	const char	*c_placement;
	unsigned	*c_pus;		/* c_threads indices of pm_pus */
	const struct lab_trace *c_trace; /* NULL but in trace cells */
	unsigned	 c_clones;	/* of the trace, >= 1 */
	struct cell_entry *c_entries;
	unsigned	 c_nentries;
};

/* Threads on PUs: what the command line and the machine make of placements. */
struct spot {
	const char	*s_placement;
	unsigned	 s_threads;
	unsigned	*s_pus;
	unsigned	 s_home;	/* PLACE_NONE: the same for any */
	const char	*s_same;	/* placement with the same PUs */
};

struct cell_table {
	struct cell	*t_cells;
	unsigned	 t_ncells;
	struct spot	*t_spots;
	unsigned	 t_nspots;
	unsigned	*t_homes;
	unsigned	 t_nhomes;	/* >= 1 */
	struct lab_trace **t_traces;
	unsigned	 t_ntraces;
};

const char	*sharing_name(enum lab_sharing);
const char	*cell_impl(const struct cell_entry *);
const char	*flavour_name(enum flavour);

/* Whether implementations are compared in it. */
bool		 cell_compared(const struct cell *);

/* What runs in windows of a flavour; NULL if the entry has no part in them. */
const struct lab_workload *cell_workload(const struct cell *,
		    const struct cell_entry *, enum flavour);

/*
 * Threads and placement out of a cell's name, or false if it is none.  The
 * placement points into the name.
 */
bool		 cell_parse(const char *name, unsigned *threads,
		    const char **placement);

/* "impl/label": how Google Benchmark names a window. */
void		 cell_window_name(const struct cell *,
		    const struct cell_entry *, char *name, size_t size);

/* The memory nodes that are used. bench/homes.c. */
void		 homes_make(struct cell_table *, const struct options *,
		    const struct place_map *);

/*
 * The PUs that are used, one spot for each list of PUs; after homes_make().
 * bench/spots.c.
 */
void		 spots_make(struct cell_table *, const struct options *,
		    const struct place_map *);

/*
 * Make the table.  Bad names and impossible placements end the process with
 * a line that lists what there is, and status 2.
 */
void		 cells_make(struct cell_table *, const struct options *,
		    const struct place_map *);
void		 cells_free(struct cell_table *);

/* End the process if the options name what does not exist. bench/names.c. */
void		 names_check(const struct options *);

#endif /* BENCH_CELL_H */
