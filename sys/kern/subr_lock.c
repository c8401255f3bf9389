/*
 * What all locks share: the table of types, what each thread holds, and the
 * order in which locks may be taken.  Read <sys/lock.h> first.
 *
 * Locking key: (T) types_lock to write; entries below ntypes are constant.
 */
#include <string.h>

#include <sys/lock.h>
#include <sys/spinlock.h>
#include <workload/lab_unit.h>

_Static_assert(MAXLOCKTYPES == LAB_LOCK_TYPES, "one line a type");
_Static_assert(LO_LEAF < MAXLOCKTYPES, "room for types not listed");

static const struct lock_type {
	const char	*lt_name;
	int		 lt_dupok;
} listed[LO_LEAF] = {
#define	LOCK_ORDER_ROW(id, type, dup)	[id] = { type, dup },
	LOCK_ORDER(LOCK_ORDER_ROW)
#undef	LOCK_ORDER_ROW
};

/*
 * Names by lo_type.  The first LO_LEAF are the listed ones, in their order, so
 * that a listed type's index is its place in the order.
 */
static const char	*types[MAXLOCKTYPES];	/* (T) */
static uint32_t		 ntypes;		/* (T) (a) */
static struct spinlock	 types_lock;

void
lock_types_init(void)
{
	unsigned i;

	for (i = 0; i < LO_LEAF; i++)
		types[i] = listed[i].lt_name;
	types_lock.sl_word = 0;
	lock_names_init();
	atomic_store_rel_int(&ntypes, LO_LEAF);
}

static unsigned
type_find(const char *type, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		if (types[i] == type || strcmp(types[i], type) == 0)
			break;
	return (i);
}

/* The index of a type, entered if it is new. */
static unsigned
type_index(const char *type)
{
	unsigned i, n;

	/* Acquire pairs with the release below: the names are there. */
	n = atomic_load_acq_int(&ntypes);
	i = type_find(type, n);
	if (i < n)
		return (i);
	spin_lock(&types_lock);
	i = type_find(type, ntypes);
	if (i == MAXLOCKTYPES)
		panic("lock_init: type %s: more than %u types of locks", type,
		    MAXLOCKTYPES);
	if (i == ntypes) {
		types[i] = type;
		atomic_store_rel_int(&ntypes, i + 1);
	}
	spin_unlock(&types_lock);
	return (i);
}

void
lock_init(struct lock_object *lo, const char *name, const char *type,
    uint16_t flags)
{
	unsigned i;

	KASSERT(name != NULL, ("lock_init: %p has no name", (void *)lo));
	i = type_index(type != NULL ? type : name);
	lo->lo_name = name;
	lo->lo_type = (uint16_t)i;
	lo->lo_order = (uint16_t)ulmin(i, LO_LEAF);
	lo->lo_named = (uint16_t)lock_named(name, i);
	lo->lo_flags = flags;
	if (i < LO_LEAF && listed[i].lt_dupok)
		lo->lo_flags |= LO_DUPOK;
}

const char *
lock_type_name(const struct lock_object *lo)
{
	return (types[lo->lo_type]);
}

const char *
lock_type_at(unsigned i)
{
	return (i < atomic_load_acq_int(&ntypes) ? types[i] : NULL);
}

/* ---- What curthread holds --------------------------------------------- */

#ifdef LOCK_HOOKS
static struct held_lock *
held_find(struct thread *td, const struct lock_object *lo)
{
	int i;

	for (i = td->td_nheld - 1; i >= 0; i--)
		if (td->td_held[i].hl_lock == lo)
			return (&td->td_held[i]);
	return (NULL);
}

void
lock_obtained(struct lock_object *lo, int how, const char *file, int line)
{
	struct thread *td = curthread;
	struct held_lock *hl;

	if (td->td_nheld == MAXHELD)
		panic("lock %s (%s): thread %u would hold more than %d",
		    lo->lo_name, lock_type_name(lo), td->td_tid, MAXHELD);
	hl = &td->td_held[td->td_nheld++];
	hl->hl_lock = lo;
	hl->hl_shared = how;
	hl->hl_file = file;
	hl->hl_line = line;
	td->td_lockstat[lo->lo_type].acquired++;
#ifdef LOCK_STATS
	td->td_namestat[lo->lo_named].acquired++;
	hl->hl_since_ns = md_clock_ns();
#endif
}

void
lock_released(struct lock_object *lo, int how, const char *file, int line)
{
	struct thread *td = curthread;
	struct held_lock *hl = held_find(td, lo);

	if (hl == NULL)
		panic("release of %s (%s), not held by thread %u, at %s:%d",
		    lo->lo_name, lock_type_name(lo), td->td_tid,
		    file != NULL ? file : "?", line);
	KASSERT(hl->hl_shared == how, ("release of %s (%s) in %s mode at "
	    "%s:%d; taken in the other at %s:%d", lo->lo_name,
	    lock_type_name(lo), how ? "shared" : "exclusive", file, line,
	    hl->hl_file, hl->hl_line));
#ifdef LOCK_STATS
	lock_stat_held(lo, md_clock_ns() - hl->hl_since_ns);
#endif
	td->td_nheld--;
	for (; hl < &td->td_held[td->td_nheld]; hl++)
		hl[0] = hl[1];
	(void)how;
}

void
lock_changed(struct lock_object *lo, int how, const char *file, int line)
{
	struct held_lock *hl = held_find(curthread, lo);

	if (hl == NULL || hl->hl_shared == how)
		panic("lock %s (%s) changed to %s mode, not held in the other, "
		    "at %s:%d", lo->lo_name, lock_type_name(lo),
		    how ? "shared" : "exclusive", file != NULL ? file : "?",
		    line);
	hl->hl_shared = how;
	hl->hl_file = file;
	hl->hl_line = line;
}
#endif /* LOCK_HOOKS */

/* ---- Order ------------------------------------------------------------ */

#ifdef INVARIANTS
struct held_lock *
lock_held(const struct lock_object *lo)
{
	return (held_find(curthread, lo));
}

/* May lo be waited for by a thread that holds h? */
static int
order_allows(const struct lock_object *h, const struct lock_object *lo)
{
	if ((lo->lo_flags & LO_SLEEPABLE) &&
	    !(h->lo_flags & (LO_SLEEPABLE | LO_YIELDED)))
		return (0);
	if (h->lo_type == lo->lo_type)
		return ((h->lo_flags & lo->lo_flags & LO_DUPOK) != 0);
	return (h->lo_order < lo->lo_order);
}

void
lock_wanted(const struct lock_object *lo, int how, const char *file, int line)
{
	struct thread *td = curthread;
	const struct held_lock *hl;

	if (td == NULL)
		panic("lock %s (%s) wanted by an unattached thread at %s:%d",
		    lo->lo_name, lock_type_name(lo), file, line);
	hl = held_find(td, lo);
	if (hl != NULL) {
		if ((how == LOCK_SHARED && hl->hl_shared) ||
		    (how == LOCK_EXCLUSIVE && !hl->hl_shared &&
		    (lo->lo_flags & LO_RECURSABLE)))
			return;
		panic("recursion on %s (%s) at %s:%d; taken at %s:%d",
		    lo->lo_name, lock_type_name(lo), file, line, hl->hl_file,
		    hl->hl_line);
	}
	for (hl = td->td_held; hl < &td->td_held[td->td_nheld]; hl++)
		if (!order_allows(hl->hl_lock, lo))
			panic("lock order: %s (%s) wanted at %s:%d while "
			    "%s (%s) is held since %s:%d", lo->lo_name,
			    lock_type_name(lo), file, line,
			    hl->hl_lock->lo_name, lock_type_name(hl->hl_lock),
			    hl->hl_file, hl->hl_line);
}

void
lock_assert_sleepable(const struct lock_object *interlock, const char *wmesg)
{
	const struct thread *td = curthread;
	const struct held_lock *hl;

	for (hl = td->td_held; hl < &td->td_held[td->td_nheld]; hl++)
		if (hl->hl_lock != interlock &&
		    (hl->hl_lock->lo_flags & (LO_SLEEPABLE | LO_YIELDED)) ==
		    0)
			panic("sleep \"%s\" while %s (%s) is held since %s:%d",
			    wmesg, hl->hl_lock->lo_name,
			    lock_type_name(hl->hl_lock), hl->hl_file,
			    hl->hl_line);
}
#endif /* INVARIANTS */
