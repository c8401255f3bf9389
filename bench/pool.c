/*
 * The pool of pinned threads.
 *
 * One mutex guards everything; it is held only between windows, so it needs no
 * care for speed.  A worker sleeps on its own condition variable, the caller
 * of pool_wait() on the pool's.
 */
#define	_GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <machine/native/native.h>

#include "counters.h"
#include "pool.h"

enum worker_state { WORKER_STARTING, WORKER_IDLE, WORKER_BUSY, WORKER_END };

/* Locking key: (p) p_mutex  (c) constant after creation. */
struct worker {
	struct worker	*w_next;	/* (p) */
	struct pool	*w_pool;	/* (c) */
	unsigned	 w_pu;		/* (c) index of pm_pus */
	pthread_t	 w_thread;	/* (c) */
	pthread_cond_t	 w_wake;
	enum worker_state w_state;	/* (p) */
	int		 w_error;	/* (p) errno of pinning */
	void		(*w_fn)(void *, unsigned);	/* (p) */
	void		*w_arg;		/* (p) */
	unsigned	 w_index;	/* (p) */
};

struct pool {
	const struct place_map *p_map;	/* (c) */
	pthread_mutex_t	 p_mutex;
	pthread_cond_t	 p_idle;	/* p_nbusy fell to 0 */
	struct worker	*p_workers;	/* (p) */
	unsigned	 p_nbusy;	/* (p) */
};

int
pool_bind_caller(const struct pool *pool, unsigned pu)
{
	const struct place_map *map = pool->p_map;
	hwloc_bitmap_t set = hwloc_bitmap_alloc();
	int error = 0;

	for (unsigned i = 0; i < map->pm_npus; i++)
		if (pu == PLACE_NONE || pu == i)
			hwloc_bitmap_set(set, map->pm_pus[i].pu_os);
	if (hwloc_set_cpubind(map->pm_topology, set, HWLOC_CPUBIND_THREAD |
	    HWLOC_CPUBIND_STRICT) != 0)
		error = errno;
	hwloc_bitmap_free(set);
	if (error == 0 && pu != PLACE_NONE)
		native_thread_attach(pu);
	return (error);
}

/* Take the worker's next job; false when it is told to end. */
static bool
next_job(struct worker *w)
{
	bool work;

	pthread_mutex_lock(&w->w_pool->p_mutex);
	while (w->w_state == WORKER_IDLE)
		pthread_cond_wait(&w->w_wake, &w->w_pool->p_mutex);
	work = w->w_state != WORKER_END;
	pthread_mutex_unlock(&w->w_pool->p_mutex);
	return (work);
}

static void
job_done(struct worker *w, int error)
{
	struct pool *pool = w->w_pool;

	pthread_mutex_lock(&pool->p_mutex);
	w->w_state = WORKER_IDLE;
	w->w_error = error;
	if (--pool->p_nbusy == 0)
		pthread_cond_signal(&pool->p_idle);
	pthread_mutex_unlock(&pool->p_mutex);
}

static void *
worker_main(void *arg)
{
	struct worker *w = arg;

	counters_open();
	job_done(w, pool_bind_caller(w->w_pool, w->w_pu));
	while (next_job(w)) {
		w->w_fn(w->w_arg, w->w_index);
		job_done(w, 0);
	}
	counters_close();
	return (NULL);
}

struct pool *
pool_new(const struct place_map *map)
{
	struct pool *pool = calloc(1, sizeof(*pool));

	if (pool == NULL)
		err(1, "pool");
	pool->p_map = map;
	pthread_mutex_init(&pool->p_mutex, NULL);
	pthread_cond_init(&pool->p_idle, NULL);
	return (pool);
}

/*
 * Make a worker and wait until it is pinned.  Signals are blocked in it, so
 * that an interrupt always finds the main thread.
 */
static int
worker_new(struct pool *pool, unsigned pu, struct worker **wp)
{
	struct worker *w = calloc(1, sizeof(*w));
	sigset_t all, old;
	int error;

	if (w == NULL)
		return (ENOMEM);
	w->w_pool = pool;
	w->w_pu = pu;
	pthread_cond_init(&w->w_wake, NULL);
	pool->p_nbusy = 1;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &old);
	error = pthread_create(&w->w_thread, NULL, worker_main, w);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (error != 0) {
		pool->p_nbusy = 0;
		free(w);
		return (error);
	}
	w->w_next = pool->p_workers;
	pool->p_workers = w;
	pool_wait(pool, 0);
	*wp = w;
	return (w->w_error);
}

/* A worker of the PU that is not in chosen[0..n - 1]. */
static int
find_worker(struct pool *pool, unsigned pu, struct worker **chosen,
    unsigned n)
{
	for (struct worker *w = pool->p_workers; w != NULL; w = w->w_next) {
		unsigned i = 0;

		if (w->w_pu != pu)
			continue;
		while (i < n && chosen[i] != w)
			i++;
		if (i == n) {
			chosen[n] = w;
			return (w->w_error);
		}
	}
	return (worker_new(pool, pu, &chosen[n]));
}

int
pool_start(struct pool *pool, const unsigned *pus, unsigned n,
    void (*fn)(void *, unsigned), void *arg)
{
	struct worker *chosen[n];
	int error;

	for (unsigned i = 0; i < n; i++)
		if ((error = find_worker(pool, pus[i], chosen, i)) != 0)
			return (error);
	pthread_mutex_lock(&pool->p_mutex);
	pool->p_nbusy = n;
	for (unsigned i = 0; i < n; i++) {
		chosen[i]->w_fn = fn;
		chosen[i]->w_arg = arg;
		chosen[i]->w_index = i;
		chosen[i]->w_state = WORKER_BUSY;
		pthread_cond_signal(&chosen[i]->w_wake);
	}
	pthread_mutex_unlock(&pool->p_mutex);
	return (0);
}

int
pool_wait(struct pool *pool, unsigned seconds)
{
	struct timespec until;
	int error = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += seconds;
	pthread_mutex_lock(&pool->p_mutex);
	while (pool->p_nbusy != 0 && error == 0)
		error = seconds == 0 ?
		    pthread_cond_wait(&pool->p_idle, &pool->p_mutex) :
		    pthread_cond_timedwait(&pool->p_idle, &pool->p_mutex,
		    &until);
	error = pool->p_nbusy != 0 ? error : 0;
	pthread_mutex_unlock(&pool->p_mutex);
	return (error);
}

void
pool_free(struct pool *pool)
{
	struct worker *w, *next;

	for (w = pool->p_workers; w != NULL; w = next) {
		next = w->w_next;
		pthread_mutex_lock(&pool->p_mutex);
		w->w_state = WORKER_END;
		pthread_cond_signal(&w->w_wake);
		pthread_mutex_unlock(&pool->p_mutex);
		pthread_join(w->w_thread, NULL);
		pthread_cond_destroy(&w->w_wake);
		free(w);
	}
	pthread_cond_destroy(&pool->p_idle);
	pthread_mutex_destroy(&pool->p_mutex);
	free(pool);
}
