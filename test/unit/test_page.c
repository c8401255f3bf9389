/*
 * A page's identity: what allocation makes, that a failed insertion leaves no
 * trace, and that leaving an object ends a busy and wakes who waited for it.
 */
#include "vm_test.h"

#define	FRAMES	512

static vm_object_t
boot_with_object(void)
{
	test_boot(FRAMES);
	return (vm_object_allocate(OBJT_DEFAULT, 1 << 20));
}

static vm_page_t
alloc_locked(vm_object_t object, vm_pindex_t pindex, int req)
{
	vm_page_t m;

	pv_object_lock(object);
	m = vm_page_alloc(object, pindex, req);
	pv_object_unlock(object);
	return (m);
}

LAB_TEST(page_is_born_as_asked)
{
	vm_object_t object = boot_with_object();
	vm_page_t m;

	m = pv_alloc(object, 3, VM_ALLOC_NORMAL);
	CHECK(m->object == object);
	CHECK_EQ(m->pindex, 3);
	CHECK(vm_page_managed(m));
	CHECK_EQ(m->valid, 0);
	CHECK_EQ(m->wire_count, 0);
	CHECK_EQ(m->queue, PQ_NONE);
	CHECK_EQ(pv_xbusied(m), TEST_SYNCHRONISED);
	CHECK(!pv_sbusied(m));
	pv_free(m);
	m = alloc_locked(object, 4, VM_ALLOC_NOBUSY | VM_ALLOC_WIRED);
	CHECK(!pv_busied(m));
	CHECK_EQ(m->wire_count, 1);
	CHECK_EQ(vm_cnt.v_wire_count, 1);
	vm_page_lock(m);
	vm_page_unwire(m, PQ_INACTIVE);
	vm_page_unlock(m);
	CHECK_EQ(m->queue, PQ_INACTIVE);
	CHECK_EQ(vm_cnt.v_wire_count, 0);
	test_free(m);
	m = vm_page_alloc(NULL, 9, VM_ALLOC_NOOBJ);
	CHECK(!pv_busied(m) && !vm_page_managed(m) && m->object == NULL);
	test_free(m);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(page_of_a_phys_object_is_unmanaged)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(FRAMES);
	object = vm_object_allocate(OBJT_PHYS, 10);
	m = alloc_locked(object, 1, VM_ALLOC_NOBUSY);
	CHECK(!vm_page_managed(m));
	vm_page_lock(m);
	vm_page_activate(m);
	vm_page_unlock(m);
	CHECK_EQ(m->queue, PQ_NONE);
	/* No page lock is asked for an unmanaged page. */
	pv_object_lock(object);
	vm_page_free(m);
	pv_object_unlock(object);
	vm_object_deallocate(object);
	test_end();
}

/* memq is in order of index, whatever the order of insertion. */
LAB_TEST(page_queue_of_an_object_is_in_order)
{
	static const vm_pindex_t index[] = { 70, 3, 900, 71, 0, 69, 4096 };
	static const vm_pindex_t order[] = { 0, 3, 69, 70, 71, 900, 4096 };
	vm_object_t object = boot_with_object();
	vm_page_t m;
	unsigned i = 0;

	for (i = 0; i < nitems(index); i++)
		CHECK(alloc_locked(object, index[i], VM_ALLOC_NOBUSY) != NULL);
	pv_object_lock(object);
	CHECK_EQ(object->resident_page_count, nitems(index));
	i = 0;
	TAILQ_FOREACH(m, &object->memq, listq)
		CHECK_EQ(m->pindex, order[i++]);
	CHECK_EQ(vm_page_find_least(object, 0)->pindex, 0);
	CHECK_EQ(vm_page_find_least(object, 4)->pindex, 69);
	CHECK_EQ(vm_page_find_least(object, 900)->pindex, 900);
	CHECK(vm_page_find_least(object, 4097) == NULL);
	m = vm_page_lookup(object, 69);
	CHECK_EQ(vm_page_next(m)->pindex, 70);
	CHECK(vm_page_next(vm_page_lookup(object, 71)) == NULL);
	CHECK(vm_page_next(vm_page_lookup(object, 4096)) == NULL);
	CHECK(vm_page_lookup(object, 5) == NULL);
	pv_object_unlock(object);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(page_alloc_without_a_node_is_undone)
{
	vm_object_t object = boot_with_object();
	unsigned before;

	(void)alloc_locked(object, 0, VM_ALLOC_NOBUSY);
	(void)alloc_locked(object, 1, VM_ALLOC_NOBUSY);
	before = vm_free_count();
	vm_radix_set_max(1);
	CHECK(alloc_locked(object, 5000, VM_ALLOC_WIRED) == NULL);
	CHECK(alloc_locked(object, 5000, VM_ALLOC_NORMAL) == NULL);
	CHECK_EQ(vm_free_count(), before);
	CHECK_EQ(vm_cnt.v_wire_count, 0);
	CHECK_EQ(vm_cnt.v_pageout_deficit, 2);
	CHECK_EQ(object->resident_page_count, 2);
	pv_object_lock(object);
	CHECK(vm_page_lookup(object, 5000) == NULL);
	pv_object_unlock(object);
	vm_radix_set_max(0);
	pv_free(pv_alloc(object, 5000, VM_ALLOC_NORMAL));
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(page_rename_moves_and_ends_busy)
{
	vm_object_t from = boot_with_object(), to;
	vm_page_t m;

	to = vm_object_allocate(OBJT_DEFAULT, 100);
	(void)alloc_locked(to, 8, VM_ALLOC_NOBUSY);
	m = pv_alloc(from, 5, VM_ALLOC_NORMAL);
	pv_object_lock(to);
	pv_object_lock(from);
	CHECK_EQ(vm_page_rename(m, to, 7), 0);
	CHECK(!pv_busied(m));
	CHECK(vm_page_lookup(from, 5) == NULL && vm_page_lookup(to, 7) == m);
	CHECK(m->object == to && vm_page_next(m)->pindex == 8);
	CHECK_EQ(m->dirty, VM_PAGE_BITS_ALL);
	CHECK_EQ(from->resident_page_count, 0);
	CHECK_EQ(to->resident_page_count, 2);
	pv_object_unlock(from);
	pv_object_unlock(to);
	vm_object_deallocate(from);
	vm_object_deallocate(to);
	test_end();
}

LAB_TEST(page_rename_without_a_node_changes_nothing)
{
	vm_object_t from = boot_with_object(), to;
	vm_page_t m;

	to = vm_object_allocate(OBJT_DEFAULT, 100);
	(void)alloc_locked(to, 8, VM_ALLOC_NOBUSY);
	(void)alloc_locked(to, 9, VM_ALLOC_NOBUSY);
	m = pv_alloc(from, 5, VM_ALLOC_NORMAL);
	vm_radix_set_max(1);
	pv_object_lock(to);
	pv_object_lock(from);
	CHECK_EQ(vm_page_rename(m, to, 70000), ENOMEM);
	CHECK(vm_page_lookup(from, 5) == m && m->object == from);
	CHECK_EQ(pv_xbusied(m), TEST_SYNCHRONISED);
	CHECK_EQ(to->resident_page_count, 2);
	pv_object_unlock(from);
	pv_object_unlock(to);
	pv_free(m);
	vm_object_deallocate(from);
	vm_object_deallocate(to);
	test_end();
}

LAB_TEST(page_replace_takes_the_place)
{
	vm_object_t object = boot_with_object();
	vm_page_t old, new;

	(void)alloc_locked(object, 4, VM_ALLOC_NOBUSY);
	old = pv_alloc(object, 5, VM_ALLOC_NORMAL);
	(void)alloc_locked(object, 6, VM_ALLOC_NOBUSY);
	new = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
	pv_object_lock(object);
	CHECK(vm_page_replace(new, object, 5) == old);
	CHECK(old->object == NULL && !pv_busied(old));
	CHECK(vm_page_lookup(object, 5) == new && new->object == object);
	CHECK(vm_page_next(vm_page_lookup(object, 4)) == new);
	CHECK_EQ(vm_page_next(new)->pindex, 6);
	CHECK_EQ(object->resident_page_count, 3);
	pv_object_unlock(object);
	test_free(old);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST_PANIC(page_free_of_a_wired_page_panics, "is wired, count 1")
{
	vm_object_t object = boot_with_object();

	pv_free(pv_alloc(object, 0, VM_ALLOC_WIRED));
}

#if TEST_SYNCHRONISED
/* A thread sleeps on an exclusively busied page while the other frees it. */
static void
free_or_wait(void *arg, unsigned i)
{
	vm_object_t object = arg;
	vm_page_t m;

	pv_object_lock(object);
	m = vm_page_lookup(object, 0);
	if (i == 1) {
		CHECK(pv_sleep_if_busy_locked(m, "test"));
		CHECK(vm_page_lookup(object, 0) == NULL);
		pv_object_unlock(object);
		return;
	}
	pv_object_unlock(object);
	test_await_sleepers(m, 1);
	pv_free(m);
}

LAB_TEST(page_free_wakes_who_waits_for_busy)
{
	vm_object_t object = boot_with_object();

	(void)pv_alloc(object, 0, VM_ALLOC_NORMAL);
	test_threads(2, free_or_wait, object);
	CHECK_EQ(object->resident_page_count, 0);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST_PANIC(page_free_of_a_shared_busy_page_panics, "is shared busy")
{
	vm_object_t object = boot_with_object();

	pv_free(pv_grab_sbusy(object, 0, VM_ALLOC_NORMAL));
}

/* Four threads allocate and free in one object, each its own indexes. */
#define	WORKERS	4
#define	ROUNDS	1500
#define	MINE	16

static void
churn(void *arg, unsigned i)
{
	vm_object_t object = arg;
	vm_page_t mine[MINE] = { NULL };
	uint64_t seed = i + 1;
	unsigned n, k;

	for (n = 0; n < ROUNDS; n++) {
		k = test_random(&seed) % MINE;
		if (mine[k] == NULL) {
			mine[k] = pv_alloc(object, k * WORKERS + i,
			    VM_ALLOC_NORMAL);
			CHECK(mine[k] != NULL);
			*(uint64_t *)vm_page_dmap(mine[k]) = i;
		} else {
			CHECK_EQ(*(uint64_t *)vm_page_dmap(mine[k]), i);
			pv_free(mine[k]);
			mine[k] = NULL;
		}
	}
	for (k = 0; k < MINE; k++)
		if (mine[k] != NULL)
			pv_free(mine[k]);
}

LAB_TEST(page_threads_allocate_and_free)
{
	vm_object_t object = boot_with_object();

	test_threads(WORKERS, churn, object);
	CHECK_EQ(object->resident_page_count, 0);
	CHECK_EQ(vm_free_count(), FRAMES);
	vm_object_deallocate(object);
	test_end();
}
#endif /* TEST_SYNCHRONISED */
