/* For a source of yours, <sys/cdefs.h>: FreeBSD's words besides. */
#ifndef KPI_SYS_CDEFS_H
#define	KPI_SYS_CDEFS_H

#include_next <sys/cdefs.h>

#define	__FBSDID(id)	struct kpi_fbsdid
#define	__unused	__attribute__((unused))
#define	__used		__attribute__((used))
#define	__packed	__attribute__((packed))
#define	__aligned(n)	__attribute__((aligned(n)))
#define	__dead2		__attribute__((noreturn))
#define	__printflike(format, first) \
	__attribute__((format(printf, format, first)))
#define	__DECONST(type, p)	((type)(uintptr_t)(const void *)(p))

#endif /* KPI_SYS_CDEFS_H */
