/*
 * Who leads of two implementations, and where that changes.  Read scaling.h
 * first.
 */
#include "scaling.h"

#include <math.h>
#include <stdlib.h>

enum rp_lead
rp_lead(double from, double to)
{
	/* Without an operation on either side nobody leads. */
	if (!(from >= 0) || !(to >= 0))
		return (RP_LEAD_NONE);
	if (to > from * (1 + RP_TIE))
		return (RP_LEAD_TO);
	return (from > to * (1 + RP_TIE) ? RP_LEAD_FROM : RP_LEAD_TIE);
}

enum rp_lead
rp_lead_in(const struct rp_cell *c, const struct rp_step_pair *p)
{
	const struct rp_arm *a = rp_arm(c, (unsigned)p->from);
	const struct rp_arm *b = rp_arm(c, (unsigned)p->to);
	enum rp_lead lead = RP_LEAD_NONE;
	unsigned j = 0;

	for (unsigned i = 0; i < a->nwindows; i++) {
		enum rp_lead l;

		while (j < b->nwindows &&
		    b->windows[j].round < a->windows[i].round)
			j++;
		if (j == b->nwindows || b->windows[j].round !=
		    a->windows[i].round)
			continue;
		l = rp_lead(a->windows[i].ops_per_s_total,
		    b->windows[j].ops_per_s_total);
		if (lead != RP_LEAD_NONE && l != lead)
			return (RP_LEAD_TIE);
		lead = l;
	}
	return (lead);
}

const char *
rp_lead_name(enum rp_lead l)
{
	static const char *const names[RP_LEADS] = { "-", "tie", "from",
	    "to" };

	return (names[l]);
}

/* log(to / from), with bounds for what has no operation at all. */
static double
advantage(double from, double to)
{
	const double bound = 1e-300;

	return (log(fmax(to, bound)) - log(fmax(from, bound)));
}

/*
 * Where the line between neighbouring points from `before' to `after' crosses
 * 0 for the last time on the way to the new leader.
 */
static double
crosses_at(const double *cpus, const double *from, const double *to,
    unsigned before, unsigned after)
{
	unsigned i = after;
	double a, b, share;

	/* At `before' the sign is the old one, so this ends there. */
	do {
		i--;
		a = advantage(from[i], to[i]);
		b = advantage(from[i + 1], to[i + 1]);
	} while (i > before && (a > 0) == (b > 0) && a != 0);
	share = a / (a - b);
	return (exp2(log2(cpus[i]) + share * (log2(cpus[i + 1]) -
	    log2(cpus[i]))));
}

unsigned
rp_crossings(const double *cpus, const double *from, const double *to,
    const enum rp_lead *leads, unsigned n, struct rp_crossing *out)
{
	enum rp_lead leader = RP_LEAD_TIE;
	unsigned last = 0, found = 0;

	for (unsigned i = 0; i < n; i++) {
		enum rp_lead l = leads[i];

		if (l != RP_LEAD_FROM && l != RP_LEAD_TO)
			continue;
		if (leader != RP_LEAD_TIE && l != leader)
			out[found++] = (struct rp_crossing){ .before = last,
			    .after = i, .leader = l, .cpus = crosses_at(cpus,
			    from, to, last, i) };
		leader = l;
		last = i;
	}
	return (found);
}

unsigned
rp_curve_crossings(const struct rp_results *s, const struct rp_curve *c,
    const struct rp_step_pair *p, struct rp_curve_crossing *out)
{
	double *cpus = rp_grow(NULL, c->n, sizeof(*cpus));
	double *from = rp_grow(NULL, c->n, sizeof(*from));
	double *to = rp_grow(NULL, c->n, sizeof(*to));
	enum rp_lead *leads = rp_grow(NULL, c->n, sizeof(*leads));
	unsigned *cells = rp_grow(NULL, c->n, sizeof(*cells)), n = 0, found;
	struct rp_crossing *k = rp_grow(NULL, c->n, sizeof(*k));

	/* Points that only one has say nothing of who leads. */
	for (unsigned i = c->first; i < c->first + c->n; i++) {
		leads[n] = rp_lead_in(&s->cells[i], p);
		if (leads[n] == RP_LEAD_NONE)
			continue;
		cells[n] = i;
		cpus[n] = s->cells[i].threads;
		from[n] = rp_rate(&s->cells[i], p->from).median;
		to[n++] = rp_rate(&s->cells[i], p->to).median;
	}
	found = rp_crossings(cpus, from, to, leads, n, k);
	for (unsigned i = 0; i < found; i++)
		out[i] = (struct rp_curve_crossing){
		    &s->cells[cells[k[i].before]],
		    &s->cells[cells[k[i].after]], k[i].leader, k[i].cpus };
	free(k);
	free(cells);
	free(leads);
	free(to);
	free(from);
	free(cpus);
	return (found);
}
