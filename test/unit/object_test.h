/*
 * What the tests of objects share: an object with pages, and their removal.
 */
#ifndef TEST_OBJECT_TEST_H
#define	TEST_OBJECT_TEST_H

#include "vm_test.h"

#define	FRAMES	256

static inline vm_object_t
object_with_pages(unsigned pages)
{
	vm_object_t object = vm_object_allocate(OBJT_DEFAULT, pages);

	pv_object_lock(object);
	for (unsigned i = 0; i < pages; i++)
		CHECK(vm_page_alloc(object, i, VM_ALLOC_NOBUSY) != NULL);
	pv_object_unlock(object);
	return (object);
}

static inline void
remove_range(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{
	pv_object_lock(object);
	vm_object_page_remove(object, start, end);
	pv_object_unlock(object);
}

static inline vm_page_t
lookup(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m;

	pv_object_lock_read(object);
	m = vm_page_lookup(object, pindex);
	pv_object_unlock_read(object);
	return (m);
}

#endif /* TEST_OBJECT_TEST_H */
