/*
 * Take a range of pages away from an object: truncation, unmapping.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_object.c vm_object_page_remove().
 * Differences: (1) always unmaps, and does not spare dirty pages: neither
 * OBJPR_NOTMAPPED nor OBJPR_CLEANONLY; (2) waits for exclusive busy before it
 * looks at the wire count with either KPI, where 9.x invalidated a wired page
 * though it was busy; (3) the pager forgets the range here, where FreeBSD's
 * callers call swap_pager_freespace() next.
 */
#include <sys/systm.h>
#include <vm/vm_pager.h>
#include <vm/vm_verbs.h>

/*
 * Remove one page.  Returns false if it had to sleep: the object's lock was
 * dropped and the caller looks its page up again.  No page becomes busy while
 * the object is write-locked, so what the test found holds until the free.
 */
static bool
vm_object_page_remove_one(vm_page_t m)
{

	if (pv_sleep_if_xbusy_locked(m, "vmopax"))
		return (false);
	vm_page_lock(m);
	if (m->wire_count == 0 && pv_busied(m)) {
		vm_page_unlock(m);
		(void)pv_sleep_if_busy_locked(m, "vmopar");
		return (false);
	}
	if (vm_page_managed(m))
		pmap_remove_all(m);
	if (m->wire_count == 0)
		vm_page_free(m);
	else {
		m->valid = 0;
		vm_page_undirty(m);
	}
	vm_page_unlock(m);
	return (true);
}

void
vm_object_page_remove(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{
	vm_pindex_t next = start;
	vm_page_t m;

	pv_object_assert_locked(object);
	if (object->resident_page_count == 0 && object->pager == NULL)
		return;
	if (end == 0)
		end = object->size;
	/* Pages below `next' are done: new ones there came after the call. */
	vm_object_pip_add(object, 1);
	while ((m = vm_page_find_least(object, next)) != NULL &&
	    m->pindex < end) {
		next = m->pindex;
		if (vm_object_page_remove_one(m))
			next++;
	}
	if (object->pager != NULL && object->pager->pgo_freespace != NULL)
		object->pager->pgo_freespace(object, start, end);
	vm_object_pip_wakeup(object);
}
