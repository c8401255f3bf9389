/*
 * The run as a data structure: finding, adding and ordering.  Read results.h
 * first; lines are parsed in line.c and files read in load.c.
 */
#include "results.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *
rp_grow(void *array, size_t n, size_t size)
{
	void *p = reallocarray(array, n, size);

	if (p == NULL)
		err(1, "report: no memory for %zu entries", n);
	return (p);
}

char *
rp_strdup(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		err(1, "report");
	return (p);
}

int
rp_impl_find(const struct rp_results *r, const char *name)
{
	for (unsigned i = 0; i < r->nimpls; i++)
		if (strcmp(r->impls[i].name, name) == 0)
			return ((int)i);
	return (-1);
}

int
rp_cell_find(const struct rp_results *r, const char *key)
{
	for (unsigned i = r->ncells; i-- > 0;)
		if (strcmp(r->cells[i].key, key) == 0)
			return ((int)i);
	return (-1);
}

const struct rp_arm *
rp_arm(const struct rp_cell *c, unsigned impl)
{
	static const struct rp_arm none;

	return (impl < c->narms ? &c->arms[impl] : &none);
}

struct rp_lock
rp_lock(const struct rp_arm *a, unsigned type)
{
	struct rp_lock none = { 0, 0, 0, 0 };

	return (type < a->nlocks ? a->locks[type] : none);
}

bool
rp_compared(const struct rp_cell *c)
{
	return (strcmp(c->workload, RP_PRIMITIVE) != 0);
}

/* Where a name stands in a list, or the list's length. */
static unsigned
place_in(const char *name, const char *const *list)
{
	unsigned i = 0;

	while (list[i] != NULL && strcmp(list[i], name) != 0)
		i++;
	return (i);
}

/*
 * The states of the story come first, in the order in which one leads to
 * the next, then whatever else there is by name, the floor and what is no
 * implementation.
 */
static int
impl_order(const void *a, const void *b)
{
	static const char *const story[] = { RP_BASELINE, "rwlock_vpo",
	    "rwlock_read", "sxbusy", "sxbusy_rlock", NULL };
	const struct rp_impl *x = a, *y = b;
	unsigned px = place_in(x->name, story), py = place_in(y->name, story);

	if (x->reference != y->reference)
		return (x->reference ? 1 : -1);
	if (x->null != y->null)
		return (x->null ? 1 : -1);
	if (px != py)
		return (px < py ? -1 : 1);
	return (strcmp(x->name, y->name));
}

/* The two locks of the story first: they lie at the foot of a stack. */
static int
lock_type_order(const void *a, const void *b)
{
	static const char *const story[] = { "vm object", "vm page", NULL };
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	unsigned px = place_in(x, story), py = place_in(y, story);

	if (px != py)
		return (px < py ? -1 : 1);
	return (strcmp(x, y));
}

static int
cell_order(const void *a, const void *b)
{
	static const char *const sharings[] = { "private", "shared", "same",
	    NULL };
	const struct rp_cell *x = a, *y = b;
	unsigned sx = place_in(x->sharing, sharings);
	unsigned sy = place_in(y->sharing, sharings);
	int d;

	if ((d = strcmp(x->workload, y->workload)) != 0 ||
	    (d = strcmp(x->variant, y->variant)) != 0)
		return (d);
	if (sx != sy)
		return (sx < sy ? -1 : 1);
	if ((d = strcmp(x->sharing, y->sharing)) != 0 ||
	    (d = strcmp(x->placement, y->placement)) != 0)
		return (d);
	if (x->home != y->home)
		return (x->home < y->home ? -1 : 1);
	return (x->threads < y->threads ? -1 : x->threads > y->threads);
}

static int
window_order(const void *a, const void *b)
{
	const struct rp_window *x = a, *y = b;

	return (x->round < y->round ? -1 : x->round > y->round);
}

/* Lay the locks of an arm out anew: the type that was at from[i] goes to i. */
static void
arrange_locks(struct rp_arm *a, const unsigned *from, unsigned n)
{
	struct rp_lock *locks;

	if (a->nlocks == 0)
		return;
	locks = rp_grow(NULL, n, sizeof(*locks));
	for (unsigned i = 0; i < n; i++)
		locks[i] = rp_lock(a, from[i]);
	free(a->locks);
	a->locks = locks;
	a->nlocks = n;
}

/* The same for the arms of a cell. */
static void
arrange_arms(struct rp_cell *c, const unsigned *from, unsigned n)
{
	struct rp_arm *arms = rp_grow(NULL, n + 1, sizeof(*arms));

	for (unsigned i = 0; i < n; i++)
		arms[i] = *rp_arm(c, from[i]);
	free(c->arms);
	c->arms = arms;
	c->narms = n;
}

static void
arrange_lock_types(struct rp_results *r)
{
	unsigned n = r->nlock_types;
	char **old = rp_grow(NULL, n + 1, sizeof(*old));
	unsigned *from = rp_grow(NULL, n + 1, sizeof(*from));

	memcpy(old, r->lock_types, n * sizeof(*old));
	qsort(r->lock_types, n, sizeof(*old), lock_type_order);
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < n; j++)
			if (old[j] == r->lock_types[i])
				from[i] = j;
	for (unsigned c = 0; c < r->ncells; c++)
		for (unsigned a = 0; a < r->cells[c].narms; a++)
			arrange_locks(&r->cells[c].arms[a], from, n);
	free(from);
	free(old);
}

static void
arrange_impls(struct rp_results *r)
{
	unsigned n = r->nimpls;
	struct rp_impl *old = rp_grow(NULL, n + 1, sizeof(*old));
	unsigned *from = rp_grow(NULL, n + 1, sizeof(*from));

	memcpy(old, r->impls, n * sizeof(*old));
	qsort(r->impls, n, sizeof(*old), impl_order);
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < n; j++)
			if (old[j].name == r->impls[i].name)
				from[i] = j;
	for (unsigned c = 0; c < r->ncells; c++)
		arrange_arms(&r->cells[c], from, n);
	free(from);
	free(old);
}

/* The parts of a cell that tell it from others, in the order of its key. */
static char *
short_name(const struct rp_cell *c, bool placements, bool homes)
{
	bool variant = strcmp(c->variant, "-") != 0;
	char home[32] = "", *name;
	size_t size;
	FILE *f = open_memstream(&name, &size);

	if (f == NULL)
		err(1, "report");
	if (homes)
		snprintf(home, sizeof(home), "/home=%d", c->home);
	fprintf(f, "%s%s%s/%s/t%u%s%s%s", c->workload, variant ? "/" : "",
	    variant ? c->variant : "", c->sharing, c->threads,
	    placements ? "/" : "", placements ? c->placement : "", home);
	if (fclose(f) != 0)
		err(1, "report");
	return (name);
}

void
rp_arrange(struct rp_results *r)
{
	bool placements = false, homes = false;

	if (r->nlock_types > 0)
		arrange_lock_types(r);
	if (r->ncells == 0)
		return;
	arrange_impls(r);
	qsort(r->cells, r->ncells, sizeof(*r->cells), cell_order);
	for (unsigned i = 1; i < r->ncells; i++) {
		placements |= strcmp(r->cells[i].placement,
		    r->cells[0].placement) != 0;
		homes |= r->cells[i].home != r->cells[0].home;
	}
	for (unsigned i = 0; i < r->ncells; i++) {
		struct rp_cell *c = &r->cells[i];

		c->name = short_name(c, placements, homes);
		for (unsigned j = 0; j < c->narms; j++)
			if (c->arms[j].nwindows > 1)
				qsort(c->arms[j].windows, c->arms[j].nwindows,
				    sizeof(struct rp_window), window_order);
	}
}

static void
free_cell(struct rp_cell *c)
{
	for (unsigned i = 0; i < c->narms; i++) {
		free(c->arms[i].windows);
		free(c->arms[i].why);
		free(c->arms[i].locks);
	}
	free(c->arms);
	free(c->key);
	free(c->name);
	free(c->workload);
	free(c->variant);
	free(c->sharing);
	free(c->placement);
}

void
rp_free(struct rp_results *r)
{
	for (unsigned i = 0; i < r->ncells; i++)
		free_cell(&r->cells[i]);
	for (unsigned i = 0; i < r->nimpls; i++)
		free(r->impls[i].name);
	for (unsigned i = 0; i < r->nlock_types; i++)
		free(r->lock_types[i]);
	free(r->cells);
	free(r->impls);
	free(r->lock_types);
	free(r->folder);
	json_decref(r->run);
	json_decref(r->environment);
	memset(r, 0, sizeof(*r));
}
