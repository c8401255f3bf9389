/*
 * What blocks are made of: which entries of a cell run, in which windows, and
 * which blocks are complete.
 */
#include <stdio.h>

#include <machine/native/native.h>

#include "schedule.h"

/* Simulated memory of all sizes is kept for reuse up to here. */
#define	RESIDENT_MAX	((size_t)1 << 30)

struct window
schedule_window(const struct schedule *sc, const struct cell *c,
    const struct lab_workload *workload, uint64_t length_ns)
{
	const struct options *o = sc->sc_options;

	return ((struct window){
		.w_cell = c,
		.w_workload = workload,
		.w_pool = sc->sc_pool,
		.w_home = c->c_home,
		.w_physmem = o->o_physmem,
		.w_length_ns = length_ns,
		.w_oversubscribe = o->o_oversubscribe
	});
}

/* Bytes resident, or 0 where /proc does not tell. */
static size_t
resident(void)
{
	unsigned long all, pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");

	if (f == NULL)
		return (0);
	if (fscanf(f, "%lu %lu", &all, &pages) != 2)
		pages = 0;
	fclose(f);
	return (pages * 4096);
}

void
schedule_release(struct window *w)
{
	window_release(w);
	if (resident() > RESIDENT_MAX)
		native_mem_purge();
}

bool
schedule_entry_runs(const struct cell *c, const struct cell_entry *e,
    enum flavour f, unsigned round)
{
	return (cell_workload(c, e, f) != NULL &&
	    (!e->e_skip || (f == FLAVOUR_BENCH && round == 0)));
}

bool
schedule_block_done(const struct schedule *sc, const struct cell *c,
    enum flavour f, unsigned round)
{
	unsigned n = 0;

	if (sc->sc_ledger == NULL)
		return (false);
	for (unsigned i = 0; i < c->c_nentries; i++)
		n += schedule_entry_runs(c, &c->c_entries[i], f, round);
	return (ledger_block(sc->sc_ledger, c, f, round)->lb_windows >= n);
}

struct cell *
schedule_repeated(const struct schedule *sc)
{
	for (unsigned i = 0; i < sc->sc_cells->t_ncells; i++)
		if (cell_compared(&sc->sc_cells->t_cells[i]))
			return (&sc->sc_cells->t_cells[i]);
	return (NULL);
}
