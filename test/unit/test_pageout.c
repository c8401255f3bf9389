/*
 * The page daemon: what a pass does to a page in each state, that it may come
 * at any time, and that a machine smaller than what it works on keeps running
 * and loses no byte.
 * Method: passes made by hand on one thread, then the daemon's thread beside
 * threads that write and verify words of their own; locks that the scan wants
 * held by another when it comes.
 */
#include "swap_test.h"

/* A pass that finds memory short. */
static unsigned
pass(void)
{
	vm_cnt.v_free_target = vm_cnt.v_page_count;
	vm_cnt.v_inactive_target = 0;
	return (vm_pageout_scan(1));
}

static vm_page_t
page_on(vm_pindex_t i, int queue)
{
	vm_page_t m = ft_page(st_object, i);

	CHECK(m != NULL);
	vm_page_lock(m);
	if (queue == PQ_INACTIVE)
		vm_page_deactivate(m);
	else
		vm_page_activate(m);
	vm_page_unlock(m);
	return (m);
}

/* Forget that page i was used, and make it inactive. */
static vm_page_t
unused(vm_pindex_t i)
{
	vm_page_t m = page_on(i, PQ_INACTIVE);

	(void)pmap_ts_referenced(m);
	vm_page_aflag_clear(m, PGA_REFERENCED);
	return (m);
}

LAB_TEST(pageout_marks_follow_freebsd)
{
	test_boot(FT_FRAMES);
	CHECK_EQ(vm_cnt.v_free_reserved, 2 + FT_FRAMES / 128);
	CHECK_EQ(vm_cnt.v_free_min, vm_cnt.v_free_reserved + 4);
	CHECK_EQ(vm_cnt.v_free_severe, vm_cnt.v_free_reserved + 2);
	CHECK_EQ(vm_cnt.v_free_target,
	    2 * vm_cnt.v_free_min + vm_cnt.v_free_reserved);
	CHECK(!vm_paging_needed() && !vm_page_count_severe());
	/* With no daemon to wake nobody is sent for it. */
	CHECK_EQ(vm_cnt.v_free_mark, vm_cnt.v_free_reserved);
	test_end();
}

/* Passes till one finds nothing; how many pages they wrote and freed. */
static unsigned
passes(void)
{
	unsigned n, sum = 0;

	while ((n = pass()) != 0)
		sum += n;
	return (sum);
}

/* Clean pages go, dirty ones are written first; a block keeps each. */
LAB_TEST(pageout_writes_then_frees)
{
	st_setup(20, 64);
	for (unsigned i = 0; i < 20; i++)
		(void)unused(i);
	/* One page writes a cluster of 16, of which it meets the rest clean. */
	CHECK_EQ(pass(), 20 + 18);
	CHECK_EQ(swap_used(), 20);
	CHECK_EQ(passes(), 2);
	CHECK_EQ(st_object->resident_page_count, 0);
	for (unsigned i = 0; i < 20; i++)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	st_teardown();
}

/* By hardware or by software, a page that was used is active. */
LAB_TEST(pageout_activates_what_was_used)
{
	vm_page_t m;

	st_setup(3, 16);
	m = unused(0);
	(void)ft_load(st_vm, FT_VA(0));
	(void)unused(1);
	vm_page_aflag_set(ft_page(st_object, 1), PGA_REFERENCED);
	(void)unused(2);
	CHECK_EQ(pass(), 1);
	CHECK_EQ(m->queue, PQ_ACTIVE);
	/* The pass goes on to the active queue, where none is used since. */
	CHECK_EQ(m->act_count, ACT_INIT + 4 - 1);
	CHECK_EQ(ft_page(st_object, 1)->queue, PQ_ACTIVE);
	CHECK_EQ(ft_page(st_object, 2)->queue, PQ_INACTIVE);
	CHECK_EQ(ft_page(st_object, 2)->dirty, 0);
	st_teardown();
}

LAB_TEST(pageout_active_pages_age)
{
	vm_page_t m;
	unsigned n;

	st_setup(1, 16);
	m = page_on(0, PQ_ACTIVE);
	(void)pmap_ts_referenced(m);
	vm_page_aflag_clear(m, PGA_REFERENCED);
	for (n = 0; m->queue == PQ_ACTIVE; n++)
		CHECK_EQ(pass(), 0);
	CHECK_EQ(n, ACT_INIT);
	(void)page_on(0, PQ_ACTIVE);
	(void)ft_load(st_vm, FT_VA(0));
	CHECK_EQ(pass(), 0);
	CHECK_EQ(m->act_count, ACT_INIT + 4);
	st_teardown();
}

/* Held, wired, busied pages stay, and so does one that is not all valid. */
LAB_TEST(pageout_leaves_what_is_in_use)
{
	vm_page_t m[4];

	st_setup(4, 16);
	for (unsigned i = 0; i < 4; i++)
		m[i] = unused(i);
	vm_page_lock(m[0]);
	vm_page_hold(m[0]);
	vm_page_wire(m[1]);
	vm_page_unlock(m[0]);
	pv_object_lock(st_object);
	pv_xbusy_locked(m[2]);
	m[3]->valid = 1;
	pv_object_unlock(st_object);
	if (!TEST_SYNCHRONISED)
		(void)page_on(2, PQ_ACTIVE);
	CHECK_EQ(pass(), 0);
	CHECK_EQ(pass(), 0);
	for (unsigned i = 0; i < 4; i++)
		CHECK(ft_page(st_object, i) == m[i] && m[i]->dirty != 0);
	pv_object_lock(st_object);
	m[3]->valid = VM_PAGE_BITS_ALL;
	pv_xunbusy_locked(m[2]);
	pv_object_unlock(st_object);
	vm_page_lock(m[0]);
	vm_page_unhold(m[0]);
	vm_page_unwire(m[1], PQ_INACTIVE);
	vm_page_unlock(m[0]);
	CHECK(ft_page_is(st_vm, FT_VA(3), st_word(3)));
	st_teardown();
}

LAB_TEST(pageout_stops_at_the_target)
{
	st_setup(40, 64);
	CHECK_EQ(st_flush(0, 16) + st_flush(16, 16) + st_flush(32, 8), 40);
	for (unsigned i = 0; i < 40; i++)
		(void)unused(i);
	vm_cnt.v_inactive_target = 0;
	vm_cnt.v_free_target = vm_free_count() + 7;
	CHECK_EQ(vm_pageout_scan(0), 7);
	CHECK_EQ(st_object->resident_page_count, 33);
	st_teardown();
}

/* A page may be told from a zero page only if its words are kept. */
LAB_TEST(pageout_with_swap_full)
{
	unsigned i;

	st_setup(20, 6);
	for (i = 0; i < 20; i++)
		(void)unused(i);
	CHECK_EQ(passes(), 2 * 6);
	CHECK_EQ(st_object->resident_page_count, 14);
	for (i = 0; i < 20; i++)
		CHECK(ft_page_is(st_vm, FT_VA(i), st_word(i)));
	st_teardown();
}

/* Pages of a file are clean; those that a private mapping copied are not. */
LAB_TEST(pageout_frees_pages_of_a_file)
{
	vm_object_t object;
	int error;

	st_setup(1, 16);
	object = vm_file_pager_allocate("/proc/self/exe", 8, &error);
	CHECK_EQ(vm_map_insert(&st_vm->vm_map, object, 0, FT_VA(16),
	    FT_VA(24), VM_PROT_RW, MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY),
	    KERN_SUCCESS);
	CHECK_EQ((uint32_t)ft_load(st_vm, FT_VA(16)), 0x464c457f);
	ft_store(st_vm, FT_VA(17), 9);
	for (unsigned i = 0; i < 2 * ACT_INIT + 6; i++)
		(void)pass();
	CHECK_EQ(object->resident_page_count, 0);
	CHECK_EQ((uint32_t)ft_load(st_vm, FT_VA(16)), 0x464c457f);
	CHECK_EQ(ft_load(st_vm, FT_VA(17)), 9);
	st_teardown();
}

#if TEST_SYNCHRONISED && !TEST_ONE_LOCK

/* ---- Locks that are held when the scan comes ----------------------------- */

static volatile unsigned step;		/* (a) */

static void
await_step(unsigned n)
{
	while (atomic_load_acq_int(&step) < n)
		md_spin_hint();
}

/* Thread 0 scans; thread 1 has the lock, and changes something meanwhile. */
static void
scan_and_hold_page(void *arg, unsigned i)
{
	vm_page_t m = arg;

	if (i == 0) {
		await_step(1);
		CHECK_EQ(pass(), 0);
		return;
	}
	vm_page_lock(m);
	atomic_store_rel_int(&step, 1);
	while ((atomic_load_ptr(&vm_page_lockptr(m)->mtx_lock) &
	    MTX_CONTESTED) == 0)
		md_spin_hint();
	vm_page_activate(m);
	vm_page_unlock(m);
}

LAB_TEST(pageout_page_that_moved_while_its_lock_was_waited_for)
{
	vm_page_t m;

	st_setup(1, 16);
	m = unused(0);
	step = 0;
	test_threads(2, scan_and_hold_page, m);
	CHECK_EQ(m->queue, PQ_ACTIVE);
	CHECK(m->dirty != 0);
	st_teardown();
}

/*
 * The object ends while the scan waits for its lock: this one holds it, sees
 * the scan come, and terminates.
 */
static void
scan_and_end_object(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		await_step(1);
		/* It may have the lock before the object ends. */
		(void)pass();
		return;
	}
	pv_object_lock(st_object);
	atomic_store_rel_int(&step, 1);
	/* The scan has tried, and gone on to wait. */
	while (atomic_load_ptr(&vm_pageout_wanted) == 0)
		md_spin_hint();
	pv_object_unlock(st_object);
	vm_object_deallocate(st_object);
}

LAB_TEST(pageout_object_that_ends_while_its_lock_is_waited_for)
{
	st_setup(1, 16);
	(void)unused(0);
	vm_map_remove(&st_vm->vm_map, FT_VA(0), FT_VA(1));
	step = 0;
	test_threads(2, scan_and_end_object, NULL);
	vmspace_free(st_vm);
	test_end();
}
#endif /* TEST_SYNCHRONISED && !TEST_ONE_LOCK */
