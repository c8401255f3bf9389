/*
 * The client of the virtual machine that runs tests: a few CPUs in name, whose
 * fibers are switched at atomic accesses, in an order drawn from a seed.
 *
 *	seeded_fiber.c	fibers, who runs next, parking, virtual time
 *	seeded_host.c	start and end
 *
 * Everything it does is a function of the seed and of the program.
 */
#ifndef MACHINE_VIRTUAL_SEEDED_H
#define	MACHINE_VIRTUAL_SEEDED_H

#include <machine/virtual/virtual.h>

#define	SEEDED_CPUS	4
#define	SEEDED_DOMAINS	2

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

struct seeded_fiber {
	struct fiber;
	enum fiber_state f_state;
	void		(*f_fn)(void *, unsigned);
	void		*f_arg;
	unsigned	 f_index;	/* i of f_fn(arg, i) */
	struct seeded_fiber *f_parent;	/* who waits for its end */
	unsigned	 f_children;	/* alive */
	uint32_t	*f_word;	/* parked on */
	uint64_t	 f_deadline_ns;	/* parked until; 0 = for ever */
	uint64_t	 f_parked_seq;	/* order of parking, for FIFO wakes */
	int		 f_timedout;
};

/* Virtual time, and a digest of the order of events so far. */
extern uint64_t	seeded_now_ns;
extern uint64_t	seeded_digest;

/* Run fn(arg) as fiber 0 until it has returned. */
void	seeded_enter(void (*fn)(void *), void *arg, uint64_t seed);

/*
 * Account for an event at an address; kind tells reads, writes and atomics
 * apart in the digest.  seeded_event_switch() also switches fibers each k-th
 * time, k drawn anew from the seed.  No-ops before virtual_started.
 */
void	seeded_event(unsigned kind, const volatile void *p, unsigned cost_ns);
void	seeded_event_switch(unsigned kind, const volatile void *p);

#endif /* MACHINE_VIRTUAL_SEEDED_H */
