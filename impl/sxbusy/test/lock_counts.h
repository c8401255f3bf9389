/*
 * Acquisitions of locks in the paths that test/unit/test_lock_count.c counts:
 * object, page, page queue, free queue.  r254138: the object's lock is always
 * taken for writing, and no release takes it.
 */
#ifndef LOCK_COUNTS_H
#define	LOCK_COUNTS_H

/* What this KPI's vm_page_grab() insists on. */
#define	LC_GRAB_FLAGS	0

/* The object locked by the caller. */
#define	LC_ALLOC_HELD	{ 0, 0, 0, 1 }
#define	LC_GRAB_HELD	{ 0, 0, 0, 0 }
#define	LC_SLEEP_HELD	{ 1, 1, 0, 0 }
#define	LC_WAKE_HELD	{ 0, 1, 0, 0 }

/* Not locked. */
#define	LC_GRAB		{ 1, 0, 0, 0 }
#define	LC_GRAB_SBUSY	{ 1, 0, 0, 0 }
#define	LC_WAKE		{ 0, 1, 0, 0 }
#define	LC_FREE		{ 1, 1, 0, 1 }

/* Faults.  A soft one twice: on a page in no queue, and on one in a queue. */
#define	LC_SOFT_READ_ONLY	{ 3, 2, 1, 0 }
#define	LC_SOFT_READ		{ 3, 2, 1, 0 }
#define	LC_SOFT_WRITE		{ 3, 2, 1, 0 }
#define	LC_SOFT_QUEUED		{ 3, 2, 2, 0 }
/* With eight neighbours mapped too, each under one lock of the object. */
#define	LC_PREFAULT		{ 11, 2, 1, 0 }
#define	LC_ZERO_FILL		{ 3, 1, 1, 1 }
#define	LC_COW			{ 5, 3, 2, 1 }

#endif /* LOCK_COUNTS_H */
