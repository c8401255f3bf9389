/* For a source of yours, <sys/errno.h>: the C library's. */
#ifndef KPI_SYS_ERRNO_H
#define	KPI_SYS_ERRNO_H

#include <errno.h>

#endif /* KPI_SYS_ERRNO_H */
