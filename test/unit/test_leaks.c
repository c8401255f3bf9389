/*
 * vm_leaks() finds each kind of thing a run can leave behind, and names it
 * with its number.
 */
#include <string.h>

#include <vm/vm_radix.h>
#include "vm_test.h"

static char	why[LAB_WHY_MAX];

static bool
contains(const char *text, const char *part)
{
	size_t i;

	for (; *text != '\0'; text++) {
		for (i = 0; part[i] != '\0' && text[i] == part[i]; i++)
			continue;
		if (part[i] == '\0')
			return (true);
	}
	return (false);
}

/* The reason must name this; the VM is then taken down as it is. */
static void
check_leak(const char *what)
{
	CHECK(vm_leaks(why, sizeof(why)) > 0);
	if (!contains(why, what))
		md_panic("vm_leaks: \"%s\" does not say \"%s\"", why, what);
	vm_shutdown();
	kern_thread_attach(0);
}

LAB_TEST(leaks_none_in_a_new_vm)
{
	test_boot(64);
	why[0] = 'x';
	CHECK_EQ(vm_leaks(why, sizeof(why)), 0);
	CHECK_EQ(why[0], '\0');
	test_end();
}

LAB_TEST(leaks_a_page_in_no_object)
{
	test_boot(64);
	(void)vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	(void)vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	check_leak("2 pages not free");
}

LAB_TEST(leaks_a_fictitious_page)
{
	test_boot(64);
	(void)vm_page_getfake(0);
	check_leak("1 fictitious pages");
}

LAB_TEST(leaks_an_object_with_its_pages_and_nodes)
{
	vm_object_t object;

	test_boot(64);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	(void)pv_alloc(object, 0, VM_ALLOC_NORMAL);
	(void)pv_alloc(object, 1, VM_ALLOC_WIRED);
	CHECK(vm_leaks(why, sizeof(why)) > 0);
	CHECK(contains(why, "2 pages not free"));
	CHECK(contains(why, "1 pages wired"));
	CHECK(contains(why, "1 radix nodes"));
	CHECK_EQ(contains(why, "2 pages busy"), TEST_SYNCHRONISED);
	check_leak("1 objects");
}

LAB_TEST(leaks_a_hold)
{
	vm_page_t m;

	test_boot(64);
	m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	vm_page_lock(m);
	vm_page_hold(m);
	vm_page_unlock(m);
	test_free(m);
	check_leak("1 pages held");
}

LAB_TEST(leaks_a_mapping_that_is_left)
{
	struct vmspace *vm;
	vm_object_t object;
	vm_page_t m;

	test_boot(64);
	vm = vmspace_alloc();
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	CHECK_EQ(vm_map_insert(&vm->vm_map, object, 0, 0x10000, 0x20000,
	    VM_PROT_RW, 0), KERN_SUCCESS);
	m = pv_alloc(object, 0, VM_ALLOC_NORMAL);
	CHECK_EQ(pmap_enter(&vm->vm_pmap, 0x10000, VM_PROT_READ, m,
	    VM_PROT_RW, 0), KERN_SUCCESS);
	pv_xunbusy(m);
	CHECK(vm_leaks(why, sizeof(why)) > 0);
	CHECK(contains(why, "1 pv entries"));
	CHECK(contains(why, "1 pages not free"));
	check_leak("1 map entries");
}

/* A page that is on no free list and says that it is free. */
LAB_TEST(leaks_a_lost_page)
{
	vm_page_t m;

	test_boot(64);
	m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	m->flags = PG_FREE;
	check_leak("1 pages lost");
}

LAB_TEST(leaks_reason_is_cut_to_its_room)
{
	char small[8];

	test_boot(64);
	(void)vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	small[7] = 'x';
	CHECK(vm_leaks(small, 7) > 0);
	CHECK_EQ(strlen(small), 6);
	CHECK_EQ(small[7], 'x');
	check_leak("1 pages not free");
}
