/*
 * A simulated machine from its file.
 *
 * A line is NAME VALUE; "#" begins a comment.  Times are in ns and may have
 * decimals.  Every name of fields[] must be there, once.
 */
#include "sim.h"

#include <errno.h>
#include <hwloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sim_model	 sim_model;

static const struct {
	const char	*name;
	uint64_t	*ps;
} fields[] = {
	{ "transfer_smt", &sim_model.mo_transfer[SIM_SMT] },
	{ "transfer_l3", &sim_model.mo_transfer[SIM_L3] },
	{ "transfer_package", &sim_model.mo_transfer[SIM_PACKAGE] },
	{ "transfer_remote", &sim_model.mo_transfer[SIM_REMOTE] },
	{ "memory_local", &sim_model.mo_memory_local },
	{ "memory_remote", &sim_model.mo_memory_remote },
	{ "plain", &sim_model.mo_plain },
	{ "rmw", &sim_model.mo_rmw },
	{ "serve", &sim_model.mo_serve },
	{ "sharer", &sim_model.mo_sharer },
	{ "hint", &sim_model.mo_hint },
	{ "sleep", &sim_model.mo_sleep },
	{ "unpark", &sim_model.mo_unpark },
	{ "wake", &sim_model.mo_wake },
	{ "bulk_line", &sim_model.mo_bulk_line },
};
#define	NFIELDS	(sizeof(fields) / sizeof(*fields))

struct place {
	char		*message;
	size_t		 size;
	const char	*path;
	unsigned	 line;
};

__attribute__((format(printf, 2, 3))) static int
complain(const struct place *at, const char *format, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	if (at->line == 0)
		snprintf(at->message, at->size, "%s: %s", at->path, text);
	else
		snprintf(at->message, at->size, "%s:%u: %s", at->path,
		    at->line, text);
	return (-1);
}

static int
read_time(const struct place *at, const char *name, const char *value,
    uint64_t *ps)
{
	char *end;
	double ns = strtod(value, &end);

	if (end == value || *end != '\0' || !(ns >= 0 && ns <= 1e9))
		return (complain(at, "%s %s: give a time in ns, as %s 23.5",
		    name, value, name));
	*ps = (uint64_t)(ns * SIM_PS_PER_NS + 0.5);
	return (0);
}

static int
read_line(const struct place *at, char *line, bool seen[NFIELDS])
{
	char *name = strtok(line, " \t\n"), *value = strtok(NULL, "\n");

	if (name == NULL || *name == '#')
		return (0);
	if (value == NULL)
		return (complain(at, "%s has no value", name));
	value += strspn(value, " \t");
	if (strcmp(name, "topology") == 0) {
		snprintf(sim_model.mo_topology, sizeof(sim_model.mo_topology),
		    "%s", value);
		return (0);
	}
	for (size_t i = 0; i < NFIELDS; i++)
		if (strcmp(name, fields[i].name) == 0) {
			if (seen[i])
				return (complain(at, "%s is there twice",
				    name));
			seen[i] = true;
			return (read_time(at, name, value, fields[i].ps));
		}
	return (complain(at, "%s: there is no such field; docs/MODEL.md lists "
	    "them", name));
}

static int
read_file(struct place *at, FILE *f)
{
	bool seen[NFIELDS] = { false };
	char line[512];

	while (fgets(line, sizeof(line), f) != NULL) {
		at->line++;
		if (read_line(at, line, seen) != 0)
			return (-1);
	}
	for (size_t i = 0; i < NFIELDS; i++)
		if (!seen[i])
			return (complain(at, "%s is missing", fields[i].name));
	return (*sim_model.mo_topology != '\0' ? 0 :
	    complain(at, "topology is missing"));
}

/* ---- The topology ------------------------------------------------------- */

static int
load_topology(const struct place *at, hwloc_topology_t *t)
{
	const char *text = sim_model.mo_topology;
	bool is_file = strstr(text, ".xml") != NULL;

	if (hwloc_topology_init(t) != 0)
		return (complain(at, "hwloc: no memory"));
	if (strcmp(text, "this") != 0 && (is_file ?
	    hwloc_topology_set_xml(*t, text) :
	    hwloc_topology_set_synthetic(*t, text)) != 0) {
		hwloc_topology_destroy(*t);
		return (complain(at, "topology %s: hwloc cannot read it; give "
		    "a synthetic string as in \"pack:2 l3:2 core:4 pu:2\", a "
		    "file of lstopo's, or \"this\"", text));
	}
	if (hwloc_topology_load(*t) != 0) {
		hwloc_topology_destroy(*t);
		return (complain(at, "topology %s: %s", text,
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
	sim_model.mo_l3[n] = above(t, pu, HWLOC_OBJ_L3CACHE,
	    sim_model.mo_package[n]);
	sim_model.mo_node[n] = node_of(t, pu);
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

enum sim_level
sim_level_of(unsigned a, unsigned b)
{
	if (sim_model.mo_package[a] != sim_model.mo_package[b])
		return (SIM_REMOTE);
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
		for (unsigned b = 0; b < sim_model.mo_ncpus; b++)
			for (unsigned l = sim_level_of(a, b); l < SIM_REMOTE;
			    l++)
				sim_model.mo_near[a][l].ss_words[b / 64] |=
				    1ull << b % 64;
}

static int
read_topology(const struct place *at)
{
	hwloc_topology_t t;
	int npus, nnodes;

	if (load_topology(at, &t) != 0)
		return (-1);
	npus = hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_PU);
	nnodes = hwloc_get_nbobjs_by_type(t, HWLOC_OBJ_NUMANODE);
	if (npus < 1 || npus > SIM_CPUS_MAX || nnodes > SIM_NODES_MAX) {
		hwloc_topology_destroy(t);
		return (complain(at, "topology: %d CPUs and %d nodes; up to %d "
		    "and %d can be simulated", npus, nnodes, SIM_CPUS_MAX,
		    SIM_NODES_MAX));
	}
	sim_model.mo_ncpus = (unsigned)npus;
	sim_model.mo_nnodes = nnodes < 1 ? 1 : (unsigned)nnodes;
	place_all(t);
	hwloc_topology_destroy(t);
	set_near();
	return (0);
}

void
sim_model_lookahead(void)
{
	sim_model.mo_lookahead = sim_model.mo_transfer[SIM_SMT];
	for (unsigned l = 0; l < SIM_LEVELS; l++)
		if (sim_model.mo_transfer[l] < sim_model.mo_lookahead)
			sim_model.mo_lookahead = sim_model.mo_transfer[l];
	if (sim_model.mo_memory_local < sim_model.mo_lookahead)
		sim_model.mo_lookahead = sim_model.mo_memory_local;
}

int
sim_model_load(const char *name, const char *topology, char *message,
    size_t size)
{
	char path[512];
	struct place at = { message, size, path, 0 };
	int error;
	FILE *f;

	memset(&sim_model, 0, sizeof(sim_model));
	snprintf(sim_model.mo_name, sizeof(sim_model.mo_name), "%s", name);
	snprintf(path, sizeof(path), strchr(name, '/') != NULL ? "%s" :
	    "sim/machines/%s.model", name);
	f = fopen(path, "r");
	if (f == NULL)
		return (complain(&at, "%s; sim/machines/ has those that are "
		    "known", strerror(errno)));
	error = read_file(&at, f);
	fclose(f);
	if (topology != NULL) {
		snprintf(sim_model.mo_topology, sizeof(sim_model.mo_topology),
		    "%s", topology);
		at.path = "--topology";
	}
	at.line = 0;
	if (error == 0)
		error = read_topology(&at);
	if (error == 0) {
		memcpy(sim_model.mo_measured, sim_model.mo_transfer,
		    sizeof(sim_model.mo_measured));
		sim_model_lookahead();
	}
	return (error);
}
