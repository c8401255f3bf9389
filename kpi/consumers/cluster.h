/*
 * Reading a file in clusters, in the 9.x idiom.
 */
#ifndef KPI_CONSUMERS_CLUSTER_H
#define	KPI_CONSUMERS_CLUSTER_H

#include <kpi/consumers/consumer.h>

#define	CLUSTER_PAGES	8		/* the most read at once */

/*
 * Make the page at first valid, and with it those behind it that are not, up
 * to CLUSTER_PAGES, until one is valid or being read already; page i is at page
 * i of the disk.  0 or the disk's errno, and then nothing was made valid.
 * Object unlocked, referenced by the caller; may sleep.
 */
int	cluster_read(vm_object_t object, struct disk *disk, vm_pindex_t first);

#endif /* KPI_CONSUMERS_CLUSTER_H */
