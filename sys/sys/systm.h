/*
 * What every file of the kernel uses: assertions, panic, small helpers.
 *
 * KASSERT exists in the flavours built with INVARIANTS (test, tsan, asan and
 * virtual); in bench and stats it is gone, condition and all, so a condition
 * must have no side effect.
 */
#ifndef SYS_SYSTM_H
#define	SYS_SYSTM_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <machine/machine.h>
#include <machine/atomic.h>

#define	panic(...)	md_panic(__VA_ARGS__)

/* KASSERT(cond, ("function: what, %p %#x", m, word)): says the values. */
#ifdef INVARIANTS
#define	KASSERT(exp, msg) do {						\
	if (__builtin_expect(!(exp), 0))				\
		panic msg;						\
} while (0)
#else
#define	KASSERT(exp, msg) do { (void)sizeof(exp); } while (0)
#endif

#define	nitems(a)	(sizeof(a) / sizeof((a)[0]))
#define	howmany(x, y)	(((x) + ((y) - 1)) / (y))
#define	__predict_true(e)	__builtin_expect(!!(e), 1)
#define	__predict_false(e)	__builtin_expect(!!(e), 0)
#define	__cacheline_aligned	__attribute__((aligned(MD_CACHE_LINE)))

static inline size_t
ulmin(size_t a, size_t b)
{
	return (a < b ? a : b);
}

#endif /* SYS_SYSTM_H */
