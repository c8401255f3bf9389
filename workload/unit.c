/*
 * The unit as drivers see it: its record, and the five steps of a run.
 * Read <workload/lab_unit.h> first.
 */
#include <string.h>

#include <sys/linker_set.h>
#include <sys/lock.h>
#include <workload/delay.h>
#include <workload/workload.h>

#ifndef IMPL_UNIT_FLAGS
#define	IMPL_UNIT_FLAGS	0
#endif
#ifndef IMPL_AGAIN
#define	IMPL_AGAIN	NULL
#endif
#ifndef IMPL_PLANTED_PERCENT
#define	IMPL_PLANTED_PERCENT	0
#endif

const uint64_t *wl_delay_steps;

static const struct workload *
workload_of(const struct lab_run *run)
{
	return ((const struct workload *)run->lr_workload);
}

/* Why the unit cannot run this, or NULL. */
static const char *
cannot_run(const struct lab_run *run)
{
	const struct lab_workload *w = run->lr_workload;

	if (run->lr_threads < w->lw_threads_min ||
	    (w->lw_threads_max != 0 && run->lr_threads > w->lw_threads_max))
		return ("the workload is not for so many threads");
	/* One that keeps nobody out can run only where nobody has to be. */
	if ((lab_unit.lu_flags & LAB_UNSYNCHRONISED) != 0 &&
	    run->lr_threads > 1 && run->lr_sharing != LAB_PRIVATE)
		return ("no object lock: one thread or private only");
	if (run->lr_histograms != NULL &&
	    workload_of(run)->sampled_loop == NULL)
		return ("no latency: it has no loop that times operations");
	return (NULL);
}

/* Unless told: so much that no two workers' objects need share a frame. */
static size_t
physmem_of(const struct lab_run *run)
{
	if (run->lr_physmem != 0)
		return (run->lr_physmem);
	return (WL_PHYSMEM + run->lr_threads * WL_PHYSMEM_WORKER);
}

static int
unit_begin(struct lab_run *run)
{
	const char *why;
	int error;

	run->lr_private = NULL;
	run->lr_nlocks = 0;
	run->lr_why[0] = '\0';
	why = cannot_run(run);
	if (why != NULL) {
		memcpy(run->lr_why, why, strlen(why) + 1);
		return (ENOTSUP);
	}
	vm_pager_latency_ns = 0;
	wl_delay_steps = &run->lr_delay_steps;
	vm_boot(physmem_of(run), run->lr_home);
	error = workload_of(run)->setup(run);
	if (error != 0) {
		if (run->lr_private != NULL)
			wl_fixture_free(run);
		vm_shutdown();
		return (error);
	}
	lock_stats_reset();
	/* The driver may use the same thread as a worker. */
	kern_thread_detach();
	return (0);
}

static void
operate(struct wl_thread *t)
{
	const struct workload *w = workload_of(t->run);

	if (t->run->lr_histograms != NULL)
		w->sampled_loop(t);
	else
		w->loop(t);
}

/*
 * Caches and host memory are cold after a boot.  A workload whose workers wait
 * for each other from the start, or that want one of them as page daemon, is
 * left alone: they come here one by one.
 */
static void
warm_up(struct wl_thread *t)
{
	t->ops_max = WL_WARM_OPS;
	operate(t);
	lock_stats_forget();
	if (t->run->lr_histograms != NULL)
		lab_histogram_clear(&t->run->lr_histograms[t->id]);
}

/* Worker i is thread i + 1; thread 0 is the one that sets up. */
static void
unit_thread_begin(struct lab_run *run, unsigned worker)
{
	struct wl_thread *t = &wl_state(run)->threads[worker];

	kern_thread_attach(worker + 1);
	if (workload_of(run)->thread_setup != NULL)
		workload_of(run)->thread_setup(t);
	else if (workload_of(run)->lab.lw_roles == 0)
		warm_up(t);
	t->ops_max = run->lr_ops_max != 0 ? run->lr_ops_max : UINT64_MAX;
}

static void
unit_thread_loop(struct lab_run *run, unsigned worker)
{
	operate(&wl_state(run)->threads[worker]);
	/* Whoever sleeps on what this worker holds must not wait for ever. */
	if (workload_of(run)->thread_end != NULL)
		workload_of(run)->thread_end(&wl_state(run)->threads[worker]);
}

static void
unit_thread_end(struct lab_run *run, unsigned worker)
{
	(void)run;
	(void)worker;
	kern_thread_detach();
}

static int
unit_end(struct lab_run *run)
{
	int error;

	kern_thread_attach(0);
	run->lr_nlocks = lock_stats_collect(run->lr_locks, LAB_LOCK_STATS);
	error = workload_of(run)->oracle(run);
	wl_fixture_free(run);
	if (error == 0 && vm_leaks(run->lr_why, LAB_WHY_MAX) != 0)
		error = EDOM;
	vm_shutdown();
	return (error);
}

const struct lab_unit lab_unit = {
	.lu_impl = IMPL_NAME,
	.lu_again = IMPL_AGAIN,
	.lu_machine = MACHINE_NAME,
	.lu_flavour = FLAVOUR_NAME,
	.lu_flags = IMPL_UNIT_FLAGS,
	.lu_planted_percent = IMPL_PLANTED_PERCENT,
	.lu_sizeof_page = sizeof(struct vm_page),
	.lu_begin = unit_begin,
	.lu_thread_begin = unit_thread_begin,
	.lu_thread_loop = unit_thread_loop,
	.lu_thread_end = unit_thread_end,
	.lu_end = unit_end,
};
DATA_SET(lab_units, lab_unit);
