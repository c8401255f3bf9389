/*
 * What becomes of an event where the seeded client runs: counted, digested, and
 * at atomic and volatile accesses perhaps the turn of another fiber.
 */
#ifndef VIRTUAL_CLIENT_H
#define	VIRTUAL_CLIENT_H

#include <machine/virtual/seeded/seeded.h>

/* Before a plain access: nothing switches here. */
static inline void
client_plain(unsigned kind, const volatile void *p)
{
	seeded_event(kind, p, COST_PLAIN);
}

/* Before an atomic or volatile one, which happens right after. */
static inline void
client_atomic(unsigned kind, const volatile void *p)
{
	seeded_event_switch(kind, p);
}

/* Before md_zero() or md_copy() of so many bytes at p. */
static inline void
client_bulk(unsigned kind, const volatile void *p, size_t bytes)
{
	(void)bytes;
	seeded_event(kind, p, COST_PLAIN);
}

#endif /* VIRTUAL_CLIENT_H */
