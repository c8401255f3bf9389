/*
 * The run as a data structure: finding and freeing.  Read results.h first;
 * files are read in load.c, lines in line.c, and arrange.c orders what came.
 */
#include "compare.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpi_data.h"
#include "sim_bars.h"
#include "simulated.h"
#include "switches.h"

void *
rp_grow(void *array, size_t n, size_t size)
{
	void *p = reallocarray(array, n, size);

	if (p == NULL)
		err(1, "report: no memory for %zu entries", n);
	return (p);
}

char *
rp_strdup(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		err(1, "report");
	return (p);
}

int
rp_impl_find(const struct rp_results *r, const char *name)
{
	for (unsigned i = 0; i < r->nimpls; i++)
		if (strcmp(r->impls[i].name, name) == 0)
			return ((int)i);
	return (-1);
}

int
rp_cell_find(const struct rp_results *r, const char *key)
{
	for (unsigned i = r->ncells; i-- > 0;)
		if (strcmp(r->cells[i].key, key) == 0)
			return ((int)i);
	return (-1);
}

const struct rp_arm *
rp_arm(const struct rp_cell *c, unsigned impl)
{
	static const struct rp_arm none;

	return (impl < c->narms ? &c->arms[impl] : &none);
}

struct rp_lock
rp_lock(const struct rp_arm *a, unsigned type)
{
	struct rp_lock none = { 0, 0, 0, 0 };

	return (type < a->nlocks ? a->locks[type] : none);
}

bool
rp_compared(const struct rp_cell *c)
{
	return (strcmp(c->workload, RP_PRIMITIVE) != 0);
}

bool
rp_shown(const struct rp_results *r, unsigned impl)
{
	return (!r->impls[impl].reference && r->impls[impl].again < 0);
}

enum rp_replicate
rp_replicate(const struct rp_results *r)
{
	unsigned n = 0;

	for (unsigned i = 0; i < r->nprocesses; i++)
		n += r->processes[i].measured;
	return (n >= RP_PROCESSES_MIN ? RP_PROCESSES : RP_ROUNDS);
}

const char *
rp_replicates(const struct rp_results *r)
{
	return (rp_replicate(r) == RP_PROCESSES ? "processes" : "rounds");
}

static void
free_cell(struct rp_cell *c)
{
	for (unsigned i = 0; i < c->narms; i++) {
		free(c->arms[i].windows);
		free(c->arms[i].why);
		free(c->arms[i].locks);
		free(c->arms[i].named);
		free(c->arms[i].latency);
		rp_simulated_free(c->arms[i].simulated);
	}
	free(c->arms);
	free(c->key);
	free(c->name);
	free(c->workload);
	free(c->variant);
	free(c->sharing);
	free(c->placement);
}

void
rp_free(struct rp_results *r)
{
	for (unsigned i = 0; i < r->ncells; i++)
		free_cell(&r->cells[i]);
	for (unsigned i = 0; i < r->nimpls; i++)
		free(r->impls[i].name);
	for (unsigned i = 0; i < r->nlock_types; i++)
		free(r->lock_types[i]);
	for (unsigned i = 0; i < r->nlock_names; i++) {
		free(r->lock_names[i].type);
		free(r->lock_names[i].name);
	}
	for (unsigned i = 0; i < r->nrepeats; i++)
		free(r->repeats[i].key);
	rp_pairs_free(r);
	rp_kpi_free(r->kpi);
	rp_machine_free(r->machine);
	rp_sims_free(r);
	rp_sim_bars_free(r->sim_bars);
	rp_switches_free(r->switches);
	free(r->repeats);
	free(r->processes);
	free(r->cells);
	free(r->impls);
	free(r->lock_types);
	free(r->lock_names);
	free(r->folder);
	json_decref(r->run);
	json_decref(r->environment);
	json_decref(r->transfer);
	memset(r, 0, sizeof(*r));
}
