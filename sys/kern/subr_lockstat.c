/*
 * Lock statistics: counted by each thread for itself, summed by type when the
 * driver asks.  Only in builds with LOCK_STATS; elsewhere there are none and
 * the sum is of no types.
 */
#include <string.h>

#include <sys/lock.h>
#include <workload/lab_unit.h>

_Static_assert(MAXLOCKTYPES == LAB_LOCK_TYPES, "one line a type");

#ifdef LOCK_STATS
uint64_t
lock_wait_begin(void)
{
	return (md_clock_ns());
}

void
lock_wait_end(const struct lock_object *lo, uint64_t begin)
{
	struct lock_stat *ls = &curthread->td_lockstat[lo->lo_type];

	ls->contended++;
	ls->wait_ns += md_clock_ns() - begin;
}

static void
sum_type(struct lab_lock_stat *out, unsigned type)
{
	const char *name = lock_type_at(type);
	const struct lock_stat *ls;
	unsigned tid;

	memset(out, 0, sizeof(*out));
	memcpy(out->lls_type, name, ulmin(strlen(name), LAB_NAME_MAX - 1));
	for (tid = 0; tid < MAXTHREADS; tid++) {
		ls = &kern_thread(tid)->td_lockstat[type];
		out->lls_acquired += ls->acquired;
		out->lls_contended += ls->contended;
		out->lls_wait_ns += ls->wait_ns;
		out->lls_hold_ns += ls->hold_ns;
	}
}

unsigned
lock_stats_collect(struct lab_lock_stat *out, unsigned max)
{
	unsigned i;

	for (i = 0; i < max && lock_type_at(i) != NULL; i++)
		sum_type(&out[i], i);
	return (i);
}

void
lock_stats_reset(void)
{
	struct thread *td;
	unsigned tid;

	for (tid = 0; tid < MAXTHREADS; tid++) {
		td = kern_thread(tid);
		memset(td->td_lockstat, 0, sizeof(td->td_lockstat));
	}
}

void
lock_stats_forget(void)
{
	memset(curthread->td_lockstat, 0, sizeof(curthread->td_lockstat));
}
#else
unsigned
lock_stats_collect(struct lab_lock_stat *out, unsigned max)
{
	(void)out, (void)max;
	return (0);
}

void
lock_stats_reset(void)
{
}

void
lock_stats_forget(void)
{
}
#endif
