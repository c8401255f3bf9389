/*
 * Structures, blocks of bytes and assembly: some of it is invisible.
 */
#include <string.h>

#include "micro.h"

uint64_t
micro_copy_struct(struct micro *m)
{
	m->m_to = m->m_from;
	return (0);
}

uint64_t
micro_zero_struct(struct micro *m)
{
	m->m_to = (struct micro_block){ { 0 } };
	return (0);
}

__attribute__((noinline, noclone)) static struct micro_block
block_of(uint64_t word)
{
	return ((struct micro_block){ { word } });
}

__attribute__((noinline, noclone)) static uint64_t
last_of(struct micro_block b)
{
	return (b.b_words[8]);
}

uint64_t
micro_returned(struct micro *m)
{
	m->m_to = block_of(7);
	return (0);
}

uint64_t
micro_passed(struct micro *m)
{
	return (last_of(m->m_from));
}

/* A copy of 1, 2, 4, 8 or 16 bytes becomes an assignment early on. */
uint64_t
micro_copy_8(struct micro *m)
{
	memcpy(m->m_to.b_words, m->m_from.b_words, 8);
	return (0);
}

/* These are expanded where they stand, after the instrumentation. */
uint64_t
micro_copy_40(struct micro *m)
{
	memcpy(m->m_to.b_words, m->m_from.b_words, 40);
	return (0);
}

uint64_t
micro_zero_40(struct micro *m)
{
	memset(m->m_to.b_words, 0, 40);
	return (0);
}

uint64_t
micro_compare_8(struct micro *m)
{
	return (memcmp(m->m_to.b_words, m->m_from.b_words, 8) == 0);
}

/* These are left as calls of the C library. */
uint64_t
micro_calls(struct micro *m)
{
	char *to = (char *)&m->m_to, *from = (char *)&m->m_from;
	size_t n = m->m_y;

	memcpy(to, from, n);
	memmove(to + 1, to, n);
	memset(to, 1, n);
	return ((uint64_t)memcmp(to, from, n) + strlen(from));
}

uint64_t
micro_assembly(struct micro *m)
{
#if defined(__x86_64__)
	__asm__ volatile("movl $7, %0" : "=m" (m->m_x));
#elif defined(__aarch64__)
	__asm__ volatile("str %w1, %0" : "=m" (m->m_x) : "r" (7));
#else
	(void)m;
#endif
	return (0);
}
