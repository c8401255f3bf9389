/*
 * Which threads run where: number of threads x placement, as lists of PUs.
 *
 * By default each number of threads that a placement has room for; what was
 * asked for by name must be possible.  Two placements that give the same list
 * are one experiment, and the first keeps it: on a machine with two PUs
 * "scatter" is "compact".
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"

static const char *const default_placements[] = { "compact", "scatter" };

/* The placement that has the same list already, or NULL. */
static const char *
find_same(const struct cell_table *t, const unsigned *pus, unsigned n)
{
	for (unsigned i = 0; i < t->t_nspots; i++)
		if (t->t_spots[i].s_threads == n &&
		    memcmp(t->t_spots[i].s_pus, pus, n * sizeof(*pus)) == 0)
			return (t->t_spots[i].s_placement);
	return (NULL);
}

static void
add_spot(struct cell_table *t, const struct options *o,
    const struct place_map *map, const char *placement, unsigned n)
{
	unsigned *pus = calloc(n, sizeof(*pus));
	char why[PLACE_ERR_MAX];

	if (pus == NULL)
		err(1, "placement");
	if (place_workers(map, placement, o->o_home, n, o->o_oversubscribe,
	    pus, why, sizeof(why)) != 0)
		errx(2, "%s", why);
	t->t_spots = realloc(t->t_spots, (t->t_nspots + 1) *
	    sizeof(*t->t_spots));
	if (t->t_spots == NULL)
		err(1, "placement");
	t->t_spots[t->t_nspots] = (struct spot){
		.s_placement = placement, .s_threads = n, .s_pus = pus,
		.s_same = find_same(t, pus, n)
	};
	t->t_nspots++;
}

/* 1, 2, 4 ... and the number of PUs the placement has. */
static void
add_powers(struct cell_table *t, const struct options *o,
    const struct place_map *map, const char *placement, unsigned slots)
{
	unsigned n;

	for (n = 1; n < slots; n *= 2)
		add_spot(t, o, map, placement, n);
	add_spot(t, o, map, placement, slots);
}

static void
add_placement(struct cell_table *t, const struct options *o,
    const struct place_map *map, const char *placement)
{
	unsigned order[map->pm_npus];
	char why[PLACE_ERR_MAX];
	unsigned slots;

	slots = place_order(map, placement, o->o_home, order, why,
	    sizeof(why));
	if (slots == 0)
		errx(2, "%s", why);
	if (o->o_threads.n == 0)
		add_powers(t, o, map, placement, slots);
	for (unsigned i = 0; i < o->o_threads.n; i++)
		add_spot(t, o, map, placement, o->o_threads.numbers[i]);
}

void
spots_make(struct cell_table *t, const struct options *o,
    const struct place_map *map)
{
	if (o->o_home >= map->pm_nnodes)
		errx(2, "there is no memory node %u; --home is 0 to %u",
		    o->o_home, map->pm_nnodes - 1);
	for (unsigned i = 0; i < o->o_placements.n; i++)
		add_placement(t, o, map, o->o_placements.names[i]);
	if (o->o_placements.n > 0)
		return;
	for (unsigned i = 0; i < sizeof(default_placements) /
	    sizeof(default_placements[0]); i++)
		add_placement(t, o, map, default_placements[i]);
}
