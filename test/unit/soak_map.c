/*
 * Anonymous memory of a worker's own: mapped, filled, a part of it protected
 * and a part cut out, and what is left still there.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	PAGES	12

static void
map_run(unsigned worker, uint64_t *seed)
{
	struct vmspace *vm = soak_space[worker];
	vm_pindex_t cut = test_random(seed) % PAGES;
	vm_pindex_t until = cut + 1 + test_random(seed) % (PAGES - cut);
	vm_pindex_t i;

	ft_map(vm, NULL, PAGES, VM_PROT_RW, 0);
	for (i = 0; i < PAGES; i++) {
		CHECK_EQ(ft_load(vm, FT_VA(i)), 0);
		ft_page_fill(vm, FT_VA(i), soak_word(worker, i));
	}
	CHECK_EQ(vm_map_protect(&vm->vm_map, FT_VA(cut), FT_VA(until),
	    VM_PROT_READ), KERN_SUCCESS);
	CHECK_EQ(ft_fault(vm, FT_VA(cut), VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE);
	CHECK(ft_page_is(vm, FT_VA(cut), soak_word(worker, cut)));
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(cut), FT_VA(until)),
	    KERN_SUCCESS);
	CHECK_EQ(ft_fault(vm, FT_VA(cut), VM_PROT_READ),
	    KERN_INVALID_ADDRESS);
	for (i = 0; i < PAGES; i++)
		if (i < cut || i >= until)
			CHECK(ft_page_is(vm, FT_VA(i), soak_word(worker, i)));
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(PAGES)),
	    KERN_SUCCESS);
}

const struct soak_op soak_map = { "map", 3, NULL, NULL, map_run };
#endif /* TEST_SYNCHRONISED */
