/*
 * Page-out: what gets pages free again when memory is short.
 *
 *	vm_pageout.c		the daemon: its thread, when it runs
 *	vm_pageout_scan.c	one pass over the page queues
 *	vm_pageout_clean.c	a dirty page and its neighbours to the pager
 *
 * Free pages over all domains, from few to many, FreeBSD's names:
 *
 *	v_free_reserved	normal allocations fail
 *	v_free_severe	a page that was written is freed at once
 *	v_free_min	and a tenth: the daemon is woken
 *	v_free_target	it has done enough
 */
#ifndef VM_VM_PAGEOUT_H
#define	VM_VM_PAGEOUT_H

#include <vm/vm_phys.h>

/* ---- The daemon ---------------------------------------------------------- */

/* At boot, after vm_phys_startup(), and at shutdown. */
void		vm_pageout_init(void);
void		vm_pageout_shutdown(void);

/*
 * vm_pageout() is the body of the daemon's thread; there is one at most.
 * vm_pageout_begin() says, before it is there, that it will come: from then on
 * allocations wake it.  vm_pageout_stop() has it return, with memory as it is.
 */
void		vm_pageout_begin(void);
void		vm_pageout(void);
void		vm_pageout_stop(void);

/* Memory is short: have the daemon look.  Any lock but its own may be held. */
void		pagedaemon_wakeup(void);
extern volatile unsigned vm_pages_needed;	/* (a) it was told already */
/* The object whose lock it waits for, or 0; (a). */
extern volatile uintptr_t vm_pageout_wanted;

static inline bool
vm_paging_needed(void)
{
	return (vm_free_count() <= atomic_load_int(&vm_cnt.v_free_mark));
}

static inline bool
vm_page_count_severe(void)
{
	return (vm_free_count() < vm_cnt.v_free_severe);
}

/*
 * An object that is terminated goes only when the daemon, which may be waiting
 * for its lock, has seen that.  No lock held.
 */
void		vm_pageout_forget(vm_object_t object);
/* For the scan: the daemon waits for this object's lock; NULL: no more. */
void		vm_pageout_announce(vm_object_t object);

/* ---- One pass ------------------------------------------------------------ */

/*
 * Free and launder pages till v_free_target is met, pages that are not used
 * first; then see which are not.  The first pass launders a few only.  Returns
 * how many pages it freed or sent out.  By one thread at a time; no lock held.
 */
#define	VM_MAX_LAUNDER	32	/* pages of the first pass */
unsigned	vm_pageout_scan(int pass);

/* ---- Laundering ---------------------------------------------------------- */

#define	VM_PAGEOUT_CLUSTER	16	/* pages written at once, at most */

/*
 * Write pages of one object, in a row, valid, not busied and not held: they
 * are shared busied and can be mapped for writing no more until that is done.
 * Those that the pager would not take are active after.  Object write-locked,
 * dropped meanwhile.  Returns how many are written, or will be.
 */
int		vm_pageout_flush(vm_page_t *mc, int count);

/*
 * Write a dirty page, valid, not busied, not held, and those around it that
 * may go with it: dirty and inactive ones.  Object write-locked, dropped
 * meanwhile; no page lock.  As vm_pageout_flush().
 */
int		vm_pageout_clean(vm_page_t m);

#endif /* VM_VM_PAGEOUT_H */
