/*
 * 2001: one mutex over the whole VM, and Giant above it, or no longer.
 *
 * FreeBSD r76827 (2001-05-19) gave the VM a lock of its own, vm_mtx, global
 * and not recursive, under which pages, objects, queues, maps and pmap were
 * changed; a fault still needed Giant.  r79224 (2001-07-04) took vm_mtx away
 * for locks of a finer kind, and named in macros what still needed Giant
 * (GIANT_REQUIRED), so that it could be lifted piece by piece.
 *
 * The code that is shared speaks 9.x's fine locks, hand over hand.  Here they
 * are folded: whoever takes the first takes vm_mtx, and an entry to another
 * under it is counted in vm_mtx's own cache line and no more.  A lock that is
 * folded is known by its place in the order of <sys/lock_order.h>, object to
 * free queue; its word is never touched.  So:
 *
 * I1  bl_depth + 1 is the number of folded locks that vm_mtx's owner holds.
 * I2  A try for a folded lock succeeds for vm_mtx's owner.
 * I3  A sleep holds one folded lock, its interlock, and so lets vm_mtx go.
 * I4  INVARIANTS builds record each folded lock as held all the same: every
 *     assertion of ownership or order is as exact as where it is a lock.
 *
 * Giant comes first.  Who holds a lock of a subsystem that giant_stage names,
 * folded or before vm_mtx in the order (a map's, a pager's list), has Giant;
 * bl_depth counts them there too.
 * Sleeps, and waits for an sx lock, give it up meanwhile: DROP_GIANT.
 */
/* First: it comes back here, at its end, for what is below. */
#include <sys/mutex.h>

#ifndef VM_VM_MTX_H
#define	VM_VM_MTX_H

#include <vm/giant_stage.h>

/* For tests of what two threads do, each with a fine lock of its own. */
#define	VM_ONE_LOCK

struct big_lock {
	struct mtx	bl_mtx;
	unsigned	bl_depth;	/* (bl_mtx) entries beyond the first */
} __cacheline_aligned;

extern struct big_lock vm_mtx, Giant;

/*
 * The subsystems that need Giant, GIANT_*.  One that does not may be called
 * under Giant; one that does has it taken by its callers, which come before it
 * in the order of locks: so the lowest is the first to be freed of it.  Changed
 * by giant_set() alone, with no other thread in the VM.
 */
extern unsigned	giant_stage;
void		giant_set(unsigned stage);

/* Is it one of the locks that are vm_mtx here? */
static inline bool
vm_mtx_folds(const struct lock_object *lo)
{
	return (lo->lo_order >= LO_OBJECT && lo->lo_order <= LO_FREEQUEUE);
}

/* Has the holder of a lock from the map's to the free queue's Giant? */
static inline bool
giant_covers(const struct lock_object *lo)
{
	unsigned below = GIANT_QUEUE;

	KASSERT(lo->lo_order >= LO_VM_MAP && lo->lo_order <= LO_FREEQUEUE,
	    ("giant_covers: %s is no lock of the VM", lo->lo_name));
	if (lo->lo_order <= LO_PV_LIST)
		below |= GIANT_PMAP;
	if (lo->lo_order <= LO_PAGE)
		below |= GIANT_VM;
	return ((giant_stage & below) != 0);
}

/*
 * And is it a lock of its own, before vm_mtx: a map's, or the list of a pager?
 * It is entered after Giant, or two who have one each would wait for the other.
 */
static inline bool
giant_precedes(const struct lock_object *lo)
{
	return (lo->lo_order >= LO_VM_MAP && lo->lo_order < LO_VM &&
	    giant_covers(lo));
}

static inline bool
big_lock_owned(const struct big_lock *bl)
{
	return ((mtx_owned)(&bl->bl_mtx) != 0);
}

/* One entry less; the last gives the lock back. */
static inline void
big_lock_leave(struct big_lock *bl, const char *file, int line)
{
	if (bl->bl_depth > 0)
		bl->bl_depth--;
	else
		(mtx_unlock_at)(&bl->bl_mtx, file, line);
}

/* One more, if that needs no waiting. */
static inline bool
big_lock_try(struct big_lock *bl, const char *file, int line)
{
	if (!big_lock_owned(bl))
		return (mtx_trylock_at(&bl->bl_mtx, file, line) != 0);
	bl->bl_depth++;
	return (true);
}

/*
 * Not checked for its order against sx locks: Giant comes before them, and
 * after a sleep it is taken again while they are held.  Nobody waits for one
 * of them with Giant, so no circle closes.
 */
static inline void
giant_enter(const char *file, int line)
{
	if (big_lock_try(&Giant, file, line))
		return;
	KASSERT(!big_lock_owned(&vm_mtx), ("giant_enter: vm_mtx is held, at "
	    "%s:%d", file, line));
	_mtx_lock_sleep(&Giant.bl_mtx, file, line);
	lock_obtained(&Giant.bl_mtx.lock_object, LOCK_EXCLUSIVE, file, line);
}

static inline void
giant_leave(const char *file, int line)
{
	big_lock_leave(&Giant, file, line);
}

#define	GIANT_REQUIRED(lo)						\
	KASSERT(!giant_covers(lo) || big_lock_owned(&Giant),		\
	    ("%s (%s) is entered without Giant", (lo)->lo_name,		\
	    lock_type_name(lo)))

/* FreeBSD's, around what waits; the first opens a block. */
#define	DROP_GIANT()							\
do {									\
	unsigned giant_count = giant_drop()
#define	PICKUP_GIANT()							\
	giant_pickup(giant_count);					\
} while (0)

/* Give Giant up whole; how often it was entered.  And have it back so. */
unsigned	giant_drop(void);
void		giant_pickup(unsigned count);

#endif /* VM_VM_MTX_H */
