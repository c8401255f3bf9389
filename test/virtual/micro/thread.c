/*
 * What comes before main(), loops that wait, and what a thread has of its own.
 */
#include "micro.h"

uint64_t	 micro_early;
static volatile uint64_t early_source = 7;
static uint64_t	 somewhere;
static __thread uint64_t of_thread;

/* Announced like any access, when nothing has been set up yet. */
__attribute__((constructor)) static void
early(void)
{
	micro_early = early_source;
}

/* A section of its own: the watchdog is to name a place in it. */
__attribute__((section("micro_spin_text"), noinline)) uint64_t
micro_spin(struct micro *m)
{
	while (m->m_x == 0)
		;
	return (0);
}

uint64_t
micro_spin_atomic(struct micro *m)
{
	while (__atomic_load_n(&m->m_x, __ATOMIC_RELAXED) == 0)
		;
	return (0);
}

uint64_t
micro_thread_local(struct micro *m)
{
	(void)m;
	return (++of_thread);
}

/* Of a static variable, a local one and a function, mixed. */
uint64_t
micro_addresses(struct micro *m)
{
	uint64_t local;

	return ((uintptr_t)&somewhere ^ (uint64_t)(uintptr_t)&local << 8 ^
	    (uint64_t)(uintptr_t)micro_addresses << 24 ^ (uintptr_t)m);
}
