/*
 * One line of rounds.jsonl, made part of the run.  Read docs/DATA.md for the
 * fields, results.h for where they go.
 *
 * Each field that is used is checked for presence, type and range; a window
 * that is measured twice is an error, for the pairing by round would be
 * ambiguous.
 */
#include "results.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define	ROUNDS_MAX	1000000	/* of a run: bounds what a bad line can do */
#define	THREADS_MAX	1000000

/* What the fields of a window say, before it has a place. */
struct line {
	const char	*workload, *variant, *sharing, *placement;
	const char	*cell, *impl, *flavour, *status, *why;
	unsigned	threads, round;
	int		home;
};

static int	failf(char message[RP_MESSAGE], const char *format, ...)
		    __attribute__((format(printf, 2, 3)));

static int
failf(char message[RP_MESSAGE], const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(message, RP_MESSAGE, format, ap);
	va_end(ap);
	return (-1);
}

/*
 * A string field.  Control characters are refused: a tab or newline in a name
 * would tear the tables that are written from it.
 */
static int
get_string(json_t *line, const char *field, const char **value, char *message)
{
	json_t *v = json_object_get(line, field);

	*value = json_string_value(v);
	if (*value == NULL)
		return (failf(message, "field \"%s\" is %s", field,
		    v == NULL ? "missing" : "no string"));
	for (const char *s = *value; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return (failf(message, "field \"%s\" holds a control "
			    "character", field));
	return (0);
}

/* A number of at least min and at most max. */
static int
get_number(json_t *line, const char *field, double min, double max,
    double *value, char *message)
{
	json_t *v = json_object_get(line, field);

	if (!json_is_number(v))
		return (failf(message, "field \"%s\" is %s", field,
		    v == NULL ? "missing" : "no number"));
	*value = json_number_value(v);
	if (!(*value >= min && *value <= max))
		return (failf(message, "field \"%s\" is %g, which is not in "
		    "%g to %g", field, *value, min, max));
	return (0);
}

static int
get_fields(json_t *j, struct line *l, char *message)
{
	double threads, round, home;

	if (get_string(j, "workload", &l->workload, message) != 0 ||
	    get_string(j, "variant", &l->variant, message) != 0 ||
	    get_string(j, "sharing", &l->sharing, message) != 0 ||
	    get_string(j, "placement", &l->placement, message) != 0 ||
	    get_string(j, "cell", &l->cell, message) != 0 ||
	    get_string(j, "impl", &l->impl, message) != 0 ||
	    get_string(j, "flavour", &l->flavour, message) != 0 ||
	    get_string(j, "status", &l->status, message) != 0 ||
	    get_number(j, "threads", 1, THREADS_MAX, &threads, message) != 0 ||
	    get_number(j, "round", 0, ROUNDS_MAX, &round, message) != 0 ||
	    get_number(j, "home", -1, THREADS_MAX, &home, message) != 0)
		return (-1);
	l->threads = (unsigned)threads;
	l->round = (unsigned)round;
	l->home = (int)home;
	if (strcmp(l->status, "ok") == 0)
		return (0);
	if (strcmp(l->status, "skip") != 0 && strcmp(l->status, "failed") != 0)
		return (failf(message, "status \"%.64s\" is none of ok, skip, "
		    "failed", l->status));
	return (get_string(j, "why", &l->why, message));
}

static unsigned
intern_impl(struct rp_results *r, const char *name)
{
	int i = rp_impl_find(r, name);

	if (i >= 0)
		return ((unsigned)i);
	r->impls = rp_grow(r->impls, r->nimpls + 1, sizeof(*r->impls));
	r->impls[r->nimpls] = (struct rp_impl){ .name = rp_strdup(name),
	    .reference = strcmp(name, RP_REFERENCE) == 0,
	    .null = strcmp(name, "null") == 0 };
	return (r->nimpls++);
}

static unsigned
intern_lock_type(struct rp_results *r, const char *name)
{
	for (unsigned i = 0; i < r->nlock_types; i++)
		if (strcmp(r->lock_types[i], name) == 0)
			return (i);
	r->lock_types = rp_grow(r->lock_types, r->nlock_types + 1,
	    sizeof(*r->lock_types));
	r->lock_types[r->nlock_types] = rp_strdup(name);
	return (r->nlock_types++);
}

/*
 * The cell's own name does not hold the home domain, yet a sweep over homes
 * must not be mixed: the key does.
 */
static struct rp_cell *
intern_cell(struct rp_results *r, const struct line *l)
{
	struct rp_cell *c;
	char key[RP_MESSAGE];
	int i;

	snprintf(key, sizeof(key), "%s/home=%d", l->cell, l->home);
	if ((i = rp_cell_find(r, key)) >= 0)
		return (&r->cells[i]);
	r->cells = rp_grow(r->cells, r->ncells + 1, sizeof(*r->cells));
	c = &r->cells[r->ncells++];
	*c = (struct rp_cell){ .key = rp_strdup(key),
	    .workload = rp_strdup(l->workload),
	    .variant = rp_strdup(l->variant),
	    .sharing = rp_strdup(l->sharing),
	    .placement = rp_strdup(l->placement),
	    .threads = l->threads, .home = l->home };
	if (l->threads > r->threads_max)
		r->threads_max = l->threads;
	return (c);
}

static struct rp_arm *
arm_of(struct rp_cell *c, unsigned impl)
{
	if (impl >= c->narms) {
		c->arms = rp_grow(c->arms, impl + 1, sizeof(*c->arms));
		memset(&c->arms[c->narms], 0,
		    (impl + 1 - c->narms) * sizeof(*c->arms));
		c->narms = impl + 1;
	}
	return (&c->arms[impl]);
}

static struct rp_lock *
lock_of(struct rp_arm *a, unsigned type)
{
	if (type >= a->nlocks) {
		a->locks = rp_grow(a->locks, type + 1, sizeof(*a->locks));
		memset(&a->locks[a->nlocks], 0,
		    (type + 1 - a->nlocks) * sizeof(*a->locks));
		a->nlocks = type + 1;
	}
	return (&a->locks[type]);
}

static int
add_lock(struct rp_results *r, struct rp_arm *a, json_t *j, char *message)
{
	struct rp_lock l, *sum;
	const char *type;

	if (get_string(j, "type", &type, message) != 0 ||
	    get_number(j, "acquired", 0, HUGE_VAL, &l.acquired,
	    message) != 0 ||
	    get_number(j, "contended", 0, HUGE_VAL, &l.contended,
	    message) != 0 ||
	    get_number(j, "wait_ns", 0, HUGE_VAL, &l.wait_ns, message) != 0 ||
	    get_number(j, "hold_ns", 0, HUGE_VAL, &l.hold_ns, message) != 0)
		return (-1);
	sum = lock_of(a, intern_lock_type(r, type));
	sum->acquired += l.acquired;
	sum->contended += l.contended;
	sum->wait_ns += l.wait_ns;
	sum->hold_ns += l.hold_ns;
	return (0);
}

static int
add_stats(struct rp_results *r, struct rp_arm *a, const struct line *l,
    json_t *j, char *message)
{
	json_t *locks = json_object_get(j, "locks"), *lock;
	double ops, window_ns;
	size_t i;

	if (get_number(j, "ops", 0, HUGE_VAL, &ops, message) != 0 ||
	    get_number(j, "window_ns", 1, HUGE_VAL, &window_ns, message) != 0)
		return (-1);
	if (!json_is_array(locks))
		return (failf(message, "a stats window without \"locks\""));
	json_array_foreach(locks, i, lock)
		if (add_lock(r, a, lock, message) != 0)
			return (-1);
	a->stats_ops += ops;
	a->stats_thread_ns += window_ns * l->threads;
	return (0);
}

/*
 * Operations of the thread that did least over those of the one that did most;
 * NAN where one thread, or a line without thread_ops, has nothing to compare.
 */
static double
fairness(json_t *j)
{
	json_t *ops = json_object_get(j, "thread_ops"), *v;
	double least = HUGE_VAL, most = 0;
	size_t i;

	if (json_array_size(ops) < 2)
		return (NAN);
	json_array_foreach(ops, i, v) {
		least = fmin(least, json_number_value(v));
		most = fmax(most, json_number_value(v));
	}
	return (most > 0 ? least / most : NAN);
}

static int
add_bench(struct rp_results *r, struct rp_arm *a, const struct line *l,
    json_t *j, char *message)
{
	struct rp_quality *q = &r->quality;
	double rate, overlap, skew, retried = 0;

	if (get_number(j, "ops_per_s_total", 0, HUGE_VAL, &rate,
	    message) != 0 ||
	    get_number(j, "overlap", -1, 1, &overlap, message) != 0 ||
	    get_number(j, "start_skew_ns", 0, HUGE_VAL, &skew,
	    message) != 0 ||
	    (json_object_get(j, "retried") != NULL && get_number(j,
	    "retried", 0, ROUNDS_MAX, &retried, message) != 0))
		return (-1);
	for (unsigned i = 0; i < a->nwindows; i++)
		if (a->windows[i].round == l->round)
			return (failf(message, "%.200s of %.64s has two "
			    "windows in round %u", l->cell, l->impl,
			    l->round));
	a->windows = rp_grow(a->windows, a->nwindows + 1, sizeof(*a->windows));
	a->windows[a->nwindows++] = (struct rp_window){ l->round, rate,
	    fairness(j) };
	q->overlap_min = q->windows == 0 ? overlap :
	    fmin(q->overlap_min, overlap);
	q->start_skew_ns_max = fmax(q->start_skew_ns_max, skew);
	q->low_overlap += overlap < RP_OVERLAP_LOW;
	q->retried += (unsigned)retried;
	q->windows++;
	return (0);
}

static int
add_window(struct rp_results *r, json_t *j, char *message)
{
	struct line l = { .why = NULL };
	struct rp_arm *a;
	bool bench;

	if (get_fields(j, &l, message) != 0)
		return (-1);
	bench = strcmp(l.flavour, "bench") == 0;
	if (!bench && strcmp(l.flavour, "stats") != 0)
		return (0);
	if (l.round >= r->rounds)
		r->rounds = l.round + 1;
	a = arm_of(intern_cell(r, &l), intern_impl(r, l.impl));
	if (l.why == NULL)
		return (bench ? add_bench(r, a, &l, j, message) :
		    add_stats(r, a, &l, j, message));
	/* That a unit cannot run a stats window says nothing of its speed. */
	if (!bench && strcmp(l.status, "skip") == 0)
		return (0);
	if (strcmp(l.status, "failed") == 0) {
		a->failed++;
		r->failed++;
	} else
		a->skipped++;
	/* A failure is never hidden behind a skip. */
	if (a->why == NULL || strcmp(l.status, "failed") == 0) {
		free(a->why);
		a->why = rp_strdup(l.why);
	}
	return (0);
}

int
rp_add(struct rp_results *r, json_t *line, char message[RP_MESSAGE])
{
	const char *kind;
	double schema;

	if (!json_is_object(line))
		return (failf(message, "not a JSON object"));
	if (get_string(line, "kind", &kind, message) != 0)
		return (-1);
	/* Only what is read is checked: unknown kinds are for others. */
	if (json_object_get(line, "schema") != NULL && (get_number(line,
	    "schema", RP_SCHEMA, RP_SCHEMA, &schema, message) != 0))
		return (-1);
	if (strcmp(kind, "window") == 0)
		return (add_window(r, line, message));
	if (strcmp(kind, "end") == 0)
		r->ended = true;
	if (strcmp(kind, "run") == 0 && r->run == NULL)
		r->run = json_incref(line);
	return (0);
}
