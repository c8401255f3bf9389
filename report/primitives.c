/*
 * The table of primitives and the bars it is held against.  Read compare.h.
 *
 * A bar compares two rows of the table round by round, as cells are compared.
 * The implementation it is read from is fixed here, before any run: sxbusy,
 * the design under study, and null for the cost of the harness.
 */
#include "replicate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct bar {
	const char	*name, *unit;
	double		limit;
	const char	*row, *impl;	/* what is held against the bar */
	const char	*reference;	/* row of RP_REFERENCE */
	bool		difference;	/* in ns, instead of a ratio */
} bars_defined[RP_BARS] = {
	{ "xbusy pair / cas_pair", "x", 1.25, "xbusy", "sxbusy", "cas_pair",
	    false },
	{ "sbusy pair / cas_pair", "x", 1.25, "sbusy", "sxbusy", "cas_pair",
	    false },
	{ "mtx pair / pthread_mutex pair", "x", 1, "mtx", "sxbusy",
	    "pthread_mutex", false },
	{ "rw_rd pair / pthread_rwlock_rd pair", "x", 0.6, "rw_rd", "sxbusy",
	    "pthread_rwlock_rd", false },
	{ "null empty - empty_loop", "ns", 3, "empty", "null", "empty_loop",
	    true },
};

const struct rp_cell *
rp_primitive(const struct rp_results *r, const char *row)
{
	for (unsigned i = 0; i < r->ncells; i++)
		if (!rp_compared(&r->cells[i]) &&
		    r->cells[i].threads == 1 &&
		    strcmp(r->cells[i].variant, row) == 0)
			return (&r->cells[i]);
	return (NULL);
}

/* The rate of an arm in a round, 0 if it was not measured in it. */
static double
rate_in(const struct rp_arm *a, unsigned round)
{
	for (unsigned i = 0; i < a->nwindows; i++)
		if (a->windows[i].round == round)
			return (a->windows[i].ops_per_s_total);
	return (0);
}

static struct rp_estimate
measure(const struct bar *b, const struct rp_arm *arm,
    const struct rp_arm *reference, bool by_process)
{
	struct rp_value *values = rp_grow(NULL, arm->nwindows + 1,
	    sizeof(*values));
	double *out = rp_grow(NULL, arm->nwindows + 1, sizeof(*out));
	struct rp_estimate e;
	unsigned n = 0;

	for (unsigned i = 0; i < arm->nwindows; i++) {
		double rate = arm->windows[i].ops_per_s_total;
		double ref = rate_in(reference, arm->windows[i].round);

		if (rate <= 0 || ref <= 0)
			continue;
		values[n++] = (struct rp_value){ arm->windows[i].process,
		    b->difference ? 1e9 / rate - 1e9 / ref : ref / rate };
	}
	e = rp_estimate(out, rp_reduce(values, n, by_process, out));
	free(values);
	free(out);
	return (e);
}

static struct rp_estimate
bar_value(const struct rp_results *r, const struct bar *b)
{
	const struct rp_cell *row = rp_primitive(r, b->row);
	const struct rp_cell *ref = rp_primitive(r, b->reference);
	int impl = rp_impl_find(r, b->impl);
	int reference = rp_impl_find(r, RP_REFERENCE);
	const struct rp_arm *x, *y;

	if (row == NULL || ref == NULL || impl < 0 || reference < 0)
		return (rp_estimate(NULL, 0));
	x = rp_arm(row, (unsigned)impl);
	y = rp_arm(ref, (unsigned)reference);
	if (x->failed > 0 || y->failed > 0)
		return (rp_estimate(NULL, 0));
	return (measure(b, x, y, row->by_process));
}

struct rp_estimate
rp_reader_floor(const struct rp_results *r)
{
	static const struct bar floor = { .row = "cas_pair",
	    .reference = "pthread_rwlock_rd", .impl = RP_REFERENCE };

	return (bar_value(r, &floor));
}

void
rp_bars(const struct rp_results *r, struct rp_bar bars[RP_BARS])
{
	for (unsigned i = 0; i < RP_BARS; i++)
		bars[i] = (struct rp_bar){ .name = bars_defined[i].name,
		    .unit = bars_defined[i].unit,
		    .limit = bars_defined[i].limit,
		    .value = bar_value(r, &bars_defined[i]) };
}

double
rp_no_minus(double v)
{
	return (fabs(v) < 0.005 ? 0 : v);
}

const char *
rp_bar_outcome(const struct rp_bar *b)
{
	if (b->value.n == 0)
		return ("not measured");
	return (b->value.median <= b->limit ? "met" : "not met");
}
