/*
 * A delay of the length that the driver asked for: lr_delay_steps.
 *
 * Only an implementation that is slowed on purpose calls it.
 */
#ifndef WORKLOAD_DELAY_H
#define	WORKLOAD_DELAY_H

#include <stdint.h>

/* The run's lr_delay_steps, which is constant while workers run. */
extern const uint64_t *wl_delay_steps;

#define	WL_DELAY_STEPS_MAX	511	/* a step is about a nanosecond */

/*
 * Returns p, after so many steps.  The steps begin when p is known, and what
 * needs the value returned begins when they are over, so that no processor
 * does them beside other work.
 */
void		*wl_delay(void *p);

#endif /* WORKLOAD_DELAY_H */
