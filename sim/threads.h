/*
 * Numbers of threads to run: CPUs 0 and up of the machine, one each.
 */
#ifndef SIM_THREADS_H
#define	SIM_THREADS_H

#include "options.h"

/* One more number, unless it is there; they are kept in order. */
void	threads_add(struct options *o, unsigned n);

/* Those of a sweep that was not told: eight, from 1 to all CPUs. */
void	threads_choose(struct options *o);

#endif /* SIM_THREADS_H */
