/*
 * Measuring and writing the transfer matrix; bench/transfer.h says how.
 *
 *	word	even: worker 0's turn   odd: worker 1's   STOP: the end
 *
 * Worker 0 keeps the time and counts; worker 1 answers until it meets STOP.
 * While one waits its compare-and-sets fail; they take the line all the same,
 * so no turn begins with the line where it was left.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <gsl/gsl_statistics_double.h>
#include <jansson.h>

#include <machine/atomic.h>
#include <machine/machine.h>
#include <machine/native/native.h>

#include "environment.h"
#include "transfer.h"
#include "window.h"

#define	STOP		(~0u)		/* odd: worker 1 looks for it */
#define	SCHEMA		1
#define	NS_PER_S	1000000000ull
#define	PAIR_NS		(NS_PER_S / 20)	/* for a pair, if there is time */
#define	ALL_NS		(3 * NS_PER_S)	/* for all pairs */
#define	PAIR_NS_MIN	20000ull
/* There and back, before the first repeat: to know what a repeat costs. */
#define	TRIAL		20
#define	ROUND_TRIPS_MIN	10
#define	ROUND_TRIPS_MAX	5000
/* A partner that has not answered for so long is not running. */
#define	SILENCE_NS	(NS_PER_S / 4)
#define	LOOKS		1024		/* at the word, then one at the clock */
#define	HANG_S		10
#define	TRIES		3

struct pair {
	unsigned	*p_word;
	uint64_t	 p_budget_ns;
	struct transfer	*p_result;	/* worker 0's */
};

/*
 * Change the word from mine to next as soon as it is mine.  False when it is
 * STOP, or when it stays the other's for SILENCE_NS.
 */
static bool
transfer_hand_over(unsigned *word, unsigned mine, unsigned next)
{
	uint64_t since = 0, now;

	for (unsigned looks = 1;; looks++) {
		unsigned seen = mine;

		if (atomic_fcmpset_int(word, &seen, next))
			return (true);
		if (seen == STOP)
			return (false);
		if (looks % LOOKS != 0)
			continue;
		now = md_clock_ns();
		since = since == 0 ? now : since;
		if (now - since > SILENCE_NS)
			return (false);
	}
}

/* So many there and back; the time of them, 0 if the other is silent. */
static uint64_t
transfer_round_trips(unsigned *word, unsigned n)
{
	uint64_t begin;

	/* What is handed over next has been there and back. */
	if (!transfer_hand_over(word, 0, 1))
		return (0);
	begin = md_clock_ns();
	for (unsigned i = 0; i < n; i++)
		if (!transfer_hand_over(word, 0, 1))
			return (0);
	return (md_clock_ns() - begin);
}

static void
transfer_lead(const struct pair *p)
{
	struct transfer *t = p->p_result;
	uint64_t ns = transfer_round_trips(p->p_word, TRIAL), n;

	n = ns == 0 ? 0 : p->p_budget_ns / TRANSFER_REPEATS * TRIAL / ns;
	n = n < ROUND_TRIPS_MIN ? ROUND_TRIPS_MIN :
	    n > ROUND_TRIPS_MAX ? ROUND_TRIPS_MAX : n;
	while (ns != 0 && t->t_repeats < TRANSFER_REPEATS) {
		ns = transfer_round_trips(p->p_word, (unsigned)n);
		if (ns != 0)
			t->t_ns[t->t_repeats++] =
			    (double)ns / (double)(2 * n);
	}
	atomic_store_rel_int(p->p_word, STOP);
}

static void
transfer_worker(void *arg, unsigned i)
{
	const struct pair *p = arg;

	if (i == 0)
		transfer_lead(p);
	else
		while (transfer_hand_over(p->p_word, 1, 0))
			;
}

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return ((x > y) - (x < y));
}

void
transfer_sum_up(struct transfer *t)
{
	if (t->t_repeats == 0)
		return;
	qsort(t->t_ns, t->t_repeats, sizeof(t->t_ns[0]), ascending);
	t->t_ns_min = t->t_ns[0];
	t->t_ns_median = gsl_stats_median_from_sorted_data(t->t_ns, 1,
	    t->t_repeats);
	t->t_ns_max = t->t_ns[t->t_repeats - 1];
}

uint64_t
transfer_budget_ns(size_t pairs)
{
	uint64_t ns = pairs == 0 ? PAIR_NS : ALL_NS / pairs;

	return (ns > PAIR_NS ? PAIR_NS : ns < PAIR_NS_MIN ? PAIR_NS_MIN : ns);
}

int
transfer_pair(struct pool *pool, unsigned a, unsigned b, unsigned *word,
    uint64_t budget_ns, struct transfer *t)
{
	struct pair p = { word, budget_ns, t };
	unsigned pus[2] = { a, b };
	int error;

	*t = (struct transfer){ .t_repeats = 0 };
	atomic_store_rel_int(word, 0);
	error = pool_start(pool, pus, 2, transfer_worker, &p);
	if (error != 0)
		return (error);
	if (pool_wait(pool, HANG_S) != 0)
		errx(1, "the transfer between PUs does not end; this machine "
		    "is too busy to measure on");
	transfer_sum_up(t);
	return (0);
}

const char *
transfer_level(const struct place_map *map, unsigned a, unsigned b)
{
	static const struct {
		enum place_level level;
		const char	*name;
	} levels[] = {
		{ PLACE_CORE, "core" }, { PLACE_L3, "l3" },
		{ PLACE_NODE, "node" }, { PLACE_PACKAGE, "package" }
	};
	const struct place_pu *x = &map->pm_pus[a], *y = &map->pm_pus[b];

	for (unsigned i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		enum place_level l = levels[i].level;

		/* One node is the machine, which may hold packages. */
		if (l == PLACE_NODE && map->pm_nnodes == 1)
			continue;
		if (x->pu_at[l] != PLACE_NONE && x->pu_at[l] == y->pu_at[l])
			return (levels[i].name);
	}
	return ("machine");
}

static json_t *
pair_json(const struct place_map *map, unsigned a, unsigned b,
    const struct transfer *t)
{
	return (json_pack("{s:i,s:i,s:s,s:f,s:f,s:f,s:i}",
	    "a", (int)map->pm_pus[a].pu_os, "b", (int)map->pm_pus[b].pu_os,
	    "level", transfer_level(map, a, b),
	    "ns_median", t->t_ns_median, "ns_min", t->t_ns_min,
	    "ns_max", t->t_ns_max, "repeats", (int)t->t_repeats));
}

/* All pairs for which there is time; *left counts the others. */
static json_t *
measure(struct pool *pool, const struct place_map *map, unsigned *word,
    unsigned *left)
{
	unsigned n = map->pm_npus;
	uint64_t ns = transfer_budget_ns((size_t)n * (n - 1) / 2);
	uint64_t end = md_clock_ns() + ALL_NS;
	json_t *all = json_array();

	*left = 0;
	for (unsigned a = 0; a < n; a++)
		for (unsigned b = a + 1; b < n; b++) {
			struct transfer t = { .t_repeats = 0 };

			for (unsigned i = 0; i < TRIES && t.t_repeats == 0 &&
			    md_clock_ns() < end && !window_interrupted; i++)
				if (transfer_pair(pool, a, b, word, ns,
				    &t) != 0)
					break;
			if (t.t_repeats > 0)
				json_array_append_new(all,
				    pair_json(map, a, b, &t));
			else
				++*left;
		}
	return (all);
}

static int
write_file(const char *path, const json_t *j)
{
	int error = 0;

	errno = 0;
	if (json_dump_file(j, path, JSON_INDENT(1)) != 0) {
		error = errno != 0 ? errno : EIO;
		unlink(path);
	}
	return (error);
}

int
transfer_write(const char *path, struct pool *pool,
    const struct place_map *map, unsigned home)
{
	unsigned *word = md_mem_map(home, MD_PAGE_SIZE), left;
	int verified = native_mem_verify(word, MD_PAGE_SIZE, home), error;
	json_t *pairs = measure(pool, map, word, &left), *j;

	md_mem_unmap(word, MD_PAGE_SIZE);
	j = json_pack("{s:i,s:i,s:s,s:o,s:i}", "schema", SCHEMA,
	    "memory_node", (int)home,
	    "verified", environment_verified(map, verified),
	    "pairs", pairs, "left_out", (int)left);
	error = write_file(path, j);
	json_decref(j);
	return (error);
}
