/*
 * Several accesses, of which the optimiser leaves fewer, or as many.
 */
#include "micro.h"

#define	TURNS	8

/* One read, in front of the loop. */
uint64_t
micro_hoisted(struct micro *m)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < m->m_y; i++)
		sum += m->m_x ^ sum << 1;
	return (sum);
}

/* One write, behind it. */
uint64_t
micro_sunk(struct micro *m)
{
	for (unsigned i = 0; i < TURNS; i++)
		m->m_x += i ^ m->m_x << 1;
	return (0);
}

/* The value just written is not read again. */
uint64_t
micro_forwarded(struct micro *m)
{
	m->m_x = 1;
	return (m->m_x + m->m_y);
}

/* Without instrumentation this is one store. */
uint64_t
micro_neighbours(struct micro *m)
{
	m->m_bytes[0] = 1;
	m->m_bytes[1] = 2;
	m->m_bytes[2] = 3;
	m->m_bytes[3] = 4;
	return (0);
}

/* Without instrumentation this is a call of memset(). */
uint64_t
micro_zeroes(struct micro *m)
{
	for (unsigned i = 0; i < TURNS; i++)
		m->m_array[i] = 0;
	return (0);
}
