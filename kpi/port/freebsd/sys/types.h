/* For a source of yours, <sys/types.h>: FreeBSD's names besides. */
#ifndef KPI_SYS_TYPES_H
#define	KPI_SYS_TYPES_H

#include_next <sys/types.h>
#include <sys/cdefs.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int	boolean_t;

#endif /* KPI_SYS_TYPES_H */
