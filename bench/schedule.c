/*
 * Running a process's share of the run; bench/schedule.h says in which order
 * and why.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <machine/machine.h>

#include "cost.h"
#include "gbench.h"
#include "progress.h"
#include "schedule.h"

#define	NS_PER_S	1000000000ull

extern char **environ;

/* One go through the cells, or through one of them, while it is under way. */
struct pass {
	struct schedule	*p_schedule;
	struct rounds	*p_rounds;
	enum flavour	 p_flavour;
	unsigned	 p_round;
	bool		 p_repeat;	/* not recorded as a measurement */
	uint64_t	 p_left_ns;	/* expected cost of its rest */
	uint64_t	 p_after_ns;	/* and of what comes after it */
};

/* What the ratio shown is made of: throughputs within one block. */
struct last_rates {
	double		 lr_baseline;
	double		 lr_other;
	const char	*lr_impl;
};

static struct progress
progress_of(const struct pass *p, const char *cell)
{
	const struct schedule *sc = p->p_schedule;
	bool round = p->p_flavour == FLAVOUR_BENCH && !p->p_repeat;
	unsigned processes = sc->sc_options->o_processes;

	return ((struct progress){
		.pg_phase = p->p_repeat ? "repeat" : round ? "round" :
		    flavour_name(p->p_flavour),
		.pg_round = p->p_round,
		.pg_rounds = round ? sc->sc_rounds : 0,
		.pg_process = (sc->sc_last - 1) * processes / sc->sc_rounds,
		.pg_processes = processes,
		.pg_done_ns = md_clock_ns() - sc->sc_begin_ns +
		    (sc->sc_ledger == NULL ? 0 :
		    (uint64_t)(sc->sc_ledger->ld_elapsed_s * 1e9)),
		.pg_left_ns = p->p_left_ns + p->p_after_ns,
		.pg_cell = cell
	});
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

static void
run_window(const struct pass *p, const struct cell_entry *e, struct window *w)
{
	char name[CELL_LABEL_MAX + LAB_NAME_MAX];

	if (p->p_flavour != FLAVOUR_BENCH || p->p_repeat) {
		window_run(w);
		return;
	}
	cell_window_name(w->w_cell, e, name, sizeof(name));
	gbench_window(name, p->p_round, p->p_schedule->sc_rounds, run_timed, w);
}

/* Show how the implementation compares, once the baseline has run as well. */
static void
note_rate(struct last_rates *r, const struct window *w, const char *impl)
{
	double rate = (double)w->w_ops / (double)w->w_ns;

	if (strcmp(impl, CELL_BASELINE) == 0) {
		r->lr_baseline = rate;
	} else {
		r->lr_other = rate;
		r->lr_impl = impl;
	}
	if (r->lr_baseline > 0 && r->lr_other > 0)
		progress_ratio(r->lr_impl, r->lr_other / r->lr_baseline);
}

/* Note what a window means for those after it. */
static void
note_window(struct schedule *sc, struct cell_entry *e, const struct window *w,
    struct last_rates *rates)
{
	cost_note(e, w, w->w_length_ns);
	e->e_skip = e->e_skip || w->w_status == WINDOW_SKIP;
	if (w->w_status == WINDOW_FAILED) {
		sc->sc_failed++;
		progress_note("%s/%s failed: %s", cell_impl(e),
		    w->w_cell->c_label, w->w_why);
	}
	if (w->w_status == WINDOW_OK)
		note_rate(rates, w, cell_impl(e));
}

/* Run one window of a pass and write its line.  Returns 0 or an errno. */
static int
run_entry(const struct pass *p, const struct cell *c, struct cell_entry *e,
    unsigned position, struct last_rates *rates)
{
	struct schedule *sc = p->p_schedule;
	struct rounds_place place = {
		.rp_process = sc->sc_process, .rp_round = p->p_round,
		.rp_position = position, .rp_seed = sc->sc_seed,
		.rp_repeat = p->p_repeat
	};
	struct window w = schedule_window(sc, c, cell_workload(c, e,
	    p->p_flavour), cost_length_ns(sc, e));
	int error = 0;

	w.w_seed = sc->sc_seed + p->p_round;
	w.w_latency = p->p_flavour == FLAVOUR_LATENCY;
	w.w_delay_steps = e->e_delay_steps;
	w.w_planted = e->e_planted;
	run_window(p, e, &w);
	if (w.w_status != WINDOW_ABORTED)
		error = rounds_window(p->p_rounds, &w, &place);
	note_window(sc, e, &w, rates);
	schedule_release(&w);
	return (error);
}

/* A block. */
static int
run_cell(struct pass *p, struct cell *c)
{
	const struct schedule *sc = p->p_schedule;
	struct last_rates rates = { .lr_impl = NULL };
	unsigned order[c->c_nentries];
	unsigned position = 0;

	schedule_order(sc->sc_seed, p->p_round, c->c_label, c->c_nentries,
	    order);
	for (unsigned i = 0; i < c->c_nentries; i++) {
		struct cell_entry *e = &c->c_entries[order[i]];
		uint64_t cost = cost_window_ns(sc, e);
		struct progress at = progress_of(p, c->c_label);
		int error;

		if (!schedule_entry_runs(c, e, p->p_flavour, p->p_round) ||
		    (p->p_repeat && e->e_skip))
			continue;
		progress_show(&at);
		error = run_entry(p, c, e, position++, &rates);
		if (error != 0 || window_interrupted)
			return (error);
		p->p_left_ns -= cost < p->p_left_ns ? cost : p->p_left_ns;
	}
	return (0);
}

/* One pass over all cells, but for blocks that are complete. */
static int
run_pass(struct pass *p, enum flavour f, unsigned round)
{
	struct schedule *sc = p->p_schedule;
	struct cell_table *t = sc->sc_cells;
	int error = 0;

	p->p_flavour = f;
	p->p_round = round;
	p->p_left_ns = cost_pass_ns(sc, f, round);
	p->p_after_ns = cost_after_ns(sc, f, round);
	for (unsigned i = 0; i < t->t_ncells && error == 0 &&
	    !window_interrupted; i++)
		if (!schedule_block_done(sc, &t->t_cells[i], f, round))
			error = run_cell(p, &t->t_cells[i]);
	return (error);
}

/*
 * Whether the budget is used up although rounds are left: windows came out
 * dearer than the first pass said.  A run that goes on is past its budget
 * anyhow, and ends with the rounds it planned.
 */
static bool
out_of_time(const struct pass *p)
{
	const struct schedule *sc = p->p_schedule;
	const struct options *o = sc->sc_options;
	uint64_t budget = o->o_budget_s * NS_PER_S, next;

	if (budget == 0 || o->o_rounds != 0 || sc->sc_ledger != NULL ||
	    o->o_processes > 1 || p->p_round + 1 < OPT_ROUNDS_MIN_BUDGET)
		return (false);
	next = cost_pass_ns(sc, FLAVOUR_BENCH, p->p_round + 1) +
	    cost_after_ns(sc, FLAVOUR_BENCH, sc->sc_last - 1);
	return (md_clock_ns() - sc->sc_begin_ns + next > budget);
}

static int
run_rounds(struct pass *p)
{
	struct schedule *sc = p->p_schedule;
	int error = 0;

	sc->sc_ran = sc->sc_first;
	for (unsigned r = sc->sc_first; r < sc->sc_last && error == 0; r++) {
		struct progress at;

		error = run_pass(p, FLAVOUR_BENCH, r);
		if (window_interrupted || error != 0)
			break;
		sc->sc_ran = r + 1;
		at = progress_of(p, "");
		progress_round(&at);
		if (r + 1 < sc->sc_last && out_of_time(p))
			break;
	}
	return (error);
}

/* The passes beside the rounds; in the last process of the run only. */
static int
run_passes(struct pass *p)
{
	const struct schedule *sc = p->p_schedule;
	int error = 0;

	if (sc->sc_last < sc->sc_rounds)
		return (0);
	for (unsigned f = FLAVOUR_BENCH + 1; f < FLAVOURS && error == 0 &&
	    !window_interrupted; f++)
		if (sc->sc_options->o_passes[f])
			error = run_pass(p, f, 0);
	return (error);
}

/* Without a round of its own a process has nothing to drift from. */
static int
run_repeat(struct pass *p, unsigned round)
{
	const struct schedule *sc = p->p_schedule;
	struct cell *c = schedule_repeated(sc);
	int error;

	if (c == NULL || sc->sc_first == sc->sc_last)
		return (0);
	p->p_left_ns = 0;
	p->p_after_ns = sc->sc_last == sc->sc_rounds ? 0 :
	    cost_after_ns(sc, FLAVOUR_BENCH, sc->sc_last - 1);
	p->p_flavour = FLAVOUR_BENCH;
	p->p_round = round;
	p->p_repeat = true;
	error = run_cell(p, c);
	p->p_repeat = false;
	return (error);
}

static int
run_share(struct pass *p)
{
	int error = run_rounds(p);
	unsigned last = p->p_round;

	if (error == 0 && !window_interrupted)
		error = run_passes(p);
	if (error == 0 && !window_interrupted)
		error = run_repeat(p, last);
	return (error);
}

static size_t
environment_bytes(void)
{
	size_t n = 0;

	for (char **e = environ; *e != NULL; e++)
		n += strlen(*e) + 1;
	return (n);
}

/* The lines by which a run and a process begin. */
static int
write_begin(const struct schedule *sc, struct rounds *r)
{
	struct rounds_header h = {
		.rh_cells = sc->sc_cells, .rh_machine = sc->sc_machine,
		.rh_seed = sc->sc_seed, .rh_window_ns = sc->sc_window_ns,
		.rh_rounds = sc->sc_rounds,
		.rh_processes = sc->sc_options->o_processes,
		.rh_passes = sc->sc_options->o_passes,
		.rh_planned_s = (double)sc->sc_planned_ns / 1e9,
		.rh_args = sc->sc_args
	};
	struct rounds_process pr = {
		.rpr_process = sc->sc_process,
		.rpr_first_round = sc->sc_first,
		.rpr_link_order = sc->sc_options->o_link_order,
		.rpr_environment = environment_bytes(),
		.rpr_time = sc->sc_time, .rpr_args = sc->sc_args
	};
	int error = sc->sc_ledger == NULL ? rounds_header(r, &h) : 0;

	return (error != 0 ? error : rounds_process(r, &pr));
}

/* The lines by which a process ends, and the run if it was the last one. */
static int
write_end(struct schedule *sc, struct rounds *r)
{
	double elapsed_s = (double)(md_clock_ns() - sc->sc_begin_ns) / 1e9;
	unsigned windows = rounds_count(r);
	int error = rounds_process_end(r, sc->sc_process, elapsed_s);

	if (sc->sc_ledger != NULL) {
		elapsed_s += sc->sc_ledger->ld_elapsed_s;
		windows += sc->sc_ledger->ld_windows;
	}
	sc->sc_elapsed_s = elapsed_s;
	if (error == 0 && sc->sc_last == sc->sc_rounds)
		error = rounds_end(r, windows, elapsed_s);
	return (error);
}

enum schedule_end
schedule_run(struct schedule *sc)
{
	struct pass p = { .p_schedule = sc };
	int error = rounds_open(&p.p_rounds, sc->sc_rounds_path);

	if (error == 0) {
		error = write_begin(sc, p.p_rounds);
		if (error == 0)
			error = run_share(&p);
		if (error == 0 && !window_interrupted)
			error = write_end(sc, p.p_rounds);
		sc->sc_windows = rounds_count(p.p_rounds);
		rounds_close(p.p_rounds);
	}
	progress_end();
	errno = error;
	return (error != 0 ? SCHEDULE_WRITE_ERROR :
	    window_interrupted ? SCHEDULE_INTERRUPTED :
	    sc->sc_last < sc->sc_rounds ? SCHEDULE_SHARE_DONE : SCHEDULE_DONE);
}
