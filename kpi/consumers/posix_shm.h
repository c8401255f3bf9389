/*
 * A shared memory object as shm_open(2) gives, in the 9.x idiom: it grows and
 * shrinks to the byte, and what it is grown by reads as zero.
 */
#ifndef KPI_CONSUMERS_POSIX_SHM_H
#define	KPI_CONSUMERS_POSIX_SHM_H

#include <kpi/consumers/consumer.h>

/*
 * Give the object, which has no pager, length bytes.  Waits for who uses the
 * last page or one that goes.  Object unlocked; callers exclude each other.
 */
void	shm_truncate(vm_object_t object, vm_ooffset_t length);

/*
 * Move uio's bytes.  A write does not wait for I/O from the page, a read not
 * for other readers.  Object unlocked; may sleep.  0, or EFAULT beyond the
 * object's last page.
 */
int	shm_io(vm_object_t object, struct uio *uio);

#endif /* KPI_CONSUMERS_POSIX_SHM_H */
