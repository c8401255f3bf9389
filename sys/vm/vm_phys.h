/*
 * Physical memory: a segment of frames, a free list and its mutex per domain,
 * and the reserves that decide who may take the last pages.
 *
 * Thresholds, in free pages over all domains (facts: FreeBSD vm_page_alloc):
 * a normal request needs more than v_free_reserved, a system one more than
 * v_interrupt_free_min, an interrupt one more than none.
 */
#ifndef VM_VM_PHYS_H
#define	VM_VM_PHYS_H

#include <vm/vm_page.h>
#include <vm/vm_reserv.h>

/* Locking key: (F) vmd_free_mtx; (Q) pq_mtx; (a) atomic; (c) constant. */
struct vm_pagequeue {
	struct mtx	pq_mtx __cacheline_aligned; /* (Q) "vm pagequeue" */
	TAILQ_HEAD(, vm_page) pq_pl;	/* (Q) */
	volatile unsigned pq_cnt;	/* (Q) to write; (a) to peek */
};

/* The constants come first, on lines that no allocation writes. */
struct vm_domain {
	vm_page_t	vmd_pages;		/* (c) its page array */
	unsigned	vmd_page_count;		/* (c) */
	vm_paddr_t	vmd_start;		/* (c) */
	char		*vmd_dmap;		/* (c) its frames */
	struct vm_reserv *vmd_reservs;		/* (c) by 2 MiB */
	struct mtx	vmd_free_mtx __cacheline_aligned; /* "vm page free
							     queue" */
	struct vm_reservq vmd_whole;	/* (F) frames wholly free */
	struct vm_reservq vmd_part;	/* (F) frames partly free */
	volatile unsigned vmd_free_count;	/* (F) to write; (a) to peek */
	struct vm_pagequeue vmd_pagequeues[PQ_COUNT];
};

#define	MAXMEMDOM	64	/* domains of one machine */

extern struct vm_domain vm_dom[MAXMEMDOM];	/* vm_ndomains of them */
extern unsigned	vm_ndomains;			/* (c) */
extern unsigned	vm_phys_home;			/* (c) domain asked first */

/*
 * Domains to make at the next boot; 0, the default, is one for each of the
 * machine's.  More than those share the machine's: so that a test sees many
 * domains on a machine that has one.
 */
extern unsigned	vm_ndomains_tunable;

/*
 * FreeBSD's names; in pages.  FreeBSD derives the reserves from what its page
 * daemon needs to run, about 90 pages of 64 MiB; here they are 2 and, beyond
 * these, a 128th of memory, so that a VM of 64 pages works too.
 */
struct vmmeter {
	unsigned	v_page_count;		/* (c) all pages */
	unsigned	v_free_reserved;	/* (c) kept from normal ones */
	unsigned	v_interrupt_free_min;	/* (c) nor for system */
	unsigned	v_free_severe;		/* (c) <vm/vm_pageout.h> */
	unsigned	v_free_min;		/* (c) */
	unsigned	v_free_target;		/* (c) */
	unsigned	v_inactive_target;	/* (c) */
	/*
	 * While a page daemon is about, it is woken when no more than these are
	 * free; else v_free_reserved.  (a), and seldom written.
	 */
	volatile unsigned v_free_mark;
	volatile unsigned v_wire_count __cacheline_aligned; /* (a) wired */
	volatile unsigned v_pageout_deficit;	/* (a) asked for in vain */
};
extern struct vmmeter vm_cnt;

void		vm_phys_startup(size_t physmem, unsigned home);
void		vm_phys_shutdown(void);

/*
 * Take a page of a class for an object, write-locked, or for NULL; home domain
 * first.  NULL when the reserve is reached.  Takes (F).
 */
vm_page_t	vm_phys_alloc(vm_object_t object, int req);
/* Give it back; wakes waiters when the reserve is met again.  Takes (F). */
void		vm_phys_free(vm_page_t m);

/* Fictitious pages: their zone, and how many there are, for leak checks. */
void		vm_page_fake_zinit(void);
long		vm_page_fake_count(void);

/*
 * Somebody sleeps, or is about to, until there is memory; the channel.  (H) to
 * write: the home domain's (F).  Every freer looks, so it has its own line.
 */
struct vm_shortage {
	volatile unsigned waiters;	/* (H); (a) to look */
	unsigned	wakeups;	/* (H) times waiters were woken */
} __cacheline_aligned;
extern struct vm_shortage vm_shortage;

/* For the page daemon: to the tail of its queue.  Page lock held. */
void		vm_page_requeue(vm_page_t m);

/* A page was freed while vm_shortage.waiters was set.  Takes (H). */
void		vm_wait_freed(void);

#endif /* VM_VM_PHYS_H */
