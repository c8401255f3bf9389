/*
 * Where the run stands, on standard error: one line that rewrites itself on a
 * terminal, one line a round elsewhere.
 */
#ifndef BENCH_PROGRESS_H
#define	BENCH_PROGRESS_H

#include <stdint.h>

/* quiet: say nothing but notes. */
void	progress_init(int quiet);

/*
 * What is done and what is left, in nanoseconds of expected cost, and the name
 * of what runs now.  Cheap: prints a few times a second.
 */
void	progress_show(const char *phase, uint64_t done_ns, uint64_t left_ns,
	    const char *cell);

/* A round has ended. */
void	progress_round(unsigned round, unsigned rounds, uint64_t left_ns);

/* A line of its own, whatever stands on the terminal. */
void	progress_note(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2)));

/* Leave the terminal's line clean; before the last words. */
void	progress_end(void);

#endif /* BENCH_PROGRESS_H */
