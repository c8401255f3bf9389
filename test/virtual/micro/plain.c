/*
 * Single accesses, none of them atomic.
 */
#include "micro.h"

#ifdef __clang__
const char micro_compiler[] = "clang";
const unsigned micro_compiler_major = __clang_major__;
#else
const char micro_compiler[] = "gcc";
const unsigned micro_compiler_major = __GNUC__;
#endif

static const uint32_t squares[] = { 0, 1, 4, 9 };

uint64_t
micro_increment(struct micro *m)
{
	m->m_x++;
	return (0);
}

uint64_t
micro_bit_field(struct micro *m)
{
	m->m_low = 1;
	return (0);
}

uint64_t
micro_packed(struct micro *m)
{
	return (m->m_packed.k_across);
}

uint64_t
micro_packed_volatile(struct micro *m)
{
	return (m->m_packed.k_volatile);
}

uint64_t
micro_volatile(struct micro *m)
{
	m->m_volatile++;
	return (0);
}

uint64_t
micro_constant(struct micro *m)
{
	return (squares[m->m_x & 3]);
}

__attribute__((noinline, noclone)) static void
store(uint32_t *p, uint32_t v)
{
	*p = v;
}

/* A local variable whose address is taken: store() announces its access. */
uint64_t
micro_local(struct micro *m)
{
	uint32_t local;

	(void)m;
	store(&local, 7);
	return (local);
}

uint64_t
micro_volatile_local(struct micro *m)
{
	volatile uint32_t local = 7;

	(void)m;
	return (local);
}

__attribute__((noinline, noclone)) static uint32_t
load_volatile(volatile uint32_t *p)
{
	return (*p);
}

uint64_t
micro_volatile_escaped(struct micro *m)
{
	volatile uint32_t local = 7;

	(void)m;
	return (load_volatile(&local));
}

uint64_t
micro_through_pointer(struct micro *m)
{
	store(m->m_pointer, 7);
	return (0);
}

uint64_t
micro_write_then_read(struct micro *m)
{
	m->m_x = 7;
	return (m->m_y);
}
