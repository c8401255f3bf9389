/*
 * A file system in memory, in the 9.x idiom: a file is an object.
 */
#ifndef KPI_CONSUMERS_TMPFS_H
#define	KPI_CONSUMERS_TMPFS_H

#include <kpi/consumers/consumer.h>

/*
 * Move uio's bytes from or to the file; what was never written is read from the
 * object's pager, or as zeroes.  Object unlocked, referenced by the caller; may
 * sleep.  0, EFAULT beyond the object's size, or EIO when the pager fails.
 */
int	tmpfs_io(vm_object_t object, struct uio *uio);

/*
 * Cut the file to size pages, at most what it has.  Waits for who uses a page
 * that goes.  Object unlocked.
 */
void	tmpfs_truncate(vm_object_t object, vm_pindex_t size);

#endif /* KPI_CONSUMERS_TMPFS_H */
