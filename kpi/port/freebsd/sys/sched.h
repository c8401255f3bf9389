/* For a source of yours, <sys/sched.h>: stay on this CPU. */
#ifndef KPI_SYS_SCHED_H
#define	KPI_SYS_SCHED_H

void	sched_pin(void);
void	sched_unpin(void);

#endif /* KPI_SYS_SCHED_H */
