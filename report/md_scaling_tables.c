/*
 * RESULTS.md: curves in figures, relative to the baseline, and where each
 * stops scaling and for which line.  Read scaling.h first.
 */
#include <math.h>
#include <string.h>

#include "scaling.h"

/* "| curve | implementation |", of which a cell is named once. */
static void
begin_row(FILE *f, const struct rp_results *s, const struct rp_curve *c,
    unsigned impl, unsigned *rows)
{
	if ((*rows)++ == 0)
		fprintf(f, "| `%s` ", c->name);
	else
		fprintf(f, "| ");
	fprintf(f, "| `%s` |", s->impls[impl].name);
}

void
rp_md_ratio(FILE *f, const struct rp_cell *c, int base, int impl)
{
	struct rp_step_pair p = { base, impl };
	struct rp_robustness b = { .run = 0 };
	double v = c == NULL ? NAN : rp_rate(c, impl).median /
	    rp_rate(c, base).median;

	if (isnan(v)) {
		fprintf(f, "-");
		return;
	}
	if (base != impl) {
		b = rp_robustness(c, &p);
		fprintf(f, rp_lead_in(c, &p) == RP_LEAD_TIE ? "~" : "");
	}
	fprintf(f, b.holds ? "**%.*f**" : b.run > 0 ? "%.*f ?" : "%.*f",
	    v < 9.995 ? 2 : v < 99.95 ? 1 : 0, v);
}

/* "1.23 M": operations a second. */
static void
rate(FILE *f, const struct rp_cell *c, int impl)
{
	static const char *const units[] = { "", " k", " M", " G" };
	double v = c == NULL ? NAN : rp_rate(c, impl).median;
	unsigned i = 0;

	for (; v >= 999.5 && i < 3; i++)
		v /= 1000;
	if (isnan(v))
		fprintf(f, "-");
	else
		fprintf(f, "%.3g%s", v, units[i]);
}

/* The law's three figures, or why there are none. */
static void
law(FILE *f, const struct rp_usl *u)
{
	if (!u->fitted) {
		fprintf(f, " - | - | - | - |\n");
		return;
	}
	fprintf(f, " %.2g | %.2g | ", u->sigma, u->kappa);
	if (isinf(u->peak))
		fprintf(f, "none");
	else
		fprintf(f, "%.0f", u->peak);
	fprintf(f, u->bad ? " | **%.0f %%** |\n" : " | %.0f %% |\n",
	    100 * u->error);
}

static void
relative_rows(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc, const struct rp_curve *c)
{
	int base = rp_impl_find(s, RP_BASELINE);
	unsigned rows = 0;

	for (unsigned i = 0; i < s->nimpls; i++) {
		struct rp_peak p = rp_peak(s, c, (int)i);
		struct rp_usl u = rp_curve_usl(s, c, (int)i);

		if (!rp_scaled(s, i) || p.peak == NULL)
			continue;
		begin_row(f, s, c, i, &rows);
		for (unsigned j = 0; j < sc->nat; j++) {
			const struct rp_cell *at = rp_curve_cell(s, c,
			    sc->at[j]);

			fprintf(f, " ");
			if ((int)i == base || base < 0)
				rate(f, at, (int)i);
			else
				rp_md_ratio(f, at, base, (int)i);
			fprintf(f, " |");
		}
		fprintf(f, " %u |", p.peak->threads);
		law(f, &u);
	}
}

void
rp_md_relative(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	fprintf(f, "#### Throughput\n\n");
	if (rp_impl_find(s, RP_BASELINE) < 0)
		fprintf(f, "This run has no `%s`: no ratio is given, but the "
		    "operations a second of each.\n\n", RP_BASELINE);
	fprintf(f, "Operations a second of `%s`, and of the "
	    "others their ratio to it on as many CPUs; `~`: a tie, or not "
	    "every round has the same leader. Bold: who leads of the "
	    "two, or that it is a tie, holds; `?`: it was tested and does not; "
	    "else it was not tested. The peak is the fewest CPUs with the "
	    "most throughput. Then the law: sigma (contention), kappa "
	    "(coherency), its own peak, and the error of its fit, bold where "
	    "it is bad (beyond %g %%, or from points without an operation) "
	    "and the other three say little.\n\n"
	    "| curve | implementation |", RP_BASELINE, 100 * RP_USL_BAD);
	for (unsigned i = 0; i < sc->nat; i++)
		fprintf(f, " %u CPU%s |", sc->at[i], sc->at[i] == 1 ? "" :
		    "s");
	fprintf(f, " peak | sigma | kappa | law's peak | error |\n|---|---|");
	for (unsigned i = 0; i < sc->nat; i++)
		fprintf(f, "---:|");
	fprintf(f, "---:|---:|---:|---:|---:|\n");
	for (unsigned i = 0; i < sc->ncurves; i++)
		relative_rows(f, s, sc, &sc->curves[i]);
	fprintf(f, "\n");
}

/* "`vm_object.lock` 60 %, 1.02 moves": what is waited for most. */
static void
waited(FILE *f, const struct rp_arm *a)
{
	const struct rp_wait *w = rp_most_waited(a);
	const struct rp_simulated *m = rp_simulated(a);

	if (w == NULL) {
		fprintf(f, " - |");
		return;
	}
	fprintf(f, " `%s` %.0f %%", w->name, 100 * w->share);
	for (unsigned i = 0; i < m->nmoves; i++)
		if (strcmp(m->moves[i].name, w->name) == 0)
			fprintf(f, ", %.3g", m->moves[i].moves_per_op);
	fprintf(f, " |");
}

static void
stops_rows(FILE *f, const struct rp_results *s, const struct rp_curve *c)
{
	unsigned rows = 0;

	for (unsigned i = 0; i < s->nimpls; i++) {
		struct rp_peak p = rp_peak(s, c, (int)i);
		const struct rp_simulated *m;

		if (!rp_scaled(s, i) || p.peak == NULL)
			continue;
		begin_row(f, s, c, i, &rows);
		fprintf(f, " %u | %u |", p.nearly->threads,
		    p.peak->threads);
		waited(f, rp_arm(p.stop, i));
		if (p.last == p.stop)
			fprintf(f, " the same |");
		else
			waited(f, rp_arm(p.last, i));
		m = rp_simulated(rp_arm(p.last, i));
		for (unsigned j = 0; j < RP_PARTS; j++)
			if (m->timed)
				fprintf(f, " %.0f |", 100 * m->time[j]);
			else
				fprintf(f, " - |");
		fprintf(f, "\n");
	}
}

void
rp_md_stops(FILE *f, const struct rp_results *s, const struct rp_scaling *sc)
{
	fprintf(f, "#### Where it stops scaling, and why\n\n"
	    "The fewest CPUs with %g %% of the most throughput and with all of "
	    "it; the cache line that most waiting is for there (where the "
	    "peak is on one CPU: on the next number of them) and on all CPUs "
	    "(%u), with its share of the CPUs' time and how often it moves "
	    "an operation; and where the time of the CPUs goes when all run, "
	    "in per cent: work, waiting for a line on its way, polling, "
	    "sleeping and waking.\n\n"
	    "| curve | implementation | %g %% on | peak on | waits there for | "
	    "waits on all for |", 100 * RP_NEARLY, s->threads_max,
	    100 * RP_NEARLY);
	for (unsigned j = 0; j < RP_PARTS; j++)
		fprintf(f, " %s |", rp_part_name(j));
	fprintf(f, "\n|---|---|---:|---:|---|---|");
	for (unsigned j = 0; j < RP_PARTS; j++)
		fprintf(f, "---:|");
	fprintf(f, "\n");
	for (unsigned i = 0; i < sc->ncurves; i++)
		stops_rows(f, s, &sc->curves[i]);
	fprintf(f, "\n");
}
