/*
 * Allocation and free of a page: the two ends of its life.
 *
 * What busy state a page is born with is the implementation's business: the
 * request goes through pv_page_init() as it came, before the page can be seen
 * by others, so plain stores do.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_page.c vm_page_alloc(), vm_page_free_toq().
 * Differences: (1) no cached pages; (2) no page is known to be
 * zero, for nothing here clears pages in advance: PG_ZERO is never set and
 * VM_ALLOC_ZERO prefers nothing.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/vm_phys.h>

/* Count what was asked for in vain, for the page daemon. */
static void
vm_page_deficit(int req)
{
	unsigned pages = (unsigned)req >> VM_ALLOC_COUNT_SHIFT;

	KASSERT(pages <= 0xffff, ("vm_page_deficit: %u pages", pages));
	atomic_fetchadd_int(&vm_cnt.v_pageout_deficit, pages != 0 ? pages : 1);
}

/* Give a page new from the free list the state it is born with. */
static void
vm_page_init(vm_page_t m, int req, bool unmanaged)
{

	KASSERT(m->wire_count == 0 && m->hold_count == 0 &&
	    m->queue == PQ_NONE && m->object == NULL,
	    ("vm_page_init: page %p was not free: wired %u, held %u, queue %u",
	    (void *)m, m->wire_count, m->hold_count, m->queue));
	m->unmanaged = unmanaged;
	pv_page_init(m, req, unmanaged);
	if ((req & VM_ALLOC_WIRED) != 0) {
		atomic_fetchadd_int(&vm_cnt.v_wire_count, 1);
		m->wire_count = 1;
	}
	m->act_count = 0;
	m->aflags = 0;
	m->valid = 0;
	m->dirty = 0;
}

/* Take back an allocation whose page nobody has seen. */
static void
vm_page_unalloc(vm_page_t m)
{

	KASSERT(m->object == NULL, ("vm_page_unalloc: page %p is in %p",
	    (void *)m, (void *)m->object));
	if (m->wire_count != 0) {
		atomic_fetchadd_int(&vm_cnt.v_wire_count, -1U);
		m->wire_count = 0;
	}
	pv_page_init(m, VM_ALLOC_NOOBJ | VM_ALLOC_NOBUSY, true);
	m->unmanaged = 1;
	vm_phys_free(m);
}

vm_page_t
vm_page_alloc(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m, mpred = NULL;

	KASSERT((object == NULL) == ((req & VM_ALLOC_NOOBJ) != 0),
	    ("vm_page_alloc: object %p, request %#x", (void *)object, req));
	if (object != NULL) {
		pv_object_assert_locked(object);
		mpred = vm_radix_lookup_le(&object->rtree, pindex);
	}
	if ((req & VM_ALLOC_IFCACHED) != 0)
		return (NULL);
	m = vm_phys_alloc(object, req);
	if (m == NULL) {
		vm_page_deficit(req);
		return (NULL);
	}
	vm_page_init(m, req, object == NULL ||
	    (object->flags & OBJ_UNMANAGED) != 0);
	if (object == NULL)
		m->pindex = pindex;
	else if (vm_page_insert_after(m, object, pindex, mpred) != 0) {
		vm_page_unalloc(m);
		vm_page_deficit(req);
		return (NULL);
	}
	return (m);
}

/* What may not be freed; these checks are in every build, as FreeBSD's are. */
static void
vm_page_free_check(vm_page_t m)
{

	if ((m->flags & PG_FREE) != 0)
		panic("vm_page_free: page %p is free already", (void *)m);
	if (pv_sbusied(m))
		panic("vm_page_free: page %p is shared busy", (void *)m);
	if (m->wire_count != 0 && (m->flags & PG_FICTITIOUS) == 0)
		panic("vm_page_free: page %p is wired, count %u", (void *)m,
		    m->wire_count);
}

void
vm_page_free(vm_page_t m)
{

	if (vm_page_managed(m)) {
		vm_page_lock_assert(m, MA_OWNED);
		KASSERT(!pmap_page_is_mapped(m),
		    ("vm_page_free: page %p is mapped", (void *)m));
		vm_page_dequeue(m);
	}
	vm_page_free_check(m);
	vm_page_remove(m);
	/* Out of its object, as it may be wanted, and still whose it is. */
	if ((m->flags & PG_FICTITIOUS) != 0)
		return;
	m->valid = 0;
	vm_page_undirty(m);
	if (m->hold_count != 0) {
		KASSERT((m->flags & PG_UNHOLDFREE) == 0,
		    ("vm_page_free: page %p waits for unhold already",
		    (void *)m));
		m->flags |= PG_UNHOLDFREE;
		return;
	}
	vm_phys_free(m);
}
