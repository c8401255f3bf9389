/*
 * Counting what was said of planted effects.  Read detection.h first.
 */
#include "detection.h"

#include <glob.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

/*
 * What is true of a copy in a cell: the mean over processes of the logarithm
 * of what each calibrated.  NAN where nothing was planted.
 */
static double
truth_of(const struct rp_arm *a, unsigned *percent)
{
	double sum = 0;
	unsigned n = 0;

	for (unsigned i = 0; i < a->nwindows; i++) {
		const struct rp_window *w = &a->windows[i];
		bool seen = false;

		if (isnan(w->planted))
			continue;
		for (unsigned j = 0; j < i && !seen; j++)
			seen = a->windows[j].process == w->process;
		if (seen)
			continue;
		*percent = w->planted_percent;
		sum += log(w->planted);
		n++;
	}
	return (n > 0 ? sum / n : NAN);
}

/* The level of a percentage, made if need be, in order. */
static struct rp_level *
level_of(struct rp_detection *d, unsigned percent)
{
	unsigned i = 0;

	while (i < d->nlevels && d->levels[i].percent < percent)
		i++;
	if (i < d->nlevels && d->levels[i].percent == percent)
		return (&d->levels[i]);
	d->levels = rp_grow(d->levels, d->nlevels + 1, sizeof(*d->levels));
	memmove(&d->levels[i + 1], &d->levels[i],
	    (d->nlevels - i) * sizeof(*d->levels));
	d->nlevels++;
	d->levels[i] = (struct rp_level){ .percent = percent };
	return (&d->levels[i]);
}

static bool
covers(const struct rp_comparison *c)
{
	const struct rp_estimate *e = &c->contrast.log_ratio;

	return (e->lo <= c->truth && c->truth <= e->hi);
}

static void
count(struct rp_detection *d, const struct rp_comparison *c)
{
	struct rp_level *l = level_of(d, c->percent);

	if (!c->contrast.log_ratio.bounded)
		return;
	l->truth = (l->truth * l->comparisons + 100 * expm1(-c->truth)) /
	    (l->comparisons + 1);
	l->comparisons++;
	l->called += rp_resolved(c->contrast.verdict);
	l->found += c->contrast.verdict == RP_SLOWER && c->percent > 0;
	l->covered += covers(c);
}

static void
add(struct rp_detection *d, const struct rp_results *r,
    const struct rp_cell *cell, int impl, int base)
{
	struct rp_comparison c = { .percent = 0 };

	c.truth = truth_of(rp_arm(cell, (unsigned)impl), &c.percent);
	if (isnan(c.truth))
		return;
	c.contrast = *rp_contrast(r, cell, impl, base);
	c.run = rp_strdup(r->folder);
	c.cell = rp_strdup(cell->key);
	c.impl = rp_strdup(r->impls[impl].name);
	d->comparisons = rp_grow(d->comparisons, d->ncomparisons + 1,
	    sizeof(c));
	d->comparisons[d->ncomparisons++] = c;
	count(d, &c);
}

void
rp_detection_init(struct rp_detection *d)
{
	*d = (struct rp_detection){ .runs = 0 };
}

void
rp_detection_free(struct rp_detection *d)
{
	for (unsigned i = 0; i < d->ncomparisons; i++) {
		free(d->comparisons[i].run);
		free(d->comparisons[i].cell);
		free(d->comparisons[i].impl);
	}
	free(d->comparisons);
	free(d->levels);
}

int
rp_detection_add(struct rp_detection *d, const struct rp_results *r,
    char message[RP_MESSAGE])
{
	unsigned before = d->ncomparisons;
	int base = -1;

	for (unsigned i = 0; i < r->nimpls && base < 0; i++)
		base = r->impls[i].again;
	for (unsigned i = 0; i < r->ncells && base >= 0; i++)
		for (unsigned j = 0; j < r->nimpls; j++)
			add(d, r, &r->cells[i], (int)j, base);
	d->runs++;
	if (d->ncomparisons > before)
		return (0);
	snprintf(message, RP_MESSAGE, "%.300s: %s; make it with make "
	    "self-test", r->folder, base < 0 ? "no implementation beside "
	    "itself" : "nothing planted");
	return (-1);
}

static int
load_one(struct rp_detection *d, const char *rounds, char message[RP_MESSAGE])
{
	char folder[PATH_MAX];
	struct rp_results r;
	int status;

	snprintf(folder, sizeof(folder), "%.*s",
	    (int)(strrchr(rounds, '/') - rounds), rounds);
	if (rp_load(&r, folder, message) != 0)
		return (-1);
	status = rp_detection_add(d, &r, message);
	rp_free(&r);
	return (status);
}

int
rp_detection_load(struct rp_detection *d, const char *folder,
    char message[RP_MESSAGE])
{
	char pattern[PATH_MAX];
	glob_t g = { .gl_pathc = 0 };
	int status = 0;

	snprintf(pattern, sizeof(pattern), "%s/*/latest/rounds.jsonl", folder);
	if (glob(pattern, 0, NULL, &g) != 0) {
		snprintf(message, RP_MESSAGE, "%.300s: no runs of make "
		    "self-test in it", folder);
		return (-1);
	}
	for (size_t i = 0; i < g.gl_pathc && status == 0; i++)
		status = load_one(d, g.gl_pathv[i], message);
	globfree(&g);
	return (status);
}

void
rp_share(unsigned k, unsigned n, double *lo, double *hi)
{
	double tail = (1 - RP_NOMINAL) / 2;

	*lo = k == 0 ? 0 : gsl_cdf_beta_Pinv(tail, k, n - k + 1);
	*hi = k == n ? 1 : gsl_cdf_beta_Qinv(tail, k + 1, n - k);
}

static void
decide(struct rp_detection_bar *b)
{
	double share = b->n > 0 ? (double)b->count / b->n : NAN;

	b->met = b->n >= b->n_min &&
	    (b->at_most ? share <= b->limit : share >= b->limit);
}

void
rp_detection_bars(const struct rp_detection *d,
    struct rp_detection_bar bars[RP_DETECTION_BARS])
{
	bars[0] = (struct rp_detection_bar){ .name = "0 % called different",
	    .limit = RP_FALSE_MAX, .at_most = true, .n_min = RP_ZEROS_MIN };
	bars[1] = (struct rp_detection_bar){ .name = "5 % found",
	    .limit = RP_FOUND_MIN, .n_min = RP_FIVES_MIN };
	bars[2] = (struct rp_detection_bar){ .name =
	    "interval holds the truth", .limit = RP_COVERED_MIN,
	    .n_min = RP_ZEROS_MIN };
	for (unsigned i = 0; i < d->nlevels; i++) {
		const struct rp_level *l = &d->levels[i];

		if (l->percent == 0) {
			bars[0].count = l->called;
			bars[0].n = l->comparisons;
		} else if (l->percent == 5) {
			bars[1].count = l->found;
			bars[1].n = l->comparisons;
		}
		bars[2].count += l->covered;
		bars[2].n += l->comparisons;
	}
	for (unsigned i = 0; i < RP_DETECTION_BARS; i++)
		decide(&bars[i]);
}
