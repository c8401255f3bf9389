/*
 * The tables of a simulated run.  Read scaling.h first, and plots/scaling.gp
 * for the one that is drawn.
 */
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scaling.h"
#include "tables.h"

/* One curve and implementation, at one number of CPUs. */
struct point {
	const struct rp_results *s;
	const struct rp_curve *curve;
	const struct rp_cell *cell;
	unsigned	panel, impl;
};

/* Every point that has a figure, by curve, implementation and CPUs. */
static void
each_point(FILE *f, const struct rp_results *s,
    void (*write)(FILE *, const struct point *))
{
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	for (unsigned i = 0; i < sc.ncurves; i++)
		for (unsigned j = 0; j < s->nimpls; j++)
			for (unsigned k = 0; k < sc.curves[i].n &&
			    rp_scaled(s, j); k++) {
				struct point p = { s, &sc.curves[i],
				    &s->cells[sc.curves[i].first + k], i, j };

				if (rp_rate(p.cell, (int)j).n > 0)
					write(f, &p);
			}
	rp_scaling_free(&sc);
}

static void
curve_row(FILE *f, const struct point *p)
{
	double rate = rp_rate(p->cell, (int)p->impl).median;
	int base = rp_impl_find(p->s, RP_BASELINE);
	const struct rp_cell *one = rp_curve_cell(p->s, p->curve, 1);
	double first = one == NULL ? NAN : rp_rate(one, base).median;

	fprintf(f, "%u\t%s\t%u\t%u\t%s\t%s\t", p->panel, p->curve->name,
	    p->cell->threads, p->impl, p->s->impls[p->impl].name,
	    rp_impl_colour(p->s, p->impl));
	rp_tsv_number(f, rate, '\t');
	rp_tsv_number(f, rate / rp_rate(p->cell, base).median, '\t');
	rp_tsv_number(f, first * p->cell->threads, '\t');
	fprintf(f, "%d\t", rp_peak(p->s, p->curve, (int)p->impl).peak ==
	    p->cell);
	rp_tsv_number(f, rp_rate(p->cell, (int)p->impl).min, '\t');
	rp_tsv_number(f, rp_rate(p->cell, (int)p->impl).max, '\n');
}

static void
table_curves(FILE *f, const struct rp_results *s)
{
	rp_tsv_head(f, s, "throughput on a simulated machine, in operations a "
	    "second of virtual time, and over that of " RP_BASELINE "; linear "
	    "is that on one CPU, scaled; peak marks the most of a curve; least "
	    "and most are those of the rounds",
	    "panel\tcurve\tcpus\timpl_index\timpl\tcolour\tops_per_s_total"
	    "\tratio\tlinear\tpeak\tleast\tmost");
	each_point(f, s, curve_row);
}

static void
time_row(FILE *f, const struct point *p)
{
	const struct rp_simulated *m = rp_simulated(rp_arm(p->cell,
	    p->impl));

	if (!m->timed)
		return;
	fprintf(f, "%s\t%u\t%s", p->curve->name, p->cell->threads,
	    p->s->impls[p->impl].name);
	for (unsigned i = 0; i < RP_PARTS; i++)
		fprintf(f, "\t%.4g", m->time[i]);
	fprintf(f, "\n");
}

static void
table_time(FILE *f, const struct rp_results *s)
{
	rp_tsv_head(f, s, "where the time of the CPUs goes, as shares",
	    "curve\tcpus\timpl\twork\ttransfer\tpause\tsleep");
	each_point(f, s, time_row);
}

/* What is waited for, then what moves: a line may be in one of both only. */
static void
line_rows(FILE *f, const struct point *p)
{
	const struct rp_simulated *m = rp_simulated(rp_arm(p->cell,
	    p->impl));

	for (unsigned i = 0; i < m->nwaits; i++)
		fprintf(f, "%s\t%u\t%s\t%s\t%.4g\tNaN\tNaN\n", p->curve->name,
		    p->cell->threads, p->s->impls[p->impl].name,
		    m->waits[i].name, m->waits[i].share);
	for (unsigned i = 0; i < m->nmoves; i++) {
		fprintf(f, "%s\t%u\t%s\t%s\tNaN\t", p->curve->name,
		    p->cell->threads, p->s->impls[p->impl].name,
		    m->moves[i].name);
		rp_tsv_number(f, m->moves[i].moves_per_op, '\t');
		rp_tsv_number(f, m->moves[i].wait_ns_per_op, '\n');
	}
}

static void
table_lines(FILE *f, const struct rp_results *s)
{
	rp_tsv_head(f, s, "lines: share of the CPUs' time that one was waited "
	    "for; its moves between CPUs and the waiting for it, an operation",
	    "curve\tcpus\timpl\tline\twait_share\tmoves_per_op"
	    "\twait_ns_per_op");
	each_point(f, s, line_rows);
}

static void
table_fit(FILE *f, const struct rp_results *s)
{
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	rp_tsv_head(f, s, "the Universal Scalability Law fitted to each curve "
	    "(lambda in operations a second, error as RMS of the logarithm, "
	    "bad beyond what is believed), and the CPUs of the curve's own "
	    "peak and of nine tenths of it", "curve\timpl\tlambda\tsigma"
	    "\tkappa\tlaw_peak\terror\tbad\tpeak\tnearly");
	for (unsigned i = 0; i < sc.ncurves; i++)
		for (unsigned j = 0; j < s->nimpls; j++) {
			struct rp_usl u = rp_curve_usl(s, &sc.curves[i],
			    (int)j);
			struct rp_peak p = rp_peak(s, &sc.curves[i], (int)j);

			if (!rp_scaled(s, j) || p.peak == NULL)
				continue;
			fprintf(f, "%s\t%s\t", sc.curves[i].name,
			    s->impls[j].name);
			rp_tsv_number(f, u.lambda, '\t');
			rp_tsv_number(f, u.sigma, '\t');
			rp_tsv_number(f, u.kappa, '\t');
			rp_tsv_number(f, u.peak, '\t');
			rp_tsv_number(f, u.error, '\t');
			fprintf(f, "%d\t%u\t%u\n", u.bad, p.peak->threads,
			    p.nearly->threads);
		}
	rp_scaling_free(&sc);
}

static void
ranking_row(FILE *f, const struct rp_results *s, const struct rp_curve *c,
    const struct rp_cell *cell, const struct rp_step_pair *p)
{
	struct rp_robustness b = rp_robustness(cell, p);

	if (rp_lead_in(cell, p) == RP_LEAD_NONE)
		return;
	fprintf(f, "%s\t%u\t%s\t%s\t", c->name, cell->threads,
	    s->impls[p->from].name, s->impls[p->to].name);
	rp_tsv_number(f, rp_rate(cell, p->to).median / rp_rate(cell,
	    p->from).median, '\t');
	fprintf(f, "%s\t%u\t%u\t%u\t%u\t%d\n", rp_lead_name(rp_lead_in(cell,
	    p)), b.run, b.stands, b.tied, b.turned, b.holds);
}

static void
table_rankings(FILE *f, const struct rp_results *s)
{
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	rp_tsv_head(f, s, "who leads of two, by which ratio of throughput, and "
	    "in how many settings of the costs that stands, became a tie, or "
	    "turned", "curve\tcpus\tfrom\tto\tratio\tleader\tsettings"
	    "\tstands\ttied\tturned\tholds");
	for (unsigned i = 0; i < sc.ncurves; i++)
		for (unsigned j = 0; j < sc.npairs; j++)
			for (unsigned k = 0; k < sc.curves[i].n; k++)
				ranking_row(f, s, &sc.curves[i],
				    &s->cells[sc.curves[i].first + k],
				    &sc.pairs[j]);
	rp_scaling_free(&sc);
}

static void
crossing_rows(FILE *f, const struct rp_results *s, const struct rp_curve *c,
    const struct rp_step_pair *p)
{
	struct rp_curve_crossing *k = rp_grow(NULL, c->n, sizeof(*k));
	unsigned n = rp_curve_crossings(s, c, p, k);

	for (unsigned i = 0; i < n; i++) {
		struct rp_crossing_robustness b = rp_crossing_robustness(s, c,
		    p, &k[i]);

		fprintf(f, "%s\t%s\t%s\t%.4g\t%s\t%u\t%u\t%u\t%u\t%u\t%u"
		    "\t%d\n", c->name, s->impls[p->from].name,
		    s->impls[p->to].name, k[i].cpus,
		    rp_lead_name(k[i].leader), k[i].before->threads,
		    k[i].after->threads, b.before == NULL ? 0 :
		    b.before->threads, b.at_before.stands, b.after == NULL ?
		    0 : b.after->threads, b.at_after.stands, b.holds);
	}
	free(k);
}

static void
table_crossings(FILE *f, const struct rp_results *s)
{
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	rp_tsv_head(f, s, "where the leader changes: interpolated, and the "
	    "CPUs between which it is; the nearest that were tested on both "
	    "sides (0: none), and in how many settings the ranking stands",
	    "curve\tfrom\tto\tcpus\tleader\tbefore\tafter\ttested_before"
	    "\tstands_before\ttested_after\tstands_after\tholds");
	for (unsigned i = 0; i < sc.ncurves; i++)
		for (unsigned j = 0; j < sc.npairs; j++)
			crossing_rows(f, s, &sc.curves[i], &sc.pairs[j]);
	rp_scaling_free(&sc);
}

static void
table_conflicts(FILE *f, const struct rp_results *s)
{
	rp_tsv_head(f, s, "pairs of operations beside each other, and a row "
	    "for each line that both need; - where there is none",
	    "impl\tsharing\ta\tb\tline\tmoves_per_op");
	for (unsigned i = 0; i < s->machine->nconflicts; i++) {
		const struct rp_conflict *c = &s->machine->conflicts[i];

		for (unsigned j = 0; j < c->nlines; j++)
			fprintf(f, "%s\t%s\t%s\t%s\t%s\t%.4g\n", c->impl,
			    c->sharing, c->a, c->b, c->lines[j].name,
			    c->lines[j].moves_per_op);
		if (c->nlines == 0)
			fprintf(f, "%s\t%s\t%s\t%s\t-\t0\n", c->impl,
			    c->sharing, c->a, c->b);
	}
}

const struct rp_scaling_table rp_scaling_tables[RP_SCALING_TABLES] = {
	{ "scaling", table_curves },
	{ "scaling_fit", table_fit },
	{ "scaling_rankings", table_rankings },
	{ "scaling_crossings", table_crossings },
	{ "scaling_time", table_time },
	{ "scaling_lines", table_lines },
	{ "scaling_conflicts", table_conflicts },
};

void
rp_machine_file(const struct rp_results *s, const char *prefix, char *file)
{
	snprintf(file, NAME_MAX, "%s-%.180s", prefix, *s->machine->name ==
	    '\0' ? "unnamed" : s->machine->name);
	for (char *c = file; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && strchr("._-", *c) == NULL)
			*c = '_';
}
