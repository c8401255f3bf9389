/* For a source of yours, <sys/limits.h>: the C library's. */
#ifndef KPI_SYS_LIMITS_H
#define	KPI_SYS_LIMITS_H

#include <limits.h>

#endif /* KPI_SYS_LIMITS_H */
