/*
 * FreeBSD's atomic(9), the part the lab uses.
 *
 * The only file that names compiler builtins.  Orderings are C11's: acq is
 * acquire, rel is release, no suffix is relaxed.  A plain name here never
 * implies a fence; FreeBSD's amd64 gives one for free, and code that leans on
 * that is a bug this lab wants to find (fact: on amd64 all compare-and-sets
 * are the same locked instruction, sys/amd64/include/atomic.h).
 *
 * cmpset: returns nonzero on success.  fcmpset: on failure stores the value
 * found into *expect.  Both are strong.  atomic_load and atomic_store are the
 * marked form of a racy plain access, with the same code.
 */
#ifndef MACHINE_ATOMIC_H
#define	MACHINE_ATOMIC_H

#include <stdint.h>

#define	ATOMIC_OPS(name, type)						\
static inline type							\
atomic_load_##name(const volatile type *p)				\
{									\
	return (__atomic_load_n(p, __ATOMIC_RELAXED));			\
}									\
static inline type							\
atomic_load_acq_##name(const volatile type *p)				\
{									\
	return (__atomic_load_n(p, __ATOMIC_ACQUIRE));			\
}									\
static inline void							\
atomic_store_##name(volatile type *p, type v)				\
{									\
	__atomic_store_n(p, v, __ATOMIC_RELAXED);			\
}									\
static inline void							\
atomic_store_rel_##name(volatile type *p, type v)			\
{									\
	__atomic_store_n(p, v, __ATOMIC_RELEASE);			\
}									\
static inline int							\
atomic_cmpset_##name(volatile type *p, type expect, type v)		\
{									\
	return (__atomic_compare_exchange_n(p, &expect, v, 0,		\
	    __ATOMIC_RELAXED, __ATOMIC_RELAXED));			\
}									\
static inline int							\
atomic_cmpset_acq_##name(volatile type *p, type expect, type v)		\
{									\
	return (__atomic_compare_exchange_n(p, &expect, v, 0,		\
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));			\
}									\
static inline int							\
atomic_cmpset_rel_##name(volatile type *p, type expect, type v)		\
{									\
	return (__atomic_compare_exchange_n(p, &expect, v, 0,		\
	    __ATOMIC_RELEASE, __ATOMIC_RELAXED));			\
}									\
static inline int							\
atomic_fcmpset_##name(volatile type *p, type *expect, type v)		\
{									\
	return (__atomic_compare_exchange_n(p, expect, v, 0,		\
	    __ATOMIC_RELAXED, __ATOMIC_RELAXED));			\
}									\
static inline int							\
atomic_fcmpset_acq_##name(volatile type *p, type *expect, type v)	\
{									\
	return (__atomic_compare_exchange_n(p, expect, v, 0,		\
	    __ATOMIC_ACQUIRE, __ATOMIC_RELAXED));			\
}									\
static inline int							\
atomic_fcmpset_rel_##name(volatile type *p, type *expect, type v)	\
{									\
	return (__atomic_compare_exchange_n(p, expect, v, 0,		\
	    __ATOMIC_RELEASE, __ATOMIC_RELAXED));			\
}									\
static inline type							\
atomic_fetchadd_##name(volatile type *p, type v)			\
{									\
	return (__atomic_fetch_add(p, v, __ATOMIC_RELAXED));		\
}									\
static inline void							\
atomic_set_##name(volatile type *p, type bits)				\
{									\
	__atomic_fetch_or(p, bits, __ATOMIC_RELAXED);			\
}									\
static inline void							\
atomic_clear_##name(volatile type *p, type bits)			\
{									\
	__atomic_fetch_and(p, (type)~bits, __ATOMIC_RELAXED);		\
}									\
static inline type							\
atomic_swap_##name(volatile type *p, type v)				\
{									\
	return (__atomic_exchange_n(p, v, __ATOMIC_ACQ_REL));		\
}

ATOMIC_OPS(8, uint8_t)
ATOMIC_OPS(16, uint16_t)
ATOMIC_OPS(int, unsigned)
ATOMIC_OPS(64, uint64_t)
ATOMIC_OPS(ptr, uintptr_t)

#undef	ATOMIC_OPS

static inline void
atomic_thread_fence_seq_cst(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

#endif /* MACHINE_ATOMIC_H */
