/*
 * Running the programs of sim/locks/.
 */
#ifndef SIM_PROGRAMS_H
#define	SIM_PROGRAMS_H

#include <sim/locks/program.h>

#include "sim.h"

struct program_result {
	uint64_t	 ps_ns;		/* virtual, from first start to end */
	uint64_t	 ps_ops;	/* of all CPUs */
	uint64_t	 ps_events, ps_looks;
	uint64_t	 ps_misses;
	uint64_t	 ps_guarded;	/* as many as ps_ops, where it guards */
	double		 ps_seconds;	/* of the host */
};

/* The program of that name, or NULL. */
const struct program *program_find(const char *name);

/* On n CPUs, those of cpus or, if that is NULL, the first; each does ops. */
struct program_result program_run(const struct program *, unsigned n,
	    const uint16_t *cpus, uint64_t ops);

/* ns of a line's way between two CPUs, as their exchange shows it. */
double	program_exchange(unsigned a, unsigned b);

/*
 * Set the model's transfers so that exchanges take what was measured: a try of
 * the CPU that waits comes on top of the transfer.
 */
void	program_calibrate(void);

#endif /* SIM_PROGRAMS_H */
