/*
 * What a simulated run has besides its windows: throughput under other costs
 * of a transfer, and pairs of operations with the lines that both need; and
 * the run as part of another's report.  Read simulated.h first.
 */
#include "simulated.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "read.h"

/* The factors of a line.  0, or -1 with a message. */
static int
get_factors(json_t *j, double factor[RP_LEVELS], char message[RP_MESSAGE])
{
	json_t *a = json_object_get(j, "setting");

	if (json_array_size(a) != RP_LEVELS)
		return (rp_fail(message, "field \"setting\" is no array of %u "
		    "factors: smt, l3, package, remote", RP_LEVELS));
	for (unsigned i = 0; i < RP_LEVELS; i++) {
		json_t *v = json_array_get(a, i);

		factor[i] = json_number_value(v);
		if (!json_is_number(v) || !(factor[i] > 0))
			return (rp_fail(message, "field \"setting\" has a "
			    "factor that is no number above 0"));
	}
	return (0);
}

/* The parts of the cell; a placement is told by its name only. */
static int
get_cell(json_t *j, struct rp_line *l, char message[RP_MESSAGE])
{
	double threads, home;
	const char *slash;

	*l = (struct rp_line){ .flavour = "bench" };
	if (rp_get_string(j, "cell", &l->cell, message) != 0 ||
	    rp_get_string(j, "workload", &l->workload, message) != 0 ||
	    rp_get_string(j, "variant", &l->variant, message) != 0 ||
	    rp_get_string(j, "sharing", &l->sharing, message) != 0 ||
	    rp_get_string(j, "impl", &l->impl, message) != 0 ||
	    rp_get_number(j, "threads", 1, RP_THREADS_MAX, &threads,
	    message) != 0 || rp_get_optional(j, "home", -1, RP_THREADS_MAX, 0,
	    &home, message) != 0)
		return (-1);
	slash = strrchr(l->cell, '/');
	l->placement = slash == NULL ? "-" : slash + 1;
	l->threads = (unsigned)threads;
	l->home = (int)home;
	return (0);
}

/* Something that was skipped or failed has no figure: it was not run. */
static bool
was_run(json_t *j)
{
	const char *status = json_string_value(json_object_get(j, "status"));

	return (status == NULL || strcmp(status, "ok") == 0);
}

int
rp_add_sensitivity(struct rp_results *r, json_t *j, char message[RP_MESSAGE])
{
	struct rp_setting setting;
	struct rp_simulated *s;
	struct rp_cell *c;
	struct rp_line l;

	if (!was_run(j))
		return (0);
	if (get_cell(j, &l, message) != 0 ||
	    get_factors(j, setting.factor, message) != 0 ||
	    rp_get_number(j, "ops_per_s_total", 0, HUGE_VAL,
	    &setting.ops_per_s_total, message) != 0)
		return (-1);
	rp_intern_machine(r);
	c = rp_intern_cell(r, &l);
	s = rp_intern_simulated(rp_intern_arm(c, rp_intern_impl(r, l.impl)));
	for (unsigned i = 0; i < s->nsettings; i++)
		if (memcmp(s->settings[i].factor, setting.factor,
		    sizeof(setting.factor)) == 0)
			return (rp_fail(message, "%.200s of %.64s has setting "
			    "%g,%g,%g,%g twice", l.cell, l.impl,
			    setting.factor[0], setting.factor[1],
			    setting.factor[2], setting.factor[3]));
	s->settings = rp_grow(s->settings, s->nsettings + 1,
	    sizeof(*s->settings));
	s->settings[s->nsettings++] = setting;
	return (0);
}

int
rp_add_conflict(struct rp_results *r, json_t *j, char message[RP_MESSAGE])
{
	struct rp_machine *m = rp_intern_machine(r);
	const char *impl, *sharing, *a, *b;
	json_t *lines = json_object_get(j, "lines");
	struct rp_conflict c = { .nlines = 0 };

	if (!was_run(j))
		return (0);
	if (rp_get_string(j, "impl", &impl, message) != 0 ||
	    rp_get_string(j, "sharing", &sharing, message) != 0 ||
	    rp_get_string(j, "a", &a, message) != 0 ||
	    rp_get_string(j, "b", &b, message) != 0)
		return (-1);
	if (!json_is_array(lines))
		return (rp_fail(message, "field \"lines\" is %s", lines ==
		    NULL ? "missing" : "no array"));
	for (unsigned i = 0; i < m->nconflicts; i++)
		if (strcmp(m->conflicts[i].impl, impl) == 0 &&
		    strcmp(m->conflicts[i].sharing, sharing) == 0 &&
		    strcmp(m->conflicts[i].a, a) == 0 &&
		    strcmp(m->conflicts[i].b, b) == 0)
			return (rp_fail(message, "%.64s beside %.64s of %.64s "
			    "(%.64s) is there twice", a, b, impl, sharing));
	if (rp_get_moves(lines, &c.lines, &c.nlines, message) != 0) {
		rp_moves_free(c.lines, c.nlines);
		return (-1);
	}
	c.impl = rp_strdup(impl);
	c.sharing = rp_strdup(sharing);
	c.a = rp_strdup(a);
	c.b = rp_strdup(b);
	m->conflicts = rp_grow(m->conflicts, m->nconflicts + 1,
	    sizeof(*m->conflicts));
	m->conflicts[m->nconflicts++] = c;
	return (0);
}

void
rp_machine_free(struct rp_machine *m)
{
	if (m == NULL)
		return;
	for (unsigned i = 0; i < m->nconflicts; i++) {
		struct rp_conflict *c = &m->conflicts[i];

		rp_moves_free(c->lines, c->nlines);
		free(c->impl);
		free(c->sharing);
		free(c->a);
		free(c->b);
	}
	free(m->conflicts);
	free(m->name);
	free(m->description);
	free(m->topology);
	free(m);
}

int
rp_sim_load(struct rp_results *r, const char *folder, char message[RP_MESSAGE])
{
	struct rp_results s;

	if (rp_load(&s, folder, message) != 0)
		return (-1);
	if (s.machine == NULL) {
		rp_free(&s);
		return (rp_fail(message, "%.300s: not a simulated run; make "
		    "sim writes results/sim", folder));
	}
	for (unsigned i = 0; i < r->nsims; i++)
		if (strcmp(r->sims[i].machine->name, s.machine->name) == 0) {
			rp_fail(message, "%.300s: machine %.64s is given "
			    "already; name each once", folder,
			    s.machine->name);
			rp_free(&s);
			return (-1);
		}
	r->sims = rp_grow(r->sims, r->nsims + 1, sizeof(*r->sims));
	r->sims[r->nsims++] = s;
	return (0);
}

void
rp_sims_free(struct rp_results *r)
{
	for (unsigned i = 0; i < r->nsims; i++)
		rp_free(&r->sims[i]);
	free(r->sims);
}

unsigned
rp_sim_cpus(const struct rp_results *s)
{
	return (s->machine != NULL && s->machine->cpus > 0 ?
	    s->machine->cpus : s->threads_max);
}
