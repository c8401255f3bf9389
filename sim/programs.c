/*
 * Running the programs of sim/locks/.  Read programs.h first.
 */
#include "programs.h"
#include "host_clock.h"
#include "poll.h"

#include <string.h>

#define	EXCHANGES	1000	/* of each CPU */

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
	    .ps_looks = sim_looks,
	    .ps_ns = sim_time(), .ps_misses = misses(SIM_CPUS_MAX),
	    .ps_seconds = host_seconds() };
	struct part part;

	if (run == NULL)
		run = md_mem_map(0, sizeof(*run));
	memset(run, 0, sizeof(*run));
	run->pr_cpus = n;
	run->pr_ops = ops;
	part = (struct part){ program, run };
	sim_run(n, cpus, run_loop, &part);
	r.ps_seconds = host_seconds() - r.ps_seconds;
	r.ps_ns = (sim_time() - r.ps_ns) / SIM_PS_PER_NS;
	r.ps_events = virtual_events - r.ps_events;
	r.ps_looks = sim_looks - r.ps_looks;
	r.ps_misses = misses(SIM_CPUS_MAX) - r.ps_misses;
	r.ps_guarded = run->pr_guarded;
	for (unsigned i = 0; i < n; i++)
		r.ps_ops += run->pr_own[i].po_ops;
	return (r);
}

double
program_exchange(unsigned a, unsigned b)
{
	uint16_t cpus[2] = { (uint16_t)a, (uint16_t)b };
	struct program_result r = program_run(program_find("pingpong"), 2,
	    cpus, EXCHANGES);

	return ((double)r.ps_ns / (double)r.ps_ops);
}

static void
calibrate(enum sim_level level, unsigned a, unsigned b)
{
	uint64_t low = 1, high = sim_model.mo_measured[level];

	while (high > low + 10) {
		uint64_t middle = (low + high) / 2;

		sim_model.mo_transfer[level] = middle;
		if (program_exchange(a, b) * SIM_PS_PER_NS >
		    (double)sim_model.mo_measured[level])
			high = middle;
		else
			low = middle;
	}
	sim_model.mo_transfer[level] = high;
}

void
program_calibrate(void)
{
	bool done[SIM_LEVELS] = { false };

	for (unsigned a = 1; a < sim_model.mo_ncpus; a++) {
		unsigned b = a;

		while (b-- > 0)
			if (!done[sim_level_of(a, b)]) {
				calibrate(sim_level_of(a, b), a, b);
				done[sim_level_of(a, b)] = true;
			}
	}
}
