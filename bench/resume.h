/*
 * Going on with a run: what its first line says, and whether this program on
 * this machine can continue it.
 */
#ifndef BENCH_RESUME_H
#define	BENCH_RESUME_H

#include "results.h"
#include "schedule.h"

/*
 * Read the first line of the run in dir and parse the options it began with
 * into o, which holds those of this process; --quiet and --link-order stay.
 * The line's own are dropped with resume_drop().  Ends the process with a line
 * and status 2 if there is none.
 */
struct resume	*resume_begin(const char *dir, const struct opt_names *given,
		    struct options *o);
void		 resume_drop(struct resume *);

/*
 * Take plan and ledger of the run into the schedule, whose cells are made.
 * Ends the process with a line and status 2 if machine, implementations,
 * cells or the build are others.  Returns false if the run is complete.
 */
bool		 resume_plan(struct resume *, struct schedule *,
		    const struct results *);

#endif /* BENCH_RESUME_H */
