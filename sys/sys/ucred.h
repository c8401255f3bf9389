/*
 * Credentials: on whose account a thread acts, and what it may.
 *
 * They are shared and constant once they are: who changes identity takes a
 * copy, changes that, and puts it in the place of the old one.  A charge names
 * the credentials it was made with and keeps a reference, so that it goes back
 * to the user who paid, whoever the process is by then.
 * Facts: FreeBSD sys/sys/ucred.h, priv.h.  Reduced to the real user and the
 * two privileges that swap accounting asks for.
 */
#ifndef SYS_UCRED_H
#define	SYS_UCRED_H

#include <sys/proc.h>
#include <sys/refcount.h>
#include <sys/resourcevar.h>

/* Privileges, a bit each. */
#define	PRIV_VM_SWAP_NOQUOTA	0x1	/* past the swap there is */
#define	PRIV_VM_SWAP_NORLIMIT	0x2	/* past RLIMIT_SWAP */
#define	PRIV_ALL		0x3

/* Locking key: (a) atomic; (c) constant once there is a second reference. */
struct ucred {
	volatile unsigned cr_ref;	/* (a) */
	unsigned	cr_priv;	/* (c) PRIV_* */
	struct uidinfo	*cr_ruidinfo;	/* (c) the real user; a reference */
} __cacheline_aligned;

/* User 0 with every privilege: what a thread has when it is attached. */
extern struct ucred ucred_root;

/* A copy with one reference, for the caller to change.  May sleep. */
struct ucred	*crdup(const struct ucred *cr);
/* Returns cr, with a reference more. */
struct ucred	*crhold(struct ucred *cr);
void		 crfree(struct ucred *cr);
/* Of a copy that nobody else has: make it another user's. */
void		 change_ruid(struct ucred *newcred, struct uidinfo *ruip);
/* Curthread acts as cr from here on; consumes the caller's reference. */
void		 thread_set_ucred(struct ucred *cr);

/* 0, or EPERM. */
static inline int
priv_check(const struct thread *td, unsigned priv)
{
	return ((td->td_ucred->cr_priv & priv) != 0 ? 0 : EPERM);
}

/* kern_init()'s, vm_boot()'s, and credentials alive: for leak checks. */
void		 ucred_init(void);
void		 ucred_zinit(void);
long		 ucred_count(void);

#endif /* SYS_UCRED_H */
