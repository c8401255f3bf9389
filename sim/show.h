/*
 * A job that has ended, as a line for people.
 */
#ifndef SIM_SHOW_H
#define	SIM_SHOW_H

#include "job.h"

void	show_job(const struct job *);

#endif /* SIM_SHOW_H */
