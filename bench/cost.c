/*
 * Expected cost; bench/cost.h says of what.
 */
#include "cost.h"

static unsigned
entry_windows(const struct cell_entry *e)
{
	return (e->e_bench->lw_windows != 0 ? e->e_bench->lw_windows : 1);
}

uint64_t
cost_length_ns(const struct schedule *sc, const struct cell_entry *e)
{
	return (sc->sc_window_ns * entry_windows(e));
}

unsigned
cost_windows(const struct cell_table *t)
{
	unsigned n = 0;

	for (unsigned i = 0; i < t->t_ncells; i++)
		for (unsigned j = 0; j < t->t_cells[i].c_nentries; j++)
			if (!t->t_cells[i].c_entries[j].e_skip)
				n += entry_windows(&t->t_cells[i].c_entries[j]);
	return (n);
}

uint64_t
cost_window_ns(const struct schedule *sc, const struct cell_entry *e)
{
	return (e->e_skip ? 0 : e->e_cost_ns + cost_length_ns(sc, e));
}

void
cost_note(struct cell_entry *e, const struct window *w, uint64_t length_ns)
{
	e->e_cost_ns = w->w_total_ns > length_ns ?
	    w->w_total_ns - length_ns : 0;
}

static uint64_t
block_ns(const struct schedule *sc, const struct cell *c, enum flavour f,
    unsigned round)
{
	uint64_t ns = 0;

	for (unsigned i = 0; i < c->c_nentries; i++)
		if (schedule_entry_runs(c, &c->c_entries[i], f, round))
			ns += cost_window_ns(sc, &c->c_entries[i]);
	return (ns);
}

uint64_t
cost_pass_ns(const struct schedule *sc, enum flavour f, unsigned round)
{
	const struct cell_table *t = sc->sc_cells;
	uint64_t ns = 0;

	for (unsigned i = 0; i < t->t_ncells; i++)
		if (!schedule_block_done(sc, &t->t_cells[i], f, round))
			ns += block_ns(sc, &t->t_cells[i], f, round);
	return (ns);
}

uint64_t
cost_after_ns(const struct schedule *sc, enum flavour f, unsigned round)
{
	unsigned share = sc->sc_rounds / sc->sc_options->o_processes;
	unsigned later = (sc->sc_rounds - sc->sc_last) / share;
	const struct cell *first = schedule_repeated(sc);
	uint64_t ns = later * sc->sc_warm_ns;

	if (f == FLAVOUR_BENCH)
		for (unsigned i = round + 1; i < sc->sc_rounds; i++)
			ns += cost_pass_ns(sc, f, i);
	for (unsigned i = f + 1; i < FLAVOURS; i++)
		if (sc->sc_options->o_passes[i])
			ns += cost_pass_ns(sc, i, 0);
	if (first != NULL)
		ns += (later + 1) * block_ns(sc, first, FLAVOUR_BENCH, 1);
	return (ns);
}
