/*
 * The rows of the table of primitives that no implementation changes: an empty
 * loop, a compare-and-set pair, the locks of other libraries, the clock; and
 * twice the clock, `timer', which is what timing one operation costs.
 *
 * They register as the workload "primitive" of a unit called "-", so they run
 * in the same rounds, on the same pinned threads and with the same loop as the
 * units' own rows: do the operation, count it, look at the stop flag, each time
 * around.  Only the operation differs, and the row empty_loop is what the loop
 * costs without one.  One thread's objects are its own (sharing is private),
 * on lines of their own.  They have means only: a latency window is skipped.
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ck_rwlock.h>

#include <machine/atomic.h>
#include <sys/linker_set.h>
#include <workload/lab_unit.h>

/* What one worker operates on. (t) owning thread. */
struct reference {
	uint64_t	 rf_word;	/* (t) */
	pthread_mutex_t	 rf_mutex;
	pthread_rwlock_t rf_rwlock;
	ck_rwlock_t	 rf_ck;
	volatile uint64_t rf_sink;	/* (t) keeps the clock's value alive */
} __attribute__((aligned(MD_CACHE_LINE)));

static inline void
op_empty(struct reference *rf)
{
	/* Keeps the compiler from folding the loop, at no instruction. */
	__asm__ volatile("" : : "r" (rf) : "memory");
}

/* Acquire and release of one word: the least any lock can do. */
static inline void
op_cas(struct reference *rf)
{
	while (!atomic_cmpset_acq_64(&rf->rf_word, 0, 1))
		;
	while (!atomic_cmpset_rel_64(&rf->rf_word, 1, 0))
		;
}

static inline void
op_mutex(struct reference *rf)
{
	pthread_mutex_lock(&rf->rf_mutex);
	pthread_mutex_unlock(&rf->rf_mutex);
}

static inline void
op_rwlock_rd(struct reference *rf)
{
	pthread_rwlock_rdlock(&rf->rf_rwlock);
	pthread_rwlock_unlock(&rf->rf_rwlock);
}

static inline void
op_rwlock_wr(struct reference *rf)
{
	pthread_rwlock_wrlock(&rf->rf_rwlock);
	pthread_rwlock_unlock(&rf->rf_rwlock);
}

static inline void
op_ck_rd(struct reference *rf)
{
	ck_rwlock_read_lock(&rf->rf_ck);
	ck_rwlock_read_unlock(&rf->rf_ck);
}

static inline void
op_ck_wr(struct reference *rf)
{
	ck_rwlock_write_lock(&rf->rf_ck);
	ck_rwlock_write_unlock(&rf->rf_ck);
}

static inline void
op_clock(struct reference *rf)
{
	rf->rf_sink = md_clock_ns();
}

/* The difference is taken as a sampled operation's is. */
static inline void
op_timer(struct reference *rf)
{
	uint64_t begin = md_clock_ns();

	rf->rf_sink = md_clock_ns() - begin;
}

/* Each operation gets a loop of its own, so that it is inlined there. */
#define	LOOP(op)							\
static void								\
loop_##op(struct lab_run *run, unsigned i)				\
{									\
	struct reference *rf = (struct reference *)run->lr_private + i;	\
	struct lab_slot *slot = &run->lr_slots[i];			\
	uint64_t ops = 0;						\
									\
	slot->ls_start_ns = md_clock_ns();				\
	while (!atomic_load_int(&run->lr_stop)) {			\
		op_##op(rf);						\
		ops++;							\
	}								\
	slot->ls_end_ns = md_clock_ns();				\
	slot->ls_ops = ops;						\
}

LOOP(empty)
LOOP(cas)
LOOP(mutex)
LOOP(rwlock_rd)
LOOP(rwlock_wr)
LOOP(ck_rd)
LOOP(ck_wr)
LOOP(clock)
LOOP(timer)

static const struct {
	const char	*name;
	void		(*loop)(struct lab_run *, unsigned);
} rows[] = {
	{ "empty_loop", loop_empty },
	{ "cas_pair", loop_cas },
	{ "pthread_mutex", loop_mutex },
	{ "pthread_rwlock_rd", loop_rwlock_rd },
	{ "pthread_rwlock_wr", loop_rwlock_wr },
	{ "ck_rwlock_rd", loop_ck_rd },
	{ "ck_rwlock_wr", loop_ck_wr },
	{ "clock", loop_clock },
	{ "timer", loop_timer }
};

#define	NROWS	(sizeof(rows) / sizeof(rows[0]))

static const char *const variants[] = {
	"empty_loop", "cas_pair", "pthread_mutex", "pthread_rwlock_rd",
	"pthread_rwlock_wr", "ck_rwlock_rd", "ck_rwlock_wr", "clock", "timer",
	NULL
};
_Static_assert(sizeof(variants) / sizeof(variants[0]) == NROWS + 1,
    "a variant for each row");

static int
reference_begin(struct lab_run *run)
{
	struct reference *all;

	if (run->lr_histograms != NULL) {
		snprintf(run->lr_why, sizeof(run->lr_why),
		    "no latency: rows without an implementation have means");
		return (ENOTSUP);
	}
	all = aligned_alloc(MD_CACHE_LINE, run->lr_threads * sizeof(*all));
	if (all == NULL) {
		snprintf(run->lr_why, sizeof(run->lr_why), "no memory");
		return (ENOMEM);
	}
	memset(all, 0, run->lr_threads * sizeof(*all));
	for (unsigned i = 0; i < run->lr_threads; i++) {
		pthread_mutex_init(&all[i].rf_mutex, NULL);
		pthread_rwlock_init(&all[i].rf_rwlock, NULL);
		ck_rwlock_init(&all[i].rf_ck);
	}
	run->lr_private = all;
	return (0);
}

static void
reference_nothing(struct lab_run *run, unsigned i)
{
	(void)run;
	(void)i;
}

static void
reference_loop(struct lab_run *run, unsigned i)
{
	for (size_t row = 0; row < NROWS; row++)
		if (strcmp(rows[row].name, run->lr_variant) == 0)
			rows[row].loop(run, i);
}

/* The oracle: every lock and word is free again. */
static int
reference_end(struct lab_run *run)
{
	struct reference *all = run->lr_private;
	int error = 0;

	for (unsigned i = 0; i < run->lr_threads; i++) {
		if (all[i].rf_word != 0 || ck_rwlock_locked(&all[i].rf_ck) ||
		    pthread_mutex_destroy(&all[i].rf_mutex) != 0 ||
		    pthread_rwlock_destroy(&all[i].rf_rwlock) != 0) {
			snprintf(run->lr_why, sizeof(run->lr_why),
			    "a lock of worker %u is still held", i);
			error = EDOM;
		}
	}
	free(all);
	return (error);
}

static const struct lab_unit reference_unit = {
	.lu_impl = "-",
	.lu_machine = "native",
	.lu_flavour = "bench",
	.lu_begin = reference_begin,
	.lu_thread_begin = reference_nothing,
	.lu_thread_loop = reference_loop,
	.lu_thread_end = reference_nothing,
	.lu_end = reference_end
};
DATA_SET(lab_units, reference_unit);

static const struct lab_workload reference_workload = {
	.lw_unit = &reference_unit,
	.lw_name = "primitive",
	.lw_op = "one pair of the operation named by the variant",
	.lw_sharing = LAB_PRIVATE,
	.lw_threads_min = 1,
	.lw_variants = variants
};
DATA_SET(lab_workloads, reference_workload);
