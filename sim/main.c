/*
 * The simulator: workloads of the lab's units on machines that are not here.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>

#include "line.h"
#include "options.h"
#include "programs.h"
#include "sweep.h"

#define	PROGRAM_OPS	1000	/* of each CPU */

/* ---- Programs ----------------------------------------------------------- */

static void
run_program(const struct program *p, unsigned n)
{
	struct program_result r = program_run(p, n, NULL, PROGRAM_OPS);
	double ops = (double)r.ps_ops;

	printf("%-12s %4u CPUs %10.1f ns an op %8.1f events an op %8.2f "
	    "misses an op %6.1f Mevents/s %6.2f s, %.1f M/s with looks\n",
	    p->pg_name, n,
	    (double)r.ps_ns / ops, (double)r.ps_events / ops,
	    (double)r.ps_misses / ops, (double)r.ps_events / r.ps_seconds /
	    1e6, r.ps_seconds, (double)(r.ps_events + r.ps_looks) /
	    r.ps_seconds / 1e6);
	if (p->pg_guards && r.ps_guarded != r.ps_ops)
		errx(1, "%s on %u CPUs: %ju of %ju acquisitions were alone",
		    p->pg_name, n, (uintmax_t)r.ps_guarded,
		    (uintmax_t)r.ps_ops);
	fflush(stdout);
}

/* On as many CPUs as were asked for, or 1, 2, 4 and so on. */
static void
run_on_each(const struct program *p, const struct options *o)
{
	unsigned most = sim_model.mo_ncpus;

	for (unsigned i = 0; i < o->o_nthreads; i++)
		if (o->o_threads[i] <= most)
			run_program(p, o->o_threads[i]);
	for (unsigned n = 1; o->o_nthreads == 0 && n < 2 * most; n *= 2)
		run_program(p, n < most ? n : most);
}

static int
run_programs(const struct options *o)
{
	const struct program *const *p;
	bool all = strcmp(o->o_program, "all") == 0;

	if (!all && program_find(o->o_program) == NULL)
		errx(2, "--program %s: there is none in sim/locks",
		    o->o_program);
	for (p = __start_set_sim_programs; p < __stop_set_sim_programs; p++) {
		if (!all && strcmp((*p)->pg_name, o->o_program) != 0)
			continue;
		if ((*p)->pg_cpus > sim_model.mo_ncpus) {
			warnx("%s needs %u CPUs", (*p)->pg_name,
			    (*p)->pg_cpus);
			continue;
		}
		if ((*p)->pg_cpus != 0)
			run_program(*p, (*p)->pg_cpus);
		else
			run_on_each(*p, o);
	}
	return (0);
}

/* Every pair: the mean of its level, and who is farthest from it. */
static int
run_pairs(void)
{
	static const char *const names[SIM_LEVELS] = { "smt", "l3", "package",
	    "remote", "far" };
	double sum[SIM_LEVELS] = { 0 }, low[SIM_LEVELS], high[SIM_LEVELS];
	unsigned count[SIM_LEVELS] = { 0 };

	for (unsigned a = 1; a < sim_model.mo_ncpus; a++)
		for (unsigned b = 0; b < a; b++) {
			unsigned l = sim_level_of(a, b);
			double ns = program_exchange(a, b);

			if (count[l]++ == 0)
				low[l] = high[l] = ns;
			sum[l] += ns;
			low[l] = ns < low[l] ? ns : low[l];
			high[l] = ns > high[l] ? ns : high[l];
		}
	printf("level\tpairs\tmodel_ns\tmean_ns\tleast_ns\tmost_ns\n");
	for (unsigned l = 0; l < SIM_LEVELS; l++)
		if (count[l] > 0)
			printf("%s\t%u\t%.2f\t%.2f\t%.2f\t%.2f\n", names[l],
			    count[l], (double)sim_model.mo_measured[l] /
			    SIM_PS_PER_NS, sum[l] / count[l], low[l], high[l]);
	return (0);
}

int
main(int argc, char **argv)
{
	struct options o;
	char message[512];

	options_parse(&o, argc, argv);
	if (sim_model_load(o.o_machine, o.o_topology, message,
	    sizeof(message)) != 0)
		errx(2, "%s", message);
	virtual_check_linked();
	arena_init(sim_model.mo_nnodes);
	sim_lines_init();
	sim_first_touch = o.o_first_touch;
	sim_model.mo_no_lookahead = o.o_no_lookahead;
	program_calibrate();
	if (o.o_pairs)
		return (run_pairs());
	return (o.o_program != NULL ? run_programs(&o) : sweep(&o));
}
