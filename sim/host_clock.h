/* Time of the host, in seconds; the machine's own clock is virtual. */
#ifndef SIM_HOST_CLOCK_H
#define	SIM_HOST_CLOCK_H

#include <time.h>

static inline double
host_seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ((double)ts.tv_sec + (double)ts.tv_nsec * 1e-9);
}

#endif /* SIM_HOST_CLOCK_H */
