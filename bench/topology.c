/*
 * From hwloc's topology to the table of PUs that placements sort.
 *
 * Loading may take seconds on a large machine, so it is done once a process.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "placement.h"

static unsigned
ancestor(hwloc_topology_t t, hwloc_obj_t pu, hwloc_obj_type_t type)
{
	hwloc_obj_t o = hwloc_get_ancestor_obj_by_type(t, type, pu);

	return (o != NULL ? o->logical_index : PLACE_NONE);
}

/* The first memory node local to a PU; memory is no ancestor in hwloc 2. */
static unsigned
node_of(hwloc_topology_t t, unsigned os)
{
	hwloc_obj_t node = NULL;

	while ((node = hwloc_get_next_obj_by_type(t, HWLOC_OBJ_NUMANODE,
	    node)) != NULL)
		if (hwloc_bitmap_isset(node->cpuset, os))
			return (node->logical_index);
	return (0);
}

/* The set the process may use: its cpuset and its inherited affinity. */
static hwloc_bitmap_t
allowed_set(const struct place_map *map)
{
	hwloc_bitmap_t set, bound = hwloc_bitmap_alloc();

	set = hwloc_bitmap_dup(
	    hwloc_topology_get_allowed_cpuset(map->pm_topology));
	if (map->pm_here && hwloc_get_cpubind(map->pm_topology, bound,
	    HWLOC_CPUBIND_PROCESS) == 0)
		hwloc_bitmap_and(set, set, bound);
	hwloc_bitmap_free(bound);
	return (set);
}

/* Whether PUs a and b lie in the same things above a level. */
static bool
same_parent(const struct place_pu *a, const struct place_pu *b,
    enum place_level level)
{
	for (unsigned l = 0; l < level; l++)
		if (a->pu_at[l] != b->pu_at[l])
			return (false);
	return (true);
}

/*
 * The place of PU i's thing of a level within its parent.  PUs are in logical
 * order, so things with the same parent are met one after the other.
 */
static unsigned
rank_of(const struct place_pu *pus, unsigned i, enum place_level level)
{
	for (unsigned j = i; j-- > 0;) {
		if (!same_parent(&pus[j], &pus[i], level))
			continue;
		return (pus[j].pu_rank[level] +
		    (pus[j].pu_at[level] != pus[i].pu_at[level]));
	}
	return (0);
}

static void
fill_pu(const struct place_map *map, hwloc_obj_t obj, unsigned i)
{
	hwloc_topology_t t = map->pm_topology;
	struct place_pu *pu = &map->pm_pus[i];

	pu->pu_os = obj->os_index;
	pu->pu_at[PLACE_PACKAGE] = ancestor(t, obj, HWLOC_OBJ_PACKAGE);
	pu->pu_at[PLACE_NODE] = node_of(t, obj->os_index);
	pu->pu_at[PLACE_L3] = ancestor(t, obj, HWLOC_OBJ_L3CACHE);
	pu->pu_at[PLACE_CORE] = ancestor(t, obj, HWLOC_OBJ_CORE);
	if (pu->pu_at[PLACE_CORE] == PLACE_NONE)
		pu->pu_at[PLACE_CORE] = obj->logical_index;
	pu->pu_at[PLACE_PU] = obj->logical_index;
	for (unsigned l = 0; l < PLACE_LEVELS; l++)
		pu->pu_rank[l] = rank_of(map->pm_pus, i, l);
}

static void
fill_table(struct place_map *map)
{
	hwloc_bitmap_t set = allowed_set(map);
	hwloc_topology_t t = map->pm_topology;
	hwloc_obj_t obj = NULL;
	int all = hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_PU);
	int nodes = hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_NUMANODE);

	map->pm_nnodes = nodes > 0 ? (unsigned)nodes : 1;
	map->pm_pus = calloc((size_t)all, sizeof(*map->pm_pus));
	if (map->pm_pus != NULL)
		while ((obj = hwloc_get_next_obj_by_type(t, HWLOC_OBJ_PU,
		    obj)) != NULL)
			if (hwloc_bitmap_isset(set, obj->os_index))
				fill_pu(map, obj, map->pm_npus++);
	hwloc_bitmap_free(set);
}

/* Tell hwloc where to look.  A path has a slash or names a file. */
static int
set_source(hwloc_topology_t t, const char *source)
{
	if (source == NULL)
		return (0);
	if (strchr(source, '/') != NULL || access(source, F_OK) == 0)
		return (hwloc_topology_set_xml(t, source));
	return (hwloc_topology_set_synthetic(t, source));
}

struct place_map *
place_load(const char *source, char *err, size_t errlen)
{
	struct place_map *map = calloc(1, sizeof(*map));

	if (map == NULL || hwloc_topology_init(&map->pm_topology) != 0) {
		snprintf(err, errlen, "topology: %s", strerror(errno));
		free(map);
		return (NULL);
	}
	if (set_source(map->pm_topology, source) != 0 ||
	    hwloc_topology_load(map->pm_topology) != 0) {
		snprintf(err, errlen, "cannot read the topology '%s'; give an "
		    "XML file of lstopo, or a synthetic string such as "
		    "'package:2 [numa] core:4 pu:2'",
		    source != NULL ? source : "of this machine");
		place_free(map);
		return (NULL);
	}
	map->pm_here = hwloc_topology_is_thissystem(map->pm_topology);
	fill_table(map);
	if (map->pm_npus == 0) {
		snprintf(err, errlen, "topology: no processor may be used");
		place_free(map);
		return (NULL);
	}
	return (map);
}

void
place_free(struct place_map *map)
{
	hwloc_topology_destroy(map->pm_topology);
	free(map->pm_pus);
	free(map);
}
