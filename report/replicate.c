/*
 * From windows to replicates.  Read replicate.h first.
 */
#include "replicate.h"

#include <math.h>
#include <stdlib.h>

const struct rp_arm *
rp_arm_at(const struct rp_cell *c, int impl)
{
	return (rp_arm(c, impl < 0 ? c->narms : (unsigned)impl));
}

enum rp_verdict
rp_arm_verdict(const struct rp_arm *a)
{
	if (a->failed > 0)
		return (RP_FAILED);
	if (a->nwindows == 0)
		return (a->skipped > 0 ? RP_SKIPPED : RP_ABSENT);
	return (RP_UNRESOLVED);
}

unsigned
rp_pair_windows(const struct rp_arm *impl, const struct rp_arm *base,
    struct rp_value *values)
{
	unsigned i = 0, j = 0, n = 0;

	while (i < impl->nwindows && j < base->nwindows) {
		const struct rp_window *a = &impl->windows[i];
		const struct rp_window *b = &base->windows[j];

		if (a->round == b->round && (a->ops_per_s_total > 0 ||
		    b->ops_per_s_total > 0))
			values[n++] = (struct rp_value){ a->process,
			    log(a->ops_per_s_total) -
			    log(b->ops_per_s_total) };
		i += a->round <= b->round;
		j += b->round <= a->round;
	}
	return (n);
}

static int
process_order(const void *a, const void *b)
{
	const struct rp_value *x = a, *y = b;

	return (x->process < y->process ? -1 : x->process > y->process);
}

unsigned
rp_reduce(const struct rp_value *values, unsigned n, bool by_process,
    double *out)
{
	struct rp_value *sorted;
	double *of_one;
	unsigned nout = 0, m = 0;

	for (unsigned i = 0; i < n; i++)
		out[i] = values[i].value;
	if (!by_process || n == 0)
		return (n);
	sorted = rp_grow(NULL, n, sizeof(*sorted));
	of_one = rp_grow(NULL, n, sizeof(*of_one));
	for (unsigned i = 0; i < n; i++)
		sorted[i] = values[i];
	qsort(sorted, n, sizeof(*sorted), process_order);
	for (unsigned i = 0; i < n; i++) {
		of_one[m++] = sorted[i].value;
		if (i + 1 < n && sorted[i + 1].process == sorted[i].process)
			continue;
		out[nout++] = rp_estimate(of_one, m).median;
		m = 0;
	}
	free(of_one);
	free(sorted);
	return (nout);
}

unsigned
rp_paired_logs(const struct rp_cell *c, int impl, int base, double *values)
{
	const struct rp_arm *a = rp_arm_at(c, impl);
	struct rp_value *pairs = rp_grow(NULL, a->nwindows + 1,
	    sizeof(*pairs));
	unsigned n = rp_pair_windows(a, rp_arm_at(c, base), pairs);

	n = rp_reduce(pairs, n, c->by_process, values);
	free(pairs);
	return (n);
}
