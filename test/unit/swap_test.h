/*
 * What the tests of swap share: an object of pages with known words, mapped,
 * and its pages' way out.
 */
#ifndef TEST_UNIT_SWAP_TEST_H
#define	TEST_UNIT_SWAP_TEST_H

#include <vm/swap_pager.h>
#include <vm/vm_pageout.h>
#include "fault_test.h"

static struct vmspace *st_vm;
static vm_object_t	st_object;	/* pages mapped at FT_VA(0) */

/* The word that page i is full of. */
static inline uint64_t
st_word(vm_pindex_t i)
{
	return (vm_anon_pattern(i));
}

/* Pages that are written, and swap space for some. */
static inline void
st_setup(unsigned pages, unsigned swap_pages)
{
	test_boot(FT_FRAMES);
	if (swap_pages != 0)
		CHECK_EQ(swap_on(NULL, swap_pages), 0);
	st_vm = vmspace_alloc();
	st_object = vm_object_allocate(OBJT_DEFAULT, pages);
	ft_map(st_vm, ft_keep(st_object), pages, VM_PROT_RW, 0);
	for (unsigned i = 0; i < pages; i++)
		ft_page_fill(st_vm, FT_VA(i), st_word(i));
}

static inline void
st_teardown(void)
{
	vmspace_free(st_vm);
	vm_object_deallocate(st_object);
	CHECK_EQ(swap_used(), 0);
	test_end();
}

/* Write pages [first, first + n) out as one cluster; how many are taken. */
static inline int
st_flush(vm_pindex_t first, int n)
{
	vm_page_t mc[VM_PAGEOUT_CLUSTER];
	int written;

	pv_object_lock(st_object);
	for (int i = 0; i < n; i++) {
		mc[i] = vm_page_lookup(st_object, first + i);
		CHECK(mc[i] != NULL);
	}
	written = vm_pageout_flush(mc, n);
	pv_object_unlock(st_object);
	return (written);
}

/* Free the pages of a range that are clean; how many. */
static inline unsigned
st_reclaim(vm_pindex_t first, unsigned n)
{
	unsigned freed = 0;
	vm_page_t m;

	pv_object_lock(st_object);
	for (vm_pindex_t i = first; i < first + n; i++) {
		m = vm_page_lookup(st_object, i);
		if (m == NULL)
			continue;
		vm_page_lock(m);
		freed += vm_page_try_to_free(m);
		vm_page_unlock(m);
	}
	pv_object_unlock(st_object);
	return (freed);
}

/* Send pages out for good. */
static inline void
st_out(vm_pindex_t first, int n)
{
	CHECK_EQ(st_flush(first, n), n);
	CHECK_EQ(st_reclaim(first, n), n);
}

#endif /* TEST_UNIT_SWAP_TEST_H */
