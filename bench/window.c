/*
 * Running one window; bench/window.h says how.
 */
#define	_GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <sched.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <machine/atomic.h>
#include <machine/native/native.h>
#include <traces/trace.h>

#include "window.h"

#define	NS_PER_S	1000000000ull
/* From the last worker being ready to the start: long enough to be seen. */
#define	LEAD_NS		50000ull
/* With more workers than PUs each must be scheduled in between. */
#define	LEAD_OVERSUBSCRIBED_NS	5000000ull
/* How often to look for a worker that is late. */
#define	START_POLL_NS	100000ull
/* Times a window is tried in which the machine let nobody finish anything. */
#define	TRIES		5
/* Waiters leave the processor to others after so many looks. */
#define	SPINS_BEFORE_YIELD	1000
/* A workload that takes longer than this to stop hangs. */
#define	STOP_TIMEOUT_S	60
/* Memory of a trace, in bytes: beside its pages, and the step of sizes. */
#define	TRACE_SLACK	((size_t)32 << 20)
#define	TRACE_STEP	((size_t)64 << 20)

/* What the workers of one window share. */
struct sync {
	struct window	*s_window;
	unsigned	 s_nready __attribute__((aligned(MD_CACHE_LINE)));
	unsigned	 s_nstarted;	/* workers past the start */
	uint64_t	 s_start_ns;	/* 0 until all are ready */
	sem_t		 s_named;	/* s_start_ns is */
};

volatile sig_atomic_t window_interrupted;

static void
sleep_until(uint64_t ns)
{
	struct timespec ts = {
		.tv_sec = (time_t)(ns / NS_PER_S),
		.tv_nsec = (long)(ns % NS_PER_S)
	};

	while (!window_interrupted && clock_nanosleep(CLOCK_MONOTONIC,
	    TIMER_ABSTIME, &ts, NULL) == EINTR)
		;
}

/*
 * Wait until all workers are ready, then for the start.  The last one names
 * the time; pairs with its release store.
 */
static void
wait_for_start(struct sync *s)
{
	struct window *w = s->s_window;
	uint64_t lead, start;
	unsigned spins = 0;

	lead = w->w_oversubscribe ? LEAD_OVERSUBSCRIBED_NS : LEAD_NS;
	if (atomic_fetchadd_int(&s->s_nready, 1) + 1 == w->w_cell->c_threads) {
		atomic_store_rel_64(&s->s_start_ns, md_clock_ns() + lead);
		sem_post(&s->s_named);
	}
	while ((start = atomic_load_acq_64(&s->s_start_ns)) == 0) {
		md_spin_hint();
		if (++spins % SPINS_BEFORE_YIELD == 0)
			sched_yield();
	}
	if (w->w_oversubscribe)
		sleep_until(start);
	while (md_clock_ns() < start)
		md_spin_hint();
}

static uint64_t
thread_cpu_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
	return ((uint64_t)ts.tv_sec * NS_PER_S + (uint64_t)ts.tv_nsec);
}

static void
do_work(void *arg, unsigned i)
{
	struct sync *s = arg;
	struct window *w = s->s_window;
	const struct lab_unit *u = w->w_workload->lw_unit;
	struct window_worker *ww = &w->w_workers[i];
	uint64_t cpu_ns;

	u->lu_thread_begin(w->w_run, i);
	wait_for_start(s);
	atomic_fetchadd_int(&s->s_nstarted, 1);
	counters_start();
	/* Inside: a read of the clock costs less than switching counters. */
	cpu_ns = thread_cpu_ns();
	u->lu_thread_loop(w->w_run, i);
	ww->ww_cpu_ns = thread_cpu_ns() - cpu_ns;
	counters_stop(&ww->ww_counts);
	ww->ww_cpu = sched_getcpu();
	u->lu_thread_end(w->w_run, i);
}

/* Only a machine that refuses to pin a thread gets here. */
static void
pinned_or_die(const struct window *w, int error)
{
	if (error != 0)
		errx(1, "cannot pin a thread for %s: %s", w->w_cell->c_name,
		    strerror(error));
}

/*
 * Set up on worker 0's PU: what setting up leaves in its caches is then the
 * same for every implementation.
 */
static int
begin(struct window *w)
{
	int error;

	pinned_or_die(w, pool_bind_caller(w->w_pool, w->w_cell->c_pus[0]));
	error = w->w_workload->lw_unit->lu_begin(w->w_run);
	if (error == 0 && w->w_check_home)
		w->w_home_error = native_mem_verify_used();
	pinned_or_die(w, pool_bind_caller(w->w_pool, PLACE_NONE));
	return (error);
}

/*
 * Wait until every worker is past the start.  On an idle machine that is so at
 * once; on a busy one a worker may be kept from its PU, and a window counted
 * from the time named would end before that worker began.
 */
static uint64_t
all_started(struct window *w, struct sync *s)
{
	sleep_until(s->s_start_ns);
	while (atomic_load_acq_int(&s->s_nstarted) < w->w_cell->c_threads &&
	    !window_interrupted)
		sleep_until(md_clock_ns() + START_POLL_NS);
	return (md_clock_ns());
}

/* The timed part, seen from the main thread. */
static void
run_workers(struct window *w, struct sync *s)
{
	pinned_or_die(w, pool_start(w->w_pool, w->w_cell->c_pus,
	    w->w_cell->c_threads, do_work, s));
	while (sem_wait(&s->s_named) != 0)
		;
	sleep_until(all_started(w, s) + w->w_length_ns);
	__atomic_store_n(&w->w_run->lr_stop, 1, __ATOMIC_RELEASE);
	if (pool_wait(w->w_pool, STOP_TIMEOUT_S) != 0)
		errx(1, "%s/%s did not stop within %d s; it hangs",
		    w->w_workload->lw_unit->lu_impl, w->w_cell->c_name,
		    STOP_TIMEOUT_S);
}

static void
fail(struct window *w, const char *why)
{
	w->w_status = WINDOW_FAILED;
	snprintf(w->w_why, sizeof(w->w_why), "%s", why);
}

/* Compute the results from what the workers wrote. */
static void
sum_up(struct window *w, uint64_t start_ns)
{
	const struct lab_slot *slots = w->w_run->lr_slots;
	uint64_t start0 = UINT64_MAX, start1 = 0, end0 = UINT64_MAX, end1 = 0;

	for (unsigned i = 0; i < w->w_cell->c_threads; i++) {
		const struct lab_slot *sl = &slots[i];

		if (sl->ls_start_ns < start_ns ||
		    sl->ls_end_ns < sl->ls_start_ns) {
			fail(w, "a worker did not time its loop");
			return;
		}
		w->w_ops += sl->ls_ops;
		start0 = sl->ls_start_ns < start0 ? sl->ls_start_ns : start0;
		start1 = sl->ls_start_ns > start1 ? sl->ls_start_ns : start1;
		end0 = sl->ls_end_ns < end0 ? sl->ls_end_ns : end0;
		end1 = sl->ls_end_ns > end1 ? sl->ls_end_ns : end1;
	}
	w->w_ns = end1 - start0;
	w->w_skew_ns = start1 - start0;
	w->w_starved = w->w_ops == 0 || w->w_ns == 0;
	if (w->w_starved)
		fail(w, "no operation ended in the window; use a longer one");
	else if (end0 > start1)
		w->w_overlap = (double)(end0 - start1) / (double)w->w_ns;
}

/*
 * A large trace gets more than its workload asks for: room for each page and
 * for a private copy of it.  In few different sizes, because the machine keeps
 * memory of each size for the next window.
 */
static size_t
physmem_of(const struct window *w)
{
	const struct cell *c = w->w_cell;
	size_t bytes = w->w_workload->lw_physmem, need;

	if (w->w_physmem != 0 || c->c_trace == NULL || bytes == 0)
		return (w->w_physmem != 0 ? w->w_physmem : bytes);
	need = (size_t)c->c_trace->lt_touched * c->c_clones * 2 *
	    MD_PAGE_SIZE + TRACE_SLACK;
	need = (need + TRACE_STEP - 1) / TRACE_STEP * TRACE_STEP;
	return (need > bytes ? need : bytes);
}

static void *
alloc_lines(size_t n, size_t size)
{
	void *p = aligned_alloc(MD_CACHE_LINE, n * size);

	if (p == NULL)
		err(1, "window");
	return (memset(p, 0, n * size));
}

static void
prepare(struct window *w)
{
	const struct cell *c = w->w_cell;
	struct lab_run *r;

	w->w_workers = alloc_lines(c->c_threads, sizeof(*w->w_workers));
	w->w_run = r = alloc_lines(1, sizeof(*r));
	r->lr_slots = alloc_lines(c->c_threads, sizeof(*r->lr_slots));
	if (w->w_latency)
		r->lr_histograms = alloc_lines(c->c_threads,
		    sizeof(*r->lr_histograms));
	r->lr_workload = w->w_workload;
	r->lr_variant = c->c_unit_variant;
	r->lr_sharing = c->c_sharing;
	r->lr_threads = c->c_threads;
	r->lr_home = w->w_home;
	r->lr_physmem = physmem_of(w);
	r->lr_seed = w->w_seed;
	r->lr_trace = c->c_trace;
	r->lr_clones = c->c_clones;
	r->lr_delay_steps = w->w_delay_steps;
	w->w_status = WINDOW_OK;
	w->w_ops = w->w_ns = w->w_skew_ns = 0;
	w->w_overlap = 0;
	w->w_starved = false;
	w->w_why[0] = '\0';
	w->w_home_error = 0;
}

void
window_stamp(char *text, size_t size)
{
	struct timespec ts;
	struct tm tm;
	size_t n;

	clock_gettime(CLOCK_REALTIME, &ts);
	gmtime_r(&ts.tv_sec, &tm);
	n = strftime(text, size, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + n, size - n, ".%03ldZ", ts.tv_nsec / 1000000);
}

static void
run_once(struct window *w)
{
	struct sync s = { .s_window = w };
	int error;

	prepare(w);
	window_stamp(w->w_time, sizeof(w->w_time));
	sem_init(&s.s_named, 0, 0);
	error = begin(w);
	if (error != 0) {
		fail(w, w->w_run->lr_why);
		if (error == ENOTSUP)
			w->w_status = WINDOW_SKIP;
	} else {
		run_workers(w, &s);
		error = w->w_workload->lw_unit->lu_end(w->w_run);
		if (window_interrupted)
			w->w_status = WINDOW_ABORTED;
		else if (error != 0)
			fail(w, w->w_run->lr_why);
		else
			sum_up(w, s.s_start_ns);
	}
	sem_destroy(&s.s_named);
}

const char *
window_flavour(const struct window *w)
{
	return (w->w_latency ? "latency" :
	    w->w_workload->lw_unit->lu_flavour);
}

void
window_run(struct window *w)
{
	uint64_t t0 = md_clock_ns();

	run_once(w);
	for (unsigned i = 1; i < TRIES && w->w_starved; i++) {
		window_release(w);
		run_once(w);
		w->w_retried = i;
	}
	w->w_total_ns = md_clock_ns() - t0;
}

void
window_release(struct window *w)
{
	free(w->w_run->lr_histograms);
	free(w->w_run->lr_slots);
	free(w->w_run);
	free(w->w_workers);
}
