/*
 * Threads that share a core, and its throughput.
 *
 * While two threads of a core are at work, each one's events cost mo_smt times
 * what they do alone.  At work is who does not sleep, wait for its turn or has
 * ended; one that polls or waits for a line is.
 *
 * What one does must not reach another before a transfer could, or nobody
 * could run ahead: so a core's cost changes mo_least after it was given a
 * reason.  Changes due are in the order in which they came.
 */
#ifndef SIM_CORE_H
#define	SIM_CORE_H

#include "sim.h"

/* A run begins: none is at work. */
void	core_reset(void);

/* c is at work from now on, or not, now being the earliest time there is. */
void	core_work(struct sim_cpu *c, bool works, uint64_t now);

/* The time at which the first change is due, or SIM_NEVER. */
uint64_t core_due(void);

/* Make the changes that are due at that time. */
void	core_change(uint64_t now);

#endif /* SIM_CORE_H */
