/*
 * Calibrating planted effects; bench/plant.h says what is true of them.
 */
#include <err.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>

#include <workload/delay.h>

#include "plant.h"
#include "progress.h"

/* Operations of a block: workloads come round after as many, or a part. */
#define	BLOCK_OPS	256
#define	PAIRS_MAX	200	/* of a window */
/* Windows to measure what the delay comes to, when it is found. */
#define	WINDOWS		10
/* Shares of what is wanted: no farther from it ends the tries; too far. */
#define	NEAR_ENOUGH	0.15
#define	TOO_FAR		0.5
#define	TRIES		5

/* A unit in a cell while its delay is looked for. */
struct planting {
	struct schedule	*p_schedule;
	const struct cell *p_cell;
	const struct lab_workload *p_workload;
	struct lab_slot	 p_slot;
	struct lab_run	 p_run;
	uint64_t	 p_steps;
};

uint64_t
plant_search(double (*effect)(void *arg, uint64_t steps), void *arg,
    double wanted)
{
	uint64_t low = 0, high = WL_DELAY_STEPS_MAX;

	while (low < high) {
		uint64_t steps = (low + high + 1) / 2;
		double e = effect(arg, steps);

		if (fabs(e - wanted) <= PLANT_NEAR * wanted)
			return (steps);
		if (e < wanted)
			low = steps;
		else
			high = steps - 1;
	}
	return (low);
}

double
plant_effect(double *ratios, unsigned n)
{
	if (n == 0)
		return (NAN);
	gsl_sort(ratios, 1, n);
	return (gsl_stats_median_from_sorted_data(ratios, 1, n) - 1);
}

static void
prepare(struct planting *p)
{
	const struct options *o = p->p_schedule->sc_options;
	struct lab_run *r = &p->p_run;

	memset(r, 0, sizeof(*r));
	r->lr_slots = &p->p_slot;
	r->lr_workload = p->p_workload;
	r->lr_variant = p->p_cell->c_unit_variant;
	r->lr_sharing = p->p_cell->c_sharing;
	r->lr_threads = 1;
	r->lr_home = p->p_cell->c_home;
	r->lr_physmem = o->o_physmem != 0 ? o->o_physmem :
	    p->p_workload->lw_physmem;
	r->lr_seed = o->o_seed;
	r->lr_ops_max = BLOCK_OPS;
	r->lr_clones = p->p_cell->c_clones;
}

/* Time of a block of operations, each delayed by so many steps. */
static double
block_ns(struct planting *p, uint64_t steps)
{
	p->p_run.lr_delay_steps = steps;
	p->p_workload->lw_unit->lu_thread_loop(&p->p_run, 0);
	return ((double)(p->p_slot.ls_end_ns - p->p_slot.ls_start_ns));
}

/*
 * One window of pairs of blocks, the time of the one with the delay over that
 * of the other, into ratios; how many.  Which of a pair comes first takes
 * turns.  A pair is over in much less time than a machine needs to change its
 * speed, and one in which the thread was kept from its processor is an outlier
 * that the median over all pairs does not see.
 */
static unsigned
window_pairs(struct planting *p, double ratios[PAIRS_MAX])
{
	const struct lab_unit *u = p->p_workload->lw_unit;
	unsigned n = 0;
	uint64_t end;

	prepare(p);
	if (u->lu_begin(&p->p_run) != 0)
		errx(1, "%s in %s: %s", u->lu_impl, p->p_cell->c_name,
		    p->p_run.lr_why);
	u->lu_thread_begin(&p->p_run, 0);
	end = md_clock_ns() + p->p_schedule->sc_window_ns;
	while (md_clock_ns() < end && n < PAIRS_MAX) {
		bool with = n % 2 != 0;
		double first = block_ns(p, with ? p->p_steps : 0);
		double second = block_ns(p, with ? 0 : p->p_steps);

		ratios[n++] = with ? first / second : second / first;
	}
	u->lu_thread_end(&p->p_run, 0);
	if (u->lu_end(&p->p_run) != 0)
		errx(1, "%s in %s: %s", u->lu_impl, p->p_cell->c_name,
		    p->p_run.lr_why);
	return (n);
}

static double
measured(struct planting *p, unsigned windows)
{
	double ratios[WINDOWS * PAIRS_MAX];
	unsigned n = 0;

	for (unsigned i = 0; i < windows && !window_interrupted; i++)
		n += window_pairs(p, ratios + n);
	return (plant_effect(ratios, n));
}

static double
effect_of(void *arg, uint64_t steps)
{
	struct planting *p = arg;

	p->p_steps = steps;
	return (measured(p, 1));
}

/*
 * Find p_steps; return what they come to, which is measured afresh.  The best
 * of a few tries counts: it is known what it is, if not just what was wanted.
 */
static double
calibrate(struct planting *p, double wanted)
{
	uint64_t steps = 0;
	double best = HUGE_VAL;

	for (unsigned i = 0; i < TRIES && !window_interrupted &&
	    fabs(best - wanted) > NEAR_ENOUGH * wanted; i++) {
		double effect;

		p->p_steps = plant_search(effect_of, p, wanted);
		effect = measured(p, WINDOWS);
		if (fabs(effect - wanted) < fabs(best - wanted)) {
			best = effect;
			steps = p->p_steps;
		}
	}
	if (!window_interrupted && fabs(best - wanted) > TOO_FAR * wanted)
		errx(2, "%s cannot be slowed as told in %s: it comes to %.1f "
		    "%%; choose cells that fault or grab without waiting, of "
		    "200 to 4000 ns", p->p_workload->lw_unit->lu_impl,
		    p->p_cell->c_name, 100 * best);
	p->p_steps = steps;
	return (best);
}

static void
plant(struct schedule *sc, const struct cell *c, struct cell_entry *e)
{
	const struct lab_unit *u = e->e_bench->lw_unit;
	struct planting p = {
		.p_schedule = sc, .p_cell = c, .p_workload = e->e_bench
	};

	e->e_planted = 1;
	if (u->lu_planted_percent == 0)
		return;
	if (c->c_threads != 1)
		errx(2, "%s cannot be slowed in %s: choose cells of one thread",
		    u->lu_impl, c->c_name);
	progress_show(&(struct progress){ .pg_phase = "calibrating",
	    .pg_left_ns = PROGRESS_UNKNOWN,
	    .pg_cell = c->c_name });
	if (pool_bind_caller(sc->sc_pool, c->c_pus[0]) != 0)
		errx(1, "cannot pin a thread for %s", c->c_name);
	e->e_planted = 1 / (1 + calibrate(&p, u->lu_planted_percent / 100.0));
	e->e_delay_steps = p.p_steps;
	pool_bind_caller(sc->sc_pool, PLACE_NONE);
}

void
plant_effects(struct schedule *sc)
{
	uint64_t begin_ns = md_clock_ns();

	for (unsigned i = 0; i < sc->sc_cells->t_ncells; i++) {
		struct cell *c = &sc->sc_cells->t_cells[i];

		for (unsigned j = 0; j < c->c_nentries &&
		    !window_interrupted; j++)
			if (c->c_entries[j].e_bench->lw_unit->lu_flags &
			    LAB_PLANTED)
				plant(sc, c, &c->c_entries[j]);
	}
	sc->sc_warm_ns += md_clock_ns() - begin_ns;
}
