/*
 * Waiting for locks, from the stats windows.  Read compare.h first.
 *
 * These windows are measured apart: counting costs time, so their throughput
 * is not compared, and what they say of waiting is a share, not a speed.
 */
#include "compare.h"

#include <stdlib.h>
#include <string.h>

static struct rp_waiting
waiting_of(const struct rp_arm *a, const struct rp_lock *sum)
{
	struct rp_waiting w = { .measured = a->failed == 0 &&
	    a->stats_ops > 0 && a->stats_thread_ns > 0 };

	if (!w.measured)
		return (w);
	w.acquired_per_op = sum->acquired / a->stats_ops;
	w.contended = sum->acquired > 0 ? sum->contended / sum->acquired : 0;
	w.wait_ns_per_op = sum->wait_ns / a->stats_ops;
	w.hold_ns_per_op = sum->hold_ns / a->stats_ops;
	w.wait_ns_each = sum->contended > 0 ? sum->wait_ns / sum->contended :
	    0;
	w.wait_share = sum->wait_ns / a->stats_thread_ns;
	return (w);
}

struct rp_waiting
rp_waiting(const struct rp_results *r, const struct rp_cell *c, int impl,
    int type)
{
	const struct rp_arm *a = rp_arm(c, impl < 0 ? c->narms :
	    (unsigned)impl);
	unsigned first = type < 0 ? 0 : (unsigned)type;
	unsigned end = type < 0 ? r->nlock_types : first + 1;
	struct rp_lock sum = { 0, 0, 0, 0 };

	for (unsigned i = first; i < end; i++) {
		struct rp_lock l = rp_lock(a, i);

		sum.acquired += l.acquired;
		sum.contended += l.contended;
		sum.wait_ns += l.wait_ns;
		sum.hold_ns += l.hold_ns;
	}
	return (waiting_of(a, &sum));
}

struct rp_waiting
rp_waiting_named(const struct rp_cell *c, unsigned impl, unsigned name)
{
	const struct rp_arm *a = rp_arm(c, impl);
	struct rp_lock none = { 0, 0, 0, 0 };

	return (waiting_of(a, name < a->nnamed ? &a->named[name] : &none));
}

struct rp_estimate
rp_counting_cost(const struct rp_results *r)
{
	double *values = rp_grow(NULL, (size_t)r->ncells * r->nimpls + 1,
	    sizeof(*values));
	struct rp_estimate e;
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++)
		for (unsigned j = 0; j < r->nimpls; j++) {
			const struct rp_cell *c = &r->cells[i];
			const struct rp_arm *a = rp_arm(c, j);
			double rate = rp_rate(c, (int)j).median;

			if (rp_compared(c) && !r->impls[j].null &&
			    a->stats_ops > 0 && rate > 0)
				values[n++] = rate * a->stats_thread_ns /
				    c->threads / a->stats_ops / 1e9;
		}
	e = rp_estimate(values, n);
	free(values);
	return (e);
}

struct rank {
	unsigned	cell;
	double		share;
};

static int
rank_order(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->share > y->share)
		return (-1);
	if (x->share < y->share)
		return (1);
	return (x->cell < y->cell ? -1 : x->cell > y->cell);
}

/* The longest that anyone waits in a cell, but null and what is older. */
static double
longest_share(const struct rp_results *r, const struct rp_cell *c)
{
	double longest = 0;

	for (unsigned i = 0; i < r->nimpls; i++) {
		struct rp_waiting w = rp_waiting(r, c, (int)i, -1);

		if (!r->impls[i].null && !r->impls[i].older && w.measured &&
		    w.wait_share > longest)
			longest = w.wait_share;
	}
	return (longest);
}

unsigned
rp_most_waiting(const struct rp_results *r, unsigned *cells, unsigned max)
{
	struct rank *ranks = rp_grow(NULL, r->ncells + 1, sizeof(*ranks));
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++) {
		double share = longest_share(r, &r->cells[i]);

		if (!rp_compared(&r->cells[i]) || share < RP_WAIT_LOW)
			continue;
		/* Cells of a workload lie together: the last rank is its. */
		if (n == 0 || strcmp(r->cells[ranks[n - 1].cell].workload,
		    r->cells[i].workload) != 0)
			ranks[n++] = (struct rank){ i, share };
		else if (share > ranks[n - 1].share)
			ranks[n - 1] = (struct rank){ i, share };
	}
	qsort(ranks, n, sizeof(*ranks), rank_order);
	if (n > max)
		n = max;
	for (unsigned i = 0; i < n; i++)
		cells[i] = ranks[i].cell;
	free(ranks);
	return (n);
}
