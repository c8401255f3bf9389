/*
 * The virtual machine's own parts, as they know each other.
 *
 * CPUs are not simulated yet: there are fibers on one host thread, of which one
 * runs at a time.  Instrumented code calls __tsan_*() for each access; each
 * call is an event, which advances virtual time and may switch fibers.
 *
 *	virtual_switch.c	saving and restoring a fiber's registers
 *	virtual_fiber.c		fibers, who runs next, parking, virtual time
 *	virtual_tsan.c		the events
 *	virtual_mem.c		the arena and bulk moves
 *	virtual_host.c		panic, the watchdog, start and end
 *
 * Nothing here is compiled with -fsanitize=thread.  One host thread runs all
 * of it, so no field needs a lock; the watchdog's signal handler only reads.
 */
#ifndef MACHINE_VIRTUAL_VIRTUAL_H
#define	MACHINE_VIRTUAL_VIRTUAL_H

#include <stddef.h>
#include <stdint.h>

#define	VIRTUAL_CPUS	4
#define	VIRTUAL_DOMAINS	2
#define	FIBERS_MAX	1025	/* MAXTHREADS and the first one */

/* Host addresses, so that no result depends on where the host maps things. */
#define	FIBER_STACK_BASE	0x1000000000ull
#define	FIBER_STACK_BYTES	((size_t)256 << 10)	/* with the guard */
#define	FIBER_GUARD_BYTES	((size_t)4 << 10)
#define	ARENA_BASE		0x2000000000ull
#define	ARENA_DOMAIN_BYTES	((size_t)16 << 30)

_Static_assert(FIBER_STACK_BASE + FIBERS_MAX * FIBER_STACK_BYTES < ARENA_BASE,
    "stacks end before the arena");

/* What an event costs, in virtual ns.  Not calibrated: order only. */
#define	COST_PLAIN	1
#define	COST_ATOMIC	10
#define	COST_HINT	40
#define	COST_PARK	1000

enum fiber_state {
	FIBER_FREE,		/* not in use, or its function returned */
	FIBER_RUNNABLE,		/* runs, or could */
	FIBER_PARKED,		/* in md_park() */
	FIBER_JOINING		/* in md_run(), children alive */
};

struct thread;

struct fiber {
	unsigned	 f_id;		/* index */
	enum fiber_state f_state;
	unsigned	 f_cpu;
	void		*f_context;	/* virtual_switch.c's */
	struct thread	*f_curthread;	/* the unit's, by md_set_curthread() */
	void		(*f_fn)(void *, unsigned);
	void		*f_arg;
	unsigned	 f_index;	/* i of f_fn(arg, i) */
	struct fiber	*f_parent;	/* who waits for its end */
	unsigned	 f_children;	/* alive */
	uint32_t	*f_word;	/* parked on */
	uint64_t	 f_deadline_ns;	/* parked until; 0 = for ever */
	uint64_t	 f_parked_seq;	/* order of parking, for FIFO wakes */
	int		 f_timedout;
};

/* The fiber that runs; before machine_enter(), fiber 0. */
extern struct fiber	*fiber_current;
extern struct fiber	 fibers[FIBERS_MAX];

/* Virtual time, number of events and a digest of their order so far. */
extern uint64_t		 virtual_now_ns;
extern uint64_t		 virtual_events;
extern uint64_t		 virtual_digest;

/* Nonzero inside machine_enter(). */
extern int		 virtual_started;

/* Prepare *f to run entry() at the top of its stack at first switch. */
void	fiber_context_init(struct fiber *f, void (*entry)(void));

/* Save the registers into *from and go on with *to. */
void	fiber_context_switch(struct fiber *from, struct fiber *to);

/* The low end of a fiber's stack, above the guard. */
static inline uintptr_t
fiber_stack_low(const struct fiber *f)
{
	return (FIBER_STACK_BASE + f->f_id * FIBER_STACK_BYTES +
	    FIBER_GUARD_BYTES);
}

static inline uintptr_t
fiber_stack_high(const struct fiber *f)
{
	return (FIBER_STACK_BASE + (f->f_id + 1) * FIBER_STACK_BYTES);
}

/* Run fn(arg) as fiber 0 until it has returned. */
void	fiber_enter(void (*fn)(void *), void *arg, uint64_t seed);

/* Let another fiber run, if one can. */
void	fiber_yield(void);

/*
 * Account for an event at an address; kind tells reads, writes and atomics
 * apart in the digest.  virtual_event_switch() also switches fibers each k-th
 * time, k drawn anew from the seed.  No-ops before virtual_started.
 */
void	virtual_event(unsigned kind, const volatile void *p, unsigned cost_ns);
void	virtual_event_switch(unsigned kind, const volatile void *p);

/* Reserve the arena.  Panics where the host has something there. */
void	arena_init(void);

#endif /* MACHINE_VIRTUAL_VIRTUAL_H */
