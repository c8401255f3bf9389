/*
 * Giant: over what its stage says, across the whole of an operation, and never
 * across a sleep.
 */
#include <sys/sx.h>
#include <unit/fault_test.h>

static vm_object_t	object;
static struct vmspace	*vm;
static volatile unsigned step;

static void
boot(unsigned stage)
{
	giant_set(stage);
	test_boot(FT_FRAMES);
	object = ft_resident(2);
	vm = vmspace_alloc();
	ft_map(vm, ft_keep(object), 2, VM_PROT_RW, 0);
	step = 0;
}

static void
end(void)
{
	CHECK(!big_lock_owned(&vm_mtx) && !big_lock_owned(&Giant));
	CHECK_EQ(Giant.bl_depth, 0);
	vmspace_free(vm);
	vm_object_deallocate(object);
	test_end();
	giant_set(GIANT_STAGE);
}

static uint64_t
taken(void)
{
	return (curthread->td_lockstat[LO_GIANT].acquired);
}

/* How often a fault, a grab and release, and a look at a mapping take it. */
static void
expect_of_stage(unsigned stage, unsigned fault, unsigned grab, unsigned map)
{
	uint64_t n;

	boot(stage);
	n = taken();
	CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_READ), KERN_SUCCESS);
	CHECK_EQ(taken() - n, fault);
	n = taken();
	pv_xunbusy(pv_grab(object, 0, VM_ALLOC_NORMAL));
	CHECK_EQ(taken() - n, grab);
	n = taken();
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(0), NULL) != NULL);
	CHECK_EQ(taken() - n, map);
	end();
}

/* The lowest subsystem is the first that can do without. */
LAB_TEST(giant_goes_in_stages)
{
	expect_of_stage(GIANT_ALL, 1, 2, 1);
	expect_of_stage(GIANT_VM | GIANT_PMAP, 1, 2, 1);
	expect_of_stage(GIANT_VM, 1, 2, 0);
	expect_of_stage(0, 0, 0, 0);
	/* What is called needs it: so has who calls. */
	expect_of_stage(GIANT_QUEUE, 1, 2, 1);
}

LAB_TEST(giant_stage_is_as_the_folder_says)
{
	CHECK_EQ(giant_stage, GIANT_STAGE);
}

/* Threads take turns by steps; a sleep between two looks is a real one. */
static void
await(unsigned want)
{
	while (atomic_load_acq_int(&step) < want)
		pause_ns("test", 1000);
}

static void
sleep_in_map(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		sx_xlock(&vm->vm_map.lock);
		CHECK(big_lock_owned(&Giant));
		atomic_store_rel_int(&step, 1);
		await(2);
		CHECK(big_lock_owned(&Giant));
		sx_xunlock(&vm->vm_map.lock);
		return;
	}
	await(1);
	pv_xunbusy(pv_grab(object, 0, VM_ALLOC_NORMAL));
	atomic_store_rel_int(&step, 2);
}

LAB_TEST(giant_is_dropped_by_a_sleep)
{
	boot(GIANT_ALL);
	test_threads(2, sleep_in_map, NULL);
	end();
}

/*
 * The holder of a map sleeps, and wants Giant again while another waits for
 * the map: which, had it Giant, would wait for ever.
 */
static void
wait_for_map(void *arg, unsigned i)
{
	bool write = *(bool *)arg;

	if (i == 0) {
		sx_xlock(&vm->vm_map.lock);
		atomic_store_rel_int(&step, 1);
		while ((atomic_load_ptr(&vm->vm_map.lock.sx_lock) &
		    SX_LOCK_WAITERS) == 0)
			pause_ns("test", 1000);
		pv_xunbusy(pv_grab(object, 0, VM_ALLOC_NORMAL));
		sx_xunlock(&vm->vm_map.lock);
		return;
	}
	await(1);
	if (write) {
		sx_xlock(&vm->vm_map.lock);
		CHECK(big_lock_owned(&Giant));
		sx_xunlock(&vm->vm_map.lock);
	} else {
		sx_slock(&vm->vm_map.lock);
		CHECK(big_lock_owned(&Giant));
		sx_sunlock(&vm->vm_map.lock);
	}
}

LAB_TEST(giant_is_dropped_by_a_wait_for_the_map)
{
	bool write = false;

	boot(GIANT_ALL);
	test_threads(2, wait_for_map, &write);
	step = 0;
	write = true;
	test_threads(2, wait_for_map, &write);
	end();
}

/* A mutex before vm_mtx in the order: a pager's list, or a system map. */
LAB_TEST(giant_is_over_what_comes_before_vm_mtx)
{
	static struct mtx list;

	boot(GIANT_ALL);
	mtx_init(&list, "list", "vm map", MTX_DEF);
	mtx_lock(&list);
	CHECK(big_lock_owned(&Giant) && !big_lock_owned(&vm_mtx));
	VM_OBJECT_LOCK(object);
	VM_OBJECT_UNLOCK(object);
	mtx_unlock(&list);
	CHECK(!big_lock_owned(&Giant));
	CHECK(mtx_trylock(&list));
	CHECK(big_lock_owned(&Giant));
	CHECK_EQ(msleep(&list, &list, PVM | PDROP, "test", 1000), EWOULDBLOCK);
	CHECK(!big_lock_owned(&Giant));
	end();
}

static void
try_beside(void *arg, unsigned i)
{
	(void)arg, (void)i;
	CHECK(!VM_OBJECT_TRYLOCK(object));
	CHECK(!sx_try_slock(&vm->vm_map.lock));
}

/* A try never waits for it, and leaves nothing taken. */
LAB_TEST(giant_fails_a_try)
{
	boot(GIANT_ALL);
	giant_enter(LOCK_FILE, LOCK_LINE);
	test_threads(1, try_beside, NULL);
	giant_leave(LOCK_FILE, LOCK_LINE);
	end();
}
