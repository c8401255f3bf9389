/*
 * 10.0 (r254138): the busy state of a page is one word, a small sx lock.
 *
 *	busy_lock	31                             3   2   1   0
 *			+--------------------------------+---+---+---+
 *			| number of sharers              | W | X | S |
 *			+--------------------------------+---+---+---+
 *	S VPB_BIT_SHARED 1	shared form, also when nobody has it
 *	X VPB_BIT_EXCLUSIVE 2	exclusively busied; no owner is recorded
 *	W VPB_BIT_WAITERS 4	somebody sleeps, or is about to
 *
 * I1  unbusied is exactly 1: shared form, no sharer.  A zeroed word is no
 *     state at all: every try fails on it for ever.
 * I2  reachable: U = 1, S(n) = 8n+1, S(n)W, X = 2, XW = 6.  UW is not: W is
 *     set only by a compare-and-set from a value tested not to be U, and every
 *     way to U writes exactly 1.
 * I3  W is set only by a thread that holds the page lock and then sleeps with
 *     it as interlock; it is cleared only with the page lock held.
 *
 *	      tryxbusy                        trysbusy
 *	U  ----------->  X          U / S(n) ----------->  S(n+1)
 *	   <-----------                      <-----------
 *	      xunbusy                         sunbusy
 *	X  --busy_downgrade-->  S(1), W kept, nobody woken
 *	any busied + W:  the last release goes through the page lock and wakes
 *	all: xunbusy_hard, sunbusy.
 *
 * Facts: FreeBSD sys/vm/vm_page.h, r254138.  Read <vm/vm_page_kpi.h> next.
 */
#ifndef VM_VM_PAGE_BUSY_H
#define	VM_VM_PAGE_BUSY_H

struct vm_page_busy {
	volatile unsigned busy_lock;	/* (a) the word above */
	uint8_t		oflags;		/* (O) VPO_* */
};

#define	VPB_BIT_SHARED		0x01
#define	VPB_BIT_EXCLUSIVE	0x02
#define	VPB_BIT_WAITERS		0x04
#define	VPB_BIT_FLAGMASK						\
	(VPB_BIT_SHARED | VPB_BIT_EXCLUSIVE | VPB_BIT_WAITERS)
#define	VPB_SHARERS_SHIFT	3
#define	VPB_SHARERS(x)							\
	(((x) & ~VPB_BIT_FLAGMASK) >> VPB_SHARERS_SHIFT)
#define	VPB_SHARERS_WORD(x)						\
	((unsigned)(x) << VPB_SHARERS_SHIFT | VPB_BIT_SHARED)
#define	VPB_ONE_SHARER		(1 << VPB_SHARERS_SHIFT)
#define	VPB_SINGLE_EXCLUSIVER	VPB_BIT_EXCLUSIVE
#define	VPB_UNBUSIED		VPB_SHARERS_WORD(0)

/* 0x01 was VPO_BUSY; 0x02, which was VPO_WANTED, is used anew. */
#define	VPO_UNUSED01	0x01
#define	VPO_SWAPSLEEP	0x02	/* a page-in waiter sleeps on the object */
#define	VPO_UNMANAGED	0x04
#define	VPO_SWAPINPROG	0x08
#define	VPO_NOSYNC	0x10

/* Return the page shared busied; vm_page_grab() wants IGN_SBUSY with it. */
#define	VM_ALLOC_SBUSY	0x4000

#endif /* VM_VM_PAGE_BUSY_H */
