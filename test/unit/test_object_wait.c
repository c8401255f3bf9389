/*
 * Objects and those who use them at the same time: removal and termination
 * wait for busy pages and for paging; references from many threads.
 */
#include "object_test.h"

#if TEST_SYNCHRONISED

/*
 * Thread 0 removes the pages of an object of which page 3 is busied, in the
 * one way or the other; thread 1 sees it asleep, ends the busy and sees
 * nothing left.
 */
struct removal {
	vm_object_t	object;
	vm_page_t	busied;
	bool		shared;
};

static void
remove_or_unbusy(void *arg, unsigned i)
{
	struct removal *r = arg;

	if (i == 0) {
		remove_range(r->object, 0, 0);
		return;
	}
	test_await_sleepers(r->busied, 1);
	CHECK(lookup(r->object, 3) == r->busied);
	CHECK(lookup(r->object, 2) == NULL && lookup(r->object, 4) != NULL);
	if (r->shared)
		pv_sunbusy(r->busied);
	else
		pv_xunbusy(r->busied);
}

static void
remove_waits(bool shared)
{
	struct removal r = { .shared = shared };

	test_boot(FRAMES);
	r.object = object_with_pages(8);
	r.busied = lookup(r.object, 3);
	pv_object_lock(r.object);
	if (shared)
		pv_sbusy_locked(r.busied);
	else
		pv_xbusy_locked(r.busied);
	pv_object_unlock(r.object);
	test_threads(2, remove_or_unbusy, &r);
	CHECK_EQ(r.object->resident_page_count, 0);
	CHECK_EQ(r.object->paging_in_progress, 0);
	vm_object_deallocate(r.object);
	test_end();
}

LAB_TEST(object_page_remove_waits_for_exclusive_busy)
{
	remove_waits(false);
}

LAB_TEST(object_page_remove_waits_for_shared_busy)
{
	remove_waits(true);
}

/* Wired as well: who has it busied may be making valid what is taken away. */
static void
remove_or_fill(void *arg, unsigned i)
{
	struct removal *r = arg;

	if (i == 0) {
		remove_range(r->object, 0, 0);
		return;
	}
	test_await_sleepers(r->busied, 1);
	pv_object_lock(r->object);
	r->busied->valid = VM_PAGE_BITS_ALL;
	pv_xunbusy_locked(r->busied);
	pv_object_unlock(r->object);
}

LAB_TEST(object_page_remove_waits_for_a_wired_busy_page)
{
	struct removal r;

	test_boot(FRAMES);
	r.object = vm_object_allocate(OBJT_DEFAULT, 8);
	r.busied = pv_alloc(r.object, 3, VM_ALLOC_WIRED);
	test_threads(2, remove_or_fill, &r);
	CHECK(lookup(r.object, 3) == r.busied);
	CHECK_EQ(r.busied->valid, 0);
	vm_page_lock(r.busied);
	vm_page_unwire(r.busied, PQ_INACTIVE);
	vm_page_unlock(r.busied);
	vm_object_deallocate(r.object);
	test_end();
}

/* Paging in progress holds an object's end up, and pages with it. */
static void
end_or_page(void *arg, unsigned i)
{
	vm_object_t object = arg;

	if (i == 0) {
		vm_object_deallocate(object);
		return;
	}
	test_await_sleepers(object, 1);
	CHECK_EQ(vm_object_count(), 1);
	CHECK_EQ(vm_free_count(), FRAMES - 8);
	pv_object_lock(object);
	CHECK((object->flags & OBJ_DEAD) != 0);
	vm_object_pip_wakeup(object);
	CHECK_EQ(sleepq_sleepers(object), 1);
	vm_object_pip_wakeup(object);
	pv_object_unlock(object);
}

LAB_TEST(object_end_waits_for_paging)
{
	vm_object_t object;

	test_boot(FRAMES);
	object = object_with_pages(8);
	pv_object_lock(object);
	vm_object_pip_add(object, 2);
	pv_object_unlock(object);
	test_threads(2, end_or_page, object);
	CHECK_EQ(vm_object_count(), 0);
	test_end();
}

/* Threads make and drop references to one object and to shadows of it. */
#define	WORKERS	4
#define	ROUNDS	800

static void
reference_and_shadow(void *arg, unsigned i)
{
	vm_object_t source = arg, object;
	vm_ooffset_t offset;

	for (unsigned n = 0; n < ROUNDS; n++) {
		vm_object_reference(source);
		object = source;
		offset = 0;
		if ((n + i) % 2 == 0) {
			vm_object_shadow(&object, &offset, 4);
			pv_xunbusy(pv_alloc(object, i, VM_ALLOC_NORMAL));
		}
		vm_object_deallocate(object);
	}
}

LAB_TEST(object_threads_reference_and_shadow)
{
	vm_object_t object;

	test_boot(FRAMES);
	object = object_with_pages(4);
	test_threads(WORKERS, reference_and_shadow, object);
	CHECK_EQ(object->ref_count, 1);
	CHECK_EQ(object->shadow_count, 0);
	CHECK_EQ(vm_object_count(), 1);
	vm_object_deallocate(object);
	test_end();
}
#endif /* TEST_SYNCHRONISED */
