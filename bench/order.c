/*
 * What the schedule computes without running anything: the order of a block,
 * and how many rounds of which length fit a time.
 */
#include "schedule.h"

#define	NS_PER_MS	1000000ull

#define	WINDOW_DEFAULT_NS (5 * NS_PER_MS)
/* Without a budget. */
#define	ROUNDS_DEFAULT	7
/*
 * With one: so many that a verdict survives Holm's correction with two rounds
 * to spare (docs/METHOD.md); for these windows are made shorter.
 */
#define	ROUNDS_WANTED	19
/* More rounds tell little more; longer windows are the better use of time. */
#define	ROUNDS_ENOUGH	25
/* Below this a window is mostly its own start and end. */
#define	WINDOW_MIN_NS	(2 * NS_PER_MS)
#define	WINDOW_MAX_NS	(200 * NS_PER_MS)

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

/* How many rounds, passes included, the budget has room for. */
static uint64_t
rounds_for(const struct schedule_load *l, uint64_t window_ns)
{
	return (l->sl_budget_ns / (l->sl_overhead_ns +
	    l->sl_windows * window_ns));
}

/* The window with which so many rounds and the passes fill the budget. */
static uint64_t
window_for(const struct schedule_load *l, unsigned rounds)
{
	uint64_t round_ns = l->sl_budget_ns / (rounds + l->sl_passes);

	if (round_ns <= l->sl_overhead_ns)
		return (WINDOW_MIN_NS);
	return (clamp((round_ns - l->sl_overhead_ns) / l->sl_windows,
	    WINDOW_MIN_NS, WINDOW_MAX_NS));
}

/* Rounds for windows of this length; shorter ones if that is allowed. */
static unsigned
choose_rounds(const struct schedule_load *l, uint64_t window_ns, bool given)
{
	uint64_t fit = rounds_for(l, window_ns);
	uint64_t wanted = ROUNDS_WANTED + l->sl_passes;

	if (!given && fit < wanted) {
		fit = rounds_for(l, WINDOW_MIN_NS);
		fit = fit < wanted ? fit : wanted;
	}
	fit = fit > l->sl_passes ? fit - l->sl_passes : 0;
	return ((unsigned)clamp(fit, OPT_ROUNDS_MIN_BUDGET,
	    given ? OPT_ROUNDS_MAX : ROUNDS_ENOUGH));
}

/* The nearest number that is dealt out evenly: below, but one each at least. */
static unsigned
even(unsigned rounds, unsigned processes)
{
	return (rounds < processes ? processes : rounds - rounds % processes);
}

void
schedule_fit(const struct schedule_load *l, unsigned *rounds,
    uint64_t *window_ns)
{
	bool window_given = *window_ns != 0;
	bool bounded = l->sl_budget_ns != 0 && l->sl_windows != 0;

	if (!window_given)
		*window_ns = WINDOW_DEFAULT_NS;
	if (*rounds == 0)
		*rounds = even(bounded ? choose_rounds(l, *window_ns,
		    window_given) : ROUNDS_DEFAULT, l->sl_processes);
	if (bounded && !window_given)
		*window_ns = window_for(l, *rounds);
}
