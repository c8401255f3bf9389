/*
 * A simulated machine from its file.
 *
 * A line is NAME VALUE; "#" begins a comment.  Times are in ns and may have
 * decimals.  Every name of fields[] must be there, once, unless the topology
 * has no use for it.
 */
#include "model.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct sim_model	 sim_model;

#define	ALWAYS	SIM_LEVELS	/* needed by any topology */

static const struct {
	const char	*name;
	uint64_t	*ps;
	unsigned	 level;		/* needed if the topology has it */
} fields[] = {
	/* First the transfers, by level. */
	{ "transfer_smt", &sim_model.mo_transfer[SIM_SMT], SIM_SMT },
	{ "transfer_l3", &sim_model.mo_transfer[SIM_L3], SIM_L3 },
	{ "transfer_package", &sim_model.mo_transfer[SIM_PACKAGE],
	    SIM_PACKAGE },
	{ "transfer_remote", &sim_model.mo_transfer[SIM_REMOTE], SIM_REMOTE },
	{ "transfer_far", &sim_model.mo_transfer[SIM_FAR], SIM_FAR },
	{ "memory_local", &sim_model.mo_memory_local, ALWAYS },
	{ "memory_remote", &sim_model.mo_memory_remote, ALWAYS },
	{ "memory_far", &sim_model.mo_memory_far, SIM_FAR },
	{ "plain", &sim_model.mo_plain, ALWAYS },
	{ "rmw", &sim_model.mo_rmw, ALWAYS },
	{ "serve", &sim_model.mo_serve, ALWAYS },
	{ "sharer", &sim_model.mo_sharer, ALWAYS },
	{ "hint", &sim_model.mo_hint, ALWAYS },
	{ "sleep", &sim_model.mo_sleep, ALWAYS },
	{ "unpark", &sim_model.mo_unpark, ALWAYS },
	{ "wake", &sim_model.mo_wake, ALWAYS },
	{ "bulk_line", &sim_model.mo_bulk_line, ALWAYS },
};
#define	NFIELDS	(sizeof(fields) / sizeof(*fields))
#define	BASE	"plain."		/* and a workload's name */
#define	TWICE	"%s is there twice"

int
model_complain(const struct model_place *at, const char *format, ...)
{
	char text[384];
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

/* ---- Values ------------------------------------------------------------- */

static int
read_time(const struct model_place *at, const char *name, const char *value,
    uint64_t *ps)
{
	char *end;
	double ns = strtod(value, &end);

	/* More, and times of many runs would not fit into a key (cpu.c). */
	if (end == value || *end != '\0' || !(ns >= 0 && ns <= 1e6))
		return (model_complain(at, "%s %s: give a time in ns, as %s "
		    "23.5, up to 1000000", name, value, name));
	*ps = (uint64_t)(ns * SIM_PS_PER_NS + 0.5);
	return (0);
}

static int
read_smt(const struct model_place *at, const char *value)
{
	char *end;

	sim_model.mo_smt = strtod(value, &end);
	if (end == value || *end != '\0' || !(sim_model.mo_smt >= 1 &&
	    sim_model.mo_smt <= 2))
		return (model_complain(at, "smt %s: give how many times as long"
		    " a thread's work takes beside another's of its core, from "
		    "1 to 2", value));
	return (0);
}

static int
read_distances(const struct model_place *at, const char *value)
{
	unsigned n = 0;
	char *end;

	for (;; value = end) {
		unsigned long d = strtoul(value, &end, 10);

		if (end == value)
			break;
		if (n == SIM_NODES_MAX * SIM_NODES_MAX || d == 0 || d > 10000)
			return (model_complain(at, "distances: at most %d, from"
			    " 1 to 10000", SIM_NODES_MAX * SIM_NODES_MAX));
		sim_model.mo_distances[n++] = (unsigned)d;
	}
	if (value[strspn(value, " \t")] != '\0' || n == 0)
		return (model_complain(at, "distances %s: give numbers, as "
		    "10 21 21 10", value));
	sim_model.mo_ndistances = n;
	return (0);
}

/* "plain.alloc 0.7" */
static int
read_base(const struct model_place *at, const char *name, const char *value)
{
	unsigned n = sim_model.mo_nbases;

	for (unsigned i = 0; i < n; i++)
		if (strcmp(sim_model.mo_bases[i].name, name + strlen(BASE)) ==
		    0)
			return (model_complain(at, TWICE, name));
	if (n == SIM_BASES_MAX)
		return (model_complain(at, "%s: at most %d workloads have a "
		    "cost of their own", name, SIM_BASES_MAX));
	snprintf(sim_model.mo_bases[n].name,
	    sizeof(sim_model.mo_bases[n].name), "%s", name + strlen(BASE));
	sim_model.mo_nbases++;
	return (read_time(at, name, value, &sim_model.mo_bases[n].plain));
}

static int
copy(const struct model_place *at, const char *name, char *to, size_t size,
    const char *value)
{
	if (*to != '\0')
		return (model_complain(at, TWICE, name));
	if (strlen(value) >= size)
		return (model_complain(at, "%s: at most %zu characters", name,
		    size - 1));
	strcpy(to, value);
	return (0);
}

/* ---- The file ----------------------------------------------------------- */

static int
read_field(const struct model_place *at, const char *name, const char *value,
    bool seen[NFIELDS])
{
	if (strcmp(name, "topology") == 0)
		return (copy(at, name, sim_model.mo_topology,
		    sizeof(sim_model.mo_topology), value));
	if (strcmp(name, "description") == 0)
		return (copy(at, name, sim_model.mo_description,
		    sizeof(sim_model.mo_description), value));
	if (strcmp(name, "distances") == 0)
		return (sim_model.mo_ndistances > 0 ?
		    model_complain(at, TWICE, name) :
		    read_distances(at, value));
	if (strcmp(name, "smt") == 0)
		return (sim_model.mo_smt != 0 ?
		    model_complain(at, TWICE, name) : read_smt(at, value));
	if (strncmp(name, BASE, strlen(BASE)) == 0)
		return (read_base(at, name, value));
	for (size_t i = 0; i < NFIELDS; i++)
		if (strcmp(name, fields[i].name) == 0) {
			if (seen[i])
				return (model_complain(at, TWICE, name));
			seen[i] = true;
			return (read_time(at, name, value, fields[i].ps));
		}
	return (model_complain(at, "%s: there is no such field; docs/MODEL.md "
	    "lists them", name));
}

static int
read_line(const struct model_place *at, char *line, bool seen[NFIELDS])
{
	char *name = strtok(line, " \t\n"), *value = strtok(NULL, "\n");

	if (name == NULL || *name == '#')
		return (0);
	if (value == NULL)
		return (model_complain(at, "%s has no value", name));
	value += strspn(value, " \t");
	return (read_field(at, name, value, seen));
}

static int
read_file(struct model_place *at, FILE *f, bool seen[NFIELDS])
{
	char line[1024];

	while (fgets(line, sizeof(line), f) != NULL) {
		at->line++;
		/* Or its rest would be the next line. */
		if (strchr(line, '\n') == NULL && !feof(f))
			return (model_complain(at, "a line has at most %zu "
			    "characters", sizeof(line) - 2));
		if (read_line(at, line, seen) != 0)
			return (-1);
	}
	at->line = 0;
	if (sim_model.mo_smt == 0)
		sim_model.mo_smt = 1;
	return (*sim_model.mo_topology != '\0' ? 0 :
	    model_complain(at, "topology is missing"));
}

static int
check_fields(const struct model_place *at, const bool seen[NFIELDS])
{
	for (size_t i = 0; i < NFIELDS; i++)
		if (!seen[i] && (fields[i].level == ALWAYS ||
		    sim_model.mo_has_level[fields[i].level]))
			return (model_complain(at, "%s is missing",
			    fields[i].name));
	return (0);
}

void
sim_model_lookahead(unsigned n, const uint16_t *cpus)
{
	uint64_t least = SIM_PS_PER_NS * 1000000ull;

	for (unsigned i = 1; i < n; i++)
		for (unsigned j = 0; j < i; j++) {
			uint64_t t = cpus == NULL ? sim_transfer(i, j) :
			    sim_transfer(cpus[i], cpus[j]);

			if (t < least)
				least = t;
		}
	sim_model.mo_least = least;
	sim_model.mo_lookahead = sim_model.mo_no_lookahead ? 0 : least;
}

void
sim_model_base(const char *workload)
{
	for (unsigned i = 0; i < sim_model.mo_nbases; i++)
		if (strcmp(sim_model.mo_bases[i].name, workload) == 0)
			sim_model.mo_plain = sim_model.mo_bases[i].plain;
}

void
sim_model_setting(const double factors[SIM_FAR])
{
	for (unsigned l = 0; l < SIM_LEVELS; l++)
		sim_model.mo_transfer[l] = (uint64_t)((double)
		    sim_model.mo_transfer[l] * factors[l < SIM_REMOTE ? l :
		    SIM_REMOTE] + 0.5);
}

const char *
sim_model_field(unsigned i, uint64_t *ps)
{
	unsigned n = 0, field;

	for (field = 0; field < NFIELDS; field++)
		if (fields[field].level == ALWAYS ||
		    sim_model.mo_has_level[fields[field].level])
			if (n++ == i)
				break;
	if (field == NFIELDS)
		return (NULL);
	*ps = *fields[field].ps;
	if (field < SIM_LEVELS)
		*ps = sim_model.mo_measured[fields[field].level];
	return (fields[field].name);
}

/* The topology, the file's or the one given, and what it needs of costs. */
static int
finish(struct model_place *at, const char *topology, const bool seen[NFIELDS])
{
	const char *path = at->path;

	if (topology != NULL) {
		at->path = "--topology";
		sim_model.mo_ndistances = 0;
		*sim_model.mo_topology = '\0';
		if (copy(at, "topology", sim_model.mo_topology,
		    sizeof(sim_model.mo_topology), topology) != 0)
			return (-1);
	}
	if (model_read_topology(at) != 0)
		return (-1);
	at->path = path;
	if (check_fields(at, seen) != 0)
		return (-1);
	memcpy(sim_model.mo_measured, sim_model.mo_transfer,
	    sizeof(sim_model.mo_measured));
	return (0);
}

int
sim_model_load(const char *name, const char *topology, char *message,
    size_t size)
{
	char path[512];
	struct model_place at = { message, size, path, 0 };
	bool seen[NFIELDS] = { false };
	int error;
	FILE *f;

	memset(&sim_model, 0, sizeof(sim_model));
	snprintf(sim_model.mo_name, sizeof(sim_model.mo_name), "%s", name);
	snprintf(path, sizeof(path), strchr(name, '/') != NULL ? "%s" :
	    "sim/machines/%s.model", name);
	f = fopen(path, "r");
	if (f == NULL)
		return (model_complain(&at, "%s; sim/machines/ has those that "
		    "are known", strerror(errno)));
	error = read_file(&at, f, seen);
	fclose(f);
	return (error != 0 ? error : finish(&at, topology, seen));
}
