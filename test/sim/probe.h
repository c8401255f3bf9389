/*
 * What a unit tells of itself, so that the simulator's test can compare.
 */
#ifndef TEST_SIM_PROBE_H
#define	TEST_SIM_PROBE_H

#include <workload/lab_unit.h>

/* What is at p should be called so. */
typedef void	sim_expect(void *arg, const volatile void *p,
		    const char *name);

struct sim_probe {
	const struct lab_unit *sp_unit;
	/*
	 * Call expect(arg, p, name) for things whose address and name are
	 * known.  After lu_begin() of a workload that maps resident pages, and
	 * a fault of each worker.
	 */
	void		(*sp_tell)(struct lab_run *run, sim_expect *expect,
			    void *arg);
};

extern const struct sim_probe *const __start_set_sim_probes[];
extern const struct sim_probe *const __stop_set_sim_probes[];

#endif /* TEST_SIM_PROBE_H */
