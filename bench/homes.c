/*
 * Which memory nodes objects and frames are bound to.
 *
 * Node 0, unless the command line says otherwise.  --full takes two: the
 * node of the first worker and the one farthest from it.  Nodes in between
 * would multiply the cells and lie between these two.
 */
#include <err.h>
#include <stdlib.h>

#include "cell.h"

static void
add(struct cell_table *t, unsigned node)
{
	for (unsigned i = 0; i < t->t_nhomes; i++)
		if (t->t_homes[i] == node)
			return;
	t->t_homes = opt_grow(t->t_homes, t->t_nhomes, sizeof(*t->t_homes));
	t->t_homes[t->t_nhomes++] = node;
}

/* The node of the first PU of the first placement. */
static unsigned
nearest(const struct options *o, const struct place_map *map)
{
	const char *placement = o->o_placements.n > 0 ?
	    o->o_placements.names[0] : "compact";
	unsigned order[map->pm_npus], node;
	char why[PLACE_ERR_MAX];

	if (place_order(map, placement, 0, order, why, sizeof(why)) == 0)
		errx(2, "%s", why);
	node = map->pm_pus[order[0]].pu_at[PLACE_NODE];
	return (node == PLACE_NONE ? 0 : node);
}

/*
 * The node farthest from another: by the latencies that the firmware tells,
 * else by the drawing of the machine, in which neighbours have neighbouring
 * numbers.
 */
static unsigned
farthest(const struct place_map *map, unsigned from)
{
	struct hwloc_distances_s *d;
	unsigned n = 1, far = from < map->pm_nnodes - 1 ?
	    map->pm_nnodes - 1 : 0;
	hwloc_uint64_t most = 0;
	int row;

	if (hwloc_distances_get_by_type(map->pm_topology, HWLOC_OBJ_NUMANODE,
	    &n, &d, HWLOC_DISTANCES_KIND_MEANS_LATENCY, 0) != 0 || n == 0)
		return (far);
	row = hwloc_distances_obj_index(d, hwloc_get_obj_by_type(
	    map->pm_topology, HWLOC_OBJ_NUMANODE, from));
	for (unsigned i = 0; row >= 0 && i < d->nbobjs; i++) {
		hwloc_uint64_t v = d->values[(unsigned)row * d->nbobjs + i];

		if (d->objs[i]->logical_index == from || v < most)
			continue;
		most = v;
		far = d->objs[i]->logical_index;
	}
	hwloc_distances_release(map->pm_topology, d);
	return (far);
}

void
homes_make(struct cell_table *t, const struct options *o,
    const struct place_map *map)
{
	for (unsigned i = 0; i < o->o_homes.n; i++) {
		if (o->o_homes.numbers[i] >= map->pm_nnodes)
			errx(2, "there is no memory node %u; --home is 0 to "
			    "%u, or all", o->o_homes.numbers[i],
			    map->pm_nnodes - 1);
		add(t, o->o_homes.numbers[i]);
	}
	for (unsigned i = 0; o->o_homes_all && i < map->pm_nnodes; i++)
		add(t, i);
	if (t->t_nhomes == 0 && o->o_full && map->pm_nnodes > 1) {
		add(t, nearest(o, map));
		add(t, farthest(map, t->t_homes[0]));
	}
	if (t->t_nhomes == 0)
		add(t, 0);
}
