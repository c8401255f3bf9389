/*
 * A page's identity: which object it is in, at which index; and the page
 * locks, by which managed pages are changed.
 *
 * An object's pages are in a trie, for look-up, and in memq in order of index.
 * Both change together, under the object's exclusive lock.  Leaving an object
 * ends an exclusive busy and wakes its waiters (pv_page_removed), which must
 * come while m->object still names the object: the old KPI's lock is there.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_page.c vm_page_insert() and its neighbours.
 * Difference: no OBJ_ONEMAPPING or vnode bookkeeping on the first and last
 * page.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/vm_phys.h>

struct pa_lock pa_lock[PA_LOCK_COUNT];

/* Link m behind mpred, the page before pindex, or NULL for the first. */
static void
vm_page_link(vm_page_t m, vm_object_t object, vm_page_t mpred)
{
	vm_page_t next;

	if (mpred != NULL)
		TAILQ_INSERT_AFTER(&object->memq, mpred, m, listq);
	else
		TAILQ_INSERT_HEAD(&object->memq, m, listq);
	next = TAILQ_NEXT(m, listq);
	KASSERT((mpred == NULL || mpred->pindex < m->pindex) &&
	    (next == NULL || next->pindex > m->pindex),
	    ("vm_page_link: page %p out of order at %#llx", (void *)m,
	    (unsigned long long)m->pindex));
	object->resident_page_count++;
}

int
vm_page_insert(vm_page_t m, vm_object_t object, vm_pindex_t pindex)
{

	pv_object_assert_locked(object);
	return (vm_page_insert_after(m, object, pindex,
	    vm_radix_lookup_le(&object->rtree, pindex)));
}

int
vm_page_insert_after(vm_page_t m, vm_object_t object, vm_pindex_t pindex,
    vm_page_t mpred)
{

	pv_object_assert_locked(object);
	KASSERT(m->object == NULL, ("vm_page_insert: page %p is in %p",
	    (void *)m, (void *)m->object));
	m->object = object;
	m->pindex = pindex;
	if (vm_radix_insert(&object->rtree, m) != 0) {
		m->object = NULL;
		m->pindex = 0;
		return (ENOMEM);
	}
	vm_page_link(m, object, mpred);
	return (0);
}

/* The index's part of leaving an object. */
static void
vm_page_unlink(vm_page_t m, vm_object_t object)
{
	vm_page_t found;

	found = vm_radix_remove(&object->rtree, m->pindex);
	KASSERT(found == m, ("vm_page_unlink: page %p at %#llx, not %p",
	    (void *)found, (unsigned long long)m->pindex, (void *)m));
	(void)found;
	TAILQ_REMOVE(&object->memq, m, listq);
	KASSERT(object->resident_page_count > 0,
	    ("vm_page_unlink: object %p has no page", (void *)object));
	object->resident_page_count--;
}

void
vm_page_remove(vm_page_t m)
{
	vm_object_t object = m->object;

	if (vm_page_managed(m))
		vm_page_lock_assert(m, MA_OWNED);
	if (object == NULL)
		return;
	pv_object_assert_locked(object);
	pv_page_removed(m);
	vm_page_unlink(m, object);
	m->object = NULL;
}

/*
 * The new trie first, because that alone can fail.  For this moment m is in
 * two tries, and each knows it by m->pindex: so the old index is put back
 * before the old trie is touched again.
 */
int
vm_page_rename(vm_page_t m, vm_object_t object, vm_pindex_t pindex)
{
	vm_pindex_t old = m->pindex;
	vm_page_t mpred;
	int error;

	pv_object_assert_locked(object);
	pv_object_assert_locked(m->object);
	mpred = vm_radix_lookup_le(&object->rtree, pindex);
	m->pindex = pindex;
	error = vm_radix_insert(&object->rtree, m);
	m->pindex = old;
	if (error != 0)
		return (error);
	vm_page_lock(m);
	vm_page_remove(m);
	m->object = object;
	m->pindex = pindex;
	vm_page_unlock(m);
	vm_page_link(m, object, mpred);
	vm_page_dirty(m);
	return (0);
}

vm_page_t
vm_page_replace(vm_page_t mnew, vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t mold;

	pv_object_assert_locked(object);
	KASSERT(mnew->object == NULL, ("vm_page_replace: page %p is in %p",
	    (void *)mnew, (void *)mnew->object));
	mnew->object = object;
	mnew->pindex = pindex;
	mold = vm_radix_replace(&object->rtree, mnew);
	TAILQ_INSERT_AFTER(&object->memq, mold, mnew, listq);
	TAILQ_REMOVE(&object->memq, mold, listq);
	vm_page_lock(mold);
	pv_page_removed(mold);
	mold->object = NULL;
	vm_page_unlock(mold);
	return (mold);
}

vm_page_t
vm_page_lookup(vm_object_t object, vm_pindex_t pindex)
{

	pv_object_assert_read(object);
	return (vm_radix_lookup(&object->rtree, pindex));
}

vm_page_t
vm_page_find_least(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;

	pv_object_assert_read(object);
	m = TAILQ_FIRST(&object->memq);
	if (m != NULL && m->pindex < pindex)
		m = vm_radix_lookup_ge(&object->rtree, pindex);
	return (m);
}

vm_page_t
vm_page_next(vm_page_t m)
{
	vm_page_t next;

	pv_object_assert_locked(m->object);
	next = TAILQ_NEXT(m, listq);
	if (next != NULL && next->pindex != m->pindex + 1)
		next = NULL;
	return (next);
}

vm_page_t
vm_page_prev(vm_page_t m)
{
	vm_page_t prev;

	pv_object_assert_locked(m->object);
	prev = TAILQ_PREV(m, pglist, listq);
	if (prev != NULL && prev->pindex + 1 != m->pindex)
		prev = NULL;
	return (prev);
}

void
vm_page_aflag_set(vm_page_t m, uint8_t bits)
{

	KASSERT((bits & ~(PGA_WRITEABLE | PGA_REFERENCED)) == 0,
	    ("vm_page_aflag_set: page %p, bits %#x", (void *)m, bits));
	atomic_set_8(&m->aflags, bits);
}

void
vm_page_aflag_clear(vm_page_t m, uint8_t bits)
{

	KASSERT((bits & ~(PGA_WRITEABLE | PGA_REFERENCED)) == 0,
	    ("vm_page_aflag_clear: page %p, bits %#x", (void *)m, bits));
	atomic_clear_8(&m->aflags, bits);
}

/* A marked store: two who dirty a page at once may hold different locks. */
void
vm_page_dirty(vm_page_t m)
{

	KASSERT((m->flags & PG_FREE) == 0, ("vm_page_dirty: page %p is free",
	    (void *)m));
	atomic_store_8(&m->dirty, VM_PAGE_BITS_ALL);
}

void
vm_page_undirty(vm_page_t m)
{

	KASSERT((m->flags & PG_FREE) == 0, ("vm_page_undirty: page %p is free",
	    (void *)m));
#ifdef INVARIANTS
	/* Where nobody asserts, the busy word is not even read. */
	if (m->object != NULL && !pv_xbusied(m))
		pv_object_assert_locked(m->object);
#endif
	atomic_store_8(&m->dirty, 0);
}
