/*
 * What the compiler announces: the events of each small program.
 *
 * The counts hold for gcc 12 at -O2.  Another compiler hoists, sinks and merges
 * otherwise, and for it none of them is looked at.
 */
#include <stdio.h>
#include <string.h>

#include "record.h"

#define	GOLDEN_COMPILER	"gcc"
#define	GOLDEN_MAJOR	12

static const struct golden {
	const char	*g_says;
	micro_fn	*g_run;
	const char	*g_events;
} goldens[] = {
	/* Single accesses. */
	{ "x++ is a read and a write", micro_increment, "r0 w0" },
	{ "a bit-field's write announces no read", micro_bit_field, "w8" },
	{ "a packed int is a range, an event a line", micro_packed,
	    "r446 r448" },
	{ "and plain, even if volatile", micro_packed_volatile, "r450" },
	{ "volatile accesses have entry points of their own", micro_volatile,
	    "R16 W16" },
	{ "a constant is read unseen", micro_constant, "r0" },
	{ "a local whose address was taken is nobody's business", micro_local,
	    "" },
	{ "nor a volatile local", micro_volatile_local, "" },
	{ "unless its address was taken, and from then on",
	    micro_volatile_escaped, "R*" },
	{ "a thread-local variable is announced as any", micro_thread_local,
	    "r* w*" },
	/* What is left of several. */
	{ "a loop's constant read is hoisted", micro_hoisted, "r4 r0" },
	{ "a loop's sum is written once, behind it", micro_sunk, "r0 w0" },
	{ "what was just written is not read", micro_forwarded, "w0 r4" },
	{ "stores side by side are not merged", micro_neighbours,
	    "w12 w13 w14 w15" },
	{ "a loop that zeroes is no memset()", micro_zeroes,
	    "w48 w52 w56 w60 w64 w68 w72 w76" },
	/* Blocks. */
	{ "a structure's copy is two ranges, in lines, the target first",
	    micro_copy_struct, "w256 w320 r128 r192" },
	{ "a structure zeroed is a range", micro_zero_struct, "w256 w320" },
	{ "a structure returned into memory is invisible", micro_returned,
	    "" },
	{ "a structure in memory passed by value is invisible", micro_passed,
	    "" },
	{ "memcpy() of 8 bytes is two ranges", micro_copy_8, "r128 w256" },
	{ "memcpy() of 40 bytes is invisible, and no call", micro_copy_40, "" },
	{ "so is memset() of 40", micro_zero_40, "" },
	{ "so is memcmp() of 8", micro_compare_8, "" },
	{ "mem*() and str*() that are called are invisible", micro_calls,
	    "r4" },
	{ "assembly is invisible", micro_assembly, "" },
	/* Atomics that are no row of test_atomics.c. */
	{ "fences are events of no place", micro_fence, "w0 F F r4" },
	{ "a fence against signals is none", micro_signal_fence, "w0 r4" },
	{ "__sync builtins are atomics", micro_sync, "A0 A4 W4 A0" },
	{ "a test-and-set is an exchange, a clear a store", micro_lock_byte,
	    "A13 W13" },
	{ "a failed compare-and-set is a read and a write, what it expects "
	    "is invisible", micro_failed_cas, "A0" },
};

void
test_events(void)
{
	const struct golden *g = goldens;
	const struct golden *end = goldens + sizeof(goldens) / sizeof(*g);

	if (strcmp(micro_compiler, GOLDEN_COMPILER) != 0 ||
	    micro_compiler_major != GOLDEN_MAJOR) {
		printf("skip golden events: they are %s %u's, this is %s %u\n",
		    GOLDEN_COMPILER, GOLDEN_MAJOR, micro_compiler,
		    micro_compiler_major);
		return;
	}
	for (; g < end; g++) {
		memset(record_object, 0, sizeof(*record_object));
		record_object->m_y = 1;
		(void)record_run(g->g_run);
		check(strcmp(record_text(), g->g_events) == 0,
		    "%s: \"%s\"%s%s", g->g_says, g->g_events,
		    strcmp(record_text(), g->g_events) == 0 ? "" : ", not ",
		    strcmp(record_text(), g->g_events) == 0 ? "" :
		    record_text());
	}
}
