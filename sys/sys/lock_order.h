/*
 * The order of locks, and the names of their types.
 *
 * A thread may take a lock only if it holds none of a later or equal row,
 * unless it only tries (a try cannot deadlock) or the type allows duplicates.
 * The order of the rows below is the rule; INVARIANTS builds check every
 * acquisition against it.  A lock whose type is not listed is a leaf: nothing
 * listed or unlisted may be taken while it is held... except by trying.
 *
 * The type is the string given to mtx_init() and its kin; statistics are kept
 * per type under the same string.
 *
 * Giant and vm_mtx are of 2001 (impl/vm_mtx).  There the rows from vm_mtx's to
 * the free queue's are vm_mtx, so a new row goes among them only if its lock
 * may be vm_mtx too.
 */
#ifndef SYS_LOCK_ORDER_H
#define	SYS_LOCK_ORDER_H

/*	enumerator	type string		duplicates allowed */
#define	LOCK_ORDER(_)							\
	_(LO_SYSV_SHM,	"sysv shm",		0)			\
	_(LO_GIANT,	"Giant",		0)			\
	_(LO_VM_MAP,	"vm map",		0)			\
	_(LO_PHYS_PAGER, "phys_pager list",	0)			\
	_(LO_DEV_PAGER,	"dev_pager list",	0)			\
	_(LO_VM,	"vm_mtx",		0)			\
	_(LO_OBJECT,	"vm object",		1)			\
	_(LO_PAGE,	"vm page",		0)			\
	_(LO_PVH,	"pmap pv global",	0)			\
	_(LO_PMAP,	"pmap",			0)			\
	_(LO_PV_LIST,	"pmap pv list",		0)			\
	_(LO_PAGEQUEUE,	"vm pagequeue",		0)			\
	_(LO_FREEQUEUE,	"vm page free queue",	0)			\
	_(LO_SWHASH,	"swhash",		0)			\
	_(LO_SWAPDEV,	"swapdev",		0)			\
	_(LO_UMA,	"uma zone",		0)

enum lock_order {
#define	LOCK_ORDER_ENUM(id, type, dup)	id,
	LOCK_ORDER(LOCK_ORDER_ENUM)
#undef	LOCK_ORDER_ENUM
	LO_LEAF			/* every type that is not listed */
};

#endif /* SYS_LOCK_ORDER_H */
