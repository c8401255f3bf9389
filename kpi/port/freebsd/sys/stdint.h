/* For a source of yours, <sys/stdint.h>: the C library's. */
#ifndef KPI_SYS_STDINT_H
#define	KPI_SYS_STDINT_H

#include <stdint.h>

#endif /* KPI_SYS_STDINT_H */
