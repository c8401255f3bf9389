/*
 * Google Benchmark, as C sees it.
 *
 * It names, runs and reports each window; what is measured, and for how long,
 * is ours: one benchmark is one window of our own pinned threads, with manual
 * time and one iteration, because the threaded time of 1.7 is a mean over
 * threads it makes anew for every trial.
 *
 * In its output a window's "iterations" are the operations of all workers, so
 * real_time is wall time per operation and compare.py compares what we do;
 * repetition_index is the round.  bench/gbench*.cc is the only C++ here.
 */
#ifndef BENCH_GBENCH_H
#define	BENCH_GBENCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a window gave. */
struct gbench_result {
	const char	*gr_error;	/* NULL if there is a figure */
	bool		 gr_aborted;	/* to be left out of the output */
	double		 gr_seconds;	/* the window, by its own clocks */
	double		 gr_cpu_seconds; /* of all workers */
	uint64_t	 gr_ops;
	unsigned	 gr_threads;
	double		 gr_overlap;
};

/*
 * Take Google Benchmark's flags out of argv and set it up.  Bad flags end
 * the process with status 2.
 */
void	gbench_init(int *argc, char **argv);

/* What the flags asked for: a listing; rounds and seconds, 0 if not given. */
bool	gbench_list_tests(void);
unsigned gbench_repetitions(void);
double	gbench_min_time(void);

/* Whether --benchmark_filter lets the name pass. */
bool	gbench_matches(const char *name);

/* A pair for the "context" of the output; before gbench_open(). */
void	gbench_context(const char *key, const char *value);

/* Begin the outputs that the flags ask for.  Returns 0, or an errno. */
int	gbench_open(void);

/* Run one window: fn fills the result. */
void	gbench_window(const char *name, unsigned round, unsigned rounds,
	    void (*fn)(void *arg, struct gbench_result *), void *arg);

/* End the outputs.  Returns 0, or EIO when one could not be written. */
int	gbench_close(void);

/* The output that gbench_open() or gbench_close() failed on. */
const char *gbench_failed(void);

/*
 * A file of windows that were measured before.  Opening and closing return 0,
 * or an errno.  bench/gbench_file.cc.
 */
struct gbench_file;

int	gbench_file_open(struct gbench_file **, const char *path);
void	gbench_file_add(struct gbench_file *, const char *name, unsigned round,
	    unsigned rounds, const struct gbench_result *);
int	gbench_file_close(struct gbench_file *);

#ifdef __cplusplus
}
#endif

#endif /* BENCH_GBENCH_H */
