/*
 * What is counted of a user: the memory that may have to be swapped.
 *
 * One struct uidinfo a user id, shared by all credentials that name it.  Of
 * FreeBSD's resources RLIMIT_SWAP alone is here.  Its limit is a process's in
 * FreeBSD; the lab has no processes, so it is a thread's: td_rlimit_swap.
 * Facts: FreeBSD sys/sys/resourcevar.h.
 */
#ifndef SYS_RESOURCEVAR_H
#define	SYS_RESOURCEVAR_H

#include <sys/_mutex.h>
#include <sys/queue.h>
#include <sys/systm.h>

#define	RLIM_INFINITY	INT64_MAX

/*
 * Locking key: (h) the list's lock; (v) ui_vmsize_mtx, a leaf; (a) atomic;
 * (c) constant.
 */
struct uidinfo {
	LIST_ENTRY(uidinfo) ui_list;	/* (h) */
	struct mtx	ui_vmsize_mtx;	/* "ui_vmsize" */
	int64_t		ui_vmsize;	/* (v) bytes of swap reserved */
	unsigned	ui_uid;		/* (c) */
	volatile unsigned ui_ref;	/* (a); (h) to take from or to 0 */
} __cacheline_aligned;

/* The user of that id, made if need be; a reference more.  May sleep. */
struct uidinfo	*uifind(unsigned uid);
void		 uihold(struct uidinfo *uip);
/* The last one frees it; what is still counted is lost, as in FreeBSD. */
void		 uifree(struct uidinfo *uip);

/* kern_init()'s, and vm_boot()'s once there are zones. */
void		 uidinfo_init(void);
void		 uidinfo_zinit(void);
/* User 0, who is always there. */
extern struct uidinfo uidinfo_root;

#endif /* SYS_RESOURCEVAR_H */
