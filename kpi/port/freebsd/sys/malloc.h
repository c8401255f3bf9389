/*
 * For a source of yours, <sys/malloc.h>.  Macros with arguments, for the C
 * library has functions of these names with fewer.
 */
#ifndef KPI_SYS_MALLOC_H
#define	KPI_SYS_MALLOC_H

#include <stdlib.h>

#define	M_NOWAIT	0x0001
#define	M_WAITOK	0x0002
#define	M_ZERO		0x0100

struct malloc_type {
	const char	*ks_shortdesc;
};

extern struct malloc_type M_DEVBUF[1], M_TEMP[1];

#define	MALLOC_DECLARE(type)	extern struct malloc_type type[1]
#define	MALLOC_DEFINE(type, name, what)					\
	struct malloc_type type[1] = { { name } }

void	*kpi_malloc(size_t size, struct malloc_type *type, int flags);
void	*kpi_realloc(void *p, size_t size, struct malloc_type *type, int flags);
void	 kpi_free(void *p, struct malloc_type *type);

#define	malloc(size, type, flags)	kpi_malloc(size, type, flags)
#define	realloc(p, size, type, flags)	kpi_realloc(p, size, type, flags)
#define	free(p, type)			kpi_free(p, type)

#endif /* KPI_SYS_MALLOC_H */
