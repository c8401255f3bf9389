/*
 * Where the run stands, on standard error: one line that rewrites itself on a
 * terminal, one line a round elsewhere.
 */
#ifndef BENCH_PROGRESS_H
#define	BENCH_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#define	PROGRESS_UNKNOWN	UINT64_MAX

/* What is known of it.  Times are of the whole run, by expected cost. */
struct progress {
	const char	*pg_phase;	/* "round", or what runs instead */
	unsigned	 pg_round;	/* from 0 */
	unsigned	 pg_rounds;	/* 0: the phase has none */
	unsigned	 pg_process;	/* from 0 */
	unsigned	 pg_processes;
	uint64_t	 pg_done_ns;
	uint64_t	 pg_left_ns;	/* or PROGRESS_UNKNOWN: no plan yet */
	const char	*pg_cell;	/* that runs now */
};

/* quiet: say nothing but notes. */
void	progress_init(int quiet);

/* Cheap: prints a few times a second. */
void	progress_show(const struct progress *);

/* A round has ended. */
void	progress_round(const struct progress *);

/* An implementation's throughput over the baseline's, just measured. */
void	progress_ratio(const char *impl, double ratio);

/*
 * The line for a terminal of so many columns: what does not fit is cut off,
 * the cell's name first.
 */
void	progress_line(const struct progress *, unsigned columns, char *line,
	    size_t size);

/* A line of its own, whatever stands on the terminal. */
void	progress_note(const char *fmt, ...)
	    __attribute__((format(printf, 1, 2)));

/* A time as a reader wants it, "12 s" or "24 min", in a buffer of 32 bytes. */
const char *progress_time(uint64_t ns, char *text);

/* Leave the terminal's line clean; before the last words. */
void	progress_end(void);

#endif /* BENCH_PROGRESS_H */
