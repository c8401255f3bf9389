/*
 * Curves of throughput against CPUs, and what is read off a single one.  Read
 * scaling.h first.
 */
#include "scaling.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decide.h"
#include "tables.h"

bool
rp_scaled(const struct rp_results *s, unsigned impl)
{
	return (rp_shown(s, impl) && !s->impls[impl].null);
}

/* The name of a cell without the number of its threads. */
static char *
curve_name(const struct rp_cell *c)
{
	char *name = rp_strdup(c->name), part[32];
	size_t n = (size_t)snprintf(part, sizeof(part), "/t%u", c->threads);
	char *at = name;

	/* "/t1" may also begin another part: take the one that ends so. */
	while ((at = strstr(at, part)) != NULL && at[n] != '/' &&
	    at[n] != '\0')
		at += n;
	if (at != NULL)
		memmove(at, at + n, strlen(at + n) + 1);
	return (name);
}

static bool
same_curve(const struct rp_cell *a, const struct rp_cell *b)
{
	return (strcmp(a->workload, b->workload) == 0 && rp_same_panel(a, b));
}

static void
collect_curves(const struct rp_results *s, struct rp_scaling *out)
{
	struct rp_curve *c = NULL;

	out->curves = rp_grow(NULL, s->ncells + 1, sizeof(*out->curves));
	for (unsigned i = 0; i < s->ncells; i++) {
		if (!rp_compared(&s->cells[i]))
			continue;
		if (c == NULL || !same_curve(&s->cells[c->first],
		    &s->cells[i])) {
			c = &out->curves[out->ncurves++];
			*c = (struct rp_curve){ curve_name(&s->cells[i]), i,
			    0 };
		}
		c->n++;
	}
}

static void
add_pair(struct rp_scaling *out, const struct rp_results *s, int from, int to)
{
	if (from < 0 || to < 0 || from == to || !rp_scaled(s, (unsigned)to) ||
	    !rp_scaled(s, (unsigned)from))
		return;
	for (unsigned i = 0; i < out->npairs; i++)
		if (out->pairs[i].from == from && out->pairs[i].to == to)
			return;
	out->pairs = rp_grow(out->pairs, out->npairs + 1,
	    sizeof(*out->pairs));
	out->pairs[out->npairs++] = (struct rp_step_pair){ from, to };
}

static void
collect_pairs(const struct rp_results *s, struct rp_scaling *out)
{
	struct rp_decisions d;

	rp_list_steps(s, &d);
	for (unsigned i = 0; i < d.n; i++)
		add_pair(out, s, rp_impl_find(s, d.steps[i].from),
		    rp_impl_find(s, d.steps[i].to));
	rp_decisions_free(&d);
	for (unsigned i = 0; i < s->nimpls; i++)
		add_pair(out, s, rp_impl_find(s, RP_BASELINE), (int)i);
}

/* Whether any curve has so many CPUs. */
static bool
has_threads(const struct rp_results *s, unsigned threads)
{
	for (unsigned i = 0; i < s->ncells; i++)
		if (rp_compared(&s->cells[i]) &&
		    s->cells[i].threads == threads)
			return (true);
	return (false);
}

static void
collect_at(const struct rp_results *s, struct rp_scaling *out)
{
	const unsigned wanted[] = { 1, 8, 64, s->threads_max };

	for (unsigned i = 0; i < 4; i++)
		if ((i == 3 || wanted[i] < s->threads_max) &&
		    has_threads(s, wanted[i]))
			out->at[out->nat++] = wanted[i];
}

void
rp_scaling(const struct rp_results *s, struct rp_scaling *out)
{
	memset(out, 0, sizeof(*out));
	collect_curves(s, out);
	collect_pairs(s, out);
	collect_at(s, out);
}

void
rp_scaling_free(struct rp_scaling *sc)
{
	for (unsigned i = 0; i < sc->ncurves; i++)
		free(sc->curves[i].name);
	free(sc->curves);
	free(sc->pairs);
}

const struct rp_cell *
rp_curve_cell(const struct rp_results *s, const struct rp_curve *c,
    unsigned cpus)
{
	for (unsigned i = c->first; i < c->first + c->n; i++)
		if (s->cells[i].threads == cpus)
			return (&s->cells[i]);
	return (NULL);
}

unsigned
rp_curve_points(const struct rp_results *s, const struct rp_curve *c, int impl,
    double *cpus, double *throughput)
{
	unsigned n = 0;

	for (unsigned i = c->first; i < c->first + c->n; i++) {
		struct rp_estimate e = rp_rate(&s->cells[i], impl);

		if (e.n == 0)
			continue;
		cpus[n] = s->cells[i].threads;
		throughput[n++] = e.median;
	}
	return (n);
}

struct rp_usl
rp_curve_usl(const struct rp_results *s, const struct rp_curve *c, int impl)
{
	double *cpus = rp_grow(NULL, c->n, sizeof(*cpus));
	double *x = rp_grow(NULL, c->n, sizeof(*x));
	unsigned n = rp_curve_points(s, c, impl, cpus, x);
	struct rp_usl u = rp_usl(cpus, x, n);

	free(cpus);
	free(x);
	return (u);
}

struct rp_peak
rp_peak(const struct rp_results *s, const struct rp_curve *c, int impl)
{
	struct rp_peak p = { .peak = NULL };
	double most = -1;

	for (unsigned i = c->first; i < c->first + c->n; i++) {
		struct rp_estimate e = rp_rate(&s->cells[i], impl);

		if (e.n == 0)
			continue;
		p.last = &s->cells[i];
		if (e.median > most) {
			most = e.median;
			p.peak = &s->cells[i];
		}
	}
	for (unsigned i = c->first + c->n; i-- > c->first;) {
		struct rp_estimate e = rp_rate(&s->cells[i], impl);

		if (e.n > 0 && e.median >= RP_NEARLY * most)
			p.nearly = &s->cells[i];
		/* Of those behind the peak the first. */
		if (e.n > 0 && (&s->cells[i] == p.peak ?
		    p.peak->threads > 1 || p.stop == NULL :
		    &s->cells[i] > p.peak))
			p.stop = &s->cells[i];
	}
	return (p);
}

const struct rp_wait *
rp_most_waited(const struct rp_arm *a)
{
	const struct rp_simulated *m = rp_simulated(a);
	const struct rp_wait *most = NULL;

	for (unsigned i = 0; i < m->nwaits; i++)
		if (m->waits[i].share > (most == NULL ? 0 : most->share))
			most = &m->waits[i];
	return (most);
}
