/*
 * Kernel memory: its pages, its addresses, and the end of both; a shortage
 * that is refused or waited out.
 */
#include "fault_test.h"
#include <vm/vm_kmem.h>

static void
setup(void)
{
	test_boot(FT_FRAMES);
	kmem_init();
}

static void
teardown(void)
{
	CHECK_EQ(kernel_object->resident_page_count, 0);
	CHECK_EQ(kmem_object->resident_page_count, 0);
	CHECK_EQ(kernel_pmap->pm_resident, 0);
	kmem_fini();
	test_end();
}

/* Both objects' pages are unmanaged, wired once, valid, nobody's busy. */
static void
pages_right(struct kmem_arena *arena, vm_offset_t addr, unsigned n)
{
	vm_prot_t prot;
	vm_page_t m;
	unsigned i;

	CHECK_EQ(arena->va_object->type, OBJT_PHYS);
	for (i = 0; i < n; i++) {
		m = ft_page(arena->va_object, kmem_index(addr) + i);
		CHECK(m != NULL && !vm_page_managed(m) && !pv_busied(m));
		CHECK_EQ(m->wire_count, 1);
		CHECK_EQ(m->valid, VM_PAGE_BITS_ALL);
		CHECK_EQ(m->queue, PQ_NONE);
		CHECK(pmap_extract(kernel_pmap, addr + ptoa(i), &prot) == m);
		CHECK_EQ(prot, VM_PROT_RW);
	}
	CHECK_EQ(pmap_pv_count(), 0);
}

static uint64_t *
bytes(vm_offset_t addr)
{
	void *p = pmap_access(kernel_pmap, addr, VM_PROT_WRITE);

	CHECK(p != NULL);
	return (p);
}

LAB_TEST(kmem_pages)
{
	vm_offset_t a, b;
	unsigned wired;

	setup();
	wired = vm_cnt.v_wire_count;
	a = kmem_malloc(&kmem_arena, 3 * PAGE_SIZE - 1, M_WAITOK);
	b = kmem_alloc(2 * PAGE_SIZE);
	CHECK(a != 0 && b != 0);
	CHECK_EQ(vm_cnt.v_wire_count, wired + 5);
	pages_right(&kmem_arena, a, 3);
	pages_right(&kernel_arena, b, 2);
	CHECK_EQ(*bytes(b + PAGE_SIZE), 0);
	*bytes(a + 2 * PAGE_SIZE) = 9;
	CHECK_EQ(*bytes(a + 2 * PAGE_SIZE), 9);
	kmem_free(&kmem_arena, a, 3 * PAGE_SIZE - 1);
	CHECK(pmap_access(kernel_pmap, a, VM_PROT_READ) == NULL);
	kmem_free(&kernel_arena, b, 2 * PAGE_SIZE);
	CHECK_EQ(vm_cnt.v_wire_count, wired);
	teardown();
}

/* Cleared where it is asked for; the frame was somebody's before. */
LAB_TEST(kmem_zero)
{
	vm_offset_t a;

	setup();
	a = kmem_malloc(&kmem_arena, PAGE_SIZE, M_WAITOK);
	*bytes(a) = 5;
	kmem_free(&kmem_arena, a, PAGE_SIZE);
	for (int i = 0; i < 8; i++) {
		a = kmem_malloc(&kmem_arena, PAGE_SIZE, M_WAITOK | M_ZERO);
		CHECK_EQ(*bytes(a), 0);
		*bytes(a) = 5;
		kmem_free(&kmem_arena, a, PAGE_SIZE);
	}
	teardown();
}

LAB_TEST(kmem_addresses_are_used_again)
{
	vm_offset_t a, b, c;

	setup();
	a = kmem_malloc(&kmem_arena, 2 * PAGE_SIZE, M_WAITOK);
	b = kmem_malloc(&kmem_arena, PAGE_SIZE, M_WAITOK);
	CHECK_EQ(b, a + 2 * PAGE_SIZE);
	kmem_free(&kmem_arena, a, 2 * PAGE_SIZE);
	c = kmem_malloc(&kmem_arena, 3 * PAGE_SIZE, M_WAITOK);
	CHECK_EQ(c, b + PAGE_SIZE);
	CHECK_EQ(kmem_malloc(&kmem_arena, PAGE_SIZE, M_WAITOK), a);
	kmem_free(&kmem_arena, a, PAGE_SIZE);
	kmem_free(&kmem_arena, b, PAGE_SIZE);
	kmem_free(&kmem_arena, c, 3 * PAGE_SIZE);
	CHECK_EQ(kmem_malloc(&kmem_arena, ptoa(VM_KMEM_PAGES + 1), M_NOWAIT),
	    0);
	teardown();
}

/* Half of it could be had: all of that is given back. */
LAB_TEST(kmem_nowait_leaves_nothing)
{
	unsigned free;

	setup();
	free = vm_free_count();
	CHECK(free < VM_KMEM_PAGES);
	CHECK_EQ(kmem_malloc(&kmem_arena, ptoa(free + 1), M_NOWAIT), 0);
	CHECK_EQ(vm_free_count(), free);
	CHECK_EQ(kmem_object->resident_page_count, 0);
	teardown();
}

#if TEST_SYNCHRONISED
static vm_offset_t	hog, got;
static size_t		hogged;

static void
wait_for_memory(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		got = kmem_malloc(&kmem_arena, 8 * PAGE_SIZE, M_WAITOK);
		return;
	}
	test_await_sleepers(&vm_shortage, 1);
	kmem_free(&kernel_arena, hog, hogged);
}

/* Nobody sleeps with the object locked, and what was begun is ended. */
LAB_TEST(kmem_waits_for_memory)
{
	setup();
	hogged = ptoa(vm_free_count() - vm_cnt.v_interrupt_free_min - 2);
	hog = kmem_malloc(&kernel_arena, hogged, M_WAITOK);
	CHECK(hog != 0);
	test_threads(2, wait_for_memory, NULL);
	pages_right(&kmem_arena, got, 8);
	kmem_free(&kmem_arena, got, 8 * PAGE_SIZE);
	teardown();
}

static void
churn(void *arg, unsigned i)
{
	vm_offset_t a;
	unsigned n;

	(void)arg;
	for (n = 0; n < 40; n++) {
		a = kmem_malloc(&kmem_arena, ptoa(1 + (n + i) % 4), M_WAITOK);
		CHECK(a != 0);
		*bytes(a) = i;
		CHECK_EQ(*bytes(a), i);
		kmem_free(&kmem_arena, a, ptoa(1 + (n + i) % 4));
	}
}

LAB_TEST(kmem_concurrent)
{
	setup();
	test_threads(4, churn, NULL);
	teardown();
}
#endif
