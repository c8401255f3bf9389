/*
 * The 9.x page-busy KPI.  Each function asserts the object's lock, and a sleep
 * is interlocked by it: it is dropped while asleep and held again on return.
 *
 *	pairs	busy	wakeup	io_start io_finish sleep
 *	busy	X	X	X	X	X
 *	wakeup		X	X	X	X	X: callers exclude each
 *	io_start		X	X	X	other by the object lock
 *	io_finish			X	X
 *
 * Facts: FreeBSD 9.3 sys/vm/vm_page.c.
 */
#ifndef VM_VM_PAGE_KPI_H
#define	VM_VM_PAGE_KPI_H

/* Set VPO_BUSY.  Never sleeps; panics if set.  Ignores the soft count. */
void		vm_page_busy(vm_page_t m);
/* Clear VPO_BUSY (panics if clear) and flash. */
void		vm_page_wakeup(vm_page_t m);
/* Wake all who sleep on the page, if VPO_WANTED. */
void		vm_page_flash(vm_page_t m);
/* Count one soft busy more; allowed on a VPO_BUSY page. */
void		vm_page_io_start(vm_page_t m);
/* One less; flash at zero, even while VPO_BUSY. */
void		vm_page_io_finish(vm_page_t m);

/*
 * Sleep on the page, whatever its state.  Drops the page lock if owned and
 * does not take it again; drops and retakes the object lock.
 */
void		vm_page_sleep(vm_page_t m, const char *msg);

/*
 * Sleep if VPO_BUSY, or if also_m_busy and the soft count is not zero.
 * Returns nonzero if it slept: nothing known of m holds any more.
 */
static inline int
vm_page_sleep_if_busy(vm_page_t m, int also_m_busy, const char *msg)
{
	if ((m->oflags & VPO_BUSY) == 0 && (!also_m_busy || m->busy == 0))
		return (0);
	vm_page_sleep(m, msg);
	return (1);
}

/*
 * The page at pindex, never NULL.  VM_ALLOC_RETRY is mandatory.  Object locked
 * on entry and return, may be dropped.  Busied unless NOBUSY; waits for
 * VPO_BUSY and, unless IGN_SBUSY, for the soft count.
 */
vm_page_t	vm_page_grab(vm_object_t object, vm_pindex_t pindex,
		    int allocflags);

/* Give back a page that read-ahead filled, or could not: valid or freed. */
void		vm_page_readahead_finish(vm_page_t m);

#endif /* VM_VM_PAGE_KPI_H */
