/*
 * Acquisitions of locks in the paths that test/unit/test_lock_count.c counts:
 * object, page, page queue, free queue.  Soft fault and grab take the object's
 * lock once, for reading.
 *
 * A fault that is not soft has looked first, and so takes the object's lock
 * once more than sxbusy; FreeBSD 10.4 upgrades there where it can.
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
#define	LC_SOFT_READ_ONLY	{ 1, 0, 0, 0 }
#define	LC_SOFT_READ		{ 1, 0, 0, 0 }
#define	LC_SOFT_WRITE		{ 1, 0, 0, 0 }
#define	LC_SOFT_QUEUED		{ 1, 0, 0, 0 }
/* With eight neighbours mapped too, each under one lock of the object. */
#define	LC_PREFAULT		{ 9, 0, 0, 0 }
#define	LC_ZERO_FILL		{ 4, 1, 1, 1 }
#define	LC_COW			{ 6, 3, 2, 1 }

#endif /* LOCK_COUNTS_H */
