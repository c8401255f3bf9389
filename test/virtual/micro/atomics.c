/*
 * Each atomic operation in each width, as one table.
 */
#include "micro.h"

/* A function that does one thing to p, of so many bits. */
#define	DO(name, bits, ...)						\
static void								\
name##_##bits(void *where, struct micro_args *a)			\
{									\
	uint##bits##_t *p = where, v = (uint##bits##_t)a->a_value;	\
	uint##bits##_t e = (uint##bits##_t)a->a_expect;			\
									\
	(void)p, (void)v, (void)e;					\
	__VA_ARGS__;							\
}

#define	FETCH(op, bits)							\
DO(fetch_##op, bits,							\
    a->a_result = __atomic_fetch_##op(p, v, __ATOMIC_SEQ_CST))		\
DO(op##_fetch, bits,							\
    a->a_result = __atomic_##op##_fetch(p, v, __ATOMIC_SEQ_CST))

#define	CAS(name, weak, bits)						\
DO(name, bits,								\
    a->a_result = __atomic_compare_exchange_n(p, &e, v, weak,		\
    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED); a->a_expect = e)

#define	WIDTH(bits)							\
DO(load, bits, a->a_result = __atomic_load_n(p, __ATOMIC_ACQUIRE))	\
DO(store, bits, __atomic_store_n(p, v, __ATOMIC_RELEASE))		\
DO(exchange, bits,							\
    a->a_result = __atomic_exchange_n(p, v, __ATOMIC_ACQ_REL))		\
FETCH(add, bits)							\
FETCH(sub, bits)							\
FETCH(and, bits)							\
FETCH(or, bits)								\
FETCH(xor, bits)							\
FETCH(nand, bits)							\
CAS(strong, 0, bits)							\
CAS(weak, 1, bits)							\
DO(val, bits, a->a_result = __sync_val_compare_and_swap(p, e, v))

#define	ROW(name, op, new, bits)					\
	{ #name "_" #bits, name##_##bits, bits, op, new }
#define	ROWS_FETCH(name, op, bits)					\
	ROW(fetch_##name, op, 0, bits), ROW(name##_fetch, op, 1, bits)
#define	ROWS(bits)							\
	ROW(load, 'l', 0, bits), ROW(store, 's', 0, bits),		\
	ROW(exchange, 'x', 0, bits), ROWS_FETCH(add, '+', bits),	\
	ROWS_FETCH(sub, '-', bits), ROWS_FETCH(and, '&', bits),		\
	ROWS_FETCH(or, '|', bits), ROWS_FETCH(xor, '^', bits),		\
	ROWS_FETCH(nand, 'n', bits), ROW(strong, 'c', 0, bits),		\
	ROW(weak, 'c', 0, bits), ROW(val, 'v', 0, bits)

/* clang announces those of 16 bytes only where the processor has them. */
#if !defined(__clang__) || defined(__GCC_HAVE_SYNC_COMPARE_AND_SWAP_16)
#define	HAS_128(...)	__VA_ARGS__
#else
#define	HAS_128(...)
#endif

WIDTH(8)
WIDTH(16)
WIDTH(32)
WIDTH(64)
HAS_128(WIDTH(128))

const struct micro_atomic micro_atomics[] = {
	ROWS(8), ROWS(16), ROWS(32), ROWS(64), HAS_128(ROWS(128))
};
const unsigned micro_natomics = sizeof(micro_atomics) /
    sizeof(micro_atomics[0]);
