/*
 * This host as a machine with a pool, for tests that run pinned threads.
 */
#ifndef TEST_HOST_THIS_MACHINE_H
#define	TEST_HOST_THIS_MACHINE_H

#include <machine/native/native.h>

#include "bench/pool.h"

/* Its first npus PUs, or all with 0; NULL if it cannot be. */
static inline struct place_map *
this_machine_start(unsigned npus, struct pool **pool)
{
	char why[PLACE_ERR_MAX];
	struct place_map *map = place_load(NULL, why, sizeof(why));

	if (map == NULL)
		return (NULL);
	if (npus != 0 && map->pm_npus > npus)
		map->pm_npus = npus;
	struct native_cpu cpus[map->pm_npus];

	for (unsigned i = 0; i < map->pm_npus; i++) {
		cpus[i].nc_pu = map->pm_pus[i].pu_os;
		cpus[i].nc_domain = map->pm_pus[i].pu_at[PLACE_NODE];
	}
	native_init(map->pm_npus, cpus, map->pm_topology);
	*pool = pool_new(map);
	return (map);
}

static inline void
this_machine_stop(struct place_map *map, struct pool *pool)
{
	pool_free(pool);
	native_mem_purge();
	place_free(map);
}

#endif /* TEST_HOST_THIS_MACHINE_H */
