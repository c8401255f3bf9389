/*
 * Page-out: what gets dirty pages written.
 */
#ifndef VM_VM_PAGEOUT_H
#define	VM_VM_PAGEOUT_H

#include <vm/vm_page.h>

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
