/*
 * Before the rounds: the pass that is not recorded, and what it decides.
 */
#include <machine/native/native.h>

#include "cost.h"
#include "gbench.h"
#include "plant.h"
#include "progress.h"
#include "schedule.h"

#define	PLANNED_PERCENT	97	/* of a budget; the rest is a reserve */
#define	NS_PER_S	1000000000ull
#define	NS_PER_MS	1000000ull
#define	WARM_NS		(2 * NS_PER_MS)
#define	WARM_MAX_NS	(10 * NS_PER_MS)
#define	TIME_SIZE	32

static unsigned
count_entries(const struct cell_table *t)
{
	unsigned n = 0;

	for (unsigned i = 0; i < t->t_ncells; i++)
		n += t->t_cells[i].c_nentries;
	return (n);
}

static void
warm_entry(struct schedule *sc, const struct cell *c, struct cell_entry *e,
    uint64_t length_ns)
{
	struct window w = schedule_window(sc, c, e->e_bench, length_ns);

	w.w_check_home = sc->sc_map->pm_nnodes > 1;
	w.w_seed = sc->sc_seed;
	window_run(&w);
	e->e_skip = w.w_status == WINDOW_SKIP;
	if (w.w_home_error != 0)
		sc->sc_home_error = w.w_home_error;
	cost_note(e, &w, length_ns);
	schedule_release(&w);
}

/* Go through all entries; false when interrupted. */
static bool
warm_all(struct schedule *sc, uint64_t length_ns)
{
	unsigned all = count_entries(sc->sc_cells), done = 0;

	for (unsigned i = 0; i < sc->sc_cells->t_ncells; i++) {
		struct cell *c = &sc->sc_cells->t_cells[i];

		for (unsigned j = 0; j < c->c_nentries; j++, done++) {
			struct progress at = {
				.pg_phase = "warming up", .pg_cell = c->c_label,
				.pg_round = done, .pg_rounds = all,
				.pg_left_ns = PROGRESS_UNKNOWN
			};

			if (window_interrupted)
				return (false);
			progress_show(&at);
			warm_entry(sc, c, &c->c_entries[j], length_ns);
		}
	}
	return (true);
}

/* Rounds and window: what was asked for, else what fits the budget. */
static void
decide(struct schedule *sc)
{
	const struct options *o = sc->sc_options;
	uint64_t budget = o->o_budget_s * NS_PER_S, spent;
	struct schedule_load load = {
		.sl_windows = cost_windows(sc->sc_cells),
		.sl_processes = o->o_processes
	};

	sc->sc_window_ns = 0;
	load.sl_overhead_ns = cost_pass_ns(sc, FLAVOUR_BENCH, 0);
	for (unsigned f = FLAVOUR_BENCH + 1; f < FLAVOURS; f++)
		load.sl_passes += o->o_passes[f];
	spent = md_clock_ns() - sc->sc_begin_ns +
	    (o->o_processes - 1) * sc->sc_warm_ns;
	/* Windows come out a little dearer: keep the last round. */
	if (budget != 0)
		load.sl_budget_ns = budget > spent ? (budget - spent) / 100 *
		    PLANNED_PERCENT : 1;
	sc->sc_rounds = o->o_rounds != 0 ? o->o_rounds : gbench_repetitions();
	sc->sc_window_ns = o->o_window_ms * NS_PER_MS;
	if (sc->sc_window_ns == 0)
		sc->sc_window_ns = (uint64_t)(gbench_min_time() * 1e9);
	schedule_fit(&load, &sc->sc_rounds, &sc->sc_window_ns);
}

static bool
round_done(const struct schedule *sc, unsigned round)
{
	const struct cell_table *t = sc->sc_cells;

	for (unsigned i = 0; i < t->t_ncells; i++)
		if (!schedule_block_done(sc, &t->t_cells[i], FLAVOUR_BENCH,
		    round))
			return (false);
	return (true);
}

/* The rounds of this process: the share with the first that is incomplete. */
static void
take_share(struct schedule *sc)
{
	unsigned share = sc->sc_rounds / sc->sc_options->o_processes;

	while (sc->sc_first < sc->sc_rounds && round_done(sc, sc->sc_first))
		sc->sc_first++;
	sc->sc_last = (sc->sc_first / share + 1) * share;
	if (sc->sc_last > sc->sc_rounds)
		sc->sc_last = sc->sc_rounds;
}

/* Say how long it will take. */
static void
announce(struct schedule *sc)
{
	const struct options *o = sc->sc_options;
	uint64_t budget = o->o_budget_s * NS_PER_S;
	char text[TIME_SIZE];

	sc->sc_planned_ns = md_clock_ns() - sc->sc_begin_ns +
	    cost_pass_ns(sc, FLAVOUR_BENCH, 0) +
	    cost_after_ns(sc, FLAVOUR_BENCH, 0);
	progress_time(sc->sc_planned_ns, text);
	if (budget != 0 && sc->sc_planned_ns > 2 * budget)
		progress_note("%u cells need about %s; for less choose "
		    "some with --workload or --threads", sc->sc_cells->t_ncells,
		    text);
	else if (!o->o_quiet)
		progress_note("%u cells, %u rounds of %.1f ms windows in %u "
		    "process%s: about %s", sc->sc_cells->t_ncells,
		    sc->sc_rounds, (double)sc->sc_window_ns / 1e6,
		    o->o_processes, o->o_processes > 1 ? "es" : "", text);
}

/*
 * A plan is made of what windows cost when all is warm: once more, and as long
 * as they will be, because some of the cost grows with what was done in them.
 */
static uint64_t
probe_ns(const struct schedule *sc)
{
	uint64_t ns = sc->sc_options->o_window_ms * NS_PER_MS;

	return (ns == 0 ? WARM_NS : ns < WARM_MAX_NS ? ns : WARM_MAX_NS);
}

void
schedule_warm(struct schedule *sc)
{
	uint64_t begin_ns = md_clock_ns();

	if (!warm_all(sc, WARM_NS))
		return;
	sc->sc_warm_ns = md_clock_ns() - begin_ns + sc->sc_start_ns;
	if (sc->sc_ledger == NULL && !warm_all(sc, probe_ns(sc)))
		return;
	if (sc->sc_ledger == NULL)
		decide(sc);
	plant_effects(sc);
	take_share(sc);
	if (sc->sc_ledger == NULL)
		announce(sc);
}
