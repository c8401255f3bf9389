/*
 * A user of pagers that locks objects: the case of header pollution.
 *
 * It includes <vm/vm_pager.h>, gets the object's structure by it, and the
 * object's lock by the 9.x include of <sys/mutex.h>.  Of the busy state it
 * knows nothing: a page comes busied from vm_page_alloc() and goes by
 * vm_page_free().  So r248084 breaks it, by the lock's names and because an
 * rwlock's functions come with <sys/rwlock.h>, which nothing includes for it;
 * r254138 does not.
 */
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_pager.h>
#include <kpi/consumers/pager_user.h>

unsigned
pager_extent(vm_object_t object, vm_pindex_t pindex)
{
	unsigned n = 0;
	int after;

	VM_OBJECT_LOCK(object);
	if (object->pager != NULL &&
	    object->pager->pgo_haspage(object, pindex, NULL, &after))
		n = 1 + after;
	VM_OBJECT_UNLOCK(object);
	return (n);
}

/*
 * A page at an empty index, read; NULL and an errno in *error if it could not
 * be.  The object is locked, and may be dropped: then the index may have been
 * filled, and NULL comes without an error.
 */
static vm_page_t
pager_read(vm_object_t object, vm_pindex_t pindex, int *error)
{
	vm_page_t m;

	VM_OBJECT_LOCK_ASSERT(object, MA_OWNED);
	*error = 0;
	m = vm_page_alloc(object, pindex, VM_ALLOC_NORMAL);
	if (m == NULL) {
		VM_OBJECT_UNLOCK(object);
		vm_wait();
		VM_OBJECT_LOCK(object);
		return (NULL);
	}
	if (object->pager->pgo_getpages(object, &m, 1, 0) == VM_PAGER_OK)
		return (vm_page_lookup(object, pindex));
	*error = EIO;
	vm_page_lock(m);
	vm_page_free(m);
	vm_page_unlock(m);
	return (NULL);
}

/* Its words, with the object unlocked; it stays busied meanwhile. */
static uint64_t
pager_sum(vm_object_t object, vm_page_t m)
{
	const uint64_t *p = vm_page_dmap(m);
	uint64_t sum = 0;
	unsigned i;

	VM_OBJECT_UNLOCK(object);
	for (i = 0; i < PAGE_SIZE / sizeof(*p); i++)
		sum += p[i];
	VM_OBJECT_LOCK(object);
	return (sum);
}

int
pager_scrub(vm_object_t object, vm_pindex_t pindex, unsigned count,
    uint64_t *sum, unsigned *read)
{
	vm_pindex_t end = pindex + count;
	int error = 0;
	vm_page_t m;

	*sum = *read = 0;
	if (pager_extent(object, pindex) < count)
		return (ENXIO);
	VM_OBJECT_LOCK(object);
	vm_object_pip_add(object, 1);
	while (pindex < end && error == 0) {
		if (vm_page_lookup(object, pindex) != NULL) {
			pindex++;
			continue;
		}
		m = pager_read(object, pindex, &error);
		if (m == NULL)
			continue;
		*sum += pager_sum(object, m);
		(*read)++;
		vm_page_lock(m);
		vm_page_free(m);
		vm_page_unlock(m);
		pindex++;
	}
	vm_object_pip_wakeup(object);
	VM_OBJECT_UNLOCK(object);
	return (error);
}
