/*
 * What a run's CPUs waited for, by name: the counts of count.h, added up over
 * all instances of a field.
 */
#ifndef SIM_TALLY_H
#define	SIM_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#define	TALLY_NAME	56	/* bytes of a name, with the NUL */
#define	TALLY_FIELDS	24	/* that are named; the rest is "other" */
#define	TALLY_SLEEPS	8

/* A field of a structure; times in ps, of all CPUs together. */
struct tally_field {
	char		 tf_name[TALLY_NAME];
	uint64_t	 tf_moves;	/* from CPU to CPU */
	uint64_t	 tf_transfer;	/* waited for its line */
	uint64_t	 tf_poll;	/* paused, having read it */
};

struct tally_sleep {
	char		 ts_why[TALLY_NAME];
	uint64_t	 ts_time;
};

struct tally {
	struct tally_field ty_fields[TALLY_FIELDS];	/* most waited for
						   first, "other" last */
	unsigned	 ty_nfields;
	struct tally_sleep ty_sleeps[TALLY_SLEEPS];
	unsigned	 ty_nsleeps;
};

/* Is it of the harness, not of what is run: whose turn it is, when to stop? */
bool	tally_harness(const struct tally_field *);

/* Fill it, while the unit's memory is still there to be named. */
void	tally_take(struct tally *);

#endif /* SIM_TALLY_H */
