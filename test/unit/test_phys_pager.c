/*
 * The phys pager, line by line: handles and their list, the size that only
 * grows, pages that nobody manages, and what its operations do to a page.
 */
#include "fault_test.h"
#include <sys/lock.h>

static char	key[2];		/* their addresses are handles */

static vm_object_t
phys(void *handle, vm_ooffset_t size, vm_ooffset_t offset)
{
	return (vm_pager_allocate(OBJT_PHYS, handle, size, VM_PROT_RW, offset,
	    NULL));
}

/* Times curthread took the list's mutex. */
static uint64_t
listed(void)
{
	return (curthread->td_lockstat[LO_PHYS_PAGER].acquired);
}

/* Of no handle: a new object each time, and no list is looked at. */
LAB_TEST(phys_pager_without_handle)
{
	vm_object_t a, b;

	test_boot(FT_FRAMES);
	a = phys(NULL, PAGE_SIZE + 1, 0);
	b = phys(NULL, PAGE_SIZE + 1, 0);
	CHECK(a != b && a->handle == NULL);
	CHECK_EQ(a->size, 2);
	CHECK_EQ(a->ref_count, 1);
	vm_object_deallocate(a);
	vm_object_deallocate(b);
	CHECK_EQ(listed(), 0);
	test_end();
}

LAB_TEST(phys_pager_by_handle)
{
	vm_object_t a, b, c;

	test_boot(FT_FRAMES);
	a = phys(&key[0], PAGE_SIZE, 0);
	b = phys(&key[1], PAGE_SIZE, 0);
	c = phys(&key[0], PAGE_SIZE, 0);
	CHECK(a == c && a != b);
	CHECK_EQ(a->ref_count, 2);
	CHECK(a->handle == &key[0]);
	/* One look-up for a hit; a miss looks twice. */
	CHECK_EQ(listed(), 2 + 2 + 1);
	vm_object_deallocate(c);
	CHECK_EQ(listed(), 5);
	vm_object_deallocate(a);
	CHECK_EQ(listed(), 6);
	/* It is off the list: the next is another object, empty again. */
	a = phys(&key[0], 3 * PAGE_SIZE, 0);
	CHECK_EQ(a->ref_count, 1);
	CHECK_EQ(a->size, 3);
	vm_object_deallocate(a);
	vm_object_deallocate(b);
	test_end();
}

LAB_TEST(phys_pager_size_only_grows)
{
	vm_object_t object;

	test_boot(FT_FRAMES);
	object = phys(&key[0], 4 * PAGE_SIZE, 0);
	CHECK_EQ(object->size, 4);
	CHECK(phys(&key[0], PAGE_SIZE, 0) == object);
	CHECK_EQ(object->size, 4);
	CHECK(phys(&key[0], 2 * PAGE_SIZE, 5 * PAGE_SIZE) == object);
	CHECK_EQ(object->size, 7);
	for (int i = 0; i < 3; i++)
		vm_object_deallocate(object);
	test_end();
}

LAB_TEST(phys_pager_offset_is_a_pages)
{
	test_boot(FT_FRAMES);
	CHECK(phys(NULL, PAGE_SIZE, 512) == NULL);
	CHECK(phys(&key[0], PAGE_SIZE, 512) == NULL);
	CHECK_EQ(listed(), 0);
	test_end();
}

/*
 * A page from its first fault to its end: zeroes, of no queue, wired by
 * nobody, in no pv entry, and never dirty, for nothing would clean it.
 */
LAB_TEST(phys_pager_pages_are_unmanaged)
{
	struct vmspace *vm;
	vm_object_t object;
	vm_prot_t prot;
	vm_page_t m;
	unsigned i;

	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	object = phys(NULL, 12 * PAGE_SIZE, 0);
	ft_map(vm, ft_keep(object), 12, VM_PROT_RW, 0);
	CHECK(ft_page_is(vm, FT_VA(1), 0));
	ft_store(vm, FT_VA(3), 7);
	/* Read-ahead ends with the object, though the pager has no end. */
	ft_load(vm, FT_VA(11));
	CHECK_EQ(object->resident_page_count, 1 + VM_FAULT_READ_AHEAD + 1);
	for (i = 1; i <= 8; i++) {
		m = ft_page(object, i);
		CHECK(!vm_page_managed(m) && !pv_busied(m));
		CHECK_EQ(m->valid, VM_PAGE_BITS_ALL);
		CHECK_EQ(m->queue, PQ_NONE);
		CHECK_EQ(m->wire_count, 0);
		CHECK_EQ(m->dirty, 0);
		CHECK_EQ(m->aflags & PGA_WRITEABLE, 0);
	}
	CHECK(pmap_extract(&vm->vm_pmap, FT_VA(3), &prot) ==
	    ft_page(object, 3));
	CHECK_EQ(prot, VM_PROT_RW);
	CHECK_EQ(pmap_pv_count(), 0);
	CHECK(vm->vm_pmap.pm_resident > 1);
	CHECK_EQ(ft_load(vm, FT_VA(3)), 7);
	vmspace_free(vm);
	/* The segment outlives who mapped it, and so do its bytes. */
	CHECK_EQ(*(uint64_t *)vm_page_dmap(ft_page(object, 3)), 7);
	vm_object_deallocate(object);
	test_end();
}

/* Pages [0, n) of an object, allocated busied. */
static void
alloc_pages(vm_object_t object, vm_page_t *m, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		m[i] = pv_alloc(object, i, VM_ALLOC_NORMAL);
		CHECK(m[i] != NULL);
		*(uint64_t *)vm_page_dmap(m[i]) = 5;
	}
}

/* The lock is kept throughout, and one that was valid is left as it is. */
LAB_TEST(phys_pager_getpages)
{
	vm_object_t object;
	vm_page_t m[3];
	uint64_t taken;

	test_boot(FT_FRAMES);
	object = phys(NULL, 3 * PAGE_SIZE, 0);
	alloc_pages(object, m, 3);
	pv_object_lock(object);
	m[2]->valid = VM_PAGE_BITS_ALL;
	taken = curthread->td_lockstat[LO_OBJECT].acquired;
	CHECK_EQ(object->pager->pgo_getpages(object, m, 3, 1), VM_PAGER_OK);
	CHECK_EQ(curthread->td_lockstat[LO_OBJECT].acquired, taken);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m[0]), 0);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m[1]), 0);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(m[2]), 5);
	for (int i = 0; i < 3; i++) {
		CHECK(vm_page_is_all_valid(m[i]));
		if (TEST_SYNCHRONISED)
			CHECK_EQ(pv_xbusied(m[i]), i == 1);
	}
	pv_xunbusy_locked(m[1]);
	pv_object_unlock(object);
	vm_object_deallocate(object);
	test_end();
}

static void
getpages_of_state(uint8_t valid, uint8_t dirty)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(FT_FRAMES);
	object = phys(NULL, PAGE_SIZE, 0);
	alloc_pages(object, &m, 1);
	pv_object_lock(object);
	m->valid = valid;
	m->dirty = dirty;
	(void)object->pager->pgo_getpages(object, &m, 1, 0);
}

LAB_TEST_PANIC(phys_pager_page_partly_valid, "valid")
{
	getpages_of_state(1, 0);
}

LAB_TEST_PANIC(phys_pager_page_dirty, "dirty")
{
	getpages_of_state(VM_PAGE_BITS_ALL, 1);
}

#if TEST_SYNCHRONISED
/* Who waits for the page is woken though it stays busied, and looks again. */
static void
flash_thread(void *arg, unsigned i)
{
	vm_page_t m = arg;
	vm_object_t object = m->object;

	pv_object_lock(object);
	if (i == 0) {
		CHECK(pv_sleep_if_busy_locked(m, "test"));
		CHECK(pv_busied(m));
	} else {
		pv_object_unlock(object);
		test_await_sleepers(m, 1);
		pv_object_lock(object);
		CHECK_EQ(object->pager->pgo_getpages(object, &m, 1, 0),
		    VM_PAGER_OK);
	}
	pv_object_unlock(object);
}

LAB_TEST(phys_pager_getpages_flashes)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(FT_FRAMES);
	object = phys(NULL, PAGE_SIZE, 0);
	alloc_pages(object, &m, 1);
	test_threads(2, flash_thread, m);
	pv_xunbusy(m);
	vm_object_deallocate(object);
	test_end();
}
#endif

LAB_TEST(phys_pager_has_every_page)
{
	static const int cluster = 1024;
	vm_object_t object;
	int before, after;

	test_boot(FT_FRAMES);
	object = phys(NULL, PAGE_SIZE, 0);
	pv_object_lock(object);
	CHECK(object->pager->pgo_haspage(object, 0, &before, &after));
	CHECK_EQ(before, 0);
	CHECK_EQ(after, cluster - 1);
	CHECK(object->pager->pgo_haspage(object, 3 * cluster + 10, &before,
	    &after));
	CHECK_EQ(before, 10);
	CHECK_EQ(after, cluster - 11);
	CHECK(object->pager->pgo_haspage(object, 1, NULL, NULL));
	pv_object_unlock(object);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST_PANIC(phys_pager_putpages, "phys_pager_putpages")
{
	vm_object_t object;
	vm_page_t m;
	int rtval;

	test_boot(FT_FRAMES);
	object = phys(NULL, PAGE_SIZE, 0);
	alloc_pages(object, &m, 1);
	pv_object_lock(object);
	object->pager->pgo_putpages(object, &m, 1, VM_PAGER_PUT_SYNC, &rtval);
}
