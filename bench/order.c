/*
 * What the schedule computes without running anything: the order of a block,
 * and how many rounds of which length fit a time.
 */
#include "schedule.h"

#define	NS_PER_MS	1000000ull

/* Without a budget. */
#define	ROUNDS_DEFAULT	7
#define	WINDOW_DEFAULT_NS (8 * NS_PER_MS)
/* With one: below this a window is mostly its own start and end. */
#define	WINDOW_MIN_NS	(2 * NS_PER_MS)
#define	WINDOW_MAX_NS	(200 * NS_PER_MS)
/* More rounds tell little more; longer windows are the better use of time. */
#define	ROUNDS_ENOUGH	25

/* A step of SplitMix64: a bijection that scatters its input. */
static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15ull;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
	return (x ^ (x >> 31));
}

void
schedule_order(uint64_t seed, unsigned round, const char *cell, unsigned n,
    unsigned *out)
{
	uint64_t x = mix(mix(seed) ^ round);

	while (*cell != '\0')
		x = mix(x ^ (unsigned char)*cell++);
	for (unsigned i = 0; i < n; i++)
		out[i] = i;
	for (unsigned i = n; i > 1; i--) {
		unsigned j, t;

		x = mix(x);
		j = (unsigned)(x % i);
		t = out[i - 1];
		out[i - 1] = out[j];
		out[j] = t;
	}
}

static uint64_t
clamp(uint64_t v, uint64_t min, uint64_t max)
{
	return (v < min ? min : v > max ? max : v);
}

/* The window with which so many rounds fill the budget. */
static uint64_t
window_for(uint64_t budget_ns, uint64_t overhead_ns, unsigned n,
    unsigned rounds)
{
	uint64_t round_ns = budget_ns / rounds;

	if (round_ns <= overhead_ns)
		return (WINDOW_MIN_NS);
	return (clamp((round_ns - overhead_ns) / n, WINDOW_MIN_NS,
	    WINDOW_MAX_NS));
}

void
schedule_fit(uint64_t budget_ns, uint64_t overhead_ns, unsigned n,
    unsigned *rounds, uint64_t *window_ns)
{
	bool window_given = *window_ns != 0;

	if (!window_given)
		*window_ns = WINDOW_DEFAULT_NS;
	if (budget_ns == 0 || n == 0) {
		if (*rounds == 0)
			*rounds = ROUNDS_DEFAULT;
		return;
	}
	if (*rounds == 0)
		*rounds = (unsigned)clamp(budget_ns / (overhead_ns +
		    n * *window_ns), OPT_ROUNDS_MIN_BUDGET,
		    window_given ? OPT_ROUNDS_MAX : ROUNDS_ENOUGH);
	if (!window_given)
		*window_ns = window_for(budget_ns, overhead_ns, n, *rounds);
}
