/*
 * A monitor: what is resident in an object and in those behind it.
 */
#ifndef KPI_CONSUMERS_MONITOR_H
#define	KPI_CONSUMERS_MONITOR_H

#include <kpi/consumers/consumer.h>

struct monitor_counts {
	unsigned	objects;	/* in the chain */
	unsigned	resident;	/* pages, of all of them */
	unsigned	hard_busy;	/* of these pages */
	unsigned	soft_busy;
	unsigned	dirty;
	unsigned	valid;		/* wholly */
};

/*
 * Count along the chain from object, which the caller has a reference to.
 * Each object's share is of one moment.  Changes nothing.
 */
void		monitor_chain(vm_object_t object, struct monitor_counts *mc);

/* One object only, without waiting: EBUSY when it is locked. */
int		monitor_try(vm_object_t object, struct monitor_counts *mc);

/* The resident pages at indexes first..last of one object. */
unsigned	monitor_range(vm_object_t object, vm_pindex_t first,
		    vm_pindex_t last);

#endif /* KPI_CONSUMERS_MONITOR_H */
