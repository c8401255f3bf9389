/*
 * Running the rounds; bench/schedule.h says in which order and why.
 */
#include <errno.h>
#include <stdio.h>

#include <machine/native/native.h>

#include "gbench.h"
#include "progress.h"
#include "schedule.h"

#define	NS_PER_S	1000000000ull
#define	NS_PER_MS	1000000ull
#define	WARM_NS		(2 * NS_PER_MS)
/* Simulated memory of all sizes is kept for reuse up to here. */
#define	RESIDENT_MAX	((size_t)1 << 30)

/* A pass over the table while it is under way. */
struct pass {
	struct schedule	*p_schedule;
	struct rounds	*p_rounds;
	uint64_t	 p_begin_ns;
	uint64_t	 p_left_ns;	/* expected cost of this pass's rest */
	unsigned	 p_round;
	bool		 p_stats;
};

static struct window
window_of(const struct schedule *sc, const struct cell *c,
    const struct lab_workload *workload, uint64_t length_ns)
{
	const struct options *o = sc->sc_options;

	return ((struct window){
		.w_cell = c,
		.w_workload = workload,
		.w_pool = sc->sc_pool,
		.w_home = o->o_home,
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

/* Windows of the common length that one of this entry's is worth. */
static unsigned
entry_windows(const struct cell_entry *e)
{
	return (e->e_bench->lw_windows != 0 ? e->e_bench->lw_windows : 1);
}

static uint64_t
entry_length_ns(const struct schedule *sc, const struct cell_entry *e)
{
	return (sc->sc_window_ns * entry_windows(e));
}

static uint64_t
expected_ns(const struct schedule *sc, const struct cell_entry *e)
{
	return (e->e_skip ? 0 : e->e_cost_ns + entry_length_ns(sc, e));
}

/* Expected cost of one round. */
static uint64_t
round_ns(const struct schedule *sc, bool stats)
{
	uint64_t ns = 0;

	for (unsigned i = 0; i < sc->sc_cells->t_ncells; i++) {
		const struct cell *c = &sc->sc_cells->t_cells[i];

		for (unsigned j = 0; j < c->c_nentries; j++)
			if (!stats || c->c_entries[j].e_stats != NULL)
				ns += expected_ns(sc, &c->c_entries[j]);
	}
	return (ns);
}

static void
note_cost(struct cell_entry *e, const struct window *w, uint64_t length_ns)
{
	e->e_cost_ns = w->w_total_ns > length_ns ?
	    w->w_total_ns - length_ns : 0;
	if (resident() > RESIDENT_MAX)
		native_mem_purge();
}

static unsigned
count_entries(const struct cell_table *t)
{
	unsigned n = 0;

	for (unsigned i = 0; i < t->t_ncells; i++)
		n += t->t_cells[i].c_nentries;
	return (n);
}

/* What a round comes to in windows of the common length. */
static unsigned
count_windows(const struct cell_table *t)
{
	unsigned n = 0;

	for (unsigned i = 0; i < t->t_ncells; i++)
		for (unsigned j = 0; j < t->t_cells[i].c_nentries; j++)
			if (!t->t_cells[i].c_entries[j].e_skip)
				n += entry_windows(&t->t_cells[i].c_entries[j]);
	return (n);
}

static void
warm_entry(struct schedule *sc, const struct cell *c, struct cell_entry *e)
{
	struct window w = window_of(sc, c, e->e_bench, WARM_NS);

	w.w_check_home = sc->sc_map->pm_nnodes > 1;
	w.w_seed = sc->sc_options->o_seed;
	window_run(&w);
	e->e_skip = w.w_status == WINDOW_SKIP;
	if (w.w_home_error != 0)
		sc->sc_home_error = w.w_home_error;
	note_cost(e, &w, WARM_NS);
	window_release(&w);
}

static void
decide(struct schedule *sc, uint64_t spent_ns)
{
	const struct options *o = sc->sc_options;
	uint64_t budget = o->o_budget_s * NS_PER_S;
	unsigned n = count_windows(sc->sc_cells);
	uint64_t overhead;

	sc->sc_window_ns = 0;
	overhead = round_ns(sc, false);
	sc->sc_rounds = o->o_rounds != 0 ? o->o_rounds : gbench_repetitions();
	sc->sc_window_ns = o->o_window_ms * NS_PER_MS;
	if (sc->sc_window_ns == 0)
		sc->sc_window_ns = (uint64_t)(gbench_min_time() * 1e9);
	if (budget != 0)
		budget = budget > spent_ns ? budget - spent_ns : 1;
	/* The pass for statistics is as long as a round. */
	if (budget != 0 && o->o_stats)
		budget -= budget / (OPT_ROUNDS_MIN_BUDGET + 1);
	schedule_fit(budget, overhead, n, &sc->sc_rounds, &sc->sc_window_ns);
	if (budget != 0 && sc->sc_rounds * round_ns(sc, false) > 2 * budget)
		progress_note("%u cells need about %ju s; for less choose "
		    "some with --workload or --threads", sc->sc_cells->t_ncells,
		    (uintmax_t)(sc->sc_rounds * round_ns(sc, o->o_stats) /
		    NS_PER_S));
}

void
schedule_warm(struct schedule *sc)
{
	unsigned all = count_entries(sc->sc_cells), done = 0;
	uint64_t spent;

	sc->sc_begin_ns = md_clock_ns();
	for (unsigned i = 0; i < sc->sc_cells->t_ncells; i++) {
		struct cell *c = &sc->sc_cells->t_cells[i];

		for (unsigned j = 0; j < c->c_nentries; j++, done++) {
			if (window_interrupted)
				return;
			spent = md_clock_ns() - sc->sc_begin_ns;
			progress_show("warming up", spent, done == 0 ? 0 :
			    spent * (all - done) / done, c->c_name);
			warm_entry(sc, c, &c->c_entries[j]);
		}
	}
	decide(sc, md_clock_ns() - sc->sc_begin_ns);
}

/* Run the window for Google Benchmark. */
static void
run_timed(void *arg, struct gbench_result *r)
{
	struct window *w = arg;

	window_run(w);
	r->gr_error = w->w_status == WINDOW_OK ? NULL : w->w_why;
	r->gr_aborted = w->w_status == WINDOW_ABORTED;
	r->gr_seconds = (double)w->w_ns / 1e9;
	r->gr_ops = w->w_ops;
	r->gr_threads = w->w_cell->c_threads;
	r->gr_overlap = w->w_overlap;
	for (unsigned i = 0; i < r->gr_threads; i++)
		r->gr_cpu_seconds += (double)w->w_workers[i].ww_cpu_ns / 1e9;
}

/* Run one window of a pass and write its line.  Returns 0 or an errno. */
static int
run_entry(struct pass *p, const struct cell *c, struct cell_entry *e,
    unsigned position)
{
	struct schedule *sc = p->p_schedule;
	struct rounds_place place = {
		p->p_round, position, sc->sc_options->o_seed
	};
	struct window w = window_of(sc, c, p->p_stats ? e->e_stats :
	    e->e_bench, entry_length_ns(sc, e));
	char name[CELL_NAME_MAX + LAB_NAME_MAX];
	int error = 0;

	w.w_seed = sc->sc_options->o_seed + p->p_round;
	if (p->p_stats) {
		window_run(&w);
	} else {
		cell_window_name(c, e, name, sizeof(name));
		gbench_window(name, p->p_round, sc->sc_rounds, run_timed, &w);
	}
	if (w.w_status != WINDOW_ABORTED)
		error = rounds_window(p->p_rounds, &w, &place);
	if (w.w_status == WINDOW_FAILED) {
		sc->sc_failed++;
		progress_note("%s/%s failed: %s", cell_impl(e), c->c_name,
		    w.w_why);
	}
	if (w.w_status == WINDOW_SKIP)
		e->e_skip = true;
	note_cost(e, &w, entry_length_ns(sc, e));
	window_release(&w);
	return (error);
}

/* Whether the entry takes part; a skip is recorded once, in round 0. */
static bool
entry_runs(const struct pass *p, const struct cell_entry *e)
{
	if (p->p_stats)
		return (e->e_stats != NULL && !e->e_skip);
	return (!e->e_skip || p->p_round == 0);
}

static int
run_cell(struct pass *p, struct cell *c, uint64_t after_ns)
{
	const struct schedule *sc = p->p_schedule;
	unsigned order[c->c_nentries];
	unsigned position = 0;

	schedule_order(sc->sc_options->o_seed, p->p_round, c->c_name,
	    c->c_nentries, order);
	for (unsigned i = 0; i < c->c_nentries; i++) {
		struct cell_entry *e = &c->c_entries[order[i]];
		uint64_t cost = expected_ns(sc, e);
		int error;

		if (!entry_runs(p, e))
			continue;
		progress_show(p->p_stats ? "lock statistics" : "rounds",
		    md_clock_ns() - p->p_begin_ns, p->p_left_ns + after_ns,
		    c->c_name);
		error = run_entry(p, c, e, position++);
		if (error != 0 || window_interrupted)
			return (error);
		p->p_left_ns -= cost < p->p_left_ns ? cost : p->p_left_ns;
	}
	return (0);
}

/* One pass over all cells; after_ns is what comes when it is done. */
static int
run_pass(struct pass *p, uint64_t after_ns)
{
	struct cell_table *t = p->p_schedule->sc_cells;
	int error = 0;

	p->p_left_ns = round_ns(p->p_schedule, p->p_stats);
	for (unsigned i = 0; i < t->t_ncells && error == 0 &&
	    !window_interrupted; i++)
		error = run_cell(p, &t->t_cells[i], after_ns);
	return (error);
}

/* Expected cost of what follows this round. */
static uint64_t
after_round_ns(const struct schedule *sc, unsigned round)
{
	uint64_t ns = (sc->sc_rounds - round - 1) * round_ns(sc, false);

	return (sc->sc_options->o_stats ? ns + round_ns(sc, true) : ns);
}

/*
 * Whether the budget is used up although rounds are left: windows came out
 * dearer than the first pass said.
 */
static bool
out_of_time(const struct pass *p)
{
	const struct schedule *sc = p->p_schedule;
	uint64_t budget = sc->sc_options->o_budget_s * NS_PER_S;
	uint64_t next = round_ns(sc, false);

	if (budget == 0 || sc->sc_options->o_rounds != 0 ||
	    p->p_round + 1 < OPT_ROUNDS_MIN_BUDGET)
		return (false);
	if (sc->sc_options->o_stats)
		next += round_ns(sc, true);
	return (md_clock_ns() - sc->sc_begin_ns + next > budget);
}

static int
run_all(struct pass *p)
{
	struct schedule *sc = p->p_schedule;
	int error = 0;

	for (; p->p_round < sc->sc_rounds && error == 0; p->p_round++) {
		error = run_pass(p, after_round_ns(sc, p->p_round));
		if (window_interrupted || error != 0)
			return (error);
		progress_round(p->p_round, sc->sc_rounds,
		    after_round_ns(sc, p->p_round));
		if (out_of_time(p))
			break;
	}
	if (!sc->sc_options->o_stats || error != 0)
		return (error);
	p->p_stats = true;
	p->p_round = 0;
	return (run_pass(p, 0));
}

static int
run_recorded(struct pass *p)
{
	struct schedule *sc = p->p_schedule;
	struct rounds_header h = {
		.rh_cells = sc->sc_cells,
		.rh_seed = sc->sc_options->o_seed,
		.rh_window_ns = sc->sc_window_ns,
		.rh_rounds = sc->sc_rounds,
		.rh_home = sc->sc_options->o_home,
		.rh_command = sc->sc_command
	};
	int error = rounds_header(p->p_rounds, &h);

	if (error == 0)
		error = run_all(p);
	if (error == 0 && !window_interrupted)
		error = rounds_end(p->p_rounds,
		    (double)(md_clock_ns() - p->p_begin_ns) / 1e9);
	return (error);
}

enum schedule_end
schedule_run(struct schedule *sc)
{
	struct pass p = { .p_schedule = sc, .p_begin_ns = md_clock_ns() };
	int error = rounds_open(&p.p_rounds, sc->sc_rounds_path);

	if (error == 0) {
		error = run_recorded(&p);
		sc->sc_windows = rounds_count(p.p_rounds);
		rounds_close(p.p_rounds);
	}
	progress_end();
	errno = error;
	return (error != 0 ? SCHEDULE_WRITE_ERROR : window_interrupted ?
	    SCHEDULE_INTERRUPTED : SCHEDULE_DONE);
}
