/*
 * Chains of shadow objects over one that all share, let go link by link.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	PAGES	4
#define	DEPTH	4

static vm_object_t	behind;		/* of all chains */

static void
chain_begin(void)
{
	behind = soak_resident(PAGES);
}

static void
put_page(vm_object_t object, vm_pindex_t i)
{
	pv_xunbusy(pv_grab(object, i, VM_ALLOC_NORMAL));
}

static void
chain_run(unsigned worker, uint64_t *seed)
{
	vm_object_t object = ft_keep(behind), kept[DEPTH + 1];
	unsigned depth = 1 + (unsigned)(test_random(seed) % DEPTH), i;
	vm_ooffset_t offset = 0;

	(void)worker;
	for (i = 0; i < depth; i++) {
		kept[i] = ft_keep(object);
		vm_object_shadow(&object, &offset, PAGES);
		put_page(object, test_random(seed) % PAGES);
	}
	if (test_random(seed) % 2 == 0)
		vm_object_deallocate(object);
	else
		kept[depth++] = object;
	for (i = 0; i < depth; i++)
		vm_object_deallocate(kept[i]);
}

static void
chain_end(void)
{
	soak_check_at_rest(behind);
	CHECK_EQ(behind->shadow_count, 0);
	soak_check_resident(behind, PAGES);
	vm_object_deallocate(behind);
}

const struct soak_op soak_chain = { "chain", 1, chain_begin, chain_end,
	chain_run };
#endif /* TEST_SYNCHRONISED */
