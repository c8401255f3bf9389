/*
 * For a source of yours, <sys/queue.h>: the C library's, and the loops in which
 * an element may be removed.
 */
#ifndef KPI_SYS_QUEUE_H
#define	KPI_SYS_QUEUE_H

#include_next <sys/queue.h>

#define	KPI_FOREACH_SAFE(list, var, head, field, next)			\
	for ((var) = list##_FIRST(head);				\
	    (var) != NULL && ((next) = list##_NEXT(var, field), 1);	\
	    (var) = (next))
#define	LIST_FOREACH_SAFE(var, head, field, next)			\
	KPI_FOREACH_SAFE(LIST, var, head, field, next)
#define	SLIST_FOREACH_SAFE(var, head, field, next)			\
	KPI_FOREACH_SAFE(SLIST, var, head, field, next)
#define	STAILQ_FOREACH_SAFE(var, head, field, next)			\
	KPI_FOREACH_SAFE(STAILQ, var, head, field, next)
#define	TAILQ_FOREACH_SAFE(var, head, field, next)			\
	KPI_FOREACH_SAFE(TAILQ, var, head, field, next)

#endif /* KPI_SYS_QUEUE_H */
