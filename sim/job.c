/*
 * Processes.  A child writes its result into memory that it shares with the
 * parent; nothing else of it is seen.
 */
#define	_GNU_SOURCE
#include "job.h"
#include "host_clock.h"
#include "names.h"

#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

volatile int	job_interrupted;

struct pool {
	struct job	*jobs;		/* shared with children */
	pid_t		*pids;
	unsigned	 n, next, running;
};

static void
begin(struct pool *p)
{
	struct job *j = &p->jobs[p->next];
	pid_t parent = getpid(), pid = fork();
	double t0;

	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		signal(SIGINT, SIG_DFL);
		/* Or it would go on for nobody, and hold the results' lock. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(1);
		virtual_watchdog_start();
		t0 = host_seconds();
		sim_run_once(&j->j_run);
		j->j_seconds = host_seconds() - t0;
		_exit(0);
	}
	j->j_status = JOB_RUNS;
	p->pids[p->next++] = pid;
	p->running++;
}

/* One child has ended. */
static void
reap(struct pool *p)
{
	int status;
	pid_t pid = waitpid(-1, &status, 0);

	if (pid < 0)
		return;
	for (unsigned i = 0; i < p->next; i++) {
		struct job *j = &p->jobs[i];

		if (p->pids[i] != pid || j->j_status != JOB_RUNS)
			continue;
		p->running--;
		j->j_status = JOB_DONE;
		if (status == 0)
			continue;
		j->j_status = JOB_DIED;
		/* It may have come to the child first. */
		if (WIFSIGNALED(status) && WTERMSIG(status) == SIGINT)
			job_interrupted = 1;
		snprintf(j->j_run.sr_why, sizeof(j->j_run.sr_why),
		    "the simulation died, wait status %#x", (unsigned)status);
	}
}

static void
end_all(struct pool *p)
{
	for (unsigned i = 0; i < p->next; i++)
		if (p->jobs[i].j_status == JOB_RUNS)
			kill(p->pids[i], SIGKILL);
	while (p->running > 0)
		reap(p);
}

void
jobs_run(struct job *jobs, unsigned n, unsigned processes,
    void (*done)(const struct job *))
{
	struct pool p = { .n = n };
	unsigned told = 0;

	if (n == 0)
		return;
	p.pids = calloc(n, sizeof(pid_t));
	p.jobs = mmap(NULL, n * sizeof(*jobs), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p.pids == NULL || p.jobs == MAP_FAILED)
		err(1, "%u runs", n);
	memcpy(p.jobs, jobs, n * sizeof(*jobs));
	/* Once, not in each child. */
	for (unsigned i = 0; i < n; i++)
		sim_names_init(jobs[i].j_run.sr_workload->lw_unit);
	while (!job_interrupted && told < n) {
		while (p.next < n && p.running < processes)
			begin(&p);
		reap(&p);
		for (; !job_interrupted && told < p.next &&
		    p.jobs[told].j_status != JOB_RUNS; told++)
			done(&p.jobs[told]);
	}
	end_all(&p);
	/* Who died did so of the interrupt, and is to be run again. */
	for (; told < p.next; told++)
		if (p.jobs[told].j_status == JOB_DONE)
			done(&p.jobs[told]);
	memcpy(jobs, p.jobs, n * sizeof(*jobs));
	munmap(p.jobs, n * sizeof(*jobs));
	free(p.pids);
}
