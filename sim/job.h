/*
 * Runs, each in a process of its own: none finds lines, objects or numbers
 * where another left them, so a result does not depend on what else is run.
 */
#ifndef SIM_JOB_H
#define	SIM_JOB_H

#include "run.h"

enum job_status {
	JOB_WAITS, JOB_RUNS, JOB_DONE,
	JOB_DIED		/* sr_why says how */
};

enum job_kind { JOB_WINDOW, JOB_SENSITIVITY, JOB_CONFLICT };

struct job {
	struct sim_run	 j_run;
	enum job_kind	 j_kind;
	enum job_status	 j_status;
	double		 j_seconds;	/* of the host */
};

/* Set by a signal: no more is begun, what runs is ended. */
extern volatile int	job_interrupted;

/*
 * Run n jobs, at most so many at a time, and call done(job) for each in their
 * order as soon as it and all before it have ended; interrupted, for all that
 * have ended by themselves.
 */
void	jobs_run(struct job *jobs, unsigned n, unsigned processes,
	    void (*done)(const struct job *));

#endif /* SIM_JOB_H */
