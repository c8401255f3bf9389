/*
 * Writing environment.json and the topology's files.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "environment.h"
#include "sysinfo.h"

/* A level of a PU's address; null where the machine has no such thing. */
static json_t *
level(const struct place_pu *pu, enum place_level l)
{
	return (pu->pu_at[l] == PLACE_NONE ? json_null() :
	    json_integer(pu->pu_at[l]));
}

/* Where each worker of a spot runs. */
static json_t *
spot_json(const struct place_map *map, const struct spot *s)
{
	json_t *workers = json_array();

	for (unsigned i = 0; i < s->s_threads; i++) {
		const struct place_pu *pu = &map->pm_pus[s->s_pus[i]];

		json_array_append_new(workers, json_pack(
		    "{s:i,s:i,s:o,s:o,s:o,s:o}", "worker", (int)i,
		    "cpu", (int)pu->pu_os,
		    "core", level(pu, PLACE_CORE),
		    "l3", level(pu, PLACE_L3),
		    "node", level(pu, PLACE_NODE),
		    "package", level(pu, PLACE_PACKAGE)));
	}
	return (json_pack("{s:s,s:i,s:o,s:o*}", "placement", s->s_placement,
	    "threads", (int)s->s_threads, "workers", workers,
	    "home", s->s_home != PLACE_NONE ? json_integer(s->s_home) : NULL));
}

const char *
environment_verified(const struct place_map *map, int error)
{
	if (map->pm_nnodes == 1)
		return ("yes: there is one node");
	if (error < 0)
		return ("not yet");
	return (error == 0 ? "yes" : error == EXDEV ?
	    "no: pages lie on other nodes than asked for" :
	    "n/a: the system does not tell where pages lie");
}

static json_t *
environment_json(const struct environment *en)
{
	json_t *e = json_copy(en->en_facts), *spots = json_array();

	for (unsigned i = 0; i < en->en_cells->t_nspots; i++)
		if (en->en_cells->t_spots[i].s_same == NULL)
			json_array_append_new(spots, spot_json(en->en_map,
			    &en->en_cells->t_spots[i]));
	json_object_update_new(e, json_pack(
	    "{s:i,s:s,s:s,s:s,s:{s:i,s:s},s:o}", "schema", 1,
	    "machine_key", en->en_results->rs_key,
	    "run_id", en->en_results->rs_id,
	    "command", en->en_command,
	    "home", "domain", (int)en->en_home,
	    "verified", environment_verified(en->en_map,
	    en->en_home_error), "placements", spots));
	json_object_set_new(e, "warnings", environment_warnings(e));
	return (e);
}

int
environment_write(const struct environment *en)
{
	char *path = results_path(en->en_results, "environment.json");
	char *new = results_path(en->en_results, "environment.json.new");
	json_t *e = environment_json(en);
	int error = 0;

	errno = 0;
	if (json_dump_file(e, new, JSON_INDENT(1) | JSON_SORT_KEYS) != 0 ||
	    rename(new, path) != 0) {
		error = errno != 0 ? errno : EIO;
		unlink(new);
	}
	json_decref(e);
	free(new);
	free(path);
	return (error);
}

/*
 * The drawing is made by hwloc's own program.  Where it is not installed there
 * is no drawing; topology.xml holds the same, and lstopo can draw it later.
 */
int
environment_topology(const struct environment *en)
{
	char *xml = results_path(en->en_results, "topology.xml");
	char *svg = results_path(en->en_results, "topology.svg");
	char *const draw[] = { "lstopo-no-graphics", "-f", "--no-io",
	    "--of", "svg", "-i", xml, svg, NULL };
	char text[64];
	int error = 0;

	errno = 0;
	if (hwloc_topology_export_xml(en->en_map->pm_topology, xml, 0) != 0)
		error = errno != 0 ? errno : EIO;
	else if (sysinfo_run(draw, text, sizeof(text)) != 0)
		unlink(svg);
	free(svg);
	free(xml);
	return (error);
}
