/*
 * Swap accounting: memory that may have to be swapped is reserved before it is
 * used, in all and by user.  In FreeBSD these are swap_pager.c's.
 *
 * A reservation is counted whatever vm.overcommit says; it only decides what
 * is refused.  Whoever reserves keeps the credentials with the amount (a
 * "charge", on a map entry or an object) and releases with the same.
 *
 * I1  swap_reserved is the sum of all charges, and ui_vmsize of those made
 *     with credentials that name the user.
 */
#ifndef VM_SWAP_RESERVE_H
#define	VM_SWAP_RESERVE_H

#include <sys/_mutex.h>
#include <vm/vm.h>

struct ucred;

/* Bits of overcommit (sysctl vm.overcommit); 0 refuses nothing. */
#define	SWAP_RESERVE_FORCE_ON		1 /* no more than there is */
#define	SWAP_RESERVE_RLIMIT_ON		2 /* no more than RLIMIT_SWAP */
#define	SWAP_RESERVE_ALLOW_NONWIRED	4 /* memory counts as swap too */

/* Locking key: (S) sw_dev_mtx; (a) atomic. */
struct swap_accounting {
	struct mtx	sw_dev_mtx;	/* a leaf, "swapdev" */
	vm_ooffset_t	swap_total;	/* (S) bytes of all devices */
	vm_ooffset_t	swap_reserved;	/* (S) bytes */
	volatile unsigned overcommit;	/* (a) SWAP_RESERVE_* */
	volatile unsigned negative;	/* (a) releases that left a user with
					   less than nothing: FreeBSD prints */
} __cacheline_aligned;
extern struct swap_accounting vm_swap;

void	swap_reserve_startup(void);
void	swap_reserve_shutdown(void);

/* A device of so many bytes came, or went. */
void	swap_total_add(vm_ooffset_t bytes);
void	swap_total_remove(vm_ooffset_t bytes);

/*
 * Reserve incr bytes, a multiple of PAGE_SIZE, on curthread's account or on
 * that of cred.  False: refused, nothing changed.  Privileges and the limit
 * are curthread's in either case.  Any lock but those above may be held.
 */
bool	swap_reserve(vm_ooffset_t incr);
bool	swap_reserve_by_cred(vm_ooffset_t incr, struct ucred *cred);
/* On curthread's account, whatever the limits. */
void	swap_reserve_force(vm_ooffset_t incr);
/* Give decr bytes back; panics if so much is not reserved. */
void	swap_release(vm_ooffset_t decr);
void	swap_release_by_cred(vm_ooffset_t decr, struct ucred *cred);

#endif /* VM_SWAP_RESERVE_H */
