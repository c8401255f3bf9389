/*
 * The simulator: workloads of the lab's units on machines that are not here.
 */
#include <err.h>
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "line.h"
#include "options.h"
#include "plan.h"
#include "programs.h"

#define	PROGRAM_OPS	1000	/* of each CPU */

static void
interrupt(int sig)
{
	(void)sig;
	job_interrupted = 1;
}

/* ---- Workloads ---------------------------------------------------------- */

static double
share(uint64_t ps, const struct sim_run *r)
{
	return (r->sr_ns == 0 ? 0 : (double)ps / SIM_PS_PER_NS /
	    (double)r->sr_ns / r->sr_threads);
}

static const char *
status_of(const struct job *j)
{
	if (j->j_status == JOB_DIED)
		return ("failed");
	return (j->j_run.sr_error == 0 ? "ok" :
	    j->j_run.sr_error == ENOTSUP ? "skip" : "failed");
}

static void
print_text(const struct job *j)
{
	const struct sim_run *r = &j->j_run;
	char name[128];

	plan_name(r, name, sizeof(name));
	printf("%-36s %-15s ", name, r->sr_workload->lw_unit->lu_impl);
	if (strcmp(status_of(j), "ok") != 0) {
		printf("%s: %s\n", status_of(j), r->sr_why);
		return;
	}
	printf("%10.3f Mop/s  transfer %3.0f %%  pause %3.0f %%  sleep %3.0f %%"
	    "  %6.1f Mevents/s  %.2f s\n", (double)r->sr_ops * 1e3 /
	    (double)r->sr_ns, 100 * share(r->sr_transfer, r),
	    100 * share(r->sr_pause, r), 100 * share(r->sr_sleep, r),
	    (double)r->sr_events / j->j_seconds / 1e6, j->j_seconds);
	fflush(stdout);
}

static void
print_json(const struct job *j)
{
	const struct sim_run *r = &j->j_run;
	const char *status = status_of(j);
	char name[128];
	json_t *line;

	plan_name(r, name, sizeof(name) - 8);
	strcat(name, "/compact");
	line = json_pack("{si ss ss ss ss ss si ss si ss ss si si sI ss}",
	    "schema", 1, "kind", "window", "cell", name,
	    "workload", r->sr_workload->lw_name,
	    "variant", r->sr_variant, "sharing", plan_sharing(r->sr_sharing),
	    "threads", (int)r->sr_threads, "placement", "compact", "home", 0,
	    "impl", r->sr_workload->lw_unit->lu_impl, "flavour", "bench",
	    "round", 0, "position", 0, "seed", (json_int_t)r->sr_seed,
	    "status", status);
	if (strcmp(status, "ok") == 0)
		json_object_update_new(line, json_pack(
		    "{sI sI sf s{ss sI sI sf sf sf}}",
		    "ops", (json_int_t)r->sr_ops,
		    "window_ns", (json_int_t)r->sr_ns, "ops_per_s_total",
		    (double)r->sr_ops * 1e9 / (double)r->sr_ns, "simulated",
		    "machine", sim_model.mo_name,
		    "events", (json_int_t)r->sr_events,
		    "misses", (json_int_t)r->sr_misses,
		    "transfer", share(r->sr_transfer, r),
		    "pause", share(r->sr_pause, r),
		    "sleep", share(r->sr_sleep, r)));
	else
		json_object_set_new(line, "why", json_string(r->sr_why));
	json_dumpf(line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(12));
	putchar('\n');
	fflush(stdout);
	json_decref(line);
}

static int
run_workloads(const struct options *o)
{
	unsigned n, failed = 0;
	struct job *jobs = plan(o, &n);

	signal(SIGINT, interrupt);
	jobs_run(jobs, n, o->o_processes, o->o_json ? print_json : print_text);
	for (unsigned i = 0; i < n; i++)
		failed += jobs[i].j_status >= JOB_DONE &&
		    strcmp(status_of(&jobs[i]), "failed") == 0;
	free(jobs);
	return (failed > 0 || job_interrupted);
}

/* ---- Programs ----------------------------------------------------------- */

static void
run_program(const struct program *p, unsigned n)
{
	struct program_result r = program_run(p, n, NULL, PROGRAM_OPS);
	double ops = (double)r.ps_ops;

	printf("%-12s %4u CPUs %10.1f ns an op %8.1f events an op %8.2f "
	    "misses an op %6.1f Mevents/s\n", p->pg_name, n,
	    (double)r.ps_ns / ops, (double)r.ps_events / ops,
	    (double)r.ps_misses / ops, (double)r.ps_events / r.ps_seconds /
	    1e6);
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
	sim_model.mo_no_lookahead = o.o_no_lookahead;
	program_calibrate();
	if (o.o_pairs)
		return (run_pairs());
	return (o.o_program != NULL ? run_programs(&o) : run_workloads(&o));
}
