/*
 * RESULTS.md: what keeps the cells from telling more than they do.
 * Read output.h first.
 */
#include "output.h"

#include <math.h>
#include <string.h>

/* The cell that differs from c in running one thread only, or NULL. */
static const struct rp_cell *
one_thread(const struct rp_results *r, const struct rp_cell *c)
{
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_cell *o = &r->cells[i];

		if (o->threads == 1 && o->home == c->home &&
		    strcmp(o->workload, c->workload) == 0 &&
		    strcmp(o->variant, c->variant) == 0 &&
		    strcmp(o->sharing, c->sharing) == 0)
			return (o);
	}
	return (NULL);
}

/*
 * Does nothing shared and nothing locked still do less on more threads, by
 * more than the intervals of both?  Then
 * something that all implementations have in common is in the way.
 */
static bool
held_back(const struct rp_results *r, const struct rp_cell *c, unsigned null)
{
	const struct rp_cell *one = one_thread(r, c);
	unsigned pus = rp_processors(r);

	/* Threads that take turns do less for that reason alone. */
	if (one == NULL || one == c || !rp_compared(c) ||
	    (pus > 0 && c->threads > pus))
		return (false);
	/* Without an interval, lo and hi are NAN: not known, not said. */
	return (rp_rate(c, (int)null).hi < rp_rate(one, (int)null).lo);
}

void
rp_md_limits(FILE *f, const struct rp_results *r)
{
	unsigned null = 0, n = 0;

	while (null < r->nimpls && !r->impls[null].null)
		null++;
	for (unsigned i = 0; null < r->nimpls && i < r->ncells; i++)
		if (held_back(r, &r->cells[i], null))
			fprintf(f, "%s`%s`", n++ == 0 ? "- More threads do "
			    "less than one, even with nothing shared between "
			    "them and in `null`, in: " : ", ",
			    r->cells[i].name);
	if (n > 0)
		fprintf(f, ". What all implementations have in common (the "
		    "global pv lock, queues of free and of used pages) limits "
		    "these cells and hides part of what the designs differ "
		    "in.\n");
}
