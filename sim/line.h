/*
 * Cache lines of the simulated machine.
 *
 *	        a CPU writes            a CPU reads
 *	UNUSED ------------> OWNED <-------------> SHARED
 *	   any CPU's first access; memory's home is a node
 *
 * A line serves one miss after the other: the first of its waiters is being
 * served and in the queue of events, the others stand behind it.  Readers of a
 * line that is shared need not wait for each other.
 */
#ifndef SIM_LINE_H
#define	SIM_LINE_H

#include "sim.h"

#define	LINE_SHIFT	6

enum line_state { LINE_UNUSED, LINE_OWNED, LINE_SHARED };

struct sim_line {
	uint64_t	 ln_free;	/* it serves nobody before this time */
	uint32_t	 ln_set;	/* number of the set of who shares it,
					   0: none yet */
	uint16_t	 ln_owner;	/* CPU, if owned */
	uint16_t	 ln_first;	/* CPU being served, or SIM_NONE */
	uint16_t	 ln_last;	/* the last behind it */
	uint16_t	 ln_pollers;	/* poll.c's group, or SIM_NONE */
	uint8_t		 ln_state;
	uint8_t		 ln_known;	/* fields above are meant */
};

/* Events by kind: the virtual machine's, see virtual_tsan.c. */
#define	LINE_IS_WRITE(kind)	((kind) != 'r')

extern struct sim_line	*sim_lines;
extern struct sim_set	*sim_sets;

/* Memory's node is that of the first CPU to use a page; set before a run. */
extern bool		 sim_first_touch;

/* Reserve their memory.  Panics where the host has something there. */
void	sim_lines_init(void);

/* An access that may not simply hit; returns when it is to take effect. */
void	sim_access(struct sim_cpu *c, struct sim_line *l, unsigned kind);

/*
 * md_zero() and md_copy(), of so many bytes; returns when they are to take
 * effect.  No line is anybody's by that, and who polls one is not roused.
 */
void	sim_bulk(struct sim_cpu *c, size_t bytes);

static inline struct sim_line *
sim_line_of(const volatile void *p)
{
	return (&sim_lines[(uintptr_t)p >> LINE_SHIFT]);
}

static inline bool
sim_set_has(const struct sim_set *s, unsigned cpu)
{
	return (s->ss_words[cpu / 64] >> (cpu % 64) & 1);
}

static inline void
sim_set_add(struct sim_set *s, unsigned cpu)
{
	s->ss_words[cpu / 64] |= 1ull << cpu % 64;
}

/* Has the CPU the line as it needs it? */
static inline bool
sim_line_has(const struct sim_line *l, unsigned cpu, unsigned kind)
{
	if (l->ln_state == LINE_OWNED)
		return (l->ln_owner == cpu);
	return (!LINE_IS_WRITE(kind) && l->ln_state == LINE_SHARED &&
	    sim_set_has(&sim_sets[l->ln_set], cpu));
}

/* The same, and nobody is about to take it. */
static inline bool
sim_line_hits(const struct sim_line *l, unsigned cpu, unsigned kind)
{
	return (l->ln_known && l->ln_first == SIM_NONE &&
	    sim_line_has(l, cpu, kind));
}

/* These share the line now, which is in use. */
void	sim_line_share(struct sim_line *l, const struct sim_set *cpus);

#endif /* SIM_LINE_H */
