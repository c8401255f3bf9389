/*
 * A user of pagers: how far a pager reaches, and whether what it brings in is
 * what was there before.
 */
#ifndef KPI_CONSUMERS_PAGER_USER_H
#define	KPI_CONSUMERS_PAGER_USER_H

#include <vm/vm.h>

/*
 * The number of pages from pindex on that the object's pager has; 0 if it has
 * not that one, or there is no pager.
 */
unsigned	pager_extent(vm_object_t object, vm_pindex_t pindex);

/*
 * Read the absent ones of count pages at pindex by the pager, add their
 * 64-bit words to *sum and free them again.  What is resident is left alone.
 * 0, ENXIO if the pager has not all of them, EIO if it cannot read one; *read
 * is the number of pages read.  May sleep.
 */
int		pager_scrub(vm_object_t object, vm_pindex_t pindex,
		    unsigned count, uint64_t *sum, unsigned *read);

#endif /* KPI_CONSUMERS_PAGER_USER_H */
