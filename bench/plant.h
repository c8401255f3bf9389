/*
 * Planting an effect of known size: how the lab tests itself.
 *
 * A unit flagged LAB_PLANTED is a copy of one that delays an operation by
 * lr_delay_steps.  "Slowed by x %" means that the time of an operation is
 * 1 + x/100 times what it is without the delay; the true ratio, as windows
 * record it, is that of throughputs: 1 / (1 + x/100).
 *
 * How many steps that takes depends on the machine, the cell and where the
 * code happens to lie, so it is found anew in each process, by running the
 * unit against itself: blocks of operations with the delay and without it, in
 * turn, in windows as long as those of the run.  What is recorded is not the x
 * that was aimed at but the ratio that was then measured.
 */
#ifndef BENCH_PLANT_H
#define	BENCH_PLANT_H

#include "schedule.h"

/*
 * Find the delay of every planted unit in every cell, when it is known how long
 * windows are; the time of that counts as warming up.  Does nothing where no
 * unit is planted.  A cell of more threads than one, or whose path the delay
 * does not touch, ends the process with a line and status 2; so does a failed
 * oracle, with 1.
 */
void		 plant_effects(struct schedule *);

/*
 * The number of steps, at most WL_DELAY_STEPS_MAX, whose effect is nearest to
 * what is wanted, by bisection: effect(arg, steps) must grow with the steps,
 * but for noise.  Ends early when PLANT_NEAR, as a share of what is wanted.
 */
#define	PLANT_NEAR	0.08
uint64_t	 plant_search(double (*effect)(void *arg, uint64_t steps),
		    void *arg, double wanted);

/*
 * The share by which an operation takes longer with the delay, from n ratios
 * of time, with over without, which are sorted: their median less 1; NAN when
 * n is 0.
 */
double		 plant_effect(double *ratios, unsigned n);

#endif /* BENCH_PLANT_H */
