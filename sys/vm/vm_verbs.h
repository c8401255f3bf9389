/*
 * Verbs: what the two KPIs have in common.
 *
 * The KPIs do not match call by call, so the shared VM and the workloads speak
 * in verbs, and a verb is what a caller of that release writes, locks
 * included.  They are declared here, with their meaning; each implementation
 * defines them in <vm/lock_verbs.h>, <vm/page_verbs.h>, <vm/swap_verbs.h> and
 * <vm/grab_verbs.h>, and a verb it forgets is a build error.  docs/KPI.md
 * tabulates verb, 9.x idiom, 10.x idiom.
 *
 * Names: a verb that ends in _locked is called with the object write-locked by
 * the caller; one that does not, with the object unlocked (it takes what its
 * release needs).  "Busied" without a letter is either kind.
 */
#ifndef VM_VM_VERBS_H
#define	VM_VM_VERBS_H

#include <vm/vm_object.h>
#include <vm/vm_map.h>
#include <vm/vm_fault.h>

/* ---- The object lock --------------------------------------------------- */

/* To change the object or its pages' state: 9.x LOCK, 10.x WLOCK. */
static inline void	pv_object_lock(vm_object_t object);
static inline void	pv_object_unlock(vm_object_t object);
static inline bool	pv_object_trylock(vm_object_t object);

/* Only to look, where 10.x took the read lock: 9.x LOCK, 10.x RLOCK. */
static inline void	pv_object_lock_read(vm_object_t object);
static inline void	pv_object_unlock_read(vm_object_t object);

/* Assert the first, or either (in 9.x they are one). */
static inline void	pv_object_assert_locked(vm_object_t object);
static inline void	pv_object_assert_read(vm_object_t object);

static inline void	pv_object_lock_init(vm_object_t object);
static inline void	pv_object_lock_destroy(vm_object_t object);

/* Sleep on chan with the write lock as interlock; held again on return. */
static inline void	pv_object_sleep(vm_object_t object, const void *chan,
			    int pri, const char *wmesg, uint64_t timo_ns);

/* ---- Busy, object write-locked ---------------------------------------- */

static inline bool	pv_busied(vm_page_t m);		/* by anybody */
static inline bool	pv_xbusied(vm_page_t m);
static inline bool	pv_sbusied(vm_page_t m);

/* Busy a page found not busied. */
static inline void	pv_xbusy_locked(vm_page_t m);
static inline void	pv_sbusy_locked(vm_page_t m);
/* End it and wake who waits. */
static inline void	pv_xunbusy_locked(vm_page_t m);
static inline void	pv_sunbusy_locked(vm_page_t m);

/* Wake who waits, without ending the busy; the page lock must not be held. */
static inline void	pv_flash_locked(vm_page_t m);

/*
 * If m is busied, sleep until it may no longer be and return true: the object
 * lock was dropped and is held again, nothing known of m holds any more.  The
 * page lock must not be held.  The second waits for exclusive busy only.
 */
static inline bool	pv_sleep_if_busy_locked(vm_page_t m,
			    const char *wmesg);
static inline bool	pv_sleep_if_xbusy_locked(vm_page_t m,
			    const char *wmesg);

/*
 * Put mnew, in no object, where mold stands, and free mold; an exclusive busy
 * of mold's ends.  Page lock not held.  For pagers.
 */
static inline void	pv_replace_locked(vm_page_t mnew, vm_page_t mold);

/* ---- Busy, object not locked ------------------------------------------ */

/* End a busy of the caller's own, which keeps m->object stable. */
static inline void	pv_xunbusy(vm_page_t m);
static inline void	pv_sunbusy(vm_page_t m);

/* ---- Pages by index, object not locked ---------------------------------- */

/*
 * The page at pindex, allocated if absent (sleeping for memory), waiting while
 * busied.  Returned exclusively busied.  Flags are a class, WIRED and ZERO; the
 * verb adds what its release demands.  (NOBUSY would return a page that
 * nothing keeps in place once the object is unlocked.)
 */
static inline vm_page_t	pv_grab(vm_object_t object, vm_pindex_t pindex,
			    int flags);
/* The same, shared busied; only exclusive busy is waited for. */
static inline vm_page_t	pv_grab_sbusy(vm_object_t object, vm_pindex_t pindex,
			    int flags);
/* A new page at an index known to be empty; NULL when memory is short. */
static inline vm_page_t	pv_alloc(vm_object_t object, vm_pindex_t pindex,
			    int req);
static inline vm_page_t	pv_alloc_sbusy(vm_object_t object,
			    vm_pindex_t pindex, int req);
/* Free a page that is the caller's alone: exclusively busied, or unseen. */
static inline void	pv_free(vm_page_t m);

/* ---- Pages on their way to or from swap, object write-locked ------------- */

/* A transfer of m's bytes begins, or is over: who waits for it may look. */
static inline bool	pv_swapping(vm_page_t m);
static inline void	pv_swap_start_locked(vm_page_t m);
static inline void	pv_swap_done_locked(vm_page_t m);
/*
 * Sleep till a transfer of m may be over: the object lock is dropped and held
 * again.  The caller has m busied, so it stays m.  EWOULDBLOCK after the time.
 */
static inline int	pv_swap_sleep_locked(vm_page_t m, uint64_t timo_ns);

/* ---- Inside the VM ------------------------------------------------------- */

/* Set the busy words of a page being allocated, before it is visible. */
static inline void	pv_page_init(vm_page_t m, int req, bool unmanaged);
/* vm_page_remove()'s side effect: an exclusive busy ends, waiters wake. */
static inline void	pv_page_removed(vm_page_t m);


/*
 * The implementation's own path for a soft fault.  Called with the map
 * share-locked and fs->first_object, first_pindex, prot set, no object locked.
 * True: the page is mapped and nothing is held but the map lock.  False:
 * nothing was done; the common path goes on.
 */
static inline bool	pv_fault_soft(struct faultstate *fs);

#include <vm/lock_verbs.h>
#include <vm/page_verbs.h>
#include <vm/swap_verbs.h>
#include <vm/grab_verbs.h>

#endif /* VM_VM_VERBS_H */
