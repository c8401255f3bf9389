/*
 * What tests of swap accounting share: users without privileges.
 */
#ifndef TEST_UNIT_CRED_TEST_H
#define	TEST_UNIT_CRED_TEST_H

#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include "vm_test.h"

/* Credentials of a user, with one reference. */
static inline struct ucred *
test_cred(unsigned uid, unsigned priv)
{
	struct ucred *cr = crdup(&ucred_root);
	struct uidinfo *uip = uifind(uid);

	change_ruid(cr, uip);
	uifree(uip);
	cr->cr_priv = priv;
	return (cr);
}

/* Curthread becomes that user. */
static inline void
test_become(unsigned uid, unsigned priv)
{
	thread_set_ucred(test_cred(uid, priv));
}

static inline void
test_become_root(void)
{
	thread_set_ucred(crhold(&ucred_root));
}

/* Bytes charged to curthread's user. */
static inline int64_t
test_vmsize(void)
{
	return (curthread->td_ucred->cr_ruidinfo->ui_vmsize);
}

#endif /* TEST_UNIT_CRED_TEST_H */
