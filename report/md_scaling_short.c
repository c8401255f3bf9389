/*
 * RESULTS.md: the curves of a simulated machine in short, a row each: who
 * leads on all CPUs, what the others wait for, and the law where it says
 * something.  Read scaling.h first; md_scaling_tables.c has it at length.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

/* What is told of: the baseline, then the new design. */
struct columns {
	int		base;		/* -1: not run */
	unsigned	*impls, n;
};

static struct columns
columns(const struct rp_results *s)
{
	struct columns c = { .base = rp_impl_find(s, RP_BASELINE) };

	c.impls = rp_grow(NULL, s->nimpls + 1, sizeof(*c.impls));
	c.n = rp_new_designs(s, c.impls);
	return (c);
}

/* Whether a curve of one implementation has no more to tell. */
static bool
linear(const struct rp_results *s, const struct rp_curve *c, int impl)
{
	const struct rp_cell *one = rp_curve_cell(s, c, 1);
	const struct rp_cell *all = rp_curve_cell(s, c, s->threads_max);

	/* Without a figure it is not known to be. */
	return (one != NULL && all != NULL && rp_rate(all, impl).median >=
	    RP_LINEAR * s->threads_max * rp_rate(one, impl).median);
}

static bool
all_linear(const struct rp_results *s, const struct rp_curve *c,
    const struct columns *k)
{
	bool all = k->base < 0 || linear(s, c, k->base);

	for (unsigned i = 0; i < k->n; i++)
		all &= linear(s, c, (int)k->impls[i]);
	return (all);
}

/* A curve, and by what it is ordered: the new design's least ratio. */
struct row {
	const struct rp_curve *curve;
	const struct rp_cell *all;	/* on all CPUs */
	double		least;		/* INFINITY: none */
};

static int
by_least(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	if (a->least != b->least)
		return (a->least < b->least ? -1 : 1);
	return (a->curve < b->curve ? -1 : a->curve > b->curve);
}

/* Rows for the curves that are told of; how many. */
static unsigned
collect(const struct rp_results *s, const struct rp_scaling *sc,
    const struct columns *k, struct row *rows)
{
	unsigned n = 0;

	for (unsigned i = 0; i < sc->ncurves; i++) {
		const struct rp_curve *c = &sc->curves[i];
		struct row row = { c, rp_curve_cell(s, c, s->threads_max),
		    INFINITY };

		if (strcmp(s->cells[c->first].sharing, "private") == 0 &&
		    all_linear(s, c, k))
			continue;
		for (unsigned j = 0; j < k->n && row.all != NULL &&
		    k->base >= 0; j++)
			/* Of NAN and a number fmin() takes the number. */
			row.least = fmin(row.least, rp_rate(row.all,
			    (int)k->impls[j]).median / rp_rate(row.all,
			    k->base).median);
		rows[n++] = row;
	}
	qsort(rows, n, sizeof(*rows), by_least);
	return (n);
}

/*
 * "`sxbusy_rlock` 18.4": who has most of those that lead the baseline; of all,
 * where there is none to lead.
 */
static void
best(FILE *f, const struct rp_results *s, const struct rp_cell *all, int base)
{
	int most = -1;

	for (unsigned i = 0; i < s->nimpls; i++) {
		struct rp_step_pair p = { base, (int)i };

		if (!rp_scaled(s, i) || rp_rate(all, (int)i).n == 0 ||
		    (base >= 0 && rp_lead_in(all, &p) != RP_LEAD_TO))
			continue;
		if (most < 0 || rp_rate(all, (int)i).median > rp_rate(all,
		    most).median)
			most = (int)i;
	}
	if (most < 0) {
		fprintf(f, "none");
		return;
	}
	fprintf(f, "`%s`", s->impls[most].name);
	if (base >= 0) {
		fprintf(f, " ");
		rp_md_ratio(f, all, base, most);
	}
}

/* "`vm_object.lock` 93 %" */
static void
waits(FILE *f, const struct rp_cell *all, unsigned impl)
{
	const struct rp_wait *w = rp_most_waited(rp_arm(all, impl));

	/* What rounds to 0 % stops nobody. */
	if (w != NULL && w->share >= 0.005)
		fprintf(f, "`%s` %.0f %%", w->name, 100 * w->share);
	else
		fprintf(f, "-");
}

static void
print_row(FILE *f, const struct rp_results *s, const struct columns *k,
    const struct row *row)
{
	fprintf(f, "| `%s` | ", row->curve->name);
	if (row->all == NULL) {
		fprintf(f, "not run |%s", k->base >= 0 ? " - |" : "");
		for (unsigned i = 0; i < k->n; i++)
			fprintf(f, " - |");
		fprintf(f, "\n");
		return;
	}
	best(f, s, row->all, k->base);
	fprintf(f, " |");
	if (k->base >= 0) {
		fprintf(f, " ");
		waits(f, row->all, (unsigned)k->base);
		fprintf(f, " |");
	}
	for (unsigned i = 0; i < k->n; i++) {
		fprintf(f, " ");
		if (k->base >= 0)
			rp_md_ratio(f, row->all, k->base, (int)k->impls[i]);
		if (rp_rate(row->all, (int)k->impls[i]).n > 0) {
			fprintf(f, k->base >= 0 ? ", " : "");
			waits(f, row->all, k->impls[i]);
		}
		fprintf(f, " |");
	}
	fprintf(f, "\n");
}

/* The names of the columns, the baseline's first. */
static void
head(FILE *f, const struct rp_results *s, const struct columns *k)
{
	if (k->base >= 0)
		fprintf(f, " `%s` |", s->impls[k->base].name);
	for (unsigned i = 0; i < k->n; i++)
		fprintf(f, " `%s` |", s->impls[k->impls[i]].name);
}

static void
rule(FILE *f, const struct columns *k)
{
	for (unsigned i = 0; i < k->n + (k->base >= 0); i++)
		fprintf(f, "---|");
	fprintf(f, "\n");
}

void
rp_md_short_curves(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	struct columns k = columns(s);
	struct row *rows = rp_grow(NULL, sc->ncurves + 1, sizeof(*rows));
	unsigned n = collect(s, sc, &k, rows);

	fprintf(f, "#### What stops each curve\n\n"
	    "On all %u CPUs: of the implementations that lead `%s` in every "
	    "round the one with most throughput, with its ratio to it; then "
	    "what each implementation waits for most, behind the new design's "
	    "own ratios, with the share of all CPUs' time. `~`: a tie, or not "
	    "every round has the same leader. Bold: who leads of the two, or "
	    "that it is a tie, holds; `?`: it was tested and does not; else it "
	    "was not tested. Where the new design does worst comes first.",
	    s->threads_max, RP_BASELINE);
	if (n < sc->ncurves)
		fprintf(f, " Left out %s %u curve%s of private pages that "
		    "%s: %g %% or more of one CPU's throughput, scaled.",
		    sc->ncurves - n == 1 ? "is" : "are", sc->ncurves - n,
		    sc->ncurves - n == 1 ? "" : "s", sc->ncurves - n == 1 ?
		    "is linear" : "are linear", 100 * RP_LINEAR);
	fprintf(f, "\n\n");
	if (n > 0) {
		fprintf(f, "| curve | leads by most |");
		head(f, s, &k);
		fprintf(f, "\n|---|---|");
		rule(f, &k);
	}
	for (unsigned i = 0; i < n; i++)
		print_row(f, s, &k, &rows[i]);
	fprintf(f, n > 0 ? "\n" : "");
	free(rows);
	free(k.impls);
}

/* Whether the law says something of a curve. */
static bool
lawful(const struct rp_results *s, const struct rp_curve *c, int impl,
    struct rp_usl *u)
{
	*u = rp_curve_usl(s, c, impl);
	return (u->fitted && !u->bad && !linear(s, c, impl));
}

/* " 0.8, 0.029, 3 |", or a dash. */
static bool
law(FILE *f, const struct rp_results *s, const struct rp_curve *c, int impl)
{
	struct rp_usl u;

	if (!lawful(s, c, impl, &u)) {
		fprintf(f, " - |");
		return (false);
	}
	fprintf(f, " %.2g, %.2g, ", u.sigma, u.kappa);
	fprintf(f, isinf(u.peak) ? "none |" : "%.0f |", u.peak);
	return (true);
}

void
rp_md_short_fit(FILE *f, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	struct columns k = columns(s);
	unsigned n = 0;

	for (unsigned i = 0; i < sc->ncurves; i++) {
		struct rp_text t;
		bool any = false;

		rp_text_open(&t);
		if (k.base >= 0)
			any |= law(t.f, s, &sc->curves[i], k.base);
		for (unsigned j = 0; j < k.n; j++)
			any |= law(t.f, s, &sc->curves[i], (int)k.impls[j]);
		rp_text_close(&t);
		if (any && n++ == 0) {
			fprintf(f, "#### The law\n\nsigma (contention), kappa "
			    "(coherency) and the CPUs of its own peak, where "
			    "a curve is not linear and the fit's error is not "
			    "beyond %g %%.\n\n| curve |", 100 * RP_USL_BAD);
			head(f, s, &k);
			fprintf(f, "\n|---|");
			rule(f, &k);
		}
		if (any)
			fprintf(f, "| `%s` |%s\n", sc->curves[i].name,
			    t.text);
		free(t.text);
	}
	fprintf(f, n > 0 ? "\n" : "");
	free(k.impls);
}
