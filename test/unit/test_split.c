/*
 * Objects of several entries, divided at a fork: bytes, charges, what is in
 * swap, what is behind, and pages that are busy.
 */
#include "charge_test.h"
#include <vm/swap_pager.h>
#include <vm/vm_pageout.h>

#define	N	9		/* pages, in three entries of three */

static struct vmspace *child;

static uint64_t
word(unsigned i)
{
	return (vm_anon_pattern(i));
}

/* Anonymous memory in one object, of which the middle may only be read. */
static void
setup(void)
{
	ch_setup();
	ch_anon(0, N, VM_PROT_RW);
	for (unsigned i = 0; i < N; i++)
		ft_page_fill(vm, FT_VA(i), word(i));
	ch_protect(3, 6, VM_PROT_READ);
	CHECK_EQ(ch_entry(vm, 0)->object->ref_count, 3);
	CHECK_EQ(ch_entry(vm, 0)->object->charge, PAGES(N));
}

static void
do_fork(void)
{
	CHECK_EQ(vmspace_fork(vm, &child), 0);
}

/* Each third has an object, of its pages alone, mapped from its begin. */
static void
check_divided(void)
{
	vm_map_entry_t e;

	for (unsigned i = 0; i < N; i += 3) {
		e = ch_entry(vm, i);
		CHECK(i == 0 || e->object != ch_entry(vm, i - 3)->object);
		CHECK_EQ(e->object->ref_count, 2);
		CHECK_EQ(e->object->charge, PAGES(3));
		CHECK(ch_entry(child, i)->object == e->object);
		CHECK_EQ(ch_entry(child, i)->offset, e->offset);
	}
}

static void
check_bytes(struct vmspace *space)
{
	for (unsigned i = 0; i < N; i++)
		CHECK(ft_page_is(space, FT_VA(i), word(i)));
}

/* All charges are found, in the two spaces. */
static void
check_charges(void)
{
	struct uidinfo *const nobody[CH_USERS] = { 0 };
	struct charges c;

	ch_begin(&c);
	ch_space(&c, vm);
	ch_space(&c, child);
	ch_check(&c, nobody);
}

static void
teardown(void)
{
	vmspace_free(child);
	check_bytes(vm);
	ch_teardown();
}

LAB_TEST(split_at_fork)
{
	setup();
	do_fork();
	check_divided();
	check_charges();
	CHECK_EQ(vm_swap.swap_reserved, PAGES(3 * N));
	check_bytes(child);
	check_bytes(vm);
	ft_page_fill(child, FT_VA(0), 1);
	check_bytes(vm);
	check_charges();
	teardown();
}

/* Pages stay mapped where they are, and in use by their new object. */
LAB_TEST(split_keeps_mappings)
{
	vm_page_t m;

	setup();
	m = ft_page(ch_entry(vm, 0)->object, 4);
	do_fork();
	CHECK(pmap_access(&vm->vm_pmap, FT_VA(4), VM_PROT_READ) ==
	    vm_page_dmap(m));
	CHECK(ft_page(ch_entry(vm, 4)->object, 1) == m);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	CHECK(!pv_busied(m));
	teardown();
}

/* One entry, or pages that others may reach: nothing to divide. */
LAB_TEST(split_of_nothing)
{
	vm_object_t object;

	ch_setup();
	ch_anon(0, 3, VM_PROT_RW);
	ft_store(vm, FT_VA(0), 1);
	object = ch_entry(vm, 0)->object;
	do_fork();
	CHECK(ch_entry(vm, 0)->object == object);
	vmspace_free(child);
	object = ft_resident(4);
	CHECK_EQ(ch_insert(ft_keep(object), 10, 12, VM_PROT_RW, 0),
	    KERN_SUCCESS);
	CHECK_EQ(ch_insert(object, 20, 24, VM_PROT_RW, 0), KERN_SUCCESS);
	do_fork();
	CHECK(ch_entry(vm, 10)->object == object);
	CHECK(ch_entry(vm, 20)->object == object);
	vmspace_free(child);
	ch_teardown();
}

/* What neither had written is still read through both. */
LAB_TEST(split_shares_what_is_behind)
{
	vm_object_t behind;

	ch_setup();
	behind = ft_resident(6);
	CHECK_EQ(ch_insert(ft_keep(behind), 0, 6, VM_PROT_RW, COW),
	    KERN_SUCCESS);
	ft_store(vm, FT_VA(0), 100);
	ft_store(vm, FT_VA(4), 104);
	ch_protect(3, 6, VM_PROT_READ);
	do_fork();
	CHECK(ch_entry(vm, 0)->object != ch_entry(vm, 3)->object);
	CHECK_EQ(behind->shadow_count, 2);
	for (unsigned i = 0; i < 6; i++) {
		CHECK_EQ(ft_load(child, FT_VA(i)), i % 4 == 0 ? 100 + i :
		    i + 1);
		CHECK_EQ(ft_load(vm, FT_VA(i)), i % 4 == 0 ? 100 + i : i + 1);
	}
	check_charges();
	vmspace_free(child);
	ch_unmap(0, 6);
	CHECK_EQ(behind->shadow_count, 0);
	CHECK_EQ(behind->ref_count, 1);
	vm_object_deallocate(behind);
	ch_teardown();
}

/* Write all pages out and free them. */
static void
swap_out(vm_object_t object)
{
	vm_page_t m, mc[N];

	pv_object_lock(object);
	for (unsigned i = 0; i < N; i++)
		mc[i] = vm_page_lookup(object, i);
	CHECK_EQ(vm_pageout_flush(mc, N), N);
	while ((m = TAILQ_FIRST(&object->memq)) != NULL) {
		vm_page_lock(m);
		CHECK(vm_page_try_to_free(m));
		vm_page_unlock(m);
	}
	pv_object_unlock(object);
}

/*
 * What is out follows by its block; what has come back in loses it, but for the
 * last entry, which is left alone with the old object.
 */
LAB_TEST(split_of_what_is_in_swap)
{
	setup();
	CHECK_EQ(swap_on(NULL, 2 * N), 0);
	swap_out(ch_entry(vm, 0)->object);
	CHECK_EQ(swap_used(), N);
	/* Read-ahead brings pages 4 and 5 too. */
	CHECK(ft_page_is(vm, FT_VA(4), word(4)));
	do_fork();
	check_divided();
	CHECK_EQ(ch_entry(vm, 0)->object->type, OBJT_SWAP);
	CHECK_EQ(ch_entry(vm, 0)->object->resident_page_count, 0);
	CHECK(ch_entry(vm, 3)->object->resident_page_count > 0);
	CHECK_EQ(swap_used() + ch_entry(vm, 3)->object->resident_page_count,
	    N);
	check_bytes(child);
	check_bytes(vm);
	check_charges();
	vmspace_free(child);
	ch_unmap(0, N);
	CHECK_EQ(swap_used(), 0);
	ch_teardown();
}

#if TEST_SYNCHRONISED
static vm_page_t	busied;

static void
fork_beside_busy(void *arg, unsigned i)
{
	vm_object_t object = arg;

	if (i == 0) {
		do_fork();
		return;
	}
	test_await_sleepers(busied, 1);
	/* It may be queued already, and about to let go of the lock. */
	pv_object_lock(object);
	CHECK(busied->object == object);
	pv_object_unlock(object);
	pv_xunbusy(busied);
}

/* The fork sleeps, its object free for others, until the page is no one's. */
LAB_TEST(split_waits_for_busy_pages)
{
	vm_object_t object;

	setup();
	object = ch_entry(vm, 0)->object;
	busied = pv_grab(object, 1, VM_ALLOC_NORMAL);
	test_threads(2, fork_beside_busy, object);
	check_divided();
	check_bytes(child);
	check_charges();
	teardown();
}
#endif /* TEST_SYNCHRONISED */
