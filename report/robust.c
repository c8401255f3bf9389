/*
 * Would other costs of a transfer change who leads?  Read scaling.h first.
 */
#include "scaling.h"

#include <stdlib.h>
#include <string.h>

/* The throughput of an arm under the setting of another's, or -1. */
static double
under(const struct rp_simulated *m, const struct rp_setting *of)
{
	for (unsigned i = 0; i < m->nsettings; i++)
		if (memcmp(m->settings[i].factor, of->factor,
		    sizeof(of->factor)) == 0)
			return (m->settings[i].ops_per_s_total);
	return (-1);
}

struct rp_robustness
rp_robustness(const struct rp_cell *c, const struct rp_step_pair *p)
{
	const struct rp_simulated *from = rp_simulated(rp_arm(c,
	    (unsigned)p->from));
	const struct rp_simulated *to = rp_simulated(rp_arm(c,
	    (unsigned)p->to));
	enum rp_lead leader = rp_lead_in(c, p);
	struct rp_robustness b = { .run = 0 };

	for (unsigned i = 0; i < from->nsettings &&
	    leader != RP_LEAD_NONE; i++) {
		enum rp_lead l = rp_lead(from->settings[i].ops_per_s_total,
		    under(to, &from->settings[i]));

		if (l == RP_LEAD_NONE)
			continue;
		b.run++;
		if (l == leader)
			b.stands++;
		else if (l == RP_LEAD_TIE)
			b.tied++;
		else
			b.turned++;
	}
	b.holds = b.stands >= RP_HOLDS * RP_SETTINGS;
	return (b);
}

/*
 * The nearest tested cell from `cell' on, in one direction, in which `leader'
 * leads; NULL if the other leads before there is one.
 */
static const struct rp_cell *
nearest_tested(const struct rp_results *s, const struct rp_curve *c,
    const struct rp_step_pair *p, const struct rp_cell *cell, int direction,
    enum rp_lead leader)
{
	int first = (int)c->first, end = (int)(c->first + c->n);

	for (int i = (int)(cell - s->cells); i >= first && i < end;
	    i += direction) {
		enum rp_lead l = rp_lead_in(&s->cells[i], p);

		if (l != leader && l != RP_LEAD_TIE && l != RP_LEAD_NONE)
			return (NULL);
		if (l == leader && rp_robustness(&s->cells[i], p).run > 0)
			return (&s->cells[i]);
	}
	return (NULL);
}

struct rp_crossing_robustness
rp_crossing_robustness(const struct rp_results *s, const struct rp_curve *c,
    const struct rp_step_pair *p, const struct rp_curve_crossing *k)
{
	struct rp_crossing_robustness b = { .holds = false };

	b.before = nearest_tested(s, c, p, k->before, -1, k->leader ==
	    RP_LEAD_TO ? RP_LEAD_FROM : RP_LEAD_TO);
	b.after = nearest_tested(s, c, p, k->after, 1, k->leader);
	if (b.before != NULL)
		b.at_before = rp_robustness(b.before, p);
	if (b.after != NULL)
		b.at_after = rp_robustness(b.after, p);
	b.holds = b.at_before.holds && b.at_after.holds;
	return (b);
}

/* The crossings of one curve. */
static void
count_crossings(const struct rp_results *s, const struct rp_curve *c,
    const struct rp_step_pair *p, struct rp_standing *out)
{
	struct rp_curve_crossing *k = rp_grow(NULL, c->n, sizeof(*k));
	unsigned n = rp_curve_crossings(s, c, p, k);

	for (unsigned i = 0; i < n; i++) {
		struct rp_crossing_robustness b = rp_crossing_robustness(s, c,
		    p, &k[i]);

		out->crossings++;
		out->crossings_tested += b.before != NULL && b.after != NULL;
		out->crossings_hold += b.holds;
	}
	free(k);
}

struct rp_standing
rp_standing(const struct rp_results *s, const struct rp_scaling *sc,
    const struct rp_step_pair *p)
{
	struct rp_standing out = { .crossings = 0 };
	double *ratios = rp_grow(NULL, sc->ncurves + 1, sizeof(*ratios));
	unsigned n = 0;

	for (unsigned i = 0; i < sc->ncurves; i++) {
		const struct rp_cell *all = rp_curve_cell(s, &sc->curves[i],
		    s->threads_max);

		count_crossings(s, &sc->curves[i], p, &out);
		if (all == NULL)
			continue;
		out.leads[rp_lead_in(all, p)]++;
		if (rp_rate(all, p->from).median > 0 &&
		    rp_rate(all, p->to).n > 0)
			ratios[n++] = rp_rate(all, p->to).median /
			    rp_rate(all, p->from).median;
		out.tested += rp_robustness(all, p).run > 0;
		out.holds += rp_robustness(all, p).holds;
	}
	out.ratio = rp_estimate(ratios, n);
	free(ratios);
	return (out);
}
