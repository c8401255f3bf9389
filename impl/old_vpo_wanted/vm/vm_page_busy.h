/*
 * 9.x: the busy state of a page is two independent things, both guarded by
 * the object's lock and changed by plain loads and stores.
 *
 *	VPO_BUSY in oflags	"hard" busy: the page is in transition, its
 *				identity and validity may change
 *	busy			"soft" busy: a count of I/Os that use its
 *				contents; eight bits, so at most 255
 *	VPO_WANTED in oflags	a thread sleeps on the page's address
 *
 * Any combination is reachable: vm_page_io_start() does not look at VPO_BUSY
 * and vm_page_busy() does not look at the count.  No owner is recorded.
 *
 *	       vm_page_busy                  vm_page_io_start (n+1)
 *	free -----------------> VPO_BUSY    n ------------------> n + 1
 *	     <-----------------               <------------------
 *	       vm_page_wakeup + flash        vm_page_io_finish, flash at 0
 *
 * Facts: FreeBSD 9.3 sys/vm/vm_page.h, vm_page.c.  Read <vm/vm_page_kpi.h>
 * next.
 */
#ifndef VM_VM_PAGE_BUSY_H
#define	VM_VM_PAGE_BUSY_H

/* (O) object lock, for all of it. */
struct vm_page_busy {
	uint16_t	oflags;		/* VPO_*; VPO_UNMANAGED constant */
	uint8_t		busy;		/* soft busy count */
};

#define	VPO_BUSY	0x0001
#define	VPO_WANTED	0x0002
#define	VPO_UNMANAGED	0x0004
#define	VPO_SWAPINPROG	0x0200
#define	VPO_NOSYNC	0x0400

/* vm_page_grab() only, and there mandatory: it exists to be removed. */
#define	VM_ALLOC_RETRY	0x0080

#endif /* VM_VM_PAGE_BUSY_H */
