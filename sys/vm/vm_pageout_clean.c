/*
 * Laundering: a dirty page and its neighbours to the pager, in one cluster.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_pageout.c vm_pageout_clean(), named
 * vm_pageout_cluster() later, and vm_pageout_flush().  Differences: (1) pages
 * go to the pager in one call, never to wait for them; (2) no vnode is locked;
 * (3) a page beyond its object's pager stays dirty, where FreeBSD takes it for
 * written.
 */
#include <sys/systm.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>
#include <vm/vm_verbs.h>

/* A page that could not be written leaves those to be written next. */
static void
pageout_refused(vm_page_t m)
{

	vm_page_lock(m);
	vm_page_activate(m);
	vm_page_unlock(m);
	vm_object_pip_wakeup(m->object);
	pv_sunbusy_locked(m);
}

int
vm_pageout_flush(vm_page_t *mc, int count)
{
	vm_object_t object = mc[0]->object;
	int status[VM_PAGEOUT_CLUSTER], i, written = 0;

	pv_object_assert_locked(object);
	KASSERT(count > 0 && count <= VM_PAGEOUT_CLUSTER,
	    ("vm_pageout_flush: %d pages", count));
	for (i = 0; i < count; i++) {
		KASSERT(vm_page_is_all_valid(mc[i]) && !pv_busied(mc[i]),
		    ("vm_pageout_flush: page %p, valid %#x, busied %d",
		    (void *)mc[i], mc[i]->valid, pv_busied(mc[i])));
		pv_sbusy_locked(mc[i]);
		pmap_remove_write(mc[i]);
	}
	vm_object_pip_add(object, count);
	vm_pager_put_pages(object, mc, count, 0, status);
	for (i = 0; i < count; i++) {
		if (status[i] == VM_PAGER_PEND)
			written++;
		else
			pageout_refused(mc[i]);
	}
	return (written);
}

/* May the page go along with its neighbour? */
static bool
pageout_goes_along(vm_page_t m)
{
	bool goes;

	if (m == NULL || pv_busied(m))
		return (false);
	vm_page_test_dirty(m);
	if (m->dirty == 0 || !vm_page_is_all_valid(m))
		return (false);
	vm_page_lock(m);
	goes = m->queue == PQ_INACTIVE && m->hold_count == 0;
	vm_page_unlock(m);
	return (goes);
}

/*
 * Clusters are aligned as far as may be: back to the boundary, then on, then
 * back beyond it.
 */
int
vm_pageout_clean(vm_page_t m)
{
	vm_page_t mc[2 * VM_PAGEOUT_CLUSTER], p;
	int first = VM_PAGEOUT_CLUSTER, end = first + 1;

	pv_object_assert_locked(m->object);
	KASSERT(m->hold_count == 0, ("vm_pageout_clean: page %p is held, %u",
	    (void *)m, m->hold_count));
	mc[first] = m;
	while (mc[first]->pindex % VM_PAGEOUT_CLUSTER != 0 &&
	    pageout_goes_along(p = vm_page_prev(mc[first])))
		mc[--first] = p;
	while (end - first < VM_PAGEOUT_CLUSTER &&
	    pageout_goes_along(p = vm_page_next(mc[end - 1])))
		mc[end++] = p;
	while (end - first < VM_PAGEOUT_CLUSTER &&
	    pageout_goes_along(p = vm_page_prev(mc[first])))
		mc[--first] = p;
	return (vm_pageout_flush(&mc[first], end - first));
}
