/*
 * Small programs that show what the compiler announces of an access and what it
 * does not.  They are compiled and instrumented as units are; test/virtual/
 * runs them, itself not instrumented, and looks at their events.
 */
#ifndef TEST_VIRTUAL_MICRO_H
#define	TEST_VIRTUAL_MICRO_H

#include <stddef.h>
#include <stdint.h>

typedef unsigned __int128 uint128_t;

/* 72 bytes: two lines. */
struct micro_block {
	uint64_t	 b_words[9];
};

/* An int that lies across the end of a line, and a volatile one beside it. */
struct micro_packed {
	char		 k_before[62];
	uint32_t	 k_across;
	volatile uint32_t k_volatile;
} __attribute__((packed));

/* What the programs access; it is in the arena.  Offsets at the right. */
struct micro {
	uint32_t	 m_x;				/* 0 */
	uint32_t	 m_y;				/* 4 */
	unsigned	 m_low : 3, m_high : 5;		/* 8 */
	uint8_t		 m_bytes[4] __attribute__((aligned(4)));	/* 12 */
	volatile uint32_t m_volatile;			/* 16 */
	uint32_t	*m_pointer;			/* 24 */
	uint128_t	 m_wide;			/* 32 */
	uint32_t	 m_array[8];			/* 48 */
	struct micro_block m_from __attribute__((aligned(128)));   /* 128 */
	struct micro_block m_to __attribute__((aligned(128)));	   /* 256 */
	struct micro_packed m_packed __attribute__((aligned(128)));/* 384 */
};

_Static_assert(offsetof(struct micro, m_bytes) == 12 &&
    offsetof(struct micro, m_pointer) == 24 &&
    offsetof(struct micro, m_wide) == 32 &&
    offsetof(struct micro, m_from) == 128 &&
    offsetof(struct micro, m_packed) == 384, "as written down");

typedef uint64_t micro_fn(struct micro *);

/* Who compiled them. */
extern const char	 micro_compiler[];
extern const unsigned	 micro_compiler_major;

/* plain.c */
micro_fn micro_increment, micro_bit_field, micro_packed, micro_packed_volatile,
	 micro_volatile, micro_constant, micro_local, micro_volatile_local,
	 micro_volatile_escaped,
	 micro_through_pointer, micro_write_then_read;

/* loops.c: what the optimiser leaves of several accesses. */
micro_fn micro_hoisted, micro_sunk, micro_forwarded, micro_neighbours,
	 micro_zeroes;

/* blocks.c: structures and blocks of bytes, inline assembly. */
micro_fn micro_copy_struct, micro_zero_struct, micro_returned, micro_passed,
	 micro_copy_8, micro_copy_40, micro_zero_40, micro_compare_8,
	 micro_calls, micro_assembly;

/* thread.c: start, spinning, thread-local variables. */
micro_fn micro_spin, micro_spin_atomic, micro_thread_local, micro_addresses;
extern uint64_t	 micro_early;		/* set before main() */

/* fences.c: what is no access of its own. */
micro_fn micro_fence, micro_signal_fence, micro_sync, micro_lock_byte,
	 micro_failed_cas;

/* atomics.c: each operation in each width. */
struct micro_args {
	uint128_t	 a_value;	/* operand */
	uint128_t	 a_expect;	/* of a compare-and-set; in and out */
	uint128_t	 a_result;
};

struct micro_atomic {
	const char	*at_name;
	void		(*at_do)(void *, struct micro_args *);
	unsigned	 at_bits;
	/*
	 * load, store, exchange, + - & | ^ n(and); c: compare-and-set that
	 * tells whether, v: that tells what it found.
	 */
	char		 at_op;
	char		 at_gives_new;	/* the new value, not the old one */
};

extern const struct micro_atomic micro_atomics[];
extern const unsigned	 micro_natomics;

#endif /* TEST_VIRTUAL_MICRO_H */
