/*
 * Atomic operations: each in each width is one event, of the right kind, and is
 * performed after it, with the value memory has then.
 *
 * Method: the hook, which is where another fiber would run, changes the word
 * from a value that is in none of the operands; results are compared with plain
 * arithmetic cut to the width.
 */
#include <string.h>

#include "record.h"

#define	PATTERNS	(sizeof(patterns) / sizeof(patterns[0]))
#define	HALVES(high, low)	((uint128_t)(high) << 64 | (low))

static const uint128_t patterns[] = {
	0, 1, ~(uint128_t)0, (uint128_t)1 << 127, HALVES(1, 0),
	HALVES(0x8040201008040201, 0x8182838485868788),
	HALVES(0x0123456789abcdef, 0x5aa555aa5a5a5a5a),
};
/* No pattern has this byte. */
#define	BEFORE		0x77

/* What the running program is, with what, and what another fiber writes. */
static const struct micro_atomic *running;
static struct micro_args args;
static uint128_t	 meanwhile;

static void
put(uint128_t v)
{
	memcpy(&record_object->m_wide, &v, running->at_bits / 8);
}

static uint128_t
cut(uint128_t v)
{
	return (running->at_bits == 128 ? v :
	    v & (((uint128_t)1 << running->at_bits) - 1));
}

static uint128_t
got(void)
{
	return (cut(record_object->m_wide));
}

/* The event is told before the access: memory is as it was. */
static void
another_writes(unsigned kind, const volatile void *p)
{
	(void)kind;
	if (p == &record_object->m_wide)
		put(meanwhile);
}

static uint64_t
run(struct micro *m)
{
	running->at_do(&m->m_wide, &args);
	return (0);
}

static uint128_t
new_value(uint128_t old, uint128_t v, uint128_t expect)
{
	switch (running->at_op) {
	case 'l':
		return (old);
	case '+':
		return (cut(old + v));
	case '-':
		return (cut(old - v));
	case '&':
		return (old & v);
	case '|':
		return (old | v);
	case '^':
		return (old ^ v);
	case 'n':
		return (cut(~(old & v)));
	case 'c':
	case 'v':
		return (old == expect ? v : old);
	default:
		return (v);
	}
}

static uint128_t
expected_result(uint128_t old, uint128_t v, uint128_t expect)
{
	switch (running->at_op) {
	case 's':
		return (0);
	case 'c':
		return (old == expect);
	default:
		return (running->at_gives_new ? new_value(old, v, expect) :
		    old);
	}
}

/* One event at the word, and of which kind. */
static bool
told_once(void)
{
	char kind = running->at_op == 'l' ? 'R' : running->at_op == 's' ? 'W' :
	    'A';
	const char expected[] = { kind, '3', '2', '\0' };
	const char *at = strstr(record_text(), expected);

	return (at != NULL && strstr(at + 1, "32") != NULL &&
	    strstr(at + 2, "32") == NULL);
}

static bool
goes_right(uint128_t old, uint128_t v, uint128_t expect)
{
	old = cut(old), v = cut(v), expect = cut(expect);
	record_object->m_wide = 0;
	for (unsigned i = 0; i < running->at_bits / 8; i++)
		((uint8_t *)&record_object->m_wide)[i] = BEFORE;
	meanwhile = old;
	args = (struct micro_args){ v, expect, 0 };
	(void)record_run(run);
	return (told_once() && got() == new_value(old, v, expect) &&
	    args.a_result == expected_result(old, v, expect) &&
	    (running->at_op != 'c' || args.a_expect == old));
}

/* With each pair of operands; an expected value that is, or nearly, right. */
static bool
all_right(void)
{
	for (unsigned i = 0; i < PATTERNS; i++)
		for (unsigned j = 0; j < PATTERNS; j++) {
			uint128_t old = patterns[i], v = patterns[j];

			if (!goes_right(old, v, old) ||
			    !goes_right(old, v, old ^ 1) ||
			    !goes_right(old, v, old ^ (uint128_t)1 <<
			    (running->at_bits - 1)))
				return (false);
		}
	return (true);
}

void
test_atomics(void)
{
	record_hook = another_writes;
	for (unsigned i = 0; i < micro_natomics; i++) {
		running = &micro_atomics[i];
		check(all_right(), "%s: one event, then its value",
		    running->at_name);
	}
	record_hook = NULL;
}
