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
rp_md_machine(FILE *f, const struct rp_results *s, bool with_costs)
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
	if (with_costs)
		costs(f, m);
	if (json_is_integer(ns))
		fprintf(f, " A window is %lld us of virtual time.",
		    (long long)json_integer_value(ns) / 1000);
	fprintf(f, " %u round%s", s->rounds, s->rounds == 1 ? "" : "s");
	if (json_is_integer(seed))
		fprintf(f, s->rounds == 1 ? ", of seed %lld" :
		    ", of seeds %lld and up",
		    (long long)json_integer_value(seed));
	fprintf(f, ".");
	if (s->threads_max < rp_sim_cpus(s))
		fprintf(f, " No cell has more than %u threads.",
		    s->threads_max);
	fprintf(f, "\n\n");
	wrong(f, s);
}

/* The line under a claim, as rp_md_source() has it. */
static void
source(FILE *f, const struct rp_results *s, const struct rp_places *p,
    const char *prefix, bool drawn)
{
	char file[NAME_MAX];

	rp_machine_file(s, prefix, file);
	fprintf(f, "Data: `%s/%s.tsv`, by `build/report %s --out %s`.",
	    p->data, file, s->folder, p->data);
	if (drawn)
		fprintf(f, " Figure: `%s/%s.svg`, by `report/draw %s %s`.",
		    p->figures, file, p->data, p->figures);
	fprintf(f, "\n\n");
}

static void
figure(FILE *f, const struct rp_results *s, const struct rp_places *p)
{
	char file[NAME_MAX];

	rp_machine_file(s, "scaling", file);
	fprintf(f, "![Throughput against CPUs on %s](%s/%s.svg)\n\n"
	    "Both axes are logarithmic; a large dot is the most of a curve, "
	    "shaded the range of its rounds; dashed is `%s` on one CPU, "
	    "scaled.\n\n", s->machine->name,
	    p->links, file, RP_BASELINE);
}

/* Everything on one machine. */
static void
at_length(FILE *f, const struct rp_results *s, const struct rp_places *p)
{
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	rp_md_machine(f, s, true);
	if (sc.ncurves == 0) {
		fprintf(f, "The run has no cell to compare.\n\n");
		rp_scaling_free(&sc);
		return;
	}
	rp_md_standings(f, s, &sc);
	source(f, s, p, "scaling_rankings", false);
	figure(f, s, p);
	source(f, s, p, "scaling", true);
	rp_md_relative(f, s, &sc);
	source(f, s, p, "scaling_fit", false);
	rp_md_stops(f, s, &sc);
	source(f, s, p, "scaling_lines", false);
	rp_md_crossings(f, s, &sc);
	source(f, s, p, "scaling_crossings", false);
	if (rp_md_conflicts(f, s))
		source(f, s, p, "scaling_conflicts", false);
	rp_scaling_free(&sc);
}

/* Where the rest of it is. */
static void
rest(FILE *f, const struct rp_results *r, const struct rp_results *s,
    const struct rp_places *p)
{
	char file[NAME_MAX];

	fprintf(f, "At length, with throughput, peaks and the law of every "
	    "implementation, where the time goes, all crossing points and all "
	    "conflicts: `build/report %s --results-md FILE`. Data: `%s/", s->
	    folder, p->data);
	for (unsigned i = 0; i < RP_SCALING_TABLES; i++) {
		rp_machine_file(s, rp_scaling_tables[i].prefix, file);
		fprintf(f, "%s%s.tsv`", i == 0 ? "" : ", `", file);
	}
	fprintf(f, ", by `build/report %s --sim %s --out %s`; figure: "
	    "`report/draw %s %s`.\n\n", r->folder, s->folder, p->data,
	    p->data, p->figures);
}

/* What a maintainer wants of one machine. */
static void
in_short(FILE *f, const struct rp_results *r, const struct rp_results *s,
    const struct rp_places *p)
{
	struct rp_scaling sc;

	rp_scaling(s, &sc);
	rp_md_machine(f, s, false);
	if (sc.ncurves > 0) {
		figure(f, s, p);
		rp_md_standings(f, s, &sc);
		rp_md_short_curves(f, s, &sc);
		rp_md_short_fit(f, s, &sc);
		rp_md_short_crossings(f, s, &sc);
	} else
		fprintf(f, "The run has no cell to compare.\n\n");
	rp_md_short_conflicts(f, s);
	rest(f, r, s, p);
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
	    "of CPUs alone, a thread on each. There is no noise of "
	    "measurement, so no interval and no verdict; each round has a "
	    "seed, which says when each CPU begins, and what differs between "
	    "rounds is the schedule that follows from that. A figure is the "
	    "median of its rounds, and who leads must do so in every one; "
	    "throughputs within %g %% of each other are a tie. A ranking is "
	    "asked again under %u settings of the costs: a transfer on each "
	    "of the four levels (threads of a core, last-level cache, "
	    "package, beyond) by half, as it is, and twice as long, in all "
	    "combinations; it **holds** if the same implementation leads in "
	    "at least %g %% of them. The Universal Scalability Law is a "
	    "summary of a curve, never the model. docs/METHOD.md has all of "
	    "these.\n\n",
	    100 * RP_TIE, RP_SETTINGS, 100 * RP_HOLDS);
}

void
rp_md_scaling(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	if (r->nsims == 0 && r->sim_bars == NULL)
		return;
	fprintf(f, "## Scaling on simulated machines\n\n");
	for (unsigned i = 0; i < r->nsims; i++)
		rp_md_scaling_summary(f, &r->sims[i]);
	if (r->nsims > 0) {
		fprintf(f, "\n");
		rp_md_claims(f);
	}
	for (unsigned i = 0; i < r->nsims; i++)
		in_short(f, r, &r->sims[i], p);
	rp_md_sim_bars(f, r);
}

void
rp_md_simulated(FILE *f, const struct rp_results *r, const struct rp_places *p)
{
	fprintf(f, "# Results on a simulated machine\n\n");
	rp_md_scaling_summary(f, r);
	fprintf(f, "\n");
	rp_md_claims(f);
	at_length(f, r, p);
}
