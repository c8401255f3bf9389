/*
 * RESULTS.md: what simulated machines say of the new design, in a few
 * sentences, its losses first.  Read scaling.h first.
 */
#include <math.h>
#include <stdlib.h>

#include "scaling.h"

#define	NAMED	2		/* curves of one kind, at most */

/* The curves in which a pair's ranking on all CPUs is one of the three. */
struct outcome {
	unsigned	n;
	double		min, max;	/* of the ratio to the baseline */
	unsigned	named[NAMED];	/* curves farthest from 1, best first */
	double		far[NAMED];	/* how far: |log ratio| */
};

static void
count(struct outcome *o, unsigned curve, double ratio)
{
	double far = fabs(log(ratio));
	unsigned i = o->n < NAMED ? o->n : NAMED;

	o->min = o->n == 0 ? ratio : fmin(o->min, ratio);
	o->max = o->n == 0 ? ratio : fmax(o->max, ratio);
	o->n++;
	for (; i > 0 && far > o->far[i - 1]; i--)
		if (i < NAMED) {
			o->far[i] = o->far[i - 1];
			o->named[i] = o->named[i - 1];
		}
	if (i < NAMED) {
		o->far[i] = far;
		o->named[i] = curve;
	}
}

/* " (0.21x to 0.97x; farthest in `a`, `b`)". */
static void
range(FILE *f, const struct rp_scaling *sc, const struct outcome *o)
{
	if (o->n == 0)
		return;
	fprintf(f, " (%.2fx", o->min);
	if (o->max - o->min >= 0.005)
		fprintf(f, " to %.2fx", o->max);
	for (unsigned i = 0; i < o->n && i < NAMED; i++)
		fprintf(f, "%s`%s`", i > 0 ? ", " : o->n > NAMED ?
		    "; farthest in " : "; in ",
		    sc->curves[o->named[i]].name);
	fprintf(f, ")");
}

/* One implementation on one machine. */
static void
sentence(FILE *f, const struct rp_results *s, const struct rp_scaling *sc,
    const struct rp_step_pair *p)
{
	struct outcome o[RP_LEADS] = { { .n = 0 } };
	struct rp_standing t = rp_standing(s, sc, p);
	unsigned n = 0;

	for (unsigned i = 0; i < sc->ncurves; i++) {
		const struct rp_cell *all = rp_curve_cell(s, &sc->curves[i],
		    s->threads_max);
		enum rp_lead l = all == NULL ? RP_LEAD_NONE :
		    rp_lead_in(all, p);

		if (l == RP_LEAD_NONE)
			continue;
		count(&o[l], i, rp_rate(all, p->to).median /
		    rp_rate(all, p->from).median);
		n++;
	}
	fprintf(f, "- `%s`, all %u CPUs: `%s` loses to `%s` in %u of %u "
	    "curve%s", s->machine->name, s->threads_max,
	    s->impls[p->to].name, s->impls[p->from].name, o[RP_LEAD_FROM].n,
	    n, n == 1 ? "" : "s");
	range(f, sc, &o[RP_LEAD_FROM]);
	fprintf(f, ", ties in %u, leads in %u", o[RP_LEAD_TIE].n,
	    o[RP_LEAD_TO].n);
	range(f, sc, &o[RP_LEAD_TO]);
	if (t.tested > 0)
		fprintf(f, "; of %u of these rankings that were asked again "
		    "under other costs %u hold", t.tested, t.holds);
	fprintf(f, ".\n");
}

void
rp_md_scaling_summary(FILE *f, const struct rp_results *s)
{
	int base = rp_impl_find(s, RP_BASELINE);
	unsigned *impls = rp_grow(NULL, s->nimpls + 1, sizeof(*impls));
	unsigned n = rp_new_designs(s, impls);
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	for (unsigned i = 0; i < n && base >= 0; i++)
		sentence(f, s, &sc, &(struct rp_step_pair){ base,
		    (int)impls[i] });
	if (base < 0)
		fprintf(f, "- `%s`: the run has no `%s` to compare with.\n",
		    s->machine->name, RP_BASELINE);
	rp_scaling_free(&sc);
	free(impls);
}
