/*
 * RESULTS.md: scaling on simulated machines, the frame of it; tables are in
 * md_scaling_tables.c, md_crossings.c and md_conflicts.c.  Read scaling.h
 * first.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

/* ", `transfer_smt` 10": what the machine's costs are, in the data's order. */
static void
costs(FILE *f, const struct rp_machine *m)
{
	const char *name;
	json_t *v;
	unsigned n = 0;

	json_object_foreach(m->costs, name, v)
		fprintf(f, "%s`%s` %g", n++ == 0 ? " Its costs, in ns: " :
		    ", ", name, json_number_value(v));
	if (n > 0)
		fprintf(f, ".");
}

/* What went wrong stands before what is claimed. */
static void
wrong(FILE *f, const struct rp_results *s)
{
	if (!s->ended)
		fprintf(f, "> The run did not come to its end: what follows "
		    "is made of the windows that it had written.\n\n");
	if (s->failed == 0)
		return;
	fprintf(f, "> **%u window%s failed**, and have no figure below:\n",
	    s->failed, s->failed == 1 ? "" : "s");
	for (unsigned i = 0; i < s->ncells; i++)
		for (unsigned j = 0; j < s->nimpls; j++) {
			const struct rp_arm *a = rp_arm(&s->cells[i], j);

			if (a->failed == 0)
				continue;
			fprintf(f, "> `%s` in `%s`: ", s->impls[j].name,
			    s->cells[i].name);
			rp_md_escaped(f, a->why);
			fprintf(f, ".\n");
		}
	fprintf(f, "\n");
}

void
rp_md_machine(FILE *f, const struct rp_results *s)
{
	const struct rp_machine *m = s->machine;
	json_t *ns = json_object_get(s->run, "window_ns");
	json_t *seed = json_object_get(s->run, "seed");

	fprintf(f, "### Machine `%s`\n\n", m->name);
	if (*m->description != '\0') {
		rp_md_escaped(f, m->description);
		fprintf(f, "; ");
	}
	fprintf(f, "%u CPUs", rp_sim_cpus(s));
	if (*m->topology != '\0')
		fprintf(f, ", `%s`", m->topology);
	fprintf(f, ".");
	costs(f, m);
	if (json_is_integer(ns))
		fprintf(f, " A window is %lld us of virtual time.",
		    (long long)json_integer_value(ns) / 1000);
	if (json_is_integer(seed))
		fprintf(f, " The seed is %lld.",
		    (long long)json_integer_value(seed));
	if (s->threads_max < rp_sim_cpus(s))
		fprintf(f, " No cell has more than %u threads.",
		    s->threads_max);
	fprintf(f, "\n\n");
	wrong(f, s);
}

/* The line under a claim, as rp_md_source() has it. */
static void
source(FILE *f, const struct rp_results *r, const struct rp_results *s,
    const struct rp_places *p, const char *prefix, bool drawn)
{
	char file[NAME_MAX];

	rp_machine_file(s, prefix, file);
	fprintf(f, "Data: `%s/%s.tsv`, by `build/report %s%s%s --out %s`.",
	    p->data, file, r->folder, r != s ? " --sim " : "", r != s ?
	    s->folder : "", p->data);
	if (drawn)
		fprintf(f, " Figure: `%s/%s.svg`, by `report/draw %s %s`.",
		    p->figures, file, p->data, p->figures);
	fprintf(f, "\n\n");
}

static void
figure(FILE *f, const struct rp_results *r, const struct rp_results *s,
    const struct rp_places *p)
{
	char file[NAME_MAX];

	rp_machine_file(s, "scaling", file);
	fprintf(f, "![Throughput against CPUs on %s](%s/%s.svg)\n\n"
	    "Both axes are logarithmic; a large dot is the most of a curve; "
	    "dashed is `%s` on one CPU, scaled.\n\n", s->machine->name,
	    p->links, file, RP_BASELINE);
	source(f, r, s, p, "scaling", true);
}

/* Everything on one machine. */
static void
section(FILE *f, const struct rp_results *r, const struct rp_results *s,
    const struct rp_places *p)
{
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	rp_md_machine(f, s);
	if (sc.ncurves == 0) {
		fprintf(f, "The run has no cell to compare.\n\n");
		rp_scaling_free(&sc);
		return;
	}
	rp_md_standings(f, s, &sc);
	source(f, r, s, p, "scaling_rankings", false);
	figure(f, r, s, p);
	rp_md_relative(f, s, &sc);
	source(f, r, s, p, "scaling_fit", false);
	rp_md_stops(f, s, &sc);
	source(f, r, s, p, "scaling_lines", false);
	rp_md_crossings(f, s, &sc);
	source(f, r, s, p, "scaling_crossings", false);
	if (rp_md_conflicts(f, s))
		source(f, r, s, p, "scaling_conflicts", false);
	rp_scaling_free(&sc);
}

void
rp_md_claims(FILE *f)
{
	fprintf(f, "The units that are measured elsewhere in this report, run "
	    "in virtual time on machines that are not here: each access to "
	    "memory is an event, and what it costs follows from where its "
	    "cache line is (docs/MODEL.md). **Times are modelled.** Caches "
	    "are never full, there is no store buffer and no prefetch, and "
	    "costs other than those of transfers are estimates. What is "
	    "claimed are rankings, crossing points and shapes, not "
	    "operations a second.\n\n"
	    "A curve is what cells have in common that differ in the number "
	    "of CPUs alone, a thread on each. A simulated run has no noise "
	    "and one window a cell, so there is "
	    "no interval and no verdict. Instead a ranking is asked again "
	    "under %u settings of the costs: a transfer on each of the four "
	    "levels (threads of a core, last-level cache, package, beyond) "
	    "by half, as it is, and twice as long, in all combinations. A "
	    "ranking **holds** if the same implementation leads in at least "
	    "%g %% of them; throughputs within %g %% of each other are a "
	    "tie. The Universal Scalability Law is a summary of a curve, "
	    "never the model. docs/METHOD.md has all of these.\n\n",
	    RP_SETTINGS, 100 * RP_HOLDS, 100 * RP_TIE);
}

void
rp_md_scaling(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	if (r->nsims == 0)
		return;
	fprintf(f, "## Scaling on simulated machines\n\n");
	rp_md_claims(f);
	for (unsigned i = 0; i < r->nsims; i++)
		section(f, r, &r->sims[i], p);
}

void
rp_md_simulated(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	fprintf(f, "# Results on a simulated machine\n\n");
	rp_md_claims(f);
	section(f, r, r, p);
}
