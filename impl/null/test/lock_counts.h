/*
 * Acquisitions of locks in the paths that test/unit/test_lock_count.c counts:
 * object, page, page queue, free queue.  There is no object lock; nobody
 * sleeps and nobody is woken.
 */
#ifndef LOCK_COUNTS_H
#define	LOCK_COUNTS_H

/* What this KPI's vm_page_grab() insists on. */
#define	LC_GRAB_FLAGS	0

/* The object locked by the caller. */
#define	LC_ALLOC_HELD	{ 0, 0, 0, 1 }
#define	LC_GRAB_HELD	{ 0, 0, 0, 0 }

/* Not locked. */
#define	LC_GRAB		{ 0, 0, 0, 0 }
#define	LC_GRAB_SBUSY	{ 0, 0, 0, 0 }
#define	LC_FREE		{ 0, 1, 0, 1 }

/* Faults.  A soft one twice: on a page in no queue, and on one in a queue. */
#define	LC_SOFT_READ_ONLY	{ 0, 2, 1, 0 }
#define	LC_SOFT_READ		{ 0, 2, 1, 0 }
#define	LC_SOFT_WRITE		{ 0, 2, 1, 0 }
#define	LC_SOFT_QUEUED		{ 0, 2, 2, 0 }
/* With eight neighbours mapped too, each under one lock of the object. */
#define	LC_PREFAULT		{ 0, 2, 1, 0 }
#define	LC_ZERO_FILL		{ 0, 1, 1, 1 }
#define	LC_COW			{ 0, 3, 2, 1 }

#endif /* LOCK_COUNTS_H */
