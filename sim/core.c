/*
 * Threads that share a core.  Read core.h first.
 */
#include "core.h"

#include <machine/machine.h>

#define	CHANGES_MAX	4096	/* a power of two; due at one time */

struct change {
	uint64_t	 when;
	uint16_t	 core;
};

static unsigned		 at_work[SIM_CPUS_MAX];		/* of each core */
static struct change	 changes[CHANGES_MAX];
static unsigned		 first, last;

void
core_reset(void)
{
	for (unsigned i = 0; i < SIM_CPUS_MAX; i++) {
		at_work[i] = 0;
		sim_cpus[i].sc_works = false;
		sim_cpus[i].sc_plain = sim_model.mo_plain;
	}
	first = last = 0;
}

void
core_work(struct sim_cpu *c, bool works, uint64_t now)
{
	uint16_t core = sim_model.mo_core[c->f_cpu];

	if (c->sc_works == works)
		return;
	c->sc_works = works;
	at_work[core] += works ? 1 : -1u;
	if (sim_model.mo_smt <= 1 || at_work[core] == 0 ||
	    (works && at_work[core] == 1))
		return;
	if (last - first == CHANGES_MAX)
		md_panic("sim: more than %u cores change at once", CHANGES_MAX);
	changes[last++ % CHANGES_MAX] = (struct change){
	    now + sim_model.mo_least, core };
}

uint64_t
core_due(void)
{
	return (first == last ? SIM_NEVER : changes[first % CHANGES_MAX].when);
}

static void
set(uint16_t core)
{
	uint64_t plain = at_work[core] < 2 ? sim_model.mo_plain :
	    (uint64_t)((double)sim_model.mo_plain * sim_model.mo_smt + 0.5);

	for (unsigned i = 0; i < sim_model.mo_ncpus; i++)
		if (sim_model.mo_core[i] == core)
			sim_cpus[i].sc_plain = plain;
}

void
core_change(uint64_t now)
{
	while (core_due() <= now)
		set(changes[first++ % CHANGES_MAX].core);
}
