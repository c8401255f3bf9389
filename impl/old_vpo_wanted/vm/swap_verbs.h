/*
 * The verbs of a page that is being swapped as 9.x has them: who waits for it
 * to come in sleeps on the page and says so by VPO_WANTED, like who waits for
 * its busy to end.  The stores are marked for the same reason as those in
 * vm_page_busy.c.
 */
#ifndef VM_SWAP_VERBS_H
#define	VM_SWAP_VERBS_H

static inline bool
pv_swapping(vm_page_t m)
{
	return ((m->oflags & VPO_SWAPINPROG) != 0);
}

static inline void
pv_swap_start_locked(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	atomic_store_16(&m->oflags, m->oflags | VPO_SWAPINPROG);
}

/* Its sleeper is woken by the flash of the page it asked for. */
static inline void
pv_swap_done_locked(vm_page_t m)
{
	VM_OBJECT_LOCK_ASSERT(m->object, MA_OWNED);
	atomic_store_16(&m->oflags, m->oflags & ~VPO_SWAPINPROG);
}

static inline int
pv_swap_sleep_locked(vm_page_t m, uint64_t timo_ns)
{
	atomic_store_16(&m->oflags, m->oflags | VPO_WANTED);
	return (VM_OBJECT_MSLEEP(m->object, m, PSWP, "swread", timo_ns));
}

#endif /* VM_SWAP_VERBS_H */
