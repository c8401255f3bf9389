/*
 * Putting a run in order, once all its lines are in: implementations, lock
 * types, cells, windows.  Read results.h first.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "results.h"

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
 * the next, then whatever else there is by name, the floor, A/A copies and
 * what is no implementation.
 */
static int
impl_order(const void *a, const void *b)
{
	static const char *const story[] = { "giant", "vm_mtx", RP_BASELINE,
	    "rwlock_vpo", "rwlock_read", "sxbusy", "sxbusy_rlock", NULL };
	const struct rp_impl *x = a, *y = b;
	unsigned px = place_in(x->name, story), py = place_in(y->name, story);

	if (x->reference != y->reference)
		return (x->reference ? 1 : -1);
	if ((x->again < 0) != (y->again < 0))
		return (x->again < 0 ? -1 : 1);
	if (x->null != y->null)
		return (x->null ? 1 : -1);
	if (px != py)
		return (px < py ? -1 : 1);
	return (strcmp(x->name, y->name));
}

/* The locks of the story first: they lie at the foot of a stack. */
static int
lock_type_order(const void *a, const void *b)
{
	static const char *const story[] = { "vm object", "vm page", "vm_mtx",
	    "Giant", NULL };
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

/* What an A/A copy is a copy of, or -1. */
static int
original(const struct rp_results *r, const char *name)
{
	size_t suffix = strlen(RP_AGAIN), n = strlen(name);
	int i = -1;
	char *of;

	if (n <= suffix || strcmp(name + n - suffix, RP_AGAIN) != 0)
		return (-1);
	of = rp_strdup(name);
	of[n - suffix] = '\0';
	i = rp_impl_find(r, of);
	free(of);
	return (i);
}

static void
find_copies(struct rp_results *r)
{
	for (unsigned i = 0; i < r->nimpls; i++)
		r->impls[i].again = original(r, r->impls[i].name);
}

/* Where the repeated blocks' implementations went. */
static void
arrange_repeats(struct rp_results *r, const unsigned *from)
{
	for (unsigned i = 0; i < r->nrepeats; i++) {
		unsigned to = 0;

		while (from[to] != r->repeats[i].impl)
			to++;
		r->repeats[i].impl = to;
	}
}

static void
arrange_impls(struct rp_results *r)
{
	unsigned n = r->nimpls;
	struct rp_impl *old = rp_grow(NULL, n + 1, sizeof(*old));
	unsigned *from = rp_grow(NULL, n + 1, sizeof(*from));

	find_copies(r);
	memcpy(old, r->impls, n * sizeof(*old));
	qsort(r->impls, n, sizeof(*old), impl_order);
	for (unsigned i = 0; i < n; i++)
		for (unsigned j = 0; j < n; j++)
			if (old[j].name == r->impls[i].name)
				from[i] = j;
	for (unsigned c = 0; c < r->ncells; c++)
		arrange_arms(&r->cells[c], from, n);
	arrange_repeats(r, from);
	find_copies(r);
	free(from);
	free(old);
}

/* The last process that has a window of a round, in any arm. */
static unsigned
last_process(const struct rp_cell *c, unsigned round)
{
	unsigned process = 0;

	for (unsigned i = 0; i < c->narms; i++)
		for (unsigned j = 0; j < c->arms[i].nwindows; j++) {
			const struct rp_window *w = &c->arms[i].windows[j];

			if (w->round == round && w->process > process)
				process = w->process;
		}
	return (process);
}

/*
 * A block that a process was killed in was run again by the next: drop what
 * the first one had of it, or a round would be torn over two processes.
 */
static void
drop_replaced(struct rp_cell *c)
{
	for (unsigned i = 0; i < c->narms; i++) {
		struct rp_arm *a = &c->arms[i];
		unsigned n = 0;

		for (unsigned j = 0; j < a->nwindows; j++)
			if (a->windows[j].process ==
			    last_process(c, a->windows[j].round))
				a->windows[n++] = a->windows[j];
		a->nwindows = n;
	}
}

static void
arrange_windows(struct rp_cell *c)
{
	for (unsigned i = 0; i < c->narms; i++)
		if (c->arms[i].nwindows > 1)
			qsort(c->arms[i].windows, c->arms[i].nwindows,
			    sizeof(struct rp_window), window_order);
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
		c->by_process = rp_replicate(r) == RP_PROCESSES;
		if (r->nprocesses > 1)
			drop_replaced(c);
		arrange_windows(c);
	}
}
