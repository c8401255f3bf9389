/*
 * Every verb does what <vm/vm_verbs.h> says of it, in every implementation:
 * here what one thread alone can see; waiting is in test_verbs_wait.c.
 */
#include "fault_test.h"

static vm_object_t	object;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	object = ft_resident(4);
}

static void
teardown(void)
{
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(verbs_object_lock_made_and_unmade)
{
	struct vm_object o;

	test_boot(FT_FRAMES);
	pv_object_lock_init(&o);
	pv_object_lock(&o);
	pv_object_assert_locked(&o);
	pv_object_assert_read(&o);
	pv_object_unlock(&o);
	pv_object_lock_read(&o);
	pv_object_assert_read(&o);
	pv_object_unlock_read(&o);
	CHECK(pv_object_trylock(&o));
	pv_object_assert_locked(&o);
	pv_object_unlock(&o);
	CHECK_EQ(curthread->td_nheld, 0);
	pv_object_lock_destroy(&o);
	pv_object_lock_init(&o);
	CHECK(pv_object_trylock(&o));
	pv_object_unlock(&o);
	pv_object_lock_destroy(&o);
	test_end();
}

static void
check_busy(vm_page_t m, bool exclusive, bool shared)
{
	pv_object_lock(m->object);
	CHECK_EQ(pv_xbusied(m), TEST_SYNCHRONISED && exclusive);
	CHECK_EQ(pv_sbusied(m), TEST_SYNCHRONISED && shared);
	CHECK_EQ(pv_busied(m), TEST_SYNCHRONISED && (exclusive || shared));
	pv_object_unlock(m->object);
}

LAB_TEST(verbs_busy_object_locked)
{
	vm_page_t m;

	setup();
	m = ft_page(object, 1);
	check_busy(m, false, false);
	pv_object_lock(object);
	CHECK(!pv_sleep_if_busy_locked(m, "test"));
	CHECK(!pv_sleep_if_xbusy_locked(m, "test"));
	pv_flash_locked(m);
	pv_xbusy_locked(m);
	pv_flash_locked(m);
	pv_object_unlock(object);
	check_busy(m, true, false);
	pv_object_lock(object);
	pv_xunbusy_locked(m);
	CHECK(!pv_busied(m));
	pv_sbusy_locked(m);
	pv_sbusy_locked(m);
	/* Shared is good enough for who waits for exclusive to end. */
	CHECK(!pv_sleep_if_xbusy_locked(m, "test"));
	pv_object_unlock(object);
	check_busy(m, false, true);
	pv_object_lock(object);
	pv_sunbusy_locked(m);
	pv_object_unlock(object);
	check_busy(m, false, true);
	pv_object_lock(object);
	pv_sunbusy_locked(m);
	pv_object_unlock(object);
	check_busy(m, false, false);
	teardown();
}

LAB_TEST(verbs_grab)
{
	vm_page_t m;

	setup();
	m = pv_grab(object, 1, VM_ALLOC_NORMAL);
	CHECK(m == ft_page(object, 1));
	check_busy(m, true, false);
	pv_xunbusy(m);
	check_busy(m, false, false);
	CHECK(pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) == m);
	CHECK(pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) == m);
	check_busy(m, false, true);
	pv_sunbusy(m);
	check_busy(m, false, true);
	pv_sunbusy(m);
	check_busy(m, false, false);
	/* Absent: made, zeroed if asked to, wired if asked to. */
	*(uint64_t *)vm_page_dmap(m) = 1;
	m = pv_grab(object, 1, VM_ALLOC_NORMAL);
	pv_free(m);
	CHECK(ft_page(object, 1) == NULL);
	CHECK(pv_grab(object, 1, VM_ALLOC_ZERO | VM_ALLOC_WIRED) == m);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m), 0);
	CHECK_EQ(m->wire_count, 1);
	check_busy(m, true, false);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_NONE);
	vm_page_unlock(m);
	pv_free(m);
	CHECK(pv_grab_sbusy(object, 1, VM_ALLOC_NORMAL) == m);
	check_busy(m, false, true);
	pv_sunbusy(m);
	CHECK_EQ(curthread->td_nheld, 0);
	teardown();
}

LAB_TEST(verbs_alloc)
{
	vm_object_t hog;
	vm_pindex_t n;
	vm_page_t m;

	setup();
	hog = vm_object_allocate(OBJT_DEFAULT, FT_FRAMES);
	m = pv_alloc(hog, 0, VM_ALLOC_NORMAL);
	CHECK(m == ft_page(hog, 0));
	check_busy(m, true, false);
	pv_xunbusy(m);
	m = pv_alloc_sbusy(hog, 1, VM_ALLOC_NORMAL);
	CHECK(m == ft_page(hog, 1));
	check_busy(m, false, true);
	pv_sunbusy(m);
	for (n = 2; (m = pv_alloc(hog, n, VM_ALLOC_NORMAL)) != NULL; n++)
		pv_xunbusy(m);
	CHECK(pv_alloc_sbusy(hog, n, VM_ALLOC_NORMAL) == NULL);
	CHECK_EQ(hog->resident_page_count, n);
	CHECK_EQ(curthread->td_nheld, 0);
	vm_object_deallocate(hog);
	teardown();
}

/* Which way an implementation answers is its own; what it leaves is not. */
LAB_TEST(verbs_fault_soft)
{
	struct vmspace *vm;
	struct faultstate fs;
	bool mapped;
	int held;

	setup();
	vm = vmspace_alloc();
	ft_map(vm, ft_keep(object), 4, VM_PROT_READ, 0);
	fs = (struct faultstate){
		.map = &vm->vm_map, .vaddr = FT_VA(1),
		.fault_type = VM_PROT_READ, .fault_flags = VM_FAULT_NORMAL,
		.lookup_still_valid = true,
	};
	CHECK_EQ(vm_map_lookup(fs.map, fs.vaddr, fs.fault_type, &fs.entry,
	    &fs.first_object, &fs.first_pindex, &fs.prot, &fs.wired),
	    KERN_SUCCESS);
	held = curthread->td_nheld;
	mapped = pv_fault_soft(&fs);
	CHECK_EQ(curthread->td_nheld, held);
	sx_assert(&vm->vm_map.lock, SA_LOCKED);
	vm_map_lookup_done(fs.map);
	CHECK_EQ(pmap_extract(&vm->vm_pmap, FT_VA(1), NULL) != NULL, mapped);
	check_busy(ft_page(object, 1), false, false);
	CHECK_EQ(object->ref_count, 2);
	CHECK_EQ(object->paging_in_progress, 0);
	vmspace_free(vm);
	teardown();
}
