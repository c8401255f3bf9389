/*
 * What still needs Giant when a unit starts: here nothing, vm_mtx alone.
 * impl/giant, which is this folder with all of it, has the other answer.
 */
#ifndef VM_GIANT_STAGE_H
#define	VM_GIANT_STAGE_H

#define	GIANT_VM	1	/* maps, faults, objects, pages */
#define	GIANT_PMAP	2	/* mappings */
#define	GIANT_QUEUE	4	/* page queues and the free queue */
#define	GIANT_ALL	(GIANT_VM | GIANT_PMAP | GIANT_QUEUE)

#ifndef GIANT_STAGE
#define	GIANT_STAGE	0
#endif

#endif /* VM_GIANT_STAGE_H */
