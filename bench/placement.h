/*
 * Which processors a machine has, and which of them the workers of a cell run
 * on.
 *
 * A placement is a name and, for "list", a list: it orders the PUs (hardware
 * threads), and a cell of n threads uses the first n.
 *
 *	compact	nearest first: the cores of one L3, then of the next; a
 *		core's second PU only after every core has one worker
 *	scatter	farthest first: packages in turn, then nodes, L3s and cores
 *	l3	one worker for each L3
 *	smt	every PU of a core before the next core
 *	node	the PUs of the home node, in compact's order
 *	list:0,2,4-7	these processors, by the operating system's numbers
 *
 * Only PUs that the process may run on count: its cpuset, and the affinity it
 * was started with.  A topology may also be a drawing of another machine
 * (XML or a synthetic string); then nothing can be bound, only shown.
 */
#ifndef BENCH_PLACEMENT_H
#define	BENCH_PLACEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <hwloc.h>

/* From far apart to close together. */
enum place_level {
	PLACE_PACKAGE,
	PLACE_NODE,
	PLACE_L3,
	PLACE_CORE,
	PLACE_PU,
	PLACE_LEVELS
};

#define	PLACE_NONE	(~0u)	/* the PU has nothing at this level */
#define	PLACE_ERR_MAX	256	/* enough for every message below */

/* One PU.  Constant after place_load(). */
struct place_pu {
	unsigned	pu_os;			/* the system's number */
	unsigned	pu_at[PLACE_LEVELS];	/* hwloc's logical numbers */
	unsigned	pu_rank[PLACE_LEVELS];	/* from 0, in its parent */
};

struct place_map {
	hwloc_topology_t pm_topology;
	bool		 pm_here;	/* this machine: binding works */
	unsigned	 pm_npus;	/* that may be used */
	unsigned	 pm_nnodes;	/* of the whole machine, >= 1 */
	struct place_pu	*pm_pus;	/* in hwloc's logical order */
};

/*
 * Load a topology: of this machine when source is NULL, else from an XML file
 * or a synthetic string such as "package:2 [numa] core:4 pu:2".  Returns NULL
 * with a line in err.
 */
struct place_map	*place_load(const char *source, char *err,
			    size_t errlen);
void			 place_free(struct place_map *);

/* The named placements, NULL-terminated; "list:..." is not among them. */
extern const char *const place_names[];

/* Whether the text is a placement's name, or begins with "list:". */
bool			 place_known(const char *placement);

/*
 * Put the PUs of a placement, as indices of pm_pus and in its order, into
 * out[0..pm_npus - 1].  Returns how many; 0 if the machine has no such
 * thing (no SMT, no L3), or if a list is wrong, with the reason in err.
 */
unsigned		 place_order(const struct place_map *,
			    const char *placement, unsigned home,
			    unsigned *out, char *err, size_t errlen);

/*
 * Choose PUs for n workers into out[0..n - 1].  Returns 0, or -1 with the
 * reason in err.  More workers than PUs is an error unless oversubscribe,
 * when the order is gone through again.
 */
int			 place_workers(const struct place_map *,
			    const char *placement, unsigned home, unsigned n,
			    bool oversubscribe, unsigned *out, char *err,
			    size_t errlen);

#endif /* BENCH_PLACEMENT_H */
