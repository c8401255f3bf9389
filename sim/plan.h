/*
 * What is to be run: cells from the command line, for each number of threads
 * and each implementation.
 */
#ifndef SIM_PLAN_H
#define	SIM_PLAN_H

#include "job.h"
#include "options.h"

/*
 * n jobs, to be freed; fills in what the options leave open.  Exits with status
 * 2 and one line on what is wrong.
 */
struct job	*plan(struct options *o, unsigned *n);

/* "fault_soft/ro,own/shared/t16", into at least 128 bytes. */
void		 plan_name(const struct sim_run *, char *name, size_t size);

const char	*plan_sharing(enum lab_sharing);

#endif /* SIM_PLAN_H */
