/*
 * vm_mtx: the fine locks are one, which the first of them takes and the last
 * gives back, and a sleep lets go of.
 *
 * How often a path enters the fine locks is 9.x's and counted by
 * test/unit/test_lock_count.c; here is counted how often it takes vm_mtx.
 */
#include <unit/fault_test.h>

static vm_object_t	object, other;

static void
boot(void)
{
	test_boot(FT_FRAMES);
	object = ft_resident(2);
	other = ft_resident(1);
}

static void
end(void)
{
	CHECK(!big_lock_owned(&vm_mtx) && !big_lock_owned(&Giant));
	CHECK_EQ(vm_mtx.bl_depth, 0);
	CHECK_EQ(Giant.bl_depth, 0);
	vm_object_deallocate(object);
	vm_object_deallocate(other);
	test_end();
}

static uint64_t
taken(void)
{
	return (curthread->td_lockstat[LO_VM].acquired);
}

LAB_TEST(vm_mtx_is_taken_by_the_first_and_counts_the_rest)
{
	struct mtx *queue = &vm_dom[0].vmd_pagequeues[PQ_ACTIVE].pq_mtx;
	vm_page_t m;
	uint64_t n;

	boot();
	n = taken();
	VM_OBJECT_LOCK(object);
	m = vm_page_lookup(object, 0);
	CHECK(big_lock_owned(&vm_mtx) && vm_mtx.bl_depth == 0);
	CHECK(!mtx_owned(vm_page_lockptr(m)));
	VM_OBJECT_LOCK(other);
	vm_page_lock(m);
	mtx_lock(queue);
	CHECK_EQ(vm_mtx.bl_depth, 3);
	CHECK(mtx_owned(vm_page_lockptr(m)) && VM_OBJECT_LOCKED(other));
	/* Hand over hand: whoever goes last. */
	VM_OBJECT_UNLOCK(object);
	CHECK(!VM_OBJECT_LOCKED(object));
	mtx_unlock(queue);
	vm_page_unlock(m);
	CHECK(big_lock_owned(&vm_mtx) && vm_mtx.bl_depth == 0);
	VM_OBJECT_UNLOCK(other);
	CHECK_EQ(taken() - n, 1);
	/* No word but vm_mtx's was written. */
	CHECK_EQ(object->mtx.mtx_lock, MTX_UNOWNED);
	end();
}

static void
find_all_taken(void *arg, unsigned i)
{
	vm_page_t m = arg;

	(void)i;
	CHECK(!VM_OBJECT_TRYLOCK(other));
	CHECK(!vm_page_trylock(m));
	CHECK(!mtx_trylock(&vm_dom[0].vmd_free_mtx));
}

LAB_TEST(vm_mtx_keeps_others_out_of_everything)
{
	vm_page_t m;

	boot();
	m = ft_page(other, 0);
	VM_OBJECT_LOCK(object);
	test_threads(1, find_all_taken, m);
	/* Its owner has what it tries, but not twice. */
	CHECK(VM_OBJECT_TRYLOCK(other));
	CHECK(!VM_OBJECT_TRYLOCK(other));
	VM_OBJECT_UNLOCK(other);
	VM_OBJECT_UNLOCK(object);
	end();
}

LAB_TEST_PANIC(vm_mtx_does_not_recurse, "recursion on vm object (vm object)")
{
	boot();
	VM_OBJECT_LOCK(object);
	VM_OBJECT_LOCK(object);
}

LAB_TEST_PANIC(vm_mtx_makes_no_owner_of_the_rest, "mutex vm object not owned")
{
	boot();
	VM_OBJECT_LOCK(object);
	(void)vm_page_lookup(other, 0);
}

/* What is no part of the VM is a lock of its own. */
LAB_TEST(vm_mtx_leaves_other_locks_alone)
{
	static struct mtx leaf;
	uint64_t n = taken();

	mtx_init(&leaf, "leaf", NULL, MTX_DEF);
	mtx_lock(&leaf);
	CHECK(mtx_owned(&leaf) && leaf.mtx_lock != MTX_UNOWNED);
	CHECK(!big_lock_owned(&vm_mtx));
	mtx_unlock(&leaf);
	CHECK_EQ(taken() - n, 0);
}

static void
sleep_on_page(void *arg, unsigned i)
{
	vm_page_t m = arg;

	if (i == 0) {
		VM_OBJECT_LOCK(object);
		/* The page lock is given up with it, and not had back. */
		vm_page_lock(m);
		vm_page_sleep(m, "test");
		CHECK(big_lock_owned(&vm_mtx) && vm_mtx.bl_depth == 0);
		CHECK(VM_OBJECT_LOCKED(object));
		VM_OBJECT_UNLOCK(object);
		return;
	}
	test_await_sleepers(m, 1);
	CHECK(VM_OBJECT_TRYLOCK(object));
	vm_page_flash(m);
	VM_OBJECT_UNLOCK(object);
}

LAB_TEST(vm_mtx_is_let_go_by_a_sleep)
{
	boot();
	test_threads(2, sleep_on_page, ft_page(object, 0));
	end();
}

/* Object, page, queues, mappings: 1 each, and 1 for all under the object's. */
LAB_TEST(vm_mtx_in_a_grab_and_a_fault)
{
	struct vmspace *vm;
	vm_page_t m;
	uint64_t n;

	boot();
	n = taken();
	m = pv_grab(object, 0, VM_ALLOC_NORMAL);
	CHECK_EQ(taken() - n, 1);
	pv_xunbusy(m);
	CHECK_EQ(taken() - n, 2);
	vm = vmspace_alloc();
	ft_map(vm, ft_keep(object), 1, VM_PROT_RW, 0);
	n = taken();
	CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_READ), KERN_SUCCESS);
	/* The object's three, and once to map. */
	CHECK_EQ(taken() - n, 4);
	vmspace_free(vm);
	end();
}
