/*
 * The `simulated' object of a run and of its windows: reading and freeing.
 * Read simulated.h first.
 */
#include "simulated.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "field.h"

static const char *const parts[RP_PARTS] = {
	[RP_WORK] = "work", [RP_TRANSFERS] = "transfer",
	[RP_PAUSES] = "pause", [RP_SLEEP] = "sleep"
};

const char *
rp_part_name(enum rp_part part)
{
	return (parts[part]);
}

struct rp_machine *
rp_intern_machine(struct rp_results *r)
{
	if (r->machine != NULL)
		return (r->machine);
	r->machine = rp_grow(NULL, 1, sizeof(*r->machine));
	*r->machine = (struct rp_machine){ .name = rp_strdup(""),
	    .description = rp_strdup(""), .topology = rp_strdup("") };
	return (r->machine);
}

/* A text that need not be there.  0, or -1 with a message. */
static int
get_text(json_t *j, const char *field, char **text, char message[RP_MESSAGE])
{
	const char *s;

	if (json_object_get(j, field) == NULL)
		return (0);
	if (rp_get_string(j, field, &s, message) != 0)
		return (-1);
	free(*text);
	*text = rp_strdup(s);
	return (0);
}

/* A run is of one machine. */
static int
name_machine(struct rp_machine *m, json_t *simulated, char message[RP_MESSAGE])
{
	const char *name;

	if (rp_get_string(simulated, "machine", &name, message) != 0)
		return (-1);
	if (*m->name != '\0' && strcmp(m->name, name) != 0)
		return (rp_fail(message, "machine \"%.64s\" in a run of "
		    "\"%.64s\"; give each a folder", name, m->name));
	free(m->name);
	m->name = rp_strdup(name);
	return (0);
}

/* 0 and *object, NULL if there is none; or -1 with a message. */
static int
get_object(json_t *j, const char *field, json_t **object,
    char message[RP_MESSAGE])
{
	*object = json_object_get(j, field);
	if (*object == NULL || json_is_object(*object))
		return (0);
	return (rp_fail(message, "field \"%s\" is no object", field));
}

/* The same for an array. */
static int
get_array(json_t *j, const char *field, json_t **array,
    char message[RP_MESSAGE])
{
	*array = json_object_get(j, field);
	if (*array == NULL || json_is_array(*array))
		return (0);
	return (rp_fail(message, "field \"%s\" is no array", field));
}

int
rp_add_machine(struct rp_results *r, json_t *run, char message[RP_MESSAGE])
{
	struct rp_machine *m;
	json_t *j, *cost;
	const char *name;
	double cpus, ns;

	if (get_object(run, "simulated", &j, message) != 0)
		return (-1);
	if (j == NULL)
		return (0);
	m = rp_intern_machine(r);
	if (name_machine(m, j, message) != 0 ||
	    get_text(j, "description", &m->description, message) != 0 ||
	    get_text(j, "topology", &m->topology, message) != 0 ||
	    rp_get_optional(j, "cpus", 1, RP_THREADS_MAX, 0, &cpus,
	    message) != 0 || get_object(j, "costs", &m->costs, message) != 0)
		return (-1);
	m->cpus = (unsigned)cpus;
	json_object_foreach(m->costs, name, cost)
		if (rp_get_number(m->costs, name, 0, HUGE_VAL, &ns,
		    message) != 0)
			return (-1);
	return (0);
}

static int
get_time(struct rp_simulated *s, json_t *time, char message[RP_MESSAGE])
{
	const char *name;
	json_t *v;

	json_object_foreach(time, name, v) {
		unsigned i = 0;

		while (i < RP_PARTS && strcmp(name, parts[i]) != 0)
			i++;
		if (i == RP_PARTS)
			return (rp_fail(message, "time has \"%.64s\", which "
			    "is none of work, transfer, pause, sleep", name));
	}
	for (unsigned i = 0; i < RP_PARTS; i++)
		if (rp_get_number(time, parts[i], 0, 1, &s->time[i],
		    message) != 0)
			return (-1);
	s->timed = true;
	return (0);
}

static int
get_waits(struct rp_simulated *s, json_t *waits, char message[RP_MESSAGE])
{
	size_t i;
	json_t *v;

	s->waits = rp_grow(NULL, json_array_size(waits) + 1,
	    sizeof(*s->waits));
	json_array_foreach(waits, i, v) {
		const char *name;
		double share;

		if (rp_get_string(v, "name", &name, message) != 0 ||
		    rp_get_number(v, "share", 0, 1, &share, message) != 0)
			return (-1);
		s->waits[s->nwaits++] = (struct rp_wait){
		    rp_strdup(name), share };
	}
	return (0);
}

int
rp_get_moves(json_t *array, struct rp_move **moves, unsigned *n,
    char message[RP_MESSAGE])
{
	size_t i;
	json_t *v;

	*n = 0;
	*moves = rp_grow(NULL, json_array_size(array) + 1, sizeof(**moves));
	json_array_foreach(array, i, v) {
		const char *name;
		double per_op, ns;

		if (rp_get_string(v, "name", &name, message) != 0 ||
		    rp_get_number(v, "moves_per_op", 0, HUGE_VAL, &per_op,
		    message) != 0 || rp_get_optional(v, "wait_ns_per_op", 0,
		    HUGE_VAL, NAN, &ns, message) != 0)
			return (-1);
		(*moves)[(*n)++] = (struct rp_move){ rp_strdup(name), per_op,
		    ns };
	}
	return (0);
}

void
rp_moves_free(struct rp_move *moves, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		free(moves[i].name);
	free(moves);
}

/* All that a window told. */
static void
forget(struct rp_simulated *s)
{
	for (unsigned i = 0; i < s->nwaits; i++)
		free(s->waits[i].name);
	free(s->waits);
	rp_moves_free(s->moves, s->nmoves);
	s->waits = NULL;
	s->moves = NULL;
	s->nwaits = s->nmoves = 0;
	s->timed = false;
}

int
rp_add_simulated(struct rp_results *r, struct rp_arm *a, json_t *window,
    char message[RP_MESSAGE])
{
	struct rp_simulated *s;
	json_t *j, *time, *waits, *lines;

	if (get_object(window, "simulated", &j, message) != 0)
		return (-1);
	if (j == NULL)
		return (0);
	if (name_machine(rp_intern_machine(r), j, message) != 0 ||
	    get_object(j, "time", &time, message) != 0 ||
	    get_array(j, "waits", &waits, message) != 0 ||
	    get_array(j, "lines", &lines, message) != 0)
		return (-1);
	s = rp_intern_simulated(a);
	/* Of a window that was run again the last counts. */
	forget(s);
	if ((time != NULL && get_time(s, time, message) != 0) ||
	    (waits != NULL && get_waits(s, waits, message) != 0) ||
	    (lines != NULL && rp_get_moves(lines, &s->moves, &s->nmoves,
	    message) != 0))
		return (-1);
	return (0);
}

const struct rp_simulated *
rp_simulated(const struct rp_arm *a)
{
	static const struct rp_simulated nothing;

	return (a->simulated == NULL ? &nothing : a->simulated);
}

struct rp_simulated *
rp_intern_simulated(struct rp_arm *a)
{
	if (a->simulated == NULL) {
		a->simulated = rp_grow(NULL, 1, sizeof(*a->simulated));
		memset(a->simulated, 0, sizeof(*a->simulated));
	}
	return (a->simulated);
}

void
rp_simulated_free(struct rp_simulated *s)
{
	if (s == NULL)
		return;
	forget(s);
	free(s->settings);
	free(s);
}
