/*
 * Objects found by a handle, whose first and last references race: what is
 * found lives, and keeps its bytes while it does.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	HANDLES	3

static char	keys[HANDLES];		/* their addresses are the handles */

static void
check_alive(vm_object_t object, void *handle)
{
	pv_object_lock(object);
	CHECK((object->flags & OBJ_DEAD) == 0);
	CHECK(object->ref_count > 0);
	CHECK(object->handle == handle);
	pv_object_unlock(object);
}

static void
handle_run(unsigned worker, uint64_t *seed)
{
	struct vmspace *vm = soak_space[worker];
	void *handle = &keys[test_random(seed) % HANDLES];
	uint64_t word = soak_word(worker, test_random(seed) >> 16);
	vm_object_t object;

	object = vm_pager_allocate(OBJT_PHYS, handle, ptoa(SOAK_WORKERS),
	    VM_PROT_RW, 0, NULL);
	CHECK(object != NULL);
	check_alive(object, handle);
	if (test_random(seed) % 2 == 0) {
		vm_object_deallocate(object);
		return;
	}
	ft_map(vm, object, SOAK_WORKERS, VM_PROT_RW, 0);
	ft_page_fill(vm, FT_VA(worker), word);
	/* Another's page is looked up, its bytes are not looked at. */
	CHECK_EQ(ft_fault(vm, FT_VA((worker + 1) % SOAK_WORKERS),
	    VM_PROT_READ), KERN_SUCCESS);
	CHECK(ft_page_is(vm, FT_VA(worker), word));
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(SOAK_WORKERS)),
	    KERN_SUCCESS);
}

const struct soak_op soak_handle = { "handle", 4, NULL, NULL, handle_run };
#endif /* TEST_SYNCHRONISED */
