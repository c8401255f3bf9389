/*
 * Threads that stay: one pinned to each PU, made when first needed, asleep
 * between windows.
 *
 * Each has its events open (bench/counters.h).
 *
 * A window borrows the workers of its PUs.  So a cell costs no thread
 * creation, every cell that uses a PU uses the same warmed thread and stack,
 * and no worker ever runs anywhere else.
 */
#ifndef BENCH_POOL_H
#define	BENCH_POOL_H

#include "placement.h"

struct pool;

/* Never fails but for memory, which ends the process with a line. */
struct pool	*pool_new(const struct place_map *);

/* End and join the threads.  None may be at work. */
void		 pool_free(struct pool *);

/*
 * Run fn(arg, i) for each i < n on a worker pinned to PU pus[i] (an index of
 * pm_pus; the same PU may be named more than once).  Returns when they have
 * been told; pool_wait() returns when all are done.  Returns 0, or an errno
 * when a thread cannot be made or pinned.
 */
int		 pool_start(struct pool *, const unsigned *pus, unsigned n,
		    void (*fn)(void *arg, unsigned i), void *arg);

/*
 * Pin the calling thread, which is none of the pool's, to a PU; with
 * PLACE_NONE let it use all PUs again.  Returns 0, or an errno.
 */
int		 pool_bind_caller(const struct pool *, unsigned pu);

/* Returns 0, or ETIMEDOUT when workers still run after so many seconds. */
int		 pool_wait(struct pool *, unsigned seconds);

#endif /* BENCH_POOL_H */
