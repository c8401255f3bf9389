/*
 * environment.json, topology.xml and topology.svg: on what, from what and how
 * a run was made.  docs/DATA.md has the fields.
 */
#ifndef BENCH_ENVIRONMENT_H
#define	BENCH_ENVIRONMENT_H

#include <jansson.h>

#include "cell.h"
#include "results.h"

struct environment {
	json_t		*en_facts;	/* environment_facts() */
	const struct place_map *en_map;
	const struct results *en_results;
	const struct cell_table *en_cells;
	const char	*en_command;
	unsigned	 en_home;
	int		 en_home_error;	/* of verifying; -1: not yet done */
};

/* Write environment.json anew, in one step.  Returns 0, or an errno. */
int	environment_write(const struct environment *);

/*
 * Whether memory lies on the node asked for, in words that begin with yes, no,
 * n/a or, for an error of -1, not yet; else error is native_mem_verify()'s.
 */
const char *environment_verified(const struct place_map *, int error);

/* Write the topology's two files.  Returns 0, or an errno. */
int	environment_topology(const struct environment *);

/*
 * The facts about machine and build; taken before the run loads the machine
 * itself.  bench/facts.c.
 */
json_t	*environment_facts(const struct place_map *);

/*
 * Sentences on what in environment.json should make a reader careful.  A
 * function of its fields alone; what is missing harms nobody.
 * bench/warnings.c.
 */
json_t	*environment_warnings(const json_t *environment);

#endif /* BENCH_ENVIRONMENT_H */
