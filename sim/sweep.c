/*
 * Many runs.  Read sweep.h first.
 */
#include "sweep.h"

#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <bench/progress.h>

#include "host_clock.h"
#include "lines.h"
#include "plan.h"
#include "results.h"
#include "show.h"

static struct {
	const struct options *options;
	struct results	 results;
	double		 began, weight_done, weight_all;
	unsigned	 failed;
} sw;

static void
interrupt(int sig)
{
	(void)sig;
	job_interrupted = 1;
}

/* What a run costs the host, in proportion: a guess for the time left. */
static double
weight(const struct job *j)
{
	return (2 + (double)j->j_run.sr_threads);
}

static void
show_progress(const struct job *j)
{
	double spent = host_seconds() - sw.began;
	double left = spent / sw.weight_done * (sw.weight_all -
	    sw.weight_done);
	char name[128];

	plan_name(&j->j_run, name, sizeof(name));
	progress_show(&(struct progress){ .pg_phase = "simulated",
	    .pg_done_ns = (uint64_t)(spent * 1e9),
	    .pg_left_ns = (uint64_t)(left * 1e9), .pg_cell = name });
}

static void
done(const struct job *j)
{
	json_t *line = lines_job(j);

	if (sw.results.rs_file != NULL)
		results_add(&sw.results, line);
	if (sw.options->o_json) {
		json_dumpf(line, stdout, JSON_COMPACT |
		    JSON_REAL_PRECISION(12));
		putchar('\n');
		fflush(stdout);
	} else {
		progress_end();
		show_job(j, sw.options->o_speed);
	}
	sw.failed += strcmp(lines_status(j), "failed") == 0;
	json_decref(line);
	sw.weight_done += weight(j);
	show_progress(j);
}

/* Leave out the jobs whose lines are there; how many are left. */
static unsigned
leave_out(struct job *jobs, unsigned n)
{
	unsigned left = 0;

	for (unsigned i = 0; i < n; i++) {
		char *key = lines_job_key(&jobs[i]);

		if (!results_have(&sw.results, key))
			jobs[left++] = jobs[i];
		free(key);
	}
	return (left);
}

static void
open_results(const struct options *o, struct job *jobs, unsigned *n)
{
	json_t *run = lines_run(o, *n);
	unsigned all = *n;

	results_open(&sw.results, o->o_results, run);
	json_decref(run);
	*n = leave_out(jobs, all);
	if (*n < all)
		fprintf(stderr, "%u of %u runs are in %s\n", all - *n, all,
		    sw.results.rs_dir);
}

static void
close_results(unsigned n)
{
	json_t *end = json_pack("{si ss si sf}", "schema", 1, "kind", "end",
	    "windows", (int)n, "elapsed_s", host_seconds() - sw.began);

	if (sw.results.rs_file == NULL)
		return;
	if (job_interrupted)
		fprintf(stderr, "what was done is in %s; the same command goes "
		    "on\n", sw.results.rs_dir);
	else {
		results_add(&sw.results, end);
		fprintf(stderr, "%s\n", sw.results.rs_dir);
	}
	json_decref(end);
	results_close(&sw.results);
}

static void
show_speed(unsigned n)
{
	struct rusage r;

	getrusage(RUSAGE_CHILDREN, &r);
	printf("%u runs in %.1f s; a run took %.0f MiB at most\n", n,
	    host_seconds() - sw.began, (double)r.ru_maxrss / 1024);
}

int
sweep(struct options *o)
{
	unsigned n;
	struct job *jobs = plan(o, &n);

	sw.options = o;
	sw.began = host_seconds();
	progress_init(0);
	signal(SIGINT, interrupt);
	if (o->o_results != NULL)
		open_results(o, jobs, &n);
	for (unsigned i = 0; i < n; i++)
		sw.weight_all += weight(&jobs[i]);
	jobs_run(jobs, n, o->o_processes, done);
	progress_end();
	if (o->o_speed)
		show_speed(n);
	close_results(n);
	free(jobs);
	return (sw.failed > 0 || job_interrupted);
}
