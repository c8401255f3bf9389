/*
 * For a source of yours, <sys/param.h> (docs/KPI-CASE.md, section 2): the
 * release that tools/kpi-build says, and what a driver takes for granted.
 *
 * The headers here stand in for FreeBSD's where the lab has none, or the C
 * library has another of that name.  They declare what drivers name most, for
 * a compiler that makes no code.  Names and parameters are those of the manual
 * pages of FreeBSD 10, section 9.
 */
#ifndef KPI_SYS_PARAM_H
#define	KPI_SYS_PARAM_H

#include_next <sys/param.h>
#include <sys/types.h>
#include <errno.h>

#define	__FreeBSD_version	KPI_FREEBSD_VERSION

#ifndef TRUE
#define	TRUE	1
#define	FALSE	0
#endif

#define	PAGE_SHIFT	12
#define	PAGE_SIZE	(1 << PAGE_SHIFT)
#define	PAGE_MASK	(PAGE_SIZE - 1)

#define	PCATCH		0x100
#define	PZERO		0x58
#define	PRIBIO		0x5c
#define	roundup2(x, y)	(((x) + ((y) - 1)) & ~((y) - 1))
#define	rounddown2(x, y) ((x) & ~((y) - 1))
#define	rounddown(x, y)	((x) / (y) * (y))

#endif /* KPI_SYS_PARAM_H */
