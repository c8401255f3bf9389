/*
 * What becomes of an event where the instrumentation is tested: it is written
 * down.
 */
#ifndef VIRTUAL_CLIENT_H
#define	VIRTUAL_CLIENT_H

#include <test/virtual/record.h>

/* Before a plain access. */
static inline void
client_plain(unsigned kind, const volatile void *p)
{
	record_event(kind, p);
}

/* Before an atomic or volatile one, which happens right after. */
static inline void
client_atomic(unsigned kind, const volatile void *p)
{
	record_event(kind - 'a' + 'A', p);
}

/* Before md_zero() or md_copy() of so many bytes at p. */
static inline void
client_bulk(unsigned kind, const volatile void *p, size_t bytes)
{
	(void)bytes;
	record_event(kind, p);
}

#endif /* VIRTUAL_CLIENT_H */
