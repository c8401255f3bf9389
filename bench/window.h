/*
 * One window: one implementation runs one cell once, for a fixed time.
 *
 * The main thread boots the unit's VM; all workers get ready; the last to be
 * so names one start time in the near future, for which all wait; the main
 * thread sleeps to the window's end, sets the stop flag, checks the oracle and
 * shuts the VM down.  Times are those that the workers' clocks
 * showed, never those asked for.
 *
 * Threads, code and memory are warm from the pass that is not recorded, but
 * each window begins in a VM just booted, alike for every implementation: its
 * first tenths of a millisecond are cold, and draw a ratio towards 1 by as much
 * as they are of the window.
 */
#ifndef BENCH_WINDOW_H
#define	BENCH_WINDOW_H

#include <signal.h>

#include "cell.h"
#include "counters.h"
#include "pool.h"

enum window_status {
	WINDOW_OK,
	WINDOW_SKIP,		/* the unit cannot run the cell */
	WINDOW_FAILED,		/* oracle or leak check; no figure exists */
	WINDOW_ABORTED		/* interrupted; nothing to record */
};

/* What the driver itself saw of one worker, on lines of its own. */
struct window_worker {
	uint64_t	ww_cpu_ns;	/* CPU time within the window */
	struct counts	ww_counts;	/* of the kernel, within it */
	int		ww_cpu;		/* system's number, as seen there */
} __attribute__((aligned(MD_CACHE_LINE)));

struct window {
	/* Parameters. */
	const struct cell *w_cell;
	const struct lab_workload *w_workload;
	struct pool	*w_pool;
	unsigned	 w_home;
	size_t		 w_physmem;	/* 0: what the workload wants */
	uint64_t	 w_seed;
	uint64_t	 w_length_ns;
	uint64_t	 w_delay_steps;	/* bench/plant.h */
	double		 w_planted;	/* the true ratio; 0: none planted */
	bool		 w_oversubscribe;
	bool		 w_latency;	/* sample operations into histograms */
	bool		 w_check_home;	/* verify where the memory lies */

	/* Results. */
	enum window_status w_status;
	char		 w_why[LAB_WHY_MAX];
	char		 w_time[32];	/* UTC at the start */
	uint64_t	 w_ops;
	uint64_t	 w_ns;		/* first start to last end */
	bool		 w_starved;	/* nobody finished an operation */
	unsigned	 w_retried;	/* starved windows thrown away before */
	double		 w_overlap;	/* share in which all ran */
	uint64_t	 w_skew_ns;	/* first start to last start */
	uint64_t	 w_total_ns;	/* setting up and checking included */
	struct window_worker *w_workers;	/* c_threads of them */
	struct lab_run	*w_run;		/* slots and lock statistics */
	int		 w_home_error;	/* of native_mem_verify_used() */
};

/* Set by the interrupt handler; ends the window in hand. */
extern volatile sig_atomic_t window_interrupted;

/*
 * Run it and fill the results, which window_release() gives back.  A window in
 * which a busy machine let nobody finish an operation is run again, a few
 * times.  A worker that does not stop ends the process with a line.
 */
void	window_run(struct window *);

void	window_release(struct window *);

/*
 * What its line calls its flavour: the unit's, or "latency" when it times
 * single operations.
 */
const char *window_flavour(const struct window *);
/* The time now: UTC with milliseconds, as docs/DATA.md has it; 32 bytes. */
void	window_stamp(char *text, size_t size);

#endif /* BENCH_WINDOW_H */
