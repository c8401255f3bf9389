/*
 * Lock statistics: counted by each thread for itself, by type and by name,
 * summed when the driver asks.  Only in builds with LOCK_STATS; elsewhere there
 * are none and the sum is of no types.
 *
 * A type's counts are those of all its locks.  Of locks whose name is not the
 * type's, so that it says more (a page queue is active or inactive), each
 * name's are kept besides; the driver is told the type's without them.
 *
 * Locking key: (N) names_lock to write; entries below nnames are constant.
 */
#include <string.h>

#include <sys/lock.h>
#include <sys/spinlock.h>
#include <workload/lab_unit.h>

_Static_assert(MAXLOCKTYPES == LAB_LOCK_TYPES &&
    MAXLOCKNAMES == LAB_LOCK_NAMES, "a line a type and a line a name");

#ifdef LOCK_STATS
/* By lo_named; the first is of locks that have their type's name. */
static struct lock_name {
	const char	*ln_name;	/* (N) */
	unsigned	 ln_type;	/* (N) index */
} names[1 + MAXLOCKNAMES];
static uint32_t		 nnames = 1;	/* (N) (a) */
static struct spinlock	 names_lock;

void
lock_names_init(void)
{
	names_lock.sl_word = 0;
	atomic_store_rel_int(&nnames, 1);
}

static unsigned
name_find(const char *name, unsigned type, unsigned n)
{
	unsigned i;

	for (i = 1; i < n; i++)
		if (names[i].ln_type == type && (names[i].ln_name == name ||
		    strcmp(names[i].ln_name, name) == 0))
			break;
	return (i);
}

unsigned
lock_named(const char *name, unsigned type)
{
	const char *of = lock_type_at(type);
	unsigned i, n;

	if (name == of || strcmp(name, of) == 0)
		return (0);
	/* Acquire pairs with the release below: the entries are there. */
	n = atomic_load_acq_int(&nnames);
	i = name_find(name, type, n);
	if (i < n)
		return (i);
	spin_lock(&names_lock);
	i = name_find(name, type, nnames);
	if (i == nitems(names))
		i = 0;
	else if (i == nnames) {
		names[i] = (struct lock_name){ name, type };
		atomic_store_rel_int(&nnames, i + 1);
	}
	spin_unlock(&names_lock);
	return (i);
}

uint64_t
lock_wait_begin(void)
{
	return (md_clock_ns());
}

void
lock_wait_end(const struct lock_object *lo, uint64_t begin)
{
	struct lock_stat *ls = &curthread->td_lockstat[lo->lo_type];
	struct lock_stat *ns = &curthread->td_namestat[lo->lo_named];
	uint64_t waited = md_clock_ns() - begin;

	ls->contended++;
	ls->wait_ns += waited;
	ns->contended++;
	ns->wait_ns += waited;
}

void
lock_stat_held(const struct lock_object *lo, uint64_t held)
{
	curthread->td_lockstat[lo->lo_type].hold_ns += held;
	curthread->td_namestat[lo->lo_named].hold_ns += held;
}

/* Sign 1 adds a thread's counts, -1 takes them out. */
static void
add_stat(struct lab_lock_stat *out, const struct lock_stat *ls, int sign)
{
	out->lls_acquired += (uint64_t)sign * ls->acquired;
	out->lls_contended += (uint64_t)sign * ls->contended;
	out->lls_wait_ns += (uint64_t)sign * ls->wait_ns;
	out->lls_hold_ns += (uint64_t)sign * ls->hold_ns;
}

static void
set_text(char text[LAB_NAME_MAX], const char *from)
{
	memcpy(text, from, ulmin(strlen(from), LAB_NAME_MAX - 1));
}

static void
sum_name(struct lab_lock_stat *out, struct lab_lock_stat *of, unsigned name)
{
	unsigned tid;

	memset(out, 0, sizeof(*out));
	set_text(out->lls_type, lock_type_at(names[name].ln_type));
	set_text(out->lls_name, names[name].ln_name);
	for (tid = 0; tid < MAXTHREADS; tid++) {
		add_stat(out, &kern_thread(tid)->td_namestat[name], 1);
		add_stat(of, &kern_thread(tid)->td_namestat[name], -1);
	}
}

/* A type and the names of it, in what is left of out; how many. */
static unsigned
sum_type(struct lab_lock_stat *out, unsigned max, unsigned type)
{
	unsigned i, n = 1, tid;

	memset(out, 0, sizeof(*out));
	set_text(out->lls_type, lock_type_at(type));
	for (tid = 0; tid < MAXTHREADS; tid++)
		add_stat(out, &kern_thread(tid)->td_lockstat[type], 1);
	for (i = 1; i < nnames && n < max; i++)
		if (names[i].ln_type == type)
			sum_name(&out[n++], out, i);
	return (n);
}

unsigned
lock_stats_collect(struct lab_lock_stat *out, unsigned max)
{
	unsigned n = 0, type;

	for (type = 0; n < max && lock_type_at(type) != NULL; type++)
		n += sum_type(&out[n], max - n, type);
	return (n);
}

static void
forget(struct thread *td)
{
	memset(td->td_lockstat, 0, sizeof(td->td_lockstat));
	memset(td->td_namestat, 0, sizeof(td->td_namestat));
}

void
lock_stats_reset(void)
{
	unsigned tid;

	for (tid = 0; tid < MAXTHREADS; tid++)
		forget(kern_thread(tid));
}

void
lock_stats_forget(void)
{
	forget(curthread);
}
#else
void
lock_names_init(void)
{
}

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
