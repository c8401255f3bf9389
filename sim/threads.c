/*
 * Numbers of threads to run.  Read threads.h first.
 */
#include "threads.h"

#include <stdlib.h>

#define	DEFAULT_THREADS	8

static int
by_number(const void *a, const void *b)
{
	unsigned x = *(const unsigned *)a, y = *(const unsigned *)b;

	return ((x > y) - (x < y));
}

void
threads_add(struct options *o, unsigned n)
{
	for (unsigned i = 0; i < o->o_nthreads; i++)
		if (o->o_threads[i] == n)
			return;
	o->o_threads[o->o_nthreads++] = n;
	qsort(o->o_threads, o->o_nthreads, sizeof(n), by_number);
}

/* The first CPU whose place is another's, as those before it are not. */
static unsigned
full(const uint16_t places[SIM_CPUS_MAX])
{
	for (unsigned i = 1; i < sim_model.mo_ncpus; i++)
		if (places[i] != places[0])
			return (i);
	return (sim_model.mo_ncpus);
}

/* One thread of each core. */
static unsigned
cores(void)
{
	unsigned most = 0;

	for (unsigned i = 0; i < sim_model.mo_ncpus; i++)
		if (sim_model.mo_core[i] > most)
			most = sim_model.mo_core[i];
	return (most + 1);
}

/*
 * Eight, if there are so many: 1 and 2, a full package, all cores and all
 * CPUs, and the powers of two between, without those next to another.
 */
void
threads_choose(struct options *o)
{
	unsigned keep[] = { 1, 2, full(sim_model.mo_package), cores(),
	    sim_model.mo_ncpus };

	for (size_t i = 0; i < sizeof(keep) / sizeof(*keep); i++)
		if (keep[i] <= sim_model.mo_ncpus)
			threads_add(o, keep[i]);
	for (unsigned n = 4; n < sim_model.mo_ncpus &&
	    o->o_nthreads < DEFAULT_THREADS; n *= 2) {
		bool close = false;

		for (unsigned i = 0; i < o->o_nthreads; i++)
			close |= 10 * n < 15 * o->o_threads[i] &&
			    10 * o->o_threads[i] < 15 * n;
		if (!close)
			threads_add(o, n);
	}
}
