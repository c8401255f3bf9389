/*
 * The simulator's command line.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "line.h"
#include "programs.h"
#include "run.h"

static const struct lab_workload *
find(const char *impl, const char *name)
{
	const struct lab_workload *const *w;

	for (w = __start_set_lab_workloads; w < __stop_set_lab_workloads; w++)
		if (strcmp((*w)->lw_unit->lu_impl, impl) == 0 &&
		    strcmp((*w)->lw_name, name) == 0)
			return (*w);
	errx(2, "no workload %s in %s", name, impl);
}

static double
seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

static void
program(const char *name, const char *cpus, const char *ops)
{
	const struct program *p = program_find(name);
	unsigned n = (unsigned)atoi(cpus);
	struct program_result r;

	if (p == NULL)
		errx(2, "no program %s", name);
	r = program_run(p, n, NULL, strtoull(ops, NULL, 0));
	printf("%s %u CPUs: %ju ns, %.1f ns an op, %ju events (%.1f an op, "
	    "%.1f M/s), %.2f misses an op, guarded %s, %.2f s\n", name, n,
	    (uintmax_t)r.ps_ns, (double)r.ps_ns / (double)r.ps_ops,
	    (uintmax_t)r.ps_events, (double)r.ps_events / (double)r.ps_ops,
	    (double)r.ps_events / r.ps_seconds / 1e6, (double)r.ps_misses /
	    (double)r.ps_ops, r.ps_guarded == r.ps_ops ? "all" : "not all",
	    r.ps_seconds);
}

/* Every pair: the largest departure from its level's mean, by level. */
static void
pairs(void)
{
	double sum[SIM_LEVELS] = { 0 }, low[SIM_LEVELS], high[SIM_LEVELS];
	unsigned count[SIM_LEVELS] = { 0 };
	const struct program *p = program_find("pingpong");

	for (unsigned a = 0; a < sim_model.mo_ncpus; a++)
		for (unsigned b = 0; b < a; b++) {
			uint16_t cpus[2] = { (uint16_t)a, (uint16_t)b };
			unsigned l = sim_level_of(a, b);
			struct program_result r = program_run(p, 2, cpus, 200);
			double ns = (double)r.ps_ns / (double)r.ps_ops;

			if (count[l]++ == 0)
				low[l] = high[l] = ns;
			sum[l] += ns;
			low[l] = ns < low[l] ? ns : low[l];
			high[l] = ns > high[l] ? ns : high[l];
		}
	for (unsigned l = 0; l < SIM_LEVELS; l++)
		if (count[l] > 0)
			printf("level %u: %u pairs, mean %.2f, %.2f to %.2f\n",
			    l, count[l], sum[l] / count[l], low[l], high[l]);
}

int
main(int argc, char **argv)
{
	struct sim_run s = { .sr_seed = 1 };
	char message[512];
	double t0, t1;

	if (argc == 3 || argc == 5) {
		if (sim_model_load(argv[1], message, sizeof(message)) != 0)
			errx(2, "%s", message);
		virtual_check_linked();
		arena_init(sim_model.mo_nnodes);
		sim_lines_init();
		if (argc == 3)
			pairs();
		else
			program(argv[2], argv[3], argv[4]);
		return (0);
	}
	if (argc != 8)
		errx(2, "usage: sim MODEL IMPL WORKLOAD VARIANT SHARING "
		    "THREADS WINDOW_NS");
	if (sim_model_load(argv[1], message, sizeof(message)) != 0)
		errx(2, "%s", message);
	virtual_check_linked();
	arena_init(sim_model.mo_nnodes);
	sim_lines_init();
	s.sr_workload = find(argv[2], argv[3]);
	s.sr_variant = argv[4];
	s.sr_sharing = (enum lab_sharing)atoi(argv[5]);
	s.sr_threads = (unsigned)atoi(argv[6]);
	s.sr_window_ns = strtoull(argv[7], NULL, 0);
	t0 = seconds();
	sim_run_once(&s);
	t1 = seconds();
	printf("%s %s/%s/%s t%s: error %d %s ops %ju ns %ju Mops/s %.3f "
	    "events %ju (%.1f M/s, %.1f an op) misses/op %.2f transfer %.1f %% "
	    "poll %.1f %% sleep %.1f %% total s %.2f\n", argv[2], argv[3],
	    argv[4], argv[5], argv[6], s.sr_error, s.sr_why,
	    (uintmax_t)s.sr_ops, (uintmax_t)s.sr_ns, (double)s.sr_ops * 1e3 /
	    (double)s.sr_ns, (uintmax_t)s.sr_events, (double)s.sr_events /
	    (t1 - t0) / 1e6, (double)s.sr_events / (double)s.sr_ops,
	    (double)s.sr_misses / (double)s.sr_ops, (double)s.sr_transfer /
	    10. / (double)s.sr_ns / s.sr_threads, (double)s.sr_poll / 10. /
	    (double)s.sr_ns / s.sr_threads, (double)s.sr_sleep / 10. /
	    (double)s.sr_ns / s.sr_threads, t1 - t0);
	return (0);
}
