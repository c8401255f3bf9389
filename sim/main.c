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

int
main(int argc, char **argv)
{
	struct sim_run s = { .sr_seed = 1 };
	char message[512];
	double t0, t1;

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
