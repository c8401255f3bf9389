/* For a source of yours, <sys/kernel.h>: the clock, and what runs at boot. */
#ifndef KPI_SYS_KERNEL_H
#define	KPI_SYS_KERNEL_H

#include <sys/param.h>

extern int	cold;
extern int	hz;
extern volatile int ticks;

enum sysinit_sub_id {
	SI_SUB_TUNABLES, SI_SUB_VM, SI_SUB_KMEM, SI_SUB_LOCK,
	SI_SUB_EVENTHANDLER, SI_SUB_KLD, SI_SUB_CPU, SI_SUB_RUN_QUEUE,
	SI_SUB_DEVFS, SI_SUB_DRIVERS, SI_SUB_CONFIGURE, SI_SUB_VFS,
	SI_SUB_SYSV_SHM, SI_SUB_PSEUDO, SI_SUB_EXEC, SI_SUB_KTHREAD_PAGE,
	SI_SUB_KTHREAD_VM, SI_SUB_SMP,
	SI_SUB_LAST
};

enum sysinit_elem_order {
	SI_ORDER_FIRST, SI_ORDER_SECOND, SI_ORDER_THIRD, SI_ORDER_FOURTH,
	SI_ORDER_MIDDLE, SI_ORDER_ANY
};

/* Names the function, so that it is used. */
#define	SYSINIT(name, sub, order, function, arg)			\
	static const void *const kpi_sysinit_##name[]			\
	    __attribute__((used)) = { (const void *)(function),		\
	    (const void *)(arg) }
#define	SYSUNINIT(name, sub, order, function, arg)			\
	static const void *const kpi_sysuninit_##name[]			\
	    __attribute__((used)) = { (const void *)(function),		\
	    (const void *)(arg) }
#define	TUNABLE_INT(path, var)						\
	struct kpi_tunable

#endif /* KPI_SYS_KERNEL_H */
