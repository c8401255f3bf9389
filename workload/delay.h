/*
 * A delay of the length that the driver asked for: lr_delay_loops.
 *
 * Only an implementation that is slowed on purpose calls it.  One loop is one
 * step of a chain of dependent instructions, well under a nanosecond.
 */
#ifndef WORKLOAD_DELAY_H
#define	WORKLOAD_DELAY_H

#include <stdint.h>

/* Written by lu_begin(), constant while workers run. */
extern uint64_t wl_delay_loops;

/*
 * Returns p, which takes part in the chain: what follows and needs p begins
 * when the delay is over, and cannot be computed beside it.
 */
static inline void *
wl_delay(void *p)
{
	uint64_t n = wl_delay_loops;

	while (n != 0) {
		n--;
		/* Opaque, so that the loop stays and its end is not known. */
		__asm__ volatile("" : "+r" (n));
	}
	__asm__ volatile("" : "+r" (n));
	return ((char *)p + n);
}

#endif /* WORKLOAD_DELAY_H */
