/*
 * The software pmap: what a mapping allows, what it remembers for its page,
 * and that table pages and pv entries are given back.
 * Method: map pages of an object directly, without vm_fault().
 */
#include "fault_test.h"

static struct vmspace *vm;
static vm_object_t object;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	object = ft_resident(4);
}

static void
teardown(void)
{
	vm_object_deallocate(object);
	vmspace_free(vm);
	test_end();
}

/* Map a page as a fault would: busied. */
static vm_page_t
enter(vm_offset_t va, vm_pindex_t pindex, vm_prot_t access, vm_prot_t prot)
{
	vm_page_t m = pv_grab(object, pindex, VM_ALLOC_NORMAL);

	CHECK_EQ(pmap_enter(&vm->vm_pmap, va, access, m, prot, 0),
	    KERN_SUCCESS);
	pv_xunbusy(m);
	return (m);
}

LAB_TEST(pmap_read_mapping)
{
	vm_prot_t prot;
	vm_page_t m;
	uint64_t *p;

	setup();
	m = enter(FT_BASE, 2, VM_PROT_READ, VM_PROT_READ);
	p = pmap_access(&vm->vm_pmap, FT_BASE + 16, VM_PROT_READ);
	CHECK(p == (uint64_t *)vm_page_dmap(m) + 2);
	CHECK_EQ(*p, 3);
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE, VM_PROT_WRITE) == NULL);
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE + PAGE_SIZE, VM_PROT_READ) ==
	    NULL);
	CHECK(pmap_extract(&vm->vm_pmap, FT_BASE, &prot) == m);
	CHECK_EQ(prot, VM_PROT_READ);
	CHECK(pmap_page_is_mapped(m) && !pmap_is_modified(m));
	CHECK_EQ(pmap_pv_count(), 1);
	CHECK_EQ(m->aflags & PGA_WRITEABLE, 0);
	pmap_remove(&vm->vm_pmap, 0, VM_MAXUSER_ADDRESS);
	CHECK_EQ(pmap_pv_count(), 0);
	CHECK(!pmap_page_is_mapped(m));
	CHECK_EQ(m->dirty, 0);
	CHECK(m->aflags & PGA_REFERENCED);
	teardown();
}

LAB_TEST(pmap_write_mapping_remembers)
{
	vm_page_t m;

	setup();
	m = enter(FT_BASE, 0, VM_PROT_READ, VM_PROT_RW);
	CHECK(m->aflags & PGA_WRITEABLE);
	CHECK(!pmap_is_modified(m));
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE, VM_PROT_WRITE) != NULL);
	CHECK(pmap_is_modified(m));
	CHECK_EQ(m->dirty, 0);
	pmap_protect(&vm->vm_pmap, FT_BASE, FT_VA(1), VM_PROT_READ);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	CHECK(!pmap_is_modified(m));
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE, VM_PROT_WRITE) == NULL);
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE, VM_PROT_READ) != NULL);
	pmap_protect(&vm->vm_pmap, FT_BASE, FT_VA(1), VM_PROT_NONE);
	CHECK(!pmap_page_is_mapped(m));
	CHECK_EQ(m->aflags & PGA_WRITEABLE, 0);
	teardown();
}

LAB_TEST(pmap_enter_replaces_page)
{
	vm_page_t a, b;

	setup();
	a = enter(FT_BASE, 0, VM_PROT_WRITE, VM_PROT_RW);
	b = enter(FT_BASE, 1, VM_PROT_READ, VM_PROT_READ);
	CHECK(!pmap_page_is_mapped(a) && pmap_page_is_mapped(b));
	CHECK_EQ(a->dirty, VM_PAGE_BITS_ALL);
	CHECK_EQ(a->aflags & PGA_WRITEABLE, 0);
	CHECK_EQ(pmap_pv_count(), 1);
	CHECK_EQ(vm->vm_pmap.pm_resident, 1);
	CHECK(pmap_extract(&vm->vm_pmap, FT_BASE, NULL) == b);
	pmap_remove(&vm->vm_pmap, FT_BASE, FT_VA(1));
	teardown();
}

LAB_TEST(pmap_enter_same_page_again)
{
	vm_page_t m;

	setup();
	m = enter(FT_BASE, 0, VM_PROT_READ, VM_PROT_READ);
	enter(FT_BASE, 0, VM_PROT_READ, VM_PROT_READ);
	enter(FT_BASE, 0, VM_PROT_WRITE, VM_PROT_RW);
	CHECK_EQ(pmap_pv_count(), 1);
	CHECK_EQ(vm->vm_pmap.pm_resident, 1);
	CHECK(pmap_is_modified(m));
	enter(FT_BASE, 0, VM_PROT_READ, VM_PROT_READ);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE, VM_PROT_WRITE) == NULL);
	pmap_remove(&vm->vm_pmap, FT_BASE, FT_VA(1));
	teardown();
}

LAB_TEST(pmap_all_mappings_of_a_page)
{
	struct vmspace *other;
	vm_page_t m;

	setup();
	other = vmspace_alloc();
	m = enter(FT_BASE, 0, VM_PROT_WRITE, VM_PROT_RW);
	enter(FT_VA(7), 0, VM_PROT_READ, VM_PROT_READ);
	pv_object_lock(object);
	pmap_enter_quick(&other->vm_pmap, FT_BASE, m, VM_PROT_READ);
	CHECK_EQ(pmap_pv_count(), 2);		/* no table there: not mapped */
	CHECK_EQ(pmap_enter(&other->vm_pmap, FT_BASE, VM_PROT_READ, m,
	    VM_PROT_RW, PMAP_ENTER_NOSLEEP), KERN_SUCCESS);
	CHECK_EQ(pmap_pv_count(), 3);
	pmap_remove_write(m);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	CHECK_EQ(m->aflags & PGA_WRITEABLE, 0);
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE, VM_PROT_WRITE) == NULL);
	CHECK(pmap_access(&other->vm_pmap, FT_BASE, VM_PROT_WRITE) == NULL);
	CHECK(pmap_access(&other->vm_pmap, FT_BASE, VM_PROT_READ) != NULL);
	pmap_remove_all(m);
	pv_object_unlock(object);
	CHECK_EQ(pmap_pv_count(), 0);
	CHECK_EQ(vm->vm_pmap.pm_resident + other->vm_pmap.pm_resident, 0);
	CHECK(pmap_access(&other->vm_pmap, FT_BASE, VM_PROT_READ) == NULL);
	vmspace_free(other);
	teardown();
}

LAB_TEST(pmap_unmanaged_page)
{
	vm_page_t m;

	setup();
	m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	CHECK(m != NULL);
	CHECK_EQ(pmap_enter(&vm->vm_pmap, FT_BASE, VM_PROT_READ, m,
	    VM_PROT_RW, 0), KERN_SUCCESS);
	CHECK_EQ(pmap_pv_count(), 0);
	CHECK(!pmap_page_is_mapped(m));
	CHECK_EQ(m->aflags & PGA_WRITEABLE, 0);
	CHECK(pmap_access(&vm->vm_pmap, FT_BASE, VM_PROT_WRITE) != NULL);
	pmap_remove(&vm->vm_pmap, FT_BASE, FT_VA(1));
	CHECK_EQ(m->dirty, 0);
	vm_page_free(m);
	teardown();
}

/* Two distant addresses need a root and two tables each; holes cost nothing. */
LAB_TEST(pmap_tables_and_holes)
{
	static const vm_offset_t va[] = {
		0, FT_BASE, 5ULL << 30, VM_MAXUSER_ADDRESS - PAGE_SIZE
	};
	struct vmspace *other;
	unsigned i, before;

	setup();
	before = pmap_ptpage_count();
	other = vmspace_alloc();
	CHECK_EQ(pmap_ptpage_count(), before + 1);
	vmspace_free(other);
	CHECK_EQ(pmap_ptpage_count(), before);
	for (i = 0; i < nitems(va); i++)
		enter(va[i], i, VM_PROT_READ, VM_PROT_READ);
	CHECK_EQ(pmap_ptpage_count(), before + 7);
	CHECK_EQ(vm->vm_pmap.pm_ptpages, 8);
	CHECK(!pmap_is_prefaultable(&vm->vm_pmap, FT_BASE));
	CHECK(pmap_is_prefaultable(&vm->vm_pmap, FT_VA(1)));
	CHECK(!pmap_is_prefaultable(&vm->vm_pmap, 9ULL << 30));
	pmap_remove(&vm->vm_pmap, PAGE_SIZE, VM_MAXUSER_ADDRESS - PAGE_SIZE);
	CHECK_EQ(vm->vm_pmap.pm_resident, 2);
	CHECK(pmap_extract(&vm->vm_pmap, va[0], NULL) != NULL);
	CHECK(pmap_extract(&vm->vm_pmap, va[3], NULL) != NULL);
	pmap_remove(&vm->vm_pmap, 0, VM_MAXUSER_ADDRESS);
	CHECK_EQ(vm->vm_pmap.pm_resident, 0);
	teardown();
}

LAB_TEST(pmap_enter_nosleep_fails_without_memory)
{
	vm_object_t hog;
	vm_pindex_t n = 0;
	vm_page_t m;

	setup();
	hog = vm_object_allocate(OBJT_DEFAULT, FT_FRAMES);
	while ((m = pv_alloc(hog, n, VM_ALLOC_NORMAL)) != NULL) {
		pv_xunbusy(m);
		n++;
	}
	m = pv_grab(object, 0, VM_ALLOC_NORMAL);
	CHECK_EQ(pmap_enter(&vm->vm_pmap, FT_BASE, VM_PROT_READ, m,
	    VM_PROT_READ, PMAP_ENTER_NOSLEEP), KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(pmap_pv_count(), 0);
	pv_xunbusy(m);
	vm_object_deallocate(hog);
	enter(FT_BASE, 0, VM_PROT_READ, VM_PROT_READ);
	pmap_remove(&vm->vm_pmap, FT_BASE, FT_VA(1));
	teardown();
}

/* The text is what each kind of object lock says of itself. */
LAB_TEST_PANIC(pmap_enter_wants_busy_or_lock, "vm object not ")
{
	setup();
	if (!TEST_SYNCHRONISED)
		panic("vm object not there to be missed");
	pmap_enter(&vm->vm_pmap, FT_BASE, VM_PROT_READ, ft_page(object, 0),
	    VM_PROT_READ, 0);
}
