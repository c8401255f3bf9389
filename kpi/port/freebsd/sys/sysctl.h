/* For a source of yours, <sys/sysctl.h>: a variable is used, no more. */
#ifndef KPI_SYS_SYSCTL_H
#define	KPI_SYS_SYSCTL_H

#include <sys/types.h>

#define	OID_AUTO	(-1)
#define	CTLFLAG_RD	0x80000000
#define	CTLFLAG_WR	0x40000000
#define	CTLFLAG_RW	(CTLFLAG_RD | CTLFLAG_WR)
#define	CTLFLAG_TUN	0x00080000
#define	CTLFLAG_RDTUN	(CTLFLAG_RD | CTLFLAG_TUN)

#define	KPI_SYSCTL(parent, name, var)					\
	static const volatile void *const kpi_sysctl_##parent##_##name	\
	    __attribute__((used)) = (var)
#define	SYSCTL_DECL(name)	struct kpi_sysctl
#define	SYSCTL_NODE(parent, nbr, name, access, handler, what)		\
	struct kpi_sysctl
#define	SYSCTL_INT(parent, nbr, name, access, var, val, what)		\
	KPI_SYSCTL(parent, name, var)
#define	SYSCTL_UINT(parent, nbr, name, access, var, val, what)		\
	KPI_SYSCTL(parent, name, var)
#define	SYSCTL_LONG(parent, nbr, name, access, var, val, what)		\
	KPI_SYSCTL(parent, name, var)
#define	SYSCTL_ULONG(parent, nbr, name, access, var, val, what)		\
	KPI_SYSCTL(parent, name, var)

#endif /* KPI_SYS_SYSCTL_H */
