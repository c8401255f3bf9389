/*
 * RESULTS.md: who leads on all CPUs of a simulated machine, where the leader
 * changes, and whether other costs would change it.  Read scaling.h first.
 */
#include <stdlib.h>

#include "scaling.h"

/* "2 of 3": of those that were tested. */
static void
counted(FILE *f, unsigned tested, unsigned holds)
{
	if (tested == 0)
		fprintf(f, " - |");
	else
		fprintf(f, " %u of %u |", holds, tested);
}

void
rp_md_standings(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	fprintf(f, "#### Who leads\n\n"
	    "Of each step, and of each implementation and `%s`: in how many "
	    "curves the second is ahead, tied and behind on all CPUs (%u); its "
	    "throughput there over the first's, the median over curves and "
	    "the extremes; how many of the rankings that were tested hold; "
	    "crossing points, and how many hold of those that were tested on "
	    "both sides.\n\n"
	    "| first | second | ahead | tied | behind | ratio | hold | "
	    "crossing points | hold |\n"
	    "|---|---|---:|---:|---:|---|---:|---:|---:|\n",
	    RP_BASELINE, s->threads_max);
	for (unsigned i = 0; i < sc->npairs; i++) {
		const struct rp_step_pair *p = &sc->pairs[i];
		struct rp_standing t = rp_standing(s, sc, p);

		fprintf(f, "| `%s` | `%s` | %u | %u | %u |",
		    s->impls[p->from].name, s->impls[p->to].name,
		    t.leads[RP_LEAD_TO], t.leads[RP_LEAD_TIE],
		    t.leads[RP_LEAD_FROM]);
		if (t.ratio.n == 0)
			fprintf(f, " - |");
		else
			fprintf(f, " %.2f (%.2f to %.2f) |", t.ratio.median,
			    t.ratio.min, t.ratio.max);
		counted(f, t.tested, t.holds);
		fprintf(f, " %u |", t.crossings);
		counted(f, t.crossings_tested, t.crossings_hold);
		fprintf(f, "\n");
	}
	fprintf(f, "\n");
	if (sc->npairs == 0)
		fprintf(f, "The run has no two implementations to "
		    "compare.\n\n");
}

/* " 79 of 81 on 8, tied in 2 |": how the ranking in a cell stands. */
static void
stands(FILE *f, const struct rp_cell *c, const struct rp_robustness *b)
{
	if (c == NULL) {
		fprintf(f, " not tested |");
		return;
	}
	fprintf(f, " %u of %u on %u", b->stands, RP_SETTINGS, c->threads);
	if (b->tied > 0)
		fprintf(f, ", a tie in %u", b->tied);
	if (b->turned > 0)
		fprintf(f, ", turned in %u", b->turned);
	if (b->run < RP_SETTINGS)
		fprintf(f, ", not run in %u", RP_SETTINGS - b->run);
	fprintf(f, " |");
}

/*
 * A crossing point that does not hold is no claim: where any were tested on
 * both sides, only those that hold are listed.
 */
static void
crossing_rows(FILE *f, const struct rp_results *s, const struct rp_curve *c,
    const struct rp_step_pair *p, bool all)
{
	struct rp_curve_crossing *k = rp_grow(NULL, c->n, sizeof(*k));
	unsigned n = rp_curve_crossings(s, c, p, k);

	for (unsigned i = 0; i < n; i++) {
		struct rp_crossing_robustness b = rp_crossing_robustness(s, c,
		    p, &k[i]);
		bool to = k[i].leader == RP_LEAD_TO;

		if (!all && !b.holds)
			continue;
		fprintf(f, "| `%s` | `%s` | `%s` | %.3g (%u to %u) |", c->name,
		    s->impls[to ? p->from : p->to].name,
		    s->impls[to ? p->to : p->from].name, k[i].cpus,
		    k[i].before->threads, k[i].after->threads);
		stands(f, b.before, &b.at_before);
		stands(f, b.after, &b.at_after);
		fprintf(f, "\n");
	}
	free(k);
}

void
rp_md_crossings(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	unsigned n = 0, tested = 0, hold = 0;

	for (unsigned i = 0; i < sc->npairs; i++) {
		struct rp_standing t = rp_standing(s, sc, &sc->pairs[i]);

		n += t.crossings;
		tested += t.crossings_tested;
		hold += t.crossings_hold;
	}
	fprintf(f, "#### Crossing points\n\n");
	if (n == 0) {
		fprintf(f, "In no curve does the leader of any such pair "
		    "change with the number of CPUs.\n\n");
		return;
	}
	fprintf(f, "Where the leader changes: the number of CPUs, interpolated "
	    "between the two that were run (in brackets; inside them no one "
	    "leads by more than %g %%). A crossing point holds if the rankings "
	    "on both of its sides do, in the nearest cells that were tested. "
	    "Of %u, %u were tested on both sides and %u hold%s.\n\n",
	    100 * RP_TIE, n, tested, hold, tested == 0 ? "; all are listed" :
	    hold == 0 ? ", so that none is claimed" :
	    "; these are listed, the data have all");
	if (tested > 0 && hold == 0)
		return;
	fprintf(f, "| curve | leads before | leads after | CPUs | ranking "
	    "before | ranking after |\n|---|---|---|---:|---|---|\n");
	for (unsigned i = 0; i < sc->ncurves; i++)
		for (unsigned j = 0; j < sc->npairs; j++)
			crossing_rows(f, s, &sc->curves[i], &sc->pairs[j],
			    tested == 0);
	fprintf(f, "\n");
}
