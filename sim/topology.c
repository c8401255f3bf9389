/*
 * Places of a simulated machine's CPUs, by hwloc, and how far they are from
 * each other.
 */
#include "model.h"

#include <errno.h>
#include <hwloc.h>
#include <hwloc/distances.h>
#include <string.h>

/* ---- What hwloc reads --------------------------------------------------- */

static int
load(const struct model_place *at, hwloc_topology_t *t)
{
	const char *text = sim_model.mo_topology;
	bool is_file = strstr(text, ".xml") != NULL;

	if (hwloc_topology_init(t) != 0)
		return (model_complain(at, "hwloc: no memory"));
	if (strcmp(text, "this") != 0 && (is_file ?
	    hwloc_topology_set_xml(*t, text) :
	    hwloc_topology_set_synthetic(*t, text)) != 0) {
		hwloc_topology_destroy(*t);
		return (model_complain(at, "topology %s: hwloc cannot read it; "
		    "give a synthetic string as in \"pack:2 l3:2 core:4 "
		    "pu:2\", a file of lstopo's, or \"this\"", text));
	}
	if (hwloc_topology_load(*t) != 0) {
		hwloc_topology_destroy(*t);
		return (model_complain(at, "topology %s: %s", text,
		    strerror(errno)));
	}
	return (0);
}

static uint16_t
above(hwloc_topology_t t, hwloc_obj_t pu, hwloc_obj_type_t type,
    uint16_t otherwise)
{
	hwloc_obj_t o = hwloc_get_ancestor_obj_by_type(t, type, pu);

	return (o == NULL ? otherwise : (uint16_t)o->logical_index);
}

static uint16_t
node_of(hwloc_topology_t t, hwloc_obj_t pu)
{
	hwloc_obj_t node = NULL;

	while ((node = hwloc_get_next_obj_by_type(t, HWLOC_OBJ_NUMANODE,
	    node)) != NULL)
		if (hwloc_bitmap_isset(node->cpuset, pu->os_index))
			return ((uint16_t)node->logical_index);
	return (0);
}

/* The n-th CPU by place is this processing unit. */
static void
place(hwloc_topology_t t, hwloc_obj_t pu, unsigned n)
{
	uint16_t id = (uint16_t)pu->logical_index;

	sim_model.mo_core[n] = above(t, pu, HWLOC_OBJ_CORE, id);
	sim_model.mo_package[n] = above(t, pu, HWLOC_OBJ_PACKAGE, 0);
	sim_model.mo_node[n] = node_of(t, pu);
	/* Without a last-level cache of its own: its node's. */
	sim_model.mo_l3[n] = above(t, pu, HWLOC_OBJ_L3CACHE,
	    sim_model.mo_node[n]);
}

/* First threads of all cores, then the second ones, and so on. */
static void
place_all(hwloc_topology_t t)
{
	unsigned n = 0, npus = sim_model.mo_ncpus;

	for (unsigned thread = 0; n < npus; thread++)
		for (unsigned i = 0, in_core = 0; i < npus; i++) {
			hwloc_obj_t pu = hwloc_get_obj_by_type(t,
			    HWLOC_OBJ_PU, i), before = i == 0 ? NULL :
			    hwloc_get_obj_by_type(t, HWLOC_OBJ_PU, i - 1);

			in_core = before != NULL && above(t, pu,
			    HWLOC_OBJ_CORE, (uint16_t)i) == above(t, before,
			    HWLOC_OBJ_CORE, (uint16_t)(i - 1)) ?
			    in_core + 1 : 0;
			if (in_core == thread)
				place(t, pu, n++);
		}
}

/* ---- Distances ---------------------------------------------------------- */

/* The matrix of the topology itself, if there is one and the model has none. */
static void
take_distances(hwloc_topology_t t)
{
	struct hwloc_distances_s *d;
	unsigned n = 1;

	if (sim_model.mo_ndistances > 0 ||
	    hwloc_distances_get_by_type(t, HWLOC_OBJ_NUMANODE, &n, &d,
	    HWLOC_DISTANCES_KIND_MEANS_LATENCY, 0) != 0 || n == 0)
		return;
	if (d->nbobjs <= SIM_NODES_MAX)
		for (unsigned i = 0; i < d->nbobjs * d->nbobjs; i++) {
			/* By the nodes' order, which is not the matrix's. */
			unsigned row = d->objs[i / d->nbobjs]->logical_index;
			unsigned column = d->objs[i % d->nbobjs]->
			    logical_index;

			sim_model.mo_distances[row * d->nbobjs + column] =
			    (unsigned)d->values[i];
			sim_model.mo_ndistances = d->nbobjs * d->nbobjs;
		}
	hwloc_distances_release(t, d);
}

static unsigned
distance(unsigned a, unsigned b)
{
	return (sim_model.mo_distances[a * sim_model.mo_nnodes + b]);
}

/* Nodes of different packages farther apart than the nearest such two. */
static void
set_far(void)
{
	unsigned near = UINT32_MAX, n = sim_model.mo_ncpus;

	for (unsigned a = 0; a < n; a++)
		for (unsigned b = 0; b < n; b++)
			if (sim_model.mo_package[a] !=
			    sim_model.mo_package[b] &&
			    distance(sim_model.mo_node[a],
			    sim_model.mo_node[b]) < near)
				near = distance(sim_model.mo_node[a],
				    sim_model.mo_node[b]);
	for (unsigned a = 0; a < sim_model.mo_nnodes; a++)
		for (unsigned b = 0; b < sim_model.mo_nnodes; b++)
			sim_model.mo_far[a][b] = distance(a, b) > near;
}

static int
check_distances(const struct model_place *at)
{
	unsigned n = sim_model.mo_nnodes;

	if (sim_model.mo_ndistances == 0)
		return (0);
	if (sim_model.mo_ndistances != n * n)
		return (model_complain(at, "distances: %u numbers for %u "
		    "nodes; give %u, each node's to all, in the nodes' order",
		    sim_model.mo_ndistances, n, n * n));
	for (unsigned a = 0; a < n; a++)
		for (unsigned b = 0; b < n; b++)
			if (distance(a, b) != distance(b, a) ||
			    distance(a, b) < distance(a, a))
				return (model_complain(at, "distances: %u from "
				    "node %u to %u, %u back, %u to itself; give"
				    " the same both ways, and least to itself",
				    distance(a, b), a, b, distance(b, a),
				    distance(a, a)));
	set_far();
	return (0);
}

enum sim_level
sim_level_of(unsigned a, unsigned b)
{
	if (sim_model.mo_package[a] != sim_model.mo_package[b])
		return (sim_model.mo_far[sim_model.mo_node[a]]
		    [sim_model.mo_node[b]] ? SIM_FAR : SIM_REMOTE);
	if (sim_model.mo_l3[a] != sim_model.mo_l3[b])
		return (SIM_PACKAGE);
	return (sim_model.mo_core[a] == sim_model.mo_core[b] ? SIM_SMT :
	    SIM_L3);
}

uint64_t
sim_transfer(unsigned a, unsigned b)
{
	return (sim_model.mo_transfer[sim_level_of(a, b)]);
}

static void
set_near(void)
{
	for (unsigned a = 0; a < sim_model.mo_ncpus; a++)
		for (unsigned b = 0; b < sim_model.mo_ncpus; b++) {
			unsigned level = sim_level_of(a, b);

			if (a != b)
				sim_model.mo_has_level[level] = true;
			for (; level < SIM_FAR; level++)
				sim_model.mo_near[a][level].ss_words[b / 64] |=
				    1ull << b % 64;
		}
}

int
model_read_topology(const struct model_place *at)
{
	hwloc_topology_t t;
	int npus, nnodes, error;

	if (load(at, &t) != 0)
		return (-1);
	npus = hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_PU);
	nnodes = hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_NUMANODE);
	if (npus < 1 || npus > SIM_CPUS_MAX || nnodes > SIM_NODES_MAX) {
		hwloc_topology_destroy(t);
		return (model_complain(at, "topology: %d CPUs and %d nodes; up "
		    "to %d and %d can be simulated", npus, nnodes,
		    SIM_CPUS_MAX, SIM_NODES_MAX));
	}
	sim_model.mo_ncpus = (unsigned)npus;
	sim_set_words = (sim_model.mo_ncpus + 63) / 64;
	sim_model.mo_nnodes = nnodes < 1 ? 1 : (unsigned)nnodes;
	place_all(t);
	take_distances(t);
	hwloc_topology_destroy(t);
	error = check_distances(at);
	if (error == 0)
		set_near();
	return (error);
}
