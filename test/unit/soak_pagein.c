/*
 * An object behind a pager: pages come in by faults of all workers and are
 * thrown out again, and what is there is what the pager has.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	PAGES	32

static vm_object_t	object;

static void
pagein_begin(void)
{
	object = vm_anon_pager_allocate(PAGES);
}

/* Busied, so that nobody throws it out while it is read; if it is there. */
static void
check_page(vm_pindex_t i)
{
	const uint64_t *word;
	vm_page_t m;

	pv_object_lock(object);
	m = vm_page_lookup(object, i);
	if (m == NULL || m->valid != VM_PAGE_BITS_ALL || pv_busied(m)) {
		pv_object_unlock(object);
		return;
	}
	pv_xbusy_locked(m);
	pv_object_unlock(object);
	word = vm_page_dmap(m);
	CHECK_EQ(word[0], vm_anon_pattern(i));
	CHECK_EQ(word[PAGE_SIZE / sizeof(*word) - 1], vm_anon_pattern(i));
	pv_xunbusy(m);
}

static void
pagein_run(unsigned worker, uint64_t *seed)
{
	struct vmspace *vm = soak_space[worker];
	vm_pindex_t i = test_random(seed) % PAGES;

	if (test_random(seed) % 8 == 0) {
		pv_object_lock(object);
		vm_object_page_remove(object, i, i + 8 < PAGES ? i + 8 :
		    PAGES);
		pv_object_unlock(object);
		return;
	}
	ft_map(vm, ft_keep(object), PAGES, VM_PROT_READ, 0);
	CHECK_EQ(ft_fault(vm, FT_VA(i), VM_PROT_READ), KERN_SUCCESS);
	check_page(i);
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(PAGES)),
	    KERN_SUCCESS);
}

static void
pagein_end(void)
{
	soak_check_at_rest(object);
	vm_object_deallocate(object);
}

const struct soak_op soak_pagein = { "pagein", 4, pagein_begin, pagein_end,
	pagein_run };
#endif /* TEST_SYNCHRONISED */
