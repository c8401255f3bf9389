/*
 * Credentials: held, copied before they are changed, freed by the last.
 *
 * Stands for the struct ucred part of FreeBSD's sys/kern/kern_prot.c.
 * Difference: crdup() and change_ruid() are all there is of changing one.
 */
#include <sys/ucred.h>
#include <vm/uma.h>

static uma_zone_t ucred_zone;

struct ucred	ucred_root;

void
ucred_init(void)
{
	uidinfo_init();
	refcount_init(&ucred_root.cr_ref, 1);
	ucred_root.cr_priv = PRIV_ALL;
	ucred_root.cr_ruidinfo = &uidinfo_root;
}

void
ucred_zinit(void)
{
	ucred_zone = uma_zcreate_of("ucred", struct ucred);
	uidinfo_zinit();
}

long
ucred_count(void)
{
	return (uma_zone_inuse(ucred_zone));
}

struct ucred *
crdup(const struct ucred *cr)
{
	struct ucred *fresh;

	fresh = uma_zalloc(ucred_zone, M_WAITOK);
	refcount_init(&fresh->cr_ref, 1);
	fresh->cr_priv = cr->cr_priv;
	fresh->cr_ruidinfo = cr->cr_ruidinfo;
	uihold(fresh->cr_ruidinfo);
	return (fresh);
}

struct ucred *
crhold(struct ucred *cr)
{
	refcount_acquire(&cr->cr_ref);
	return (cr);
}

void
crfree(struct ucred *cr)
{
	if (!refcount_release(&cr->cr_ref))
		return;
	KASSERT(cr != &ucred_root, ("crfree: the first has no reference"));
	uifree(cr->cr_ruidinfo);
	uma_zfree(ucred_zone, cr);
}

void
change_ruid(struct ucred *newcred, struct uidinfo *ruip)
{
	KASSERT(atomic_load_int(&newcred->cr_ref) == 1,
	    ("change_ruid: %p is shared", (void *)newcred));
	uihold(ruip);
	uifree(newcred->cr_ruidinfo);
	newcred->cr_ruidinfo = ruip;
}

void
thread_set_ucred(struct ucred *cr)
{
	struct ucred *before = curthread->td_ucred;

	KASSERT(cr != NULL, ("thread_set_ucred: none"));
	curthread->td_ucred = cr;
	crfree(before);
}
