/*
 * Verdicts: contrasts with Holm's correction, noise floor and detectable
 * effect.  docs/METHOD.md says how and why; read compare.h first.
 *
 * A pair of implementations is judged in all cells at once, because the
 * correction goes over them, and is then kept: every verdict of a report comes
 * from here.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "replicate.h"

/* A pair of implementations, and its contrast in each cell of the run. */
struct rp_pairs {
	struct rp_pairs	*next;
	int		impl, base;
	unsigned	family;		/* cells that are corrected for */
	struct rp_contrast *contrasts;	/* by cell */
};

/* The contrast of one cell, before it is known how many others there are. */
static struct rp_contrast
measure(const struct rp_cell *c, int impl, int base)
{
	const struct rp_arm *a = rp_arm_at(c, impl), *b = rp_arm_at(c, base);
	struct rp_contrast k = { .verdict = rp_arm_verdict(a), .why = a->why,
	    .p = NAN, .p_holm = NAN, .floor = NAN, .mde = NAN };
	double *values;
	unsigned n;

	k.log_ratio = rp_estimate(NULL, 0);
	if (k.verdict != RP_UNRESOLVED)
		return (k);
	k.why = NULL;
	k.verdict = RP_NO_BASE;
	if (rp_arm_verdict(b) != RP_UNRESOLVED)
		return (k);
	values = rp_grow(NULL, a->nwindows, sizeof(*values));
	n = rp_paired_logs(c, impl, base, values);
	k.verdict = n == 0 ? RP_ABSENT : RP_UNRESOLVED;
	if (n > 0)
		k.p = rp_sign_p(values, n);
	k.log_ratio = rp_estimate(values, n);
	free(values);
	return (k);
}

/* What a pair of a cell would resolve at a level; NAN if n is too small. */
static double
detectable(const struct rp_cell *c, int impl, int base, double alpha,
    double floor)
{
	double *values, d = NAN;

	if (impl < 0)
		return (NAN);
	values = rp_grow(NULL, rp_arm_at(c, impl)->nwindows + 1,
	    sizeof(*values));
	d = rp_detectable(values, rp_paired_logs(c, impl, base, values),
	    alpha, floor);
	free(values);
	return (d);
}

/* The A/A copy of the baseline, and what it is a copy of; -1 if none. */
static int
find_copy(const struct rp_results *r, int *of)
{
	for (unsigned i = 0; i < r->nimpls; i++)
		if (r->impls[i].again >= 0) {
			*of = r->impls[i].again;
			return ((int)i);
		}
	return (*of = -1);
}

double
rp_noise_floor(const struct rp_results *r, const struct rp_cell *c)
{
	struct rp_estimate e;
	int of, copy = find_copy(r, &of);

	if (copy < 0)
		return (NAN);
	e = measure(c, copy, of).log_ratio;
	return (e.bounded ? fmax(fabs(e.lo), fabs(e.hi)) : NAN);
}

/* Smallest effect the cell would have resolved, as a fraction. */
static double
smallest_effect(const struct rp_cell *c, const struct rp_pairs *pair,
    double floor, int copy, int of)
{
	/* A primitive's p-value is not corrected; a run may have no other. */
	double alpha = rp_compared(c) ? RP_ALPHA / pair->family : RP_ALPHA;
	double own = detectable(c, pair->impl, pair->base, alpha, floor);

	/* fmax() passes over NAN: without an A/A arm it is the pair's own. */
	return (isnan(own) ? NAN : expm1(fmax(own, detectable(c, copy, of,
	    alpha, floor))));
}

static enum rp_verdict
judge(const struct rp_contrast *k)
{
	if (!k->log_ratio.bounded)
		return (RP_FEW);
	if (k->p_holm > RP_ALPHA || (!isnan(k->floor) &&
	    fabs(k->log_ratio.median) <= k->floor))
		return (RP_UNRESOLVED);
	return (k->log_ratio.median > 0 ? RP_FASTER : RP_SLOWER);
}

/* Correct over the cells, then judge each. */
static void
judge_all(const struct rp_results *r, struct rp_pairs *pair)
{
	double *p = rp_grow(NULL, r->ncells + 1, sizeof(*p));
	int of, copy = find_copy(r, &of);

	for (unsigned i = 0; i < r->ncells; i++)
		p[i] = rp_compared(&r->cells[i]) ? pair->contrasts[i].p : NAN;
	pair->family = rp_holm(p, r->ncells);
	for (unsigned i = 0; i < r->ncells; i++) {
		struct rp_contrast *k = &pair->contrasts[i];
		const struct rp_cell *c = &r->cells[i];

		/* Rows of the table of primitives stand for themselves. */
		k->p_holm = rp_compared(c) ? p[i] : k->p;
		if (k->verdict != RP_UNRESOLVED)
			continue;
		k->floor = rp_noise_floor(r, c);
		k->mde = smallest_effect(c, pair, k->floor, copy, of);
		k->verdict = judge(k);
	}
	free(p);
}

static const struct rp_pairs *
pair_of(const struct rp_results *r, int impl, int base)
{
	struct rp_pairs *pair;

	for (pair = r->pairs->next; pair != NULL; pair = pair->next)
		if (pair->impl == impl && pair->base == base)
			return (pair);
	pair = rp_grow(NULL, 1, sizeof(*pair));
	*pair = (struct rp_pairs){ .next = r->pairs->next, .impl = impl,
	    .base = base, .contrasts = rp_grow(NULL, r->ncells + 1,
	    sizeof(*pair->contrasts)) };
	for (unsigned i = 0; i < r->ncells; i++)
		pair->contrasts[i] = measure(&r->cells[i], impl, base);
	judge_all(r, pair);
	return (r->pairs->next = pair);
}

const struct rp_contrast *
rp_contrast(const struct rp_results *r, const struct rp_cell *c, int impl,
    int base)
{
	return (&pair_of(r, impl, base)->contrasts[c - r->cells]);
}

unsigned
rp_family(const struct rp_results *r, int impl, int base)
{
	return (pair_of(r, impl, base)->family);
}

const struct rp_contrast *
rp_noise(const struct rp_results *r, const struct rp_cell *c)
{
	int of, copy = find_copy(r, &of);

	return (copy < 0 ? NULL : rp_contrast(r, c, copy, of));
}

const char *
rp_verdict_text(const struct rp_contrast *k, char text[RP_VERDICT_MAX])
{
	const char *name = rp_verdict_name(k->verdict);

	if (k->verdict != RP_UNRESOLVED)
		snprintf(text, RP_VERDICT_MAX, "%s", name);
	else if (isnan(k->mde))
		snprintf(text, RP_VERDICT_MAX, "%s (too few to correct)",
		    name);
	else
		snprintf(text, RP_VERDICT_MAX, "%s (could have seen >= "
		    "%.2g %%)", name, 100 * k->mde);
	return (text);
}

void
rp_pairs_free(struct rp_results *r)
{
	struct rp_pairs *pair, *next;

	for (pair = r->pairs; pair != NULL; pair = next) {
		next = pair->next;
		free(pair->contrasts);
		free(pair);
	}
	r->pairs = NULL;
}

void
rp_pairs_init(struct rp_results *r)
{
	r->pairs = rp_grow(NULL, 1, sizeof(*r->pairs));
	*r->pairs = (struct rp_pairs){ .next = NULL };
}
