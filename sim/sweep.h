/*
 * Many runs: what is not there yet is run, shown, and kept.
 */
#ifndef SIM_SWEEP_H
#define	SIM_SWEEP_H

#include "options.h"

/* The program's exit status. */
int	sweep(struct options *);

#endif /* SIM_SWEEP_H */
