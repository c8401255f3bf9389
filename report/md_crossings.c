/*
 * RESULTS.md: who leads on all CPUs of a simulated machine, where the leader
 * changes, and whether other costs would change it.  Read scaling.h first.
 */
#include <math.h>
#include <stdlib.h>

#include "scaling.h"

#define	SHORT_MAX	12	/* rows where it is told in short */

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
	    "curves the second is behind, tied and ahead on all CPUs (%u); its "
	    "throughput there over the first's, the median over curves and "
	    "the extremes; how many of the rankings that were tested hold; "
	    "crossing points, and how many hold of those that were tested on "
	    "both sides.\n\n"
	    "| first | second | behind | tied | ahead | ratio | hold | "
	    "crossing points | hold |\n"
	    "|---|---|---:|---:|---:|---|---:|---:|---:|\n",
	    RP_BASELINE, s->threads_max);
	for (unsigned i = 0; i < sc->npairs; i++) {
		const struct rp_step_pair *p = &sc->pairs[i];
		struct rp_standing t = rp_standing(s, sc, p);

		fprintf(f, "| `%s` | `%s` | %u | %u | %u |",
		    s->impls[p->from].name, s->impls[p->to].name,
		    t.leads[RP_LEAD_FROM], t.leads[RP_LEAD_TIE],
		    t.leads[RP_LEAD_TO]);
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

/* One that is listed. */
struct row {
	const struct rp_curve *curve;
	struct rp_step_pair pair;
	struct rp_curve_crossing at;
	struct rp_crossing_robustness robust;
	double		clear;		/* the lesser lead of both sides */
	unsigned	order;
};

struct rows {
	struct row	*r;
	unsigned	n;
};

/* By how much who leads in a cell does: |log ratio|. */
static double
lead_of(const struct rp_cell *c, const struct rp_step_pair *p)
{
	return (fabs(log(rp_rate(c, p->to).median / rp_rate(c,
	    p->from).median)));
}

/*
 * A crossing point that does not hold is no claim: where any were tested on
 * both sides, only those that hold are listed.
 */
static void
collect(const struct rp_results *s, const struct rp_curve *c,
    const struct rp_step_pair *p, bool all, struct rows *rows)
{
	struct rp_curve_crossing *k = rp_grow(NULL, c->n, sizeof(*k));
	unsigned n = rp_curve_crossings(s, c, p, k);

	for (unsigned i = 0; i < n; i++) {
		struct rp_crossing_robustness b = rp_crossing_robustness(s, c,
		    p, &k[i]);

		if (!all && !b.holds)
			continue;
		rows->r = rp_grow(rows->r, rows->n + 1, sizeof(*rows->r));
		rows->r[rows->n] = (struct row){ c, *p, k[i], b,
		    fmin(lead_of(k[i].before, p), lead_of(k[i].after, p)),
		    rows->n };
		rows->n++;
	}
	free(k);
}

static void
print_row(FILE *f, const struct rp_results *s, const struct row *r,
    bool tested)
{
	bool to = r->at.leader == RP_LEAD_TO;

	fprintf(f, "| `%s` | `%s` | `%s` | %.3g (%u to %u) |", r->curve->name,
	    s->impls[to ? r->pair.from : r->pair.to].name,
	    s->impls[to ? r->pair.to : r->pair.from].name, r->at.cpus,
	    r->at.before->threads, r->at.after->threads);
	if (tested) {
		stands(f, r->robust.before, &r->robust.at_before);
		stands(f, r->robust.after, &r->robust.at_after);
	}
	fprintf(f, "\n");
}

static int
by_clear(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	if (a->clear != b->clear)
		return (a->clear > b->clear ? -1 : 1);
	return (a->order < b->order ? -1 : a->order > b->order);
}

static int
by_order(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	return (a->order < b->order ? -1 : a->order > b->order);
}

static void
print_rows(FILE *f, const struct rp_results *s, const struct rows *rows,
    bool tested)
{
	if (rows->n == 0)
		return;
	fprintf(f, "| curve | leads before | leads after | CPUs |%s\n"
	    "|---|---|---|---:|%s\n", tested ? " ranking before | ranking "
	    "after |" : "", tested ? "---|---|" : "");
	for (unsigned i = 0; i < rows->n; i++)
		print_row(f, s, &rows->r[i], tested);
	fprintf(f, "\n");
}

/* The crossings of all pairs: how many, tested on both sides, and that hold. */
static unsigned
count_all(const struct rp_results *s, const struct rp_scaling *sc,
    unsigned *tested, unsigned *hold)
{
	unsigned n = 0;

	*tested = *hold = 0;
	for (unsigned i = 0; i < sc->npairs; i++) {
		struct rp_standing t = rp_standing(s, sc, &sc->pairs[i]);

		n += t.crossings;
		*tested += t.crossings_tested;
		*hold += t.crossings_hold;
	}
	return (n);
}

/* The baseline against an implementation that stands for the new design. */
static bool
is_main(const struct rp_results *s, const struct rp_step_pair *p)
{
	unsigned *impls = rp_grow(NULL, s->nimpls + 1, sizeof(*impls));
	unsigned n = rp_new_designs(s, impls);
	bool found = false;

	for (unsigned i = 0; i < n; i++)
		found |= p->from == rp_impl_find(s, RP_BASELINE) &&
		    (unsigned)p->to == impls[i];
	free(impls);
	return (found);
}

void
rp_md_short_crossings(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	struct rows rows = { NULL, 0 };
	unsigned tested, hold, n = count_all(s, sc, &tested, &hold), all;

	for (unsigned i = 0; i < sc->ncurves; i++)
		for (unsigned j = 0; j < sc->npairs; j++)
			if (is_main(s, &sc->pairs[j]))
				collect(s, &sc->curves[i], &sc->pairs[j],
				    tested == 0, &rows);
	all = rows.n;
	if (all > SHORT_MAX) {
		qsort(rows.r, all, sizeof(*rows.r), by_clear);
		rows.n = SHORT_MAX;
		qsort(rows.r, rows.n, sizeof(*rows.r), by_order);
	}
	fprintf(f, "#### Crossing points\n\n"
	    "Where the leader changes, of all pairs under \"Who leads\": %u; "
	    "tested on both sides: %u; of these hold: %u.", n, tested, hold);
	if (all > 0)
		fprintf(f, " Of the new design against `%s` %u %s%s. The "
		    "number of CPUs is interpolated between the two that were "
		    "run (in brackets).", RP_BASELINE, all, tested == 0 ?
		    "were seen, none of them tested" : all == 1 ? "holds" :
		    "hold", all > rows.n ? "; the clearest are listed" : "");
	fprintf(f, "\n\n");
	print_rows(f, s, &rows, tested > 0);
	free(rows.r);
}

void
rp_md_crossings(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	struct rows rows = { NULL, 0 };
	unsigned tested, hold, n = count_all(s, sc, &tested, &hold);

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
	for (unsigned i = 0; i < sc->ncurves; i++)
		for (unsigned j = 0; j < sc->npairs; j++)
			collect(s, &sc->curves[i], &sc->pairs[j], tested == 0,
			    &rows);
	print_rows(f, s, &rows, tested > 0);
	free(rows.r);
}
