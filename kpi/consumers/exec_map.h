/*
 * Mapping the first page of a program's image, in the 9.x idiom.
 */
#ifndef KPI_CONSUMERS_EXEC_MAP_H
#define	KPI_CONSUMERS_EXEC_MAP_H

#include <kpi/consumers/consumer.h>

#define	EXEC_PAGES	8		/* the most read in one go */

/*
 * Map page 0 of an object with a pager, reading it if need be, and with it
 * those behind it that nobody has busied and that are not valid.  *sfp is the
 * caller's until exec_unmap_first_page().  0, or EIO.  Object unlocked,
 * referenced by the caller until then; may sleep.
 */
int	exec_map_first_page(vm_object_t object, struct sf_buf **sfp);
void	exec_unmap_first_page(struct sf_buf *sf);

#endif /* KPI_CONSUMERS_EXEC_MAP_H */
