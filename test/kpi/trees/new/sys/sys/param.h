/*
 * A miniature of FreeBSD's source tree, at r254138: what tools/kpi-trees
 * needs of one, in its places, and no more.  Written for the tests.
 */
#ifndef _SYS_PARAM_H_
#define	_SYS_PARAM_H_

#define	__FreeBSD_version 1000042	/* Master, propagated to newvers */

#include <sys/types.h>
#include <machine/param.h>

#endif /* _SYS_PARAM_H_ */
