/*
 * Physical pages: every frame is another, each class of request leaves its
 * reserve, and a domain that runs dry is followed by the next.
 */
#include "vm_test.h"

#define	FRAMES	256

static vm_page_t	got[FRAMES];
static unsigned		ngot;

/* Allocate pages without an object until there is none; returns how many. */
static unsigned
exhaust(int class)
{
	unsigned before = ngot;
	vm_page_t m;

	while ((m = vm_page_alloc(NULL, 0, class | VM_ALLOC_NOOBJ)) != NULL)
		got[ngot++] = m;
	return (ngot - before);
}

static void
free_all(void)
{
	while (ngot > 0)
		test_free(got[--ngot]);
}

LAB_TEST(phys_classes_leave_their_reserves)
{
	test_boot(FRAMES);
	CHECK_EQ(vm_cnt.v_page_count, FRAMES);
	CHECK(vm_cnt.v_free_reserved > vm_cnt.v_interrupt_free_min);
	CHECK(vm_cnt.v_interrupt_free_min > 0);
	CHECK_EQ(exhaust(VM_ALLOC_NORMAL), FRAMES - vm_cnt.v_free_reserved);
	CHECK_EQ(vm_free_count(), vm_cnt.v_free_reserved);
	CHECK_EQ(exhaust(VM_ALLOC_SYSTEM),
	    vm_cnt.v_free_reserved - vm_cnt.v_interrupt_free_min);
	CHECK_EQ(exhaust(VM_ALLOC_INTERRUPT), vm_cnt.v_interrupt_free_min);
	CHECK_EQ(vm_free_count(), 0);
	free_all();
	CHECK_EQ(vm_free_count(), FRAMES);
	test_end();
}

LAB_TEST(phys_failure_counts_what_was_wanted)
{
	unsigned before;

	test_boot(FRAMES);
	(void)exhaust(VM_ALLOC_NORMAL);
	before = vm_cnt.v_pageout_deficit;
	CHECK(vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ) == NULL);
	CHECK_EQ(vm_cnt.v_pageout_deficit, before + 1);
	CHECK(vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ | VM_ALLOC_COUNT(15)) ==
	    NULL);
	CHECK_EQ(vm_cnt.v_pageout_deficit, before + 16);
	free_all();
	test_end();
}

LAB_TEST(phys_every_page_has_its_own_frame)
{
	uint64_t *frame;

	test_boot(FRAMES);
	(void)exhaust(VM_ALLOC_INTERRUPT);
	CHECK_EQ(ngot, FRAMES);
	for (unsigned i = 0; i < FRAMES; i++) {
		CHECK(PHYS_TO_VM_PAGE(got[i]->phys_addr) == got[i]);
		CHECK(PHYS_TO_VM_PAGE(got[i]->phys_addr + PAGE_MASK) ==
		    got[i]);
		frame = vm_page_dmap(got[i]);
		CHECK_EQ((uintptr_t)frame % PAGE_SIZE, 0);
		frame[0] = frame[PAGE_SIZE / 8 - 1] = i;
	}
	for (unsigned i = 0; i < FRAMES; i++) {
		frame = vm_page_dmap(got[i]);
		CHECK_EQ(frame[0], i);
		CHECK_EQ(frame[PAGE_SIZE / 8 - 1], i);
	}
	free_all();
	test_end();
}

/* Home first, then each next; the reserve is of all domains together. */
LAB_TEST(phys_allocation_goes_on_in_the_next_domain)
{
	vm_ndomains_tunable = 4;
	vm_boot(ptoa(FRAMES), 2);
	CHECK_EQ(vm_ndomains, 4);
	CHECK_EQ(exhaust(VM_ALLOC_NORMAL), FRAMES - vm_cnt.v_free_reserved);
	for (unsigned i = 0; i < ngot; i++)
		CHECK_EQ(got[i]->domain, (2 + i / (FRAMES / 4)) % 4);
	free_all();
	CHECK_EQ(vm_dom[2].vmd_free_count, FRAMES / 4);
	test_end();
	vm_ndomains_tunable = 0;
}

LAB_TEST(phys_domains_share_no_page_lock)
{
	vm_ndomains_tunable = 2;
	vm_boot(ptoa(FRAMES), 0);
	CHECK(vm_page_lockptr(vm_dom[0].vmd_pages) ==
	    vm_page_lockptr(vm_dom[0].vmd_pages + 1));
	CHECK(vm_page_lockptr(vm_dom[0].vmd_pages) !=
	    vm_page_lockptr(vm_dom[1].vmd_pages));
	test_end();
	vm_ndomains_tunable = 0;
}

LAB_TEST_PANIC(phys_too_little_memory_panics, "need 64 pages")
{
	test_boot(63);
}

LAB_TEST_PANIC(phys_free_page_freed_panics, "is free already")
{
	test_boot(FRAMES);
	(void)exhaust(VM_ALLOC_NORMAL);
	test_free(got[5]);
	test_free(got[5]);
}
