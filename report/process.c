/*
 * The processes of a run: how each began and ended, and the block each
 * repeated at its end.  Read read.h first.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "compare.h"
#include "read.h"

struct rp_process *
rp_intern_process(struct rp_results *r, unsigned process)
{
	struct rp_process *p;

	for (unsigned i = r->nprocesses; i-- > 0;)
		if (r->processes[i].process == process)
			return (&r->processes[i]);
	r->processes = rp_grow(r->processes, r->nprocesses + 1,
	    sizeof(*r->processes));
	p = &r->processes[r->nprocesses++];
	*p = (struct rp_process){ .process = process, .load = NAN,
	    .elapsed_s = NAN };
	return (p);
}

static int
get_process(json_t *j, unsigned *process, char message[RP_MESSAGE])
{
	double v;

	if (rp_get_number(j, "process", 0, RP_ROUNDS_MAX, &v, message) != 0)
		return (-1);
	*process = (unsigned)v;
	return (0);
}

/* The load average over a minute; NAN if not told. */
static double
get_load(json_t *j)
{
	json_t *load = json_object_get(j, "load");

	return (json_is_number(load) ? json_number_value(load) : NAN);
}

int
rp_add_process(struct rp_results *r, json_t *j, char message[RP_MESSAGE])
{
	double order, bytes;
	struct rp_process *p;
	unsigned process;

	if (get_process(j, &process, message) != 0 ||
	    rp_get_optional(j, "link_order", 0, UINT32_MAX, 0, &order,
	    message) != 0 || rp_get_optional(j, "environment_bytes", 0,
	    UINT32_MAX, 0, &bytes, message) != 0)
		return (-1);
	p = rp_intern_process(r, process);
	p->link_order = (unsigned)order;
	p->environment_bytes = (unsigned)bytes;
	p->load = get_load(j);
	return (0);
}

int
rp_add_process_end(struct rp_results *r, json_t *j, char message[RP_MESSAGE])
{
	unsigned process;
	double elapsed;

	if (get_process(j, &process, message) != 0 || rp_get_number(j,
	    "elapsed_s", 0, HUGE_VAL, &elapsed, message) != 0)
		return (-1);
	rp_intern_process(r, process)->elapsed_s = elapsed;
	return (0);
}

int
rp_add_repeat(struct rp_results *r, json_t *j, char message[RP_MESSAGE])
{
	struct rp_repeat repeat;
	struct rp_line l;

	if (rp_get_line(j, &l, message) != 0)
		return (-1);
	if (l.why != NULL)
		return (0);
	if (rp_get_number(j, "ops_per_s_total", 0, HUGE_VAL,
	    &repeat.ops_per_s_total, message) != 0)
		return (-1);
	repeat.key = rp_strdup(rp_intern_cell(r, &l)->key);
	repeat.impl = rp_intern_impl(r, l.impl);
	repeat.process = l.process;
	r->repeats = rp_grow(r->repeats, r->nrepeats + 1,
	    sizeof(*r->repeats));
	r->repeats[r->nrepeats++] = repeat;
	return (0);
}

/*
 * The first figure of an arm, in a process or in the whole run; 0 if none.
 * Windows are in the order of rounds.
 */
static double
first_rate(const struct rp_arm *a, int process)
{
	for (unsigned i = 0; i < a->nwindows; i++)
		if (process < 0 || a->windows[i].process == (unsigned)process)
			return (a->windows[i].ops_per_s_total);
	return (0);
}

/*
 * The median over implementations of a process's repeated block over the
 * first block of its own (own), or of the run; NAN if there is none.
 */
static double
drift_of(const struct rp_results *r, unsigned process, bool own)
{
	double *logs = rp_grow(NULL, r->nrepeats + 1, sizeof(*logs)), median;
	unsigned n = 0;

	for (unsigned i = 0; i < r->nrepeats; i++) {
		const struct rp_repeat *w = &r->repeats[i];
		int cell = rp_cell_find(r, w->key);
		double first;

		if (w->process != process || cell < 0)
			continue;
		first = first_rate(rp_arm(&r->cells[cell], w->impl), own ?
		    (int)process : -1);
		if (first > 0 && w->ops_per_s_total > 0)
			logs[n++] = log(w->ops_per_s_total / first);
	}
	median = rp_estimate(logs, n).median;
	free(logs);
	return (exp(median));
}

static double
distance(double ratio)
{
	return (fabs(log(ratio)));
}

struct rp_drift
rp_drift(const struct rp_results *r)
{
	struct rp_drift d = { .measured = false, .worst = 1, .run = NAN };

	for (unsigned i = 0; i < r->nprocesses; i++) {
		unsigned process = r->processes[i].process;
		double ratio = drift_of(r, process, true);

		if (isnan(ratio))
			continue;
		if (!d.measured || distance(ratio) > distance(d.worst)) {
			d.worst = ratio;
			d.worst_process = process;
		}
		d.measured = true;
		d.processes++;
		d.beyond += distance(ratio) > log1p(RP_DRIFT);
		d.run = drift_of(r, process, false);
	}
	return (d);
}

bool
rp_drifted(const struct rp_drift *d)
{
	return (d->measured && (d->beyond > 0 || distance(d->run) >
	    log1p(RP_DRIFT)));
}
