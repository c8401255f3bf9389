/*
 * Private mappings of one object: each writes some pages, and sees its own
 * there and the object's in all others.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	PAGES	8
#define	COW	(MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)

static vm_object_t	object;

static void
cow_begin(void)
{
	object = soak_resident(PAGES);
}

static void
cow_run(unsigned worker, uint64_t *seed)
{
	struct vmspace *vm = soak_space[worker];
	unsigned written = (unsigned)test_random(seed) & ((1u << PAGES) - 1);
	vm_pindex_t i;

	ft_map(vm, ft_keep(object), PAGES, VM_PROT_RW, COW);
	for (i = 0; i < PAGES; i++)
		if (written >> i & 1)
			ft_page_fill(vm, FT_VA(i), soak_word(worker, i));
	for (i = 0; i < PAGES; i++)
		CHECK(ft_page_is(vm, FT_VA(i), written >> i & 1 ?
		    soak_word(worker, i) : i + 1));
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(PAGES)),
	    KERN_SUCCESS);
}

static void
cow_end(void)
{
	soak_check_at_rest(object);
	soak_check_resident(object, PAGES);
	vm_object_deallocate(object);
}

const struct soak_op soak_cow = { "cow", 3, cow_begin, cow_end, cow_run };
#endif /* TEST_SYNCHRONISED */
