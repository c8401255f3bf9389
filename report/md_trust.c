/*
 * RESULTS.md: what identical code shows, what could have been seen, and how
 * the machine drifted.  Read output.h first, docs/METHOD.md for the terms.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"

/* Cells in which identical code differs although corrected; and all judged. */
static unsigned
false_alarms(const struct rp_results *r, unsigned *judged)
{
	unsigned n = 0;

	*judged = 0;
	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_contrast *k = rp_noise(r, &r->cells[i]);

		if (k == NULL || !rp_compared(&r->cells[i]) ||
		    !k->log_ratio.bounded)
			continue;
		++*judged;
		n += k->p_holm <= RP_ALPHA;
	}
	return (n);
}

struct rp_spread
rp_spread_of(const struct rp_results *r, int impl,
    double (*value)(const struct rp_contrast *))
{
	int base = rp_impl_find(r, RP_BASELINE);
	double *v = rp_grow(NULL, r->ncells + 1, sizeof(*v));
	struct rp_spread s = { .worst = -1 };
	double most = -1;

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_contrast *k = rp_contrast(r, &r->cells[i],
		    impl, base);
		double x = value(k);

		if (!rp_compared(&r->cells[i]) || isnan(x))
			continue;
		v[s.n++] = x;
		if (x > most) {
			most = x;
			s.worst = (int)i;
		}
	}
	s.median = rp_estimate(v, s.n).median;
	/* v[] is sorted now. */
	s.ninth = s.n == 0 ? NAN : v[(s.n * 9 - 1) / 10];
	s.most = s.n == 0 ? NAN : v[s.n - 1];
	free(v);
	return (s);
}

/* Cells that are judged although nothing tells of their noise. */
static unsigned
without_floor(const struct rp_results *r, unsigned impl)
{
	int base = rp_impl_find(r, RP_BASELINE);
	unsigned n = 0;

	for (unsigned i = 0; i < r->ncells; i++) {
		const struct rp_contrast *k = rp_contrast(r, &r->cells[i],
		    (int)impl, base);

		n += rp_compared(&r->cells[i]) && k->log_ratio.bounded &&
		    isnan(k->floor);
	}
	return (n);
}

double
rp_floor_percent(const struct rp_contrast *k)
{
	return (100 * expm1(k->floor));
}

double
rp_mde_percent(const struct rp_contrast *k)
{
	return (100 * k->mde);
}

static void
noise(FILE *f, const struct rp_results *r, unsigned impl)
{
	struct rp_spread floor = rp_spread_of(r, (int)impl,
	    rp_floor_percent);
	unsigned judged, n = false_alarms(r, &judged);
	unsigned bare = without_floor(r, impl);

	if (floor.n == 0) {
		fprintf(f, "This run has no A/A arm that was measured often "
		    "enough: how far identical code "
		    "comes out apart is not known, and a resolved difference "
		    "of a per cent or two may be where code and data happen "
		    "to lie.\n\n");
		return;
	}
	fprintf(f, "In every block a copy of `%s`, the same objects linked "
	    "once more, runs beside it. What lies no farther from 1 than "
	    "the interval of that ratio, the noise floor of the cell, is "
	    "never called different: in half of the cells the floor is "
	    "%.1f %% or less, in nine of ten %.1f %%, at most %.1f %% "
	    "(`%s`). Held to the corrected test alone, identical code "
	    "would have been called different in %u of %u cells.\n\n",
	    RP_BASELINE, floor.median, floor.ninth, floor.most,
	    r->cells[floor.worst].name, n, judged);
	if (bare > 0)
		fprintf(f, "In %u cell%s the copy was not measured often "
		    "enough for a floor: what is resolved there may be "
		    "where code and data happen to lie.\n\n", bare,
		    bare == 1 ? "" : "s");
}

static void
detectable(FILE *f, const struct rp_results *r, unsigned impl)
{
	struct rp_spread mde = rp_spread_of(r, (int)impl, rp_mde_percent);
	unsigned family = rp_family(r, (int)impl, rp_impl_find(r,
	    RP_BASELINE));

	if (family == 0)
		fprintf(f, "- `%s`: nothing was compared.\n",
		    r->impls[impl].name);
	else if (mde.n == 0)
		fprintf(f, "- `%s`: too few %s to correct for %u cells, so "
		    "no single one could have been resolved.\n",
		    r->impls[impl].name, rp_replicates(r), family);
	else
		fprintf(f, "- `%s`: %.1f %% or more in half of %s%u cells, "
		    "%.1f %% in nine of ten; at worst %.0f %% (`%s`).\n",
		    r->impls[impl].name, mde.median, mde.n < family ?
		    "those with enough replicates, " : "the ", mde.n,
		    mde.ninth, mde.most, r->cells[mde.worst].name);
}

static void
drift(FILE *f, const struct rp_results *r)
{
	struct rp_drift d = rp_drift(r);

	if (!d.measured) {
		fprintf(f, "The first cell was not repeated last: how far the "
		    "machine drifted is not known.\n\n");
		return;
	}
	fprintf(f, "Each process ends by repeating the block of its first "
	    "cell. It came out at %.3f of its first figure where it moved "
	    "most (process %u), and at %.3f at the end of the run.\n\n",
	    d.worst, d.worst_process, d.run);
}

/* The processes, in short: what a restart changed. */
static void
processes(FILE *f, const struct rp_results *r)
{
	unsigned n = 0, orders = 0, least = UINT_MAX, most = 0;

	for (unsigned i = 0; i < r->nprocesses; i++) {
		const struct rp_process *p = &r->processes[i];

		if (!p->measured)
			continue;
		n++;
		orders += p->link_order > 0;
		if (p->environment_bytes < least)
			least = p->environment_bytes;
		if (p->environment_bytes > most)
			most = p->environment_bytes;
	}
	if (rp_replicate(r) == RP_ROUNDS) {
		fprintf(f, "The replicate is the round, in %u process%s: what "
		    "another start, another link order or another "
		    "environment would change is not in the intervals. "
		    "`make full` measures that.\n\n", n, n == 1 ? "" : "es");
		return;
	}
	fprintf(f, "The replicate is the process: %u of them, %u linked in an "
	    "order of their own, with environments of %u to %u bytes. The "
	    "value of a process is the median over its rounds, and intervals "
	    "are over processes.\n\n", n, orders, least, most);
}

void
rp_md_trust(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	unsigned *news = rp_grow(NULL, r->nimpls + 1, sizeof(*news));
	unsigned n = rp_new_designs(r, news);

	fprintf(f, "## What could have been seen\n\n");
	processes(f, r);
	if (n > 0 && rp_impl_find(r, RP_BASELINE) >= 0) {
		noise(f, r, news[0]);
		fprintf(f, "Against `%s`, an effect would have been resolved "
		    "four times in five if it was\n\n", RP_BASELINE);
		for (unsigned i = 0; i < n; i++)
			detectable(f, r, news[i]);
		fprintf(f, "\n![Smallest effect that each cell could have "
		    "resolved](%s/noise.svg)\n\n", p->links);
		rp_md_source(f, r, p, "noise.tsv", "noise");
	}
	drift(f, r);
	free(news);
}

void
rp_md_source(FILE *f, const struct rp_results *r, const struct rp_places *p,
    const char *table, const char *figure)
{
	fprintf(f, "Data: `%s/%s`, by `build/report %s --out %s`.", p->data,
	    table, r->folder, p->data);
	if (figure != NULL)
		fprintf(f, " Figure: `%s/%s.svg`, by `report/draw %s %s`.",
		    p->figures, figure, p->data, p->figures);
	fprintf(f, "\n\n");
}
