/*
 * What of the busy KPI is more than busying, without the busying.
 * Overrides impl/sxbusy/vm_page_busy.c.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>

void
vm_page_readahead_finish(vm_page_t m)
{
	vm_page_lock(m);
	if (m->valid == 0)
		vm_page_free(m);
	else
		vm_page_deactivate(m);
	vm_page_unlock(m);
}
