/*
 * What the kernel counted for one thread while it operated.
 *
 * Hardware events and migrations are perf_event_open(2)'s, each an event of its
 * own: where there are more of them than the processor has counters the
 * kernel lets them take turns, and what an event counted in its turns is
 * scaled to the whole.  Switches and faults are getrusage(2)'s, which counts
 * them exactly and is never refused.
 *
 * Events are opened once a thread and stay disabled between windows; one
 * prctl(2) starts all of a thread's, another stops them.  So nothing but the
 * counting itself lies within the loop.
 *
 * What is refused is not had, which is never the same as 0.
 */
#ifndef BENCH_COUNTERS_H
#define	BENCH_COUNTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum counter {
	COUNTER_CYCLES,
	COUNTER_INSTRUCTIONS,
	COUNTER_CACHE_MISSES,
	COUNTER_MIGRATIONS,	/* moves from processor to processor */
	COUNTER_EVENTS,		/* the above are perf's */
	COUNTER_SWITCHES = COUNTER_EVENTS,	/* context switches */
	COUNTER_FAULTS,		/* page faults of the host */
	COUNTERS
};

/* Names as docs/DATA.md has them. */
extern const char *const counter_names[COUNTERS];

struct counts {
	unsigned	c_have;		/* a bit each: 1 << COUNTER_CYCLES */
	uint64_t	c_value[COUNTERS];
};

/* What read(2) says of an event with both times asked for. */
struct counter_reading {
	uint64_t	cr_value;
	uint64_t	cr_enabled_ns;
	uint64_t	cr_running_ns;
};

static inline bool
counts_have(const struct counts *c, enum counter i)
{
	return ((c->c_have >> i & 1) != 0);
}

/* Add another thread's; what one of them has not, the sum has not. */
void	counts_add(struct counts *sum, const struct counts *);

/*
 * What happened from one reading to the next: scaled from the time the event
 * ran to the time it was enabled.  False if it never ran in between, when
 * nothing is known.
 */
bool	counter_scale(const struct counter_reading *before,
	    const struct counter_reading *after, uint64_t *value);

/*
 * The calling thread's events.  Open them before, close them after; what
 * cannot be opened is not had.
 */
void	counters_open(void);
void	counters_close(void);

/* Bracket what is to be counted. */
void	counters_start(void);
void	counters_stop(struct counts *);

/*
 * What this system lets the process count, in words: "available", or which
 * events are not, and why; "user mode only: ..." when the kernel's share is
 * refused.  For hardware events, and for migrations.
 */
void	counters_describe(char *hardware, char *migrations, size_t size);

#endif /* BENCH_COUNTERS_H */
