/*
 * The 10.0 page-busy KPI with nothing behind it: no page is ever busy.
 *
 * Names and arguments are those of impl/sxbusy/vm/vm_page_kpi.h, so that the
 * verbs and vm_page_grab() of that folder serve here as they are.
 */
#ifndef VM_VM_PAGE_KPI_H
#define	VM_VM_PAGE_KPI_H

static inline bool
vm_page_busied(vm_page_t m)
{
	(void)m;
	return (false);
}

static inline bool
vm_page_xbusied(vm_page_t m)
{
	(void)m;
	return (false);
}

static inline bool
vm_page_sbusied(vm_page_t m)
{
	(void)m;
	return (false);
}

static inline void
vm_page_xbusy(vm_page_t m)
{
	(void)m;
}

static inline void
vm_page_sbusy(vm_page_t m)
{
	(void)m;
}

static inline void
vm_page_xunbusy(vm_page_t m)
{
	(void)m;
}

static inline void
vm_page_sunbusy(vm_page_t m)
{
	(void)m;
}

static inline void
vm_page_flash(vm_page_t m)
{
	(void)m;
}

static inline int
vm_page_sleep_if_busy(vm_page_t m, const char *msg)
{
	(void)m;
	(void)msg;
	return (0);
}

/* Page lock held on entry, not on return, as sxbusy's; never called in fact. */
static inline void
vm_page_busy_sleep(vm_page_t m, const char *msg)
{
	(void)msg;
	vm_page_unlock(m);
}

vm_page_t	vm_page_grab(vm_object_t object, vm_pindex_t pindex,
		    int allocflags);
void		vm_page_readahead_finish(vm_page_t m);

#endif /* VM_VM_PAGE_KPI_H */
