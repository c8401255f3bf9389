/*
 * sxbusy, made slower on purpose: how the lab tests itself (docs/METHOD.md).
 *
 * The verbs below are those of sxbusy after a delay: every grab and every page
 * fault passes one of them once.  How long the delay is the driver says anew
 * for each window (lr_delay_steps); with none, what is left is a load and a
 * branch, which every copy of this unit has alike.
 */
#ifndef SELFTEST_GRAB_VERBS_H
#define	SELFTEST_GRAB_VERBS_H

#include <workload/delay.h>

/* The inherited verbs under names of their own. */
#define	pv_grab		pv_grab_at_once
#define	pv_grab_sbusy	pv_grab_sbusy_at_once
#define	pv_fault_soft	pv_fault_soft_at_once
#include_next <vm/grab_verbs.h>
#undef	pv_grab
#undef	pv_grab_sbusy
#undef	pv_fault_soft

static inline vm_page_t
pv_grab(vm_object_t object, vm_pindex_t pindex, int flags)
{
	return (pv_grab_at_once(wl_delay(object), pindex, flags));
}

static inline vm_page_t
pv_grab_sbusy(vm_object_t object, vm_pindex_t pindex, int flags)
{
	return (pv_grab_sbusy_at_once(wl_delay(object), pindex, flags));
}

static inline bool
pv_fault_soft(struct faultstate *fs)
{
	return (pv_fault_soft_at_once(wl_delay(fs)));
}

#endif /* SELFTEST_GRAB_VERBS_H */
