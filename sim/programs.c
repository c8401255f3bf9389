/*
 * Running the programs of sim/locks/.  Read programs.h first.
 */
#include "programs.h"

#include <string.h>
#include <time.h>

struct part {
	const struct program	*program;
	struct program_run	*run;
};

const struct program *
program_find(const char *name)
{
	const struct program *const *p;

	for (p = __start_set_sim_programs; p < __stop_set_sim_programs; p++)
		if (strcmp((*p)->pg_name, name) == 0)
			return (*p);
	return (NULL);
}

static void
run_loop(void *arg, unsigned i)
{
	const struct part *part = arg;

	part->program->pg_loop(part->run, i);
}

static double
seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

static uint64_t
misses(unsigned n)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < n; i++)
		sum += sim_cpus[i].sc_misses;
	return (sum);
}

struct program_result
program_run(const struct program *program, unsigned n, const uint16_t *cpus,
    uint64_t ops)
{
	static struct program_run *run;
	struct program_result r = { .ps_events = virtual_events,
	    .ps_ns = sim_time(), .ps_misses = misses(SIM_CPUS_MAX),
	    .ps_seconds = seconds() };
	struct part part;

	if (run == NULL)
		run = md_mem_map(0, sizeof(*run));
	memset(run, 0, sizeof(*run));
	run->pr_cpus = n;
	run->pr_ops = ops;
	part = (struct part){ program, run };
	sim_run(n, cpus, run_loop, &part);
	r.ps_seconds = seconds() - r.ps_seconds;
	r.ps_ns = (sim_time() - r.ps_ns) / SIM_PS_PER_NS;
	r.ps_events = virtual_events - r.ps_events;
	r.ps_misses = misses(SIM_CPUS_MAX) - r.ps_misses;
	r.ps_guarded = run->pr_guarded;
	for (unsigned i = 0; i < n; i++)
		r.ps_ops += run->pr_own[i].po_ops;
	return (r);
}
