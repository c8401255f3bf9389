/*
 * What all locks have in common: a name, a type, and the hooks by which
 * INVARIANTS builds check ownership and order and LOCK_STATS builds count.
 *
 * Name and type are kept apart, as in mtx_init(9): the name is one lock's, the
 * type groups locks in statistics and in the order of <sys/lock_order.h>, as
 * all drivers' locks are "network driver" and each has the name of its device.
 * A NULL type means the name.  Reports say "name (type)"; statistics are by
 * type, and under it by name where that says more.
 */
#ifndef SYS_LOCK_H
#define	SYS_LOCK_H

#include <sys/_lock.h>
#include <sys/lock_order.h>
#include <sys/proc.h>

/* lo_flags */
#define	LO_DUPOK	1	/* two of this type may be held at once */
#define	LO_RECURSABLE	2
#define	LO_SLEEPABLE	4	/* may be held over a sleep: sx */
#define	LO_YIELDED	8	/* given up by what sleeps: Giant, vm_mtx */

#define	LOCK_SHARED	1
#define	LOCK_EXCLUSIVE	0

/*
 * Fill *lo.  name and type must live until the next kern_init(); flags are
 * LO_*.  Panics when the table of types (MAXLOCKTYPES) is full; a name that
 * finds that of names (MAXLOCKNAMES) full is counted under its type alone.
 */
void		 lock_init(struct lock_object *lo, const char *name,
		    const char *type, uint16_t flags);

/* The type given to lock_init(), or the name where that was NULL. */
const char	*lock_type_name(const struct lock_object *lo);

/* Type number i, from 0 up; NULL past the last. */
const char	*lock_type_at(unsigned i);

/*
 * lo_named of a lock of the type of an index: 0 if its name is the type's, or
 * if there are MAXLOCKNAMES others, or nobody counts.  Entered if it is new.
 */
#ifdef LOCK_STATS
unsigned	 lock_named(const char *name, unsigned type);
#else
static inline unsigned
lock_named(const char *name, unsigned type)
{
	(void)name, (void)type;
	return (0);
}
#endif

/* Where an acquisition stands in the source; known to checking builds only. */
#ifdef INVARIANTS
#define	LOCK_FILE	__FILE__
#define	LOCK_LINE	__LINE__
#else
#define	LOCK_FILE	NULL
#define	LOCK_LINE	0
#endif

/*
 * The hooks, called by the locks themselves.  how is LOCK_SHARED or
 * LOCK_EXCLUSIVE.  A build without INVARIANTS and LOCK_STATS has none of them:
 * its fast paths are the bare compare-and-set.
 *
 * lock_wanted	before a blocking acquisition: is the order kept?
 * lock_obtained	after any acquisition
 * lock_released	before a release: panics unless held so
 * lock_changed	after an upgrade or downgrade to how
 * lock_wait_begin, lock_wait_end	around a slow path: it waited so long
 */
#if defined(INVARIANTS) || defined(LOCK_STATS)
#define	LOCK_HOOKS	1
void	lock_obtained(struct lock_object *lo, int how, const char *file,
	    int line);
void	lock_released(struct lock_object *lo, int how, const char *file,
	    int line);
void	lock_changed(struct lock_object *lo, int how, const char *file,
	    int line);
#else
static inline void
lock_obtained(struct lock_object *lo, int how, const char *file, int line)
{
	(void)lo, (void)how, (void)file, (void)line;
}

static inline void
lock_released(struct lock_object *lo, int how, const char *file, int line)
{
	(void)lo, (void)how, (void)file, (void)line;
}

static inline void
lock_changed(struct lock_object *lo, int how, const char *file, int line)
{
	(void)lo, (void)how, (void)file, (void)line;
}
#endif

#ifdef INVARIANTS
void	lock_wanted(const struct lock_object *lo, int how, const char *file,
	    int line);

/* The newest entry of lo in curthread's held list, or NULL. */
struct held_lock *lock_held(const struct lock_object *lo);

/*
 * Panic unless curthread may sleep: it holds no lock but the interlock (may be
 * NULL) and sleepable ones.
 */
void	lock_assert_sleepable(const struct lock_object *interlock,
	    const char *wmesg);
#else
static inline void
lock_wanted(const struct lock_object *lo, int how, const char *file, int line)
{
	(void)lo, (void)how, (void)file, (void)line;
}

static inline void
lock_assert_sleepable(const struct lock_object *interlock, const char *wmesg)
{
	(void)interlock, (void)wmesg;
}
#endif

#ifdef LOCK_STATS
uint64_t	lock_wait_begin(void);
void		lock_wait_end(const struct lock_object *lo, uint64_t begin);

/* For lock_released(): curthread had it for so long. */
void		lock_stat_held(const struct lock_object *lo, uint64_t ns);
#else
static inline uint64_t
lock_wait_begin(void)
{
	return (0);
}

static inline void
lock_wait_end(const struct lock_object *lo, uint64_t begin)
{
	(void)lo, (void)begin;
}
#endif

/*
 * Forget all types but those of <sys/lock_order.h>, and all names.  From
 * kern_init(), and the second from the first.
 */
void		 lock_types_init(void);
void		 lock_names_init(void);

/*
 * Sum the statistics of all threads into out[0..max-1], as the driver wants
 * them: types in their order, of each what has no name of its own, and behind
 * it each name; returns how many.  0 unless built with LOCK_STATS.  No
 * attached thread may be taking locks meanwhile.
 */
struct lab_lock_stat;
unsigned	 lock_stats_collect(struct lab_lock_stat *out, unsigned max);

/*
 * Zero them: of every thread, with none of them running (after set-up); of
 * curthread alone (after its warm-up).
 */
void		 lock_stats_reset(void);
void		 lock_stats_forget(void);

#endif /* SYS_LOCK_H */
