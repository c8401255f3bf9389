/*
 * The swap pager on one thread: bytes come back, blocks are neither lost nor
 * kept, clusters are read and written whole, and space that runs out or a
 * device that fails costs no page but the one asked for.
 * Method: pages full of a word of their own; transfers are done at once, as
 * no thread serves them; the nth fails.
 */
#include "swap_test.h"

LAB_TEST(swap_space_on_and_off)
{
	test_boot(FT_FRAMES);
	CHECK_EQ(swap_off(), ENXIO);
	CHECK_EQ(swap_on(NULL, 0), EINVAL);
	CHECK_EQ(swap_on("/nonexistent/swap", 8), ENOENT);
	CHECK_EQ(swap_space_alloc(1), SWAPBLK_NONE);
	CHECK_EQ(swap_on(NULL, 8), 0);
	CHECK_EQ(swap_on(NULL, 8), EBUSY);
	CHECK_EQ(swap_off(), 0);
	CHECK_EQ(swap_on(NULL, 8), 0);
	test_end();
}

/* Runs, holes, the end, and blocks beyond a word of the map. */
LAB_TEST(swap_space_runs)
{
	test_boot(FT_FRAMES);
	CHECK_EQ(swap_on(NULL, 140), 0);
	for (unsigned i = 0; i < 8; i++)
		CHECK_EQ(swap_space_alloc(16), 16 * i);
	CHECK_EQ(swap_space_alloc(16), SWAPBLK_NONE);
	CHECK_EQ(swap_space_alloc(12), 128);
	CHECK_EQ(swap_used(), 140);
	CHECK_EQ(swap_off(), EBUSY);
	swap_space_free(60, 8);
	CHECK_EQ(swap_space_alloc(9), SWAPBLK_NONE);
	CHECK_EQ(swap_space_alloc(3), 60);
	CHECK_EQ(swap_space_alloc(5), 63);
	swap_space_free(0, 16);
	/* From where the last one ended on, then from the beginning. */
	swap_space_free(100, 2);
	CHECK_EQ(swap_space_alloc(1), 100);
	CHECK_EQ(swap_space_alloc(2), 0);
	swap_space_free(0, 2);
	swap_space_free(16, 85);
	swap_space_free(102, 38);
	CHECK_EQ(swap_used(), 0);
	test_end();
}

LAB_TEST_PANIC(swap_block_freed_twice_panics, "mark_blocks")
{
	test_boot(FT_FRAMES);
	CHECK_EQ(swap_on(NULL, 8), 0);
	swap_space_free(swap_space_alloc(1), 1);
	swap_space_free(0, 1);
	/* Without assertions nobody looks. */
#ifndef INVARIANTS
	panic("mark_blocks");
#endif
}

LAB_TEST(swap_bytes_survive)
{
	st_setup(40, 64);
	CHECK_EQ(st_object->type, OBJT_DEFAULT);
	st_out(0, 16);
	st_out(16, 16);
	st_out(32, 8);
	CHECK_EQ(st_object->type, OBJT_SWAP);
	CHECK_EQ(st_object->resident_page_count, 0);
	CHECK_EQ(st_object->paging_in_progress, 0);
	CHECK_EQ(swap_used(), 40);
	for (unsigned i = 0; i < 40; i += 3)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	for (unsigned i = 0; i < 40; i++)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	/* They were only read: what is out still counts. */
	CHECK_EQ(swap_used(), 40);
	CHECK_EQ(ft_page(st_object, 7)->dirty, 0);
	CHECK_EQ(st_reclaim(0, 40), 40);
	st_teardown();
}

/* A page never written is out without a block, and zero again. */
LAB_TEST(swap_absent_page_is_zero)
{
	st_setup(4, 64);
	st_out(0, 1);
	pv_object_lock(st_object);
	vm_object_page_remove(st_object, 1, 3);
	pv_object_unlock(st_object);
	CHECK(ft_page_is(st_vm, FT_VA(1), 0));
	CHECK(ft_page_is(st_vm, FT_VA(0), st_word(0)));
	CHECK(ft_page_is(st_vm, FT_VA(3), st_word(3)));
	st_teardown();
}

LAB_TEST(swap_reads_what_lies_beside)
{
	int before, after;

	st_setup(24, 64);
	st_out(0, 16);
	ft_load(st_vm, FT_VA(2));
	CHECK_EQ(st_object->resident_page_count, 8 + 1 + VM_FAULT_READ_AHEAD);
	/* Page 12 moves, so a run ends before it. */
	ft_page_fill(st_vm, FT_VA(12), 1);
	CHECK_EQ(swap_used(), 15);
	st_out(12, 1);
	CHECK_EQ(swap_used(), 16);
	ft_load(st_vm, FT_VA(10));
	CHECK(ft_page(st_object, 11) != NULL);
	CHECK(ft_page(st_object, 12) == NULL);
	pv_object_lock(st_object);
	CHECK(swap_pager_ops.pgo_haspage(st_object, 5, &before, &after));
	CHECK_EQ(before, 5);
	CHECK_EQ(after, 6);
	CHECK(!swap_pager_ops.pgo_haspage(st_object, 20, NULL, NULL));
	pv_object_unlock(st_object);
	CHECK(ft_page_is(st_vm, FT_VA(12), 1));
	st_teardown();
}

/* Pages to both sides of the one asked for; one too many is given up. */
LAB_TEST(swap_reads_to_both_sides)
{
	vm_page_t m[8];

	st_setup(8, 64);
	st_out(0, 8);
	ft_page_fill(st_vm, FT_VA(1), 1);
	st_out(1, 1);
	CHECK_EQ(st_reclaim(0, 8), 6);
	pv_object_lock(st_object);
	vm_object_page_remove(st_object, 7, 8);
	for (unsigned i = 0; i < 8; i++) {
		m[i] = vm_page_lookup(st_object, i);
		CHECK(m[i] == NULL);
		m[i] = vm_page_alloc(st_object, i, VM_ALLOC_NORMAL);
		CHECK(m[i] != NULL);
	}
	CHECK_EQ(swap_pager_ops.pgo_getpages(st_object, m, 8, 4),
	    VM_PAGER_OK);
	CHECK_EQ(st_object->resident_page_count, 5);
	for (unsigned i = 2; i < 7; i++) {
		CHECK(vm_page_lookup(st_object, i) == m[i]);
		CHECK_EQ(*(uint64_t *)vm_page_dmap(m[i]), st_word(i));
		CHECK_EQ(m[i]->valid, VM_PAGE_BITS_ALL);
		CHECK(TEST_SYNCHRONISED ? pv_xbusied(m[i]) == (i == 4) : true);
	}
	pv_xunbusy_locked(m[4]);
	pv_object_unlock(st_object);
	st_teardown();
}

/* A block goes when its page is written to, removed, or the object ends. */
LAB_TEST(swap_blocks_are_given_back)
{
	st_setup(16, 64);
	st_out(0, 16);
	ft_store(st_vm, FT_VA(3), 5);
	CHECK_EQ(swap_used(), 15);
	ft_load(st_vm, FT_VA(4));
	CHECK_EQ(swap_used(), 15);
	CHECK_EQ(st_flush(3, 1), 1);
	CHECK_EQ(swap_used(), 16);
	/* Written again, a page has one block, not two. */
	CHECK_EQ(st_flush(3, 1), 1);
	CHECK_EQ(swap_used(), 16);
	pv_object_lock(st_object);
	vm_object_page_remove(st_object, 8, 12);
	pv_object_unlock(st_object);
	CHECK_EQ(swap_used(), 12);
	CHECK(ft_page_is(st_vm, FT_VA(9), 0));
	CHECK(ft_page_is(st_vm, FT_VA(12), st_word(12)));
	st_teardown();
}

/* What there is room for goes out; the rest stays, dirty and whole. */
LAB_TEST(swap_full)
{
	unsigned dirty = 0;
	vm_page_t m;

	st_setup(16, 10);
	CHECK_EQ(st_flush(0, 16), 10);
	CHECK_EQ(swap_used(), 10);
	for (unsigned i = 0; i < 16; i++) {
		m = ft_page(st_object, i);
		CHECK(m != NULL && !pv_busied(m));
		CHECK(m->dirty == 0 || m->queue == PQ_ACTIVE);
		dirty += m->dirty != 0;
	}
	CHECK_EQ(dirty, 6);
	CHECK_EQ(st_object->paging_in_progress, 0);
	CHECK_EQ(st_reclaim(0, 16), 10);
	for (unsigned i = 0; i < 16; i++)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	st_teardown();
}

LAB_TEST(swap_without_space)
{
	st_setup(4, 0);
	CHECK_EQ(st_flush(0, 4), 0);
	CHECK_EQ(st_reclaim(0, 4), 0);
	CHECK(ft_page_is(st_vm, FT_VA(3), st_word(3)));
	st_teardown();
}

/* Objects whose pager writes nothing keep what they have. */
LAB_TEST(swap_is_not_for_other_pagers)
{
	vm_object_t object;
	vm_page_t m;

	st_setup(1, 16);
	object = vm_anon_pager_allocate(2);
	CHECK_EQ(vm_map_insert(&st_vm->vm_map, object, 0, FT_VA(8),
	    FT_VA(10), VM_PROT_RW, 0), KERN_SUCCESS);
	ft_store(st_vm, FT_VA(8), 3);
	m = ft_page(object, 0);
	pv_object_lock(object);
	CHECK_EQ(vm_pageout_flush(&m, 1), 0);
	CHECK(m->dirty != 0 && !pv_busied(m));
	pv_object_unlock(object);
	CHECK_EQ(ft_load(st_vm, FT_VA(8)), 3);
	CHECK_EQ(swap_used(), 0);
	st_teardown();
}

LAB_TEST(swap_read_error_costs_the_fault_and_no_data)
{
	st_setup(8, 16);
	st_out(0, 8);
	swap_fail_read(1);
	CHECK_EQ(ft_fault(st_vm, FT_VA(2), VM_PROT_READ), KERN_FAILURE);
	CHECK_EQ(st_object->resident_page_count, 0);
	CHECK_EQ(st_object->paging_in_progress, 0);
	CHECK_EQ(swap_used(), 8);
	for (unsigned i = 0; i < 8; i++)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	st_teardown();
}

/* The second transfer: pages of the first one are there and stay. */
LAB_TEST(swap_nth_read_fails)
{
	st_setup(12, 16);
	st_out(0, 12);
	swap_fail_read(2);
	ft_load(st_vm, FT_VA(0));
	CHECK_EQ(st_object->resident_page_count, 8);
	CHECK_EQ(ft_fault(st_vm, FT_VA(9), VM_PROT_WRITE), KERN_FAILURE);
	CHECK_EQ(st_object->resident_page_count, 8);
	CHECK(ft_page_is(st_vm, FT_VA(9), st_word(9)));
	st_teardown();
}

/* A wired page beside the one asked for cannot be freed: it is let go. */
LAB_TEST(swap_read_error_beside_a_wired_page)
{
	vm_page_t m[3];

	st_setup(3, 16);
	st_out(0, 3);
	pv_object_lock(st_object);
	for (unsigned i = 0; i < 3; i++)
		m[i] = vm_page_alloc(st_object, i, i == 2 ?
		    VM_ALLOC_NORMAL | VM_ALLOC_WIRED : VM_ALLOC_NORMAL);
	swap_fail_read(1);
	CHECK_EQ(swap_pager_ops.pgo_getpages(st_object, m, 3, 0),
	    VM_PAGER_ERROR);
	CHECK(vm_page_lookup(st_object, 1) == NULL);
	CHECK(vm_page_lookup(st_object, 2) == m[2]);
	CHECK(m[2]->valid == 0 && !pv_busied(m[2]));
	CHECK(!TEST_SYNCHRONISED || pv_xbusied(m[0]));
	for (unsigned i = 0; i < 3; i += 2) {
		vm_page_lock(m[i]);
		if (i == 2)
			vm_page_unwire(m[i], PQ_NONE);
		vm_page_free(m[i]);
		vm_page_unlock(m[i]);
	}
	pv_object_unlock(st_object);
	for (unsigned i = 0; i < 3; i++)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	st_teardown();
}

LAB_TEST(swap_write_error_keeps_pages_dirty)
{
	vm_page_t m;

	st_setup(20, 64);
	swap_fail_write(2);
	CHECK_EQ(st_flush(0, 10), 10);
	CHECK_EQ(st_flush(10, 10), 10);
	for (unsigned i = 0; i < 20; i++) {
		m = ft_page(st_object, i);
		CHECK(m != NULL && !pv_busied(m));
		CHECK_EQ(m->dirty != 0, i >= 10);
		CHECK(i < 10 || m->queue == PQ_ACTIVE);
	}
	CHECK_EQ(st_object->paging_in_progress, 0);
	CHECK_EQ(st_reclaim(0, 20), 10);
	CHECK_EQ(st_flush(10, 10), 10);
	CHECK_EQ(st_reclaim(10, 10), 10);
	CHECK_EQ(swap_used(), 20);
	for (unsigned i = 0; i < 20; i++)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	st_teardown();
}

static void
deactivate_all(void)
{
	vm_page_t m;

	TAILQ_FOREACH(m, &st_object->memq, listq) {
		vm_page_lock(m);
		vm_page_deactivate(m);
		vm_page_unlock(m);
	}
}

/* Aligned if it can be; no active, busy, held or clean page; 16 at most. */
LAB_TEST(swap_cluster_takes_neighbours_along)
{
	vm_page_t m, active;

	st_setup(64, 64);
	pv_object_lock(st_object);
	deactivate_all();
	CHECK_EQ(vm_pageout_clean(vm_page_lookup(st_object, 21)), 16);
	CHECK_EQ(vm_page_lookup(st_object, 16)->dirty, 0);
	CHECK_EQ(vm_page_lookup(st_object, 31)->dirty, 0);
	CHECK(vm_page_lookup(st_object, 32)->dirty != 0);
	/* 40 is the boundary to the one side, 45 to the other. */
	active = vm_page_lookup(st_object, 40);
	vm_page_lock(active);
	vm_page_activate(active);
	vm_page_unlock(active);
	m = vm_page_lookup(st_object, 45);
	vm_page_lock(m);
	vm_page_hold(m);
	vm_page_unlock(m);
	CHECK_EQ(vm_pageout_clean(vm_page_lookup(st_object, 43)), 4);
	CHECK(active->dirty != 0 && m->dirty != 0);
	vm_page_lock(m);
	vm_page_unhold(m);
	vm_page_unlock(m);
	/* 48..63 is clean behind it; it goes on before its boundary. */
	CHECK_EQ(vm_pageout_clean(vm_page_lookup(st_object, 48)), 16);
	CHECK_EQ(vm_pageout_clean(vm_page_lookup(st_object, 47)), 3);
	pv_object_unlock(st_object);
	st_teardown();
}
