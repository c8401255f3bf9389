/*
 * The page's data on simulated machines: curves to draw, and the tables of
 * RESULTS.md as they are.  Read page.h and scaling.h first.
 */
#include "page.h"

#include <limits.h>
#include <stdlib.h>

#include "scaling.h"

/* What was written, as text; takes the stream's memory over. */
static json_t *
written(struct rp_text *t)
{
	json_t *out = rp_page_text(rp_text_close(t));

	free(t->text);
	return (out);
}

/* One part of the section on a machine. */
static json_t *
part(void (*write)(FILE *, const struct rp_results *,
    const struct rp_scaling *), const struct rp_results *s,
    const struct rp_scaling *sc)
{
	struct rp_text t;

	rp_text_open(&t);
	write(t.f, s, sc);
	return (written(&t));
}

static void
about(FILE *f, const struct rp_results *s, const struct rp_scaling *sc)
{
	(void)sc;
	rp_md_machine(f, s, true);
}

static void
conflicts(FILE *f, const struct rp_results *s, const struct rp_scaling *sc)
{
	(void)sc;
	rp_md_conflicts(f, s);
}

/* The points of a curve, [CPUs, operations a second]; null without any. */
static json_t *
points(const struct rp_results *s, const struct rp_curve *c, int impl)
{
	double *cpus = rp_grow(NULL, c->n, sizeof(*cpus));
	double *x = rp_grow(NULL, c->n, sizeof(*x));
	unsigned n = rp_curve_points(s, c, impl, cpus, x);
	json_t *out = n == 0 ? json_null() : json_array();

	for (unsigned i = 0; i < n; i++)
		json_array_append_new(out, json_pack("[o,o]",
		    rp_page_number(cpus[i]), rp_page_number(x[i])));
	free(cpus);
	free(x);
	return (out);
}

/* Implementations that are told of, and the curves of each in their order. */
static void
add_curves(json_t *out, const struct rp_results *s,
    const struct rp_scaling *sc)
{
	json_t *impls = json_array(), *curves = json_array();

	for (unsigned j = 0; j < s->nimpls; j++)
		if (rp_scaled(s, j))
			json_array_append_new(impls, json_pack("{s:o, s:o}",
			    "name", rp_page_text(s->impls[j].name), "colour",
			    json_sprintf("#%s", rp_impl_colour(s, j) + 2)));
	for (unsigned i = 0; i < sc->ncurves; i++) {
		json_t *lines = json_array();

		for (unsigned j = 0; j < s->nimpls; j++)
			if (rp_scaled(s, j))
				json_array_append_new(lines, points(s,
				    &sc->curves[i], (int)j));
		json_array_append_new(curves, json_pack("{s:o, s:o}", "name",
		    rp_page_text(sc->curves[i].name), "lines", lines));
	}
	json_object_set_new(out, "impls", impls);
	json_object_set_new(out, "curves", curves);
}

static json_t *
machine(const struct rp_results *s)
{
	char file[NAME_MAX];
	struct rp_scaling sc;
	json_t *out;

	rp_scaling(s, &sc);
	rp_machine_file(s, "scaling", file);
	out = json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
	    "name", rp_page_text(s->machine->name),
	    "folder", rp_page_text(s->folder), "file", rp_page_text(file),
	    "about", part(about, s, &sc),
	    "standings", part(rp_md_standings, s, &sc),
	    "relative", part(rp_md_relative, s, &sc),
	    "stops", part(rp_md_stops, s, &sc),
	    "crossings", part(rp_md_crossings, s, &sc),
	    "conflicts", part(conflicts, s, &sc));
	add_curves(out, s, &sc);
	rp_scaling_free(&sc);
	return (out);
}

json_t *
rp_page_scaling(const struct rp_results *r)
{
	json_t *machines = json_array();
	struct rp_text t, bars;

	rp_text_open(&t);
	rp_text_open(&bars);
	for (unsigned i = 0; i < r->nsims; i++)
		rp_md_scaling_summary(t.f, &r->sims[i]);
	fprintf(t.f, "\n");
	rp_md_claims(t.f);
	rp_md_sim_bars(bars.f, r);
	for (unsigned i = 0; i < r->nsims; i++)
		json_array_append_new(machines, machine(&r->sims[i]));
	return (json_pack("{s:o, s:o, s:o}", "claims", written(&t), "machines",
	    machines, "bars", written(&bars)));
}
