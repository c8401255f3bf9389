/*
 * The verbs of a page that is being swapped as r254138 has them.  The page's
 * channel is the busy word's, interlocked by the page lock, and a channel has
 * one interlock: so who waits for a page to come in sleeps with the object's
 * lock on the object, and a flag on the page says that somebody does.  One
 * wake-up rouses all who wait for pages of this object; each looks at its own.
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
	VM_OBJECT_ASSERT_WLOCKED(m->object);
	m->oflags |= VPO_SWAPINPROG;
}

static inline void
pv_swap_done_locked(vm_page_t m)
{
	VM_OBJECT_ASSERT_WLOCKED(m->object);
	m->oflags &= ~VPO_SWAPINPROG;
	if ((m->oflags & VPO_SWAPSLEEP) != 0) {
		m->oflags &= ~VPO_SWAPSLEEP;
		wakeup(&m->object->paging_in_progress);
	}
}

static inline int
pv_swap_sleep_locked(vm_page_t m, uint64_t timo_ns)
{
	m->oflags |= VPO_SWAPSLEEP;
	return (VM_OBJECT_SLEEP(m->object, &m->object->paging_in_progress,
	    PSWP, "swread", timo_ns));
}

#endif /* VM_SWAP_VERBS_H */
