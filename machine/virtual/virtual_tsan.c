/*
 * The instrumentation's entry points: what gcc 12 calls for C compiled with
 * -fsanitize=thread --param tsan-distinguish-volatile=1, and clang besides;
 * test/virtual.sh holds this file to the compiler's own list.
 *
 * <virtual_client.h> says what becomes of an event.  A plain access happens
 * after its callback returns, and gcc announces both sides of a structure copy
 * before it does either.  A volatile access happens after its callback too.  An
 * atomic one is performed here, by plain code, as one host thread runs all
 * fibers: first the client, which may let others run, then the access.  Memory
 * orders are ignored: the machine is sequentially consistent.
 *
 * Plain accesses to the running fiber's own stack are dropped: they are local
 * variables whose address was taken, and none of anyone else's business.
 */
#include <string.h>

#include <machine/virtual/virtual.h>
#include <virtual_client.h>

#define	EVENT_READ	'r'
#define	EVENT_WRITE	'w'
#define	EVENT_ATOMIC	'a'	/* a read and a write in one */

typedef unsigned __int128 uint128_t;

static inline int
on_own_stack(const volatile void *p)
{
	uintptr_t a = (uintptr_t)p;

	return (a >= fiber_stack_low(fiber_current) &&
	    a < fiber_stack_high(fiber_current));
}

static inline void
plain(unsigned kind, const volatile void *p)
{
	if (!on_own_stack(p))
		client_plain(kind, p);
}

/* A range is an event for each 64-byte line it touches. */
static void
range(unsigned kind, const volatile void *p, size_t bytes)
{
	uintptr_t a, end = (uintptr_t)p + bytes;

	for (a = (uintptr_t)p; a < end; a = (a | 63) + 1)
		plain(kind, (const volatile void *)a);
}

#define	HOOK_VOID(name, ...)						\
void	name(__VA_ARGS__);						\
void	name(__VA_ARGS__)

/* One access, at p. */
#define	HOOK(name, event)						\
HOOK_VOID(__tsan_##name, void *p) { event; }

HOOK_VOID(__tsan_init, void) { }
HOOK_VOID(__tsan_func_entry, void *pc) { (void)pc; }
HOOK_VOID(__tsan_func_exit, void) { }
HOOK_VOID(__tsan_ignore_thread_begin, void) { }
HOOK_VOID(__tsan_ignore_thread_end, void) { }
HOOK_VOID(__tsan_read_range, void *p, size_t n) { range(EVENT_READ, p, n); }
HOOK_VOID(__tsan_write_range, void *p, size_t n) { range(EVENT_WRITE, p, n); }
HOOK(vptr_read, plain(EVENT_READ, p))
HOOK_VOID(__tsan_vptr_update, void **p, void *v)
{
	(void)v;
	plain(EVENT_WRITE, p);
}

/*
 * gcc announces an unaligned access as a range, volatile or not, and x++ as a
 * read and a write; clang has names of their own for these.
 */
#define	PLAIN_HOOKS(bytes)						\
HOOK(read##bytes, plain(EVENT_READ, p))					\
HOOK(write##bytes, plain(EVENT_WRITE, p))				\
HOOK(read_write##bytes, plain(EVENT_READ, p); plain(EVENT_WRITE, p))	\
HOOK(unaligned_read##bytes, range(EVENT_READ, p, bytes))		\
HOOK(unaligned_write##bytes, range(EVENT_WRITE, p, bytes))		\
HOOK(unaligned_read_write##bytes,					\
    range(EVENT_READ, p, bytes); range(EVENT_WRITE, p, bytes))		\
HOOK(volatile_read##bytes, client_atomic(EVENT_READ, p))		\
HOOK(volatile_write##bytes, client_atomic(EVENT_WRITE, p))		\
HOOK(unaligned_volatile_read##bytes, client_atomic(EVENT_READ, p))	\
HOOK(unaligned_volatile_write##bytes, client_atomic(EVENT_WRITE, p))

PLAIN_HOOKS(1)
PLAIN_HOOKS(2)
PLAIN_HOOKS(4)
PLAIN_HOOKS(8)
PLAIN_HOOKS(16)

/* clang 16's name for a block it moves; gcc calls the C library, unseen. */
#define	BLOCK_HOOK(name, type, reads)					\
void	*__tsan_##name(void *to, type from, size_t n);			\
void *									\
__tsan_##name(void *to, type from, size_t n)				\
{									\
	reads;								\
	range(EVENT_WRITE, to, n);					\
	return (name(to, from, n));					\
}

BLOCK_HOOK(memcpy, const void *, range(EVENT_READ, from, n))
BLOCK_HOOK(memmove, const void *, range(EVENT_READ, from, n))
BLOCK_HOOK(memset, int, (void)0)

/* One read-modify-write: old is what it found, change the new value. */
#define	ATOMIC_RMW(bits, type, op, change)				\
type	__tsan_atomic##bits##_##op(volatile type *p, type v, int mo);	\
type									\
__tsan_atomic##bits##_##op(volatile type *p, type v, int mo)		\
{									\
	type old;							\
									\
	(void)mo;							\
	client_atomic(EVENT_ATOMIC, p);				\
	old = *p;							\
	*p = (type)(change);						\
	return (old);							\
}

/* Strong and weak are the same: a weak one never fails without reason. */
#define	ATOMIC_CAS(bits, type, strength)				\
int	__tsan_atomic##bits##_compare_exchange_##strength(		\
	    volatile type *p, type *expect, type v, int mo, int fail_mo);\
int									\
__tsan_atomic##bits##_compare_exchange_##strength(volatile type *p,	\
    type *expect, type v, int mo, int fail_mo)				\
{									\
	(void)mo, (void)fail_mo;					\
	client_atomic(EVENT_ATOMIC, p);				\
	if (*p != *expect) {						\
		*expect = *p;						\
		return (0);						\
	}								\
	*p = v;								\
	return (1);							\
}

#define	ATOMIC_HOOKS(bits, type)					\
type	__tsan_atomic##bits##_load(const volatile type *p, int mo);	\
type									\
__tsan_atomic##bits##_load(const volatile type *p, int mo)		\
{									\
	(void)mo;							\
	client_atomic(EVENT_READ, p);					\
	return (*p);							\
}									\
HOOK_VOID(__tsan_atomic##bits##_store, volatile type *p, type v, int mo)\
{									\
	(void)mo;							\
	client_atomic(EVENT_WRITE, p);					\
	*p = v;								\
}									\
ATOMIC_RMW(bits, type, exchange, v)					\
ATOMIC_RMW(bits, type, fetch_add, old + v)				\
ATOMIC_RMW(bits, type, fetch_sub, old - v)				\
ATOMIC_RMW(bits, type, fetch_and, old & v)				\
ATOMIC_RMW(bits, type, fetch_or, old | v)				\
ATOMIC_RMW(bits, type, fetch_xor, old ^ v)				\
ATOMIC_RMW(bits, type, fetch_nand, ~(old & v))				\
ATOMIC_CAS(bits, type, strong)						\
ATOMIC_CAS(bits, type, weak)						\
type	__tsan_atomic##bits##_compare_exchange_val(volatile type *p,	\
	    type expect, type v, int mo, int fail_mo);			\
type									\
__tsan_atomic##bits##_compare_exchange_val(volatile type *p,		\
    type expect, type v, int mo, int fail_mo)				\
{									\
	(void)__tsan_atomic##bits##_compare_exchange_strong(p, &expect,	\
	    v, mo, fail_mo);						\
	return (expect);						\
}

ATOMIC_HOOKS(8, uint8_t)
ATOMIC_HOOKS(16, uint16_t)
ATOMIC_HOOKS(32, uint32_t)
ATOMIC_HOOKS(64, uint64_t)
ATOMIC_HOOKS(128, uint128_t)

HOOK_VOID(__tsan_atomic_thread_fence, int mo)
{
	(void)mo;
	client_atomic(EVENT_ATOMIC, NULL);
}

HOOK_VOID(__tsan_atomic_signal_fence, int mo) { (void)mo; }
