/*
 * What all locks have in common, as a structure and no more: for headers that
 * hold a lock and leave its operations to who uses it.  Those, and what the
 * members mean, are in <sys/lock.h>.
 */
#ifndef SYS__LOCK_H
#define	SYS__LOCK_H

#include <stdint.h>

struct lock_object {
	const char	*lo_name;	/* constant after init */
	uint16_t	 lo_type;	/* index into the table of types */
	uint16_t	 lo_order;	/* enum lock_order */
	uint16_t	 lo_named;	/* its name's statistics; 0: none */
	uint16_t	 lo_flags;	/* LO_* */
};

#endif /* SYS__LOCK_H */
