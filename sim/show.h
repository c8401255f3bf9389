/*
 * A job that has ended, as a line for people.
 */
#ifndef SIM_SHOW_H
#define	SIM_SHOW_H

#include "job.h"

/* speed: with how fast it was, and how long the host took. */
void	show_job(const struct job *, bool speed);

#endif /* SIM_SHOW_H */
