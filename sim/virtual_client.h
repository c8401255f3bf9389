/*
 * What becomes of an event on the simulated machine: a hit is counted and paid
 * here, all else in line.c.
 */
#ifndef VIRTUAL_CLIENT_H
#define	VIRTUAL_CLIENT_H

#include <sim/line.h>

/* Addresses that have lines: static data, stacks and the arena. */
#define	CLIENT_END	(ARENA_BASE + SIM_NODES_MAX * ARENA_DOMAIN_BYTES)

static inline void
client_event(unsigned kind, const volatile void *p, uint64_t cost)
{
	struct sim_cpu *c = sim_current();
	struct sim_line *l;

	if (!virtual_started || (uintptr_t)p >= CLIENT_END)
		return;
	virtual_events++;
	c->sc_now += cost;
	if (p == NULL)		/* a fence */
		return;
	l = sim_line_of(p);
	if (kind == 'r') {
		c->sc_reads++;
		c->sc_read = (uintptr_t)p;
	} else
		c->sc_others++;
	if (__builtin_expect(c->sc_now < sim_limit &&
	    sim_line_hits(l, c->f_cpu, kind), 1))
		return;
	c->sc_address = (uintptr_t)p;
	sim_access(c, l, kind);
}

/* Before a plain access. */
static inline void
client_plain(unsigned kind, const volatile void *p)
{
	client_event(kind, p, sim_current()->sc_plain);
}

/* Before an atomic or volatile one, which happens right after. */
static inline void
client_atomic(unsigned kind, const volatile void *p)
{
	client_event(kind, p, sim_current()->sc_plain + (kind == 'a' ?
	    sim_model.mo_rmw : 0));
}

/* Before md_zero() or md_copy() of so many bytes at p. */
static inline void
client_bulk(unsigned kind, const volatile void *p, size_t bytes)
{
	(void)kind, (void)p;
	if (virtual_started)
		sim_bulk(sim_current(), bytes);
}

#endif /* VIRTUAL_CLIENT_H */
