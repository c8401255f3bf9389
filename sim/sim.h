/*
 * The simulated machine: many CPUs in virtual time, on one host thread.
 *
 * A client of the virtual machine (machine/virtual/virtual.h).  Each CPU is a
 * fiber with a time of its own; each access of instrumented code is an event,
 * which costs time by where its cache line is.  Events take effect in the order
 * of (time, CPU), exactly:
 *
 *  - An access that hits, a line that this CPU has as it needs it, takes effect
 *    at once and nobody else is let run, as long as nobody else can have taken
 *    the line before: until the earliest event of another CPU and the least
 *    cost of a transfer after it (the lookahead).
 *  - Any other access waits in the queue until it is the earliest.  A miss then
 *    goes to its line, which serves one after the other, and takes effect when
 *    the transfer ends; what it costs follows from the line's state when it is
 *    served.
 *
 *	cpu.c		CPUs, their queue, who runs
 *	core.c		threads that share a core
 *	poll.c		who polls a line, and looks when it was written
 *	line.c		lines: states, costs, who waits
 *	contract.c	the machine's contract (machine/machine.h)
 *	model.c		costs of a machine, from a file; topology.c: places
 *	run.c		one run of a workload
 *
 * Times are in ps.  All state belongs to the one host thread.
 */
#ifndef SIM_SIM_H
#define	SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <machine/virtual/virtual.h>

#define	SIM_CPUS_MAX	512
#define	SIM_NODES_MAX	DOMAINS_MAX
#define	SIM_SET_WORDS	(SIM_CPUS_MAX / 64)
#define	SIM_NEVER	UINT64_MAX
#define	SIM_NONE	UINT16_MAX	/* no CPU */

#define	SIM_PS_PER_NS	1000
#define	SIM_BASES_MAX	32	/* workloads with a cost of their own */

/* How far two CPUs are from each other. */
enum sim_level {
	SIM_SMT,		/* threads of one core */
	SIM_L3,			/* cores that share a last-level cache */
	SIM_PACKAGE,
	SIM_REMOTE,		/* packages next to each other */
	SIM_FAR,		/* packages farther apart */
	SIM_LEVELS
};

struct sim_set {
	uint64_t	 ss_words[SIM_SET_WORDS];
};
/* Of these words the ones that have CPUs of the machine. */
extern unsigned		 sim_set_words;

/* A machine: what its model file says (model.c).  Times in ps. */
struct sim_model {
	char		 mo_name[64];
	char		 mo_description[128];
	char		 mo_topology[256];	/* hwloc's, or a file of it */
	unsigned	 mo_distances[SIM_NODES_MAX * SIM_NODES_MAX];
	unsigned	 mo_ndistances;	/* numbers given; 0: all the same */
	unsigned	 mo_ncpus, mo_nnodes;
	uint64_t	 mo_measured[SIM_LEVELS];	/* a line's way, by
						   exchange of two CPUs */
	uint64_t	 mo_transfer[SIM_LEVELS];	/* that alone */
	uint64_t	 mo_memory_local, mo_memory_remote, mo_memory_far;
	uint64_t	 mo_plain;	/* of an event that hits, where ... */
	struct {
		char	 name[32];	/* ... this workload has no own */
		uint64_t plain;
	} mo_bases[SIM_BASES_MAX];
	unsigned	 mo_nbases;
	double		 mo_smt;	/* times that, if two threads of a
					   core are at work */
	uint64_t	 mo_rmw;	/* of a read-modify-write besides */
	uint64_t	 mo_serve;	/* between readers of a shared line */
	uint64_t	 mo_sharer;	/* of each sharer that is invalidated */
	uint64_t	 mo_hint;	/* of a poll's pause */
	uint64_t	 mo_sleep;	/* from md_park() to another's turn */
	uint64_t	 mo_unpark;	/* of md_unpark(), to who calls it */
	uint64_t	 mo_wake;	/* from there until the sleeper runs */
	uint64_t	 mo_bulk_line;	/* of a line of md_zero(), md_copy() */
	uint64_t	 mo_least;	/* transfer between CPUs of a run */
	uint64_t	 mo_lookahead;	/* that, or 0: nobody runs ahead */
	bool		 mo_no_lookahead;
	/* Of each CPU, in the order of places (sim_model_load()). */
	uint16_t	 mo_core[SIM_CPUS_MAX];
	uint16_t	 mo_l3[SIM_CPUS_MAX];
	uint16_t	 mo_package[SIM_CPUS_MAX];
	uint16_t	 mo_node[SIM_CPUS_MAX];
	struct sim_set	 mo_near[SIM_CPUS_MAX][SIM_FAR];	/* its core,
						   its L3, its package, those
						   next to it */
	bool		 mo_far[SIM_NODES_MAX][SIM_NODES_MAX];
	bool		 mo_has_level[SIM_LEVELS];
};

enum sim_state {
	SIM_IDLE,		/* has nothing to run */
	SIM_QUEUED,		/* in the queue, at sc_now */
	SIM_SERVED,		/* in the queue: its miss ends at sc_now */
	SIM_WAITING,		/* behind another miss on a line */
	SIM_POLLING,		/* until a line is written */
	SIM_PARKED,		/* in md_park() */
	SIM_TURN,		/* until the one before it is ready */
	SIM_BARRIER		/* until all are there */
};

struct sim_line;

struct sim_cpu {
	struct fiber;		/* f_id: its number and 1 */
	enum sim_state	 sc_state;
	uint64_t	 sc_now;
	uint64_t	 sc_plain;	/* what an event costs it now */
	bool		 sc_works;	/* core.h */
	struct sim_line	*sc_line;	/* of its miss or poll */
	uintptr_t	 sc_address;	/* of its miss */
	unsigned	 sc_kind;	/* of its miss */
	uint16_t	 sc_next;	/* CPU behind it on that line */
	/* What it read since its last pause: a poll, if it is one line only. */
	uintptr_t	 sc_read;	/* the last address */
	unsigned	 sc_reads, sc_others;
	struct sim_line	*sc_polled_before;
	uintptr_t	 sc_poll;	/* the address that it polls ... */
	uint64_t	 sc_poll_paid;	/* ... and time charged for that */
	uint64_t	 sc_poll_time;	/* since the pause before, if its
					   line is there */
	uint64_t	 sc_hint_at, sc_hint_transfer;
	/* md_park() */
	uint32_t	*sc_word;
	uint64_t	 sc_deadline;	/* SIM_NEVER: none */
	uint64_t	 sc_parked_seq;	/* who parked first is woken first */
	bool		 sc_timedout;
	/* Where its time went, in ps. */
	uint64_t	 sc_transfer, sc_pause, sc_sleep;
	uint64_t	 sc_misses;
	void		(*sc_fn)(void *, unsigned);
	void		*sc_arg;
	unsigned	 sc_index;	/* i of sc_fn(arg, i) */
};

extern struct sim_model	 sim_model;
extern struct sim_cpu	 sim_cpus[SIM_CPUS_MAX];
/* Nobody's accesses can take effect before this: hits up to here are free. */
extern uint64_t		 sim_limit;
/* A run that polls until then has gone wrong. */
extern uint64_t		 sim_end;
#define	SIM_RUN_MAX	(10ull * 1000000000 * SIM_PS_PER_NS)

static inline struct sim_cpu *
sim_current(void)
{
	return ((struct sim_cpu *)fiber_current);
}

/* ---- cpu.c -------------------------------------------------------------- */

/*
 * Run fn(arg, i) on the i-th of n CPUs until all have returned; cpus NULL: CPUs
 * 0 .. n - 1.
 */
void	sim_run(unsigned n, const uint16_t *cpus, void (*fn)(void *, unsigned),
	    void *arg);

/* Call fn(arg) once when all that is before this time has happened. */
void	sim_at(uint64_t when, void (*fn)(void *), void *arg);

/*
 * Set sim_limit anew: nobody else's access takes effect before the first event
 * in the queue and a transfer after it.
 */
void	sim_set_limit(void);

/* Wait in the queue until nobody is earlier than this CPU. */
void	sim_order(struct sim_cpu *c);

/* Would c at that time still be before all others?  Then it need not wait. */
bool	sim_first_at(const struct sim_cpu *c, uint64_t when);

/* Put c, which waits, into the queue at sc_now; let somebody else run. */
void	sim_enqueue(struct sim_cpu *c, enum sim_state state);
void	sim_switch(void);

/*
 * c sleeps until woken by sim_enqueue() or until its deadline; true if it was
 * the latter.
 */
bool	sim_sleep(struct sim_cpu *c, uint64_t deadline);

/* It did so for that long. */
void	sim_slept(struct sim_cpu *c, uint64_t ps);

/*
 * The i-th CPU of a run waits until the one before it is at sim_barrier(), as
 * it has to be when it calls this: a run's first steps, one CPU at a time.
 */
void	sim_turn(unsigned i);

/* Until n CPUs are here; then all go on at the latest one's time. */
void	sim_barrier(unsigned n);

/* Let another CPU run, at once. */
static inline void
sim_go(struct sim_cpu *from, struct sim_cpu *to)
{
	fiber_current = (struct fiber *)to;
	fiber_context_switch((struct fiber *)from, (struct fiber *)to);
}

/* Virtual time of the event that was last taken from the queue. */
uint64_t sim_time(void);

/* ---- model.c ------------------------------------------------------------ */

/*
 * Read sim/machines/NAME.model, or the file NAME, into sim_model; topology, if
 * not NULL, is taken instead of the file's, and then its distances, too.  0, or
 * -1 with one line in message that names the file, the line and the remedy.
 *
 * CPUs are numbered by place: the first threads of all cores in the topology's
 * order, then the second ones.
 */
int	sim_model_load(const char *name, const char *topology, char *message,
	    size_t size);

/*
 * Set mo_least and mo_lookahead for a run on these CPUs: a line that one of
 * them has is not another's before a transfer between two of them.
 */
void	sim_model_lookahead(unsigned n, const uint16_t *cpus);

/* Set mo_plain to the workload's own, if it has one. */
void	sim_model_base(const char *workload);

/*
 * The i-th time of the file that the topology has a use for, transfers as
 * measured; its name, or NULL when there are no more.
 */
const char *sim_model_field(unsigned i, uint64_t *ps);

/* Multiply the transfers; the last factor is of all that are not nearer. */
void	sim_model_setting(const double factors[SIM_FAR]);

/* Between two CPUs. */
enum sim_level sim_level_of(unsigned a, unsigned b);
uint64_t sim_transfer(unsigned a, unsigned b);

#endif /* SIM_SIM_H */
