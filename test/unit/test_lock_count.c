/*
 * How many locks of which type a path takes when nobody is in the way: the
 * table of docs/KPI.md, counted.
 *
 * What is expected is the implementation's to say, in its test/lock_counts.h;
 * what is the same for all stands here.  A page is mapped alone, so that a
 * fault has no neighbours to map; a fault elsewhere first makes the page
 * tables.  Compare-and-sets of the busy word are not counted by anybody.
 */
#include "fault_test.h"
#include "test/lock_counts.h"

struct counts {
	unsigned	object, page, queue, freeq;
};

static struct vmspace	*vm;
static struct lock_stat	before[MAXLOCKTYPES];

static void
count_begin(void)
{
	unsigned i;

	for (i = 0; i < MAXLOCKTYPES; i++)
		before[i] = curthread->td_lockstat[i];
}

static unsigned
count_of(enum lock_order type)
{
	return (curthread->td_lockstat[type].acquired - before[type].acquired);
}

/* Compare what this thread took since count_begin(). */
static void
count_end(const char *path, struct counts expect)
{
	struct counts c = {
		count_of(LO_OBJECT), count_of(LO_PAGE),
		count_of(LO_PAGEQUEUE), count_of(LO_FREEQUEUE)
	};

	if (c.object != expect.object || c.page != expect.page ||
	    c.queue != expect.queue || c.freeq != expect.freeq)
		panic("%s: object %u, page %u, queue %u, free queue %u; "
		    "expected %u, %u, %u, %u", path, c.object, c.page, c.queue,
		    c.freeq, expect.object, expect.page, expect.queue,
		    expect.freeq);
}

/* What a fault takes besides, the same in all. */
static void
fault_end(const char *path, struct counts expect)
{
	count_end(path, expect);
	CHECK_EQ(count_of(LO_VM_MAP), 1);
	CHECK_EQ(count_of(LO_PVH), 1);
	CHECK_EQ(count_of(LO_PMAP), 1);
	CHECK_EQ(count_of(LO_PV_LIST), 1);
}

#define	COUNT_END(name)	count_end(#name, (struct counts)LC_##name)
#define	FAULT_END(name)	fault_end(#name, (struct counts)LC_##name)

/* The VM, and an address space whose tables for FT_VA(0..99) exist. */
static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	CHECK_EQ(vm_map_insert(&vm->vm_map, NULL, 0, FT_VA(99), FT_VA(100),
	    VM_PROT_RW, 0), KERN_SUCCESS);
	ft_store(vm, FT_VA(99), 1);
}

static void
teardown(void)
{
	vmspace_free(vm);
	test_end();
}

/* One page of an object, alone at FT_VA(0). */
static void
map_page(vm_object_t object, vm_prot_t prot)
{
	CHECK_EQ(vm_map_insert(&vm->vm_map, object, 0, FT_VA(0), FT_VA(1),
	    prot, 0), KERN_SUCCESS);
}

static void
fault(vm_prot_t type)
{
	pmap_remove(&vm->vm_pmap, FT_VA(0), FT_VA(1));
	count_begin();
	CHECK_EQ(ft_fault(vm, FT_VA(0), type), KERN_SUCCESS);
}

/* ---- Pages by index ----------------------------------------------------- */

LAB_TEST(lock_count_object_locked)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	pv_object_lock(object);
	count_begin();
	m = vm_page_alloc(object, 0, VM_ALLOC_NORMAL);
	COUNT_END(ALLOC_HELD);
	pv_xunbusy_locked(m);
	count_begin();
	CHECK(vm_page_grab(object, 0, VM_ALLOC_NORMAL | LC_GRAB_FLAGS) == m);
	pv_xunbusy_locked(m);
	COUNT_END(GRAB_HELD);
	pv_object_unlock(object);
	vm_object_deallocate(object);
	teardown();
}

LAB_TEST(lock_count_object_unlocked)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = ft_resident(10);
	count_begin();
	m = pv_grab(object, 0, VM_ALLOC_NORMAL);
	pv_xunbusy(m);
	COUNT_END(GRAB);
	count_begin();
	CHECK(pv_grab_sbusy(object, 0, VM_ALLOC_NORMAL) == m);
	pv_sunbusy(m);
	COUNT_END(GRAB_SBUSY);
	m = pv_grab(object, 0, VM_ALLOC_NORMAL);
	count_begin();
	pv_free(m);
	COUNT_END(FREE);
	vm_object_deallocate(object);
	teardown();
}

/* ---- Faults ------------------------------------------------------------- */

static void
soft_fault(vm_prot_t prot, vm_prot_t type, struct counts expect)
{
	setup();
	map_page(ft_resident(1), prot);
	fault(type);
	fault_end("soft fault", expect);
	teardown();
}

LAB_TEST(lock_count_soft_fault)
{
	soft_fault(VM_PROT_READ, VM_PROT_READ,
	    (struct counts)LC_SOFT_READ_ONLY);
	soft_fault(VM_PROT_RW, VM_PROT_READ, (struct counts)LC_SOFT_READ);
	soft_fault(VM_PROT_RW, VM_PROT_WRITE, (struct counts)LC_SOFT_WRITE);
}

LAB_TEST(lock_count_soft_fault_on_a_queued_page)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = ft_resident(1);
	m = ft_page(object, 0);
	vm_page_lock(m);
	vm_page_activate(m);
	vm_page_unlock(m);
	map_page(object, VM_PROT_READ);
	fault(VM_PROT_READ);
	FAULT_END(SOFT_QUEUED);
	teardown();
}

LAB_TEST(lock_count_prefault)
{
	setup();
	CHECK_EQ(vm_map_insert(&vm->vm_map, ft_resident(9), 0, FT_VA(0),
	    FT_VA(9), VM_PROT_READ, 0), KERN_SUCCESS);
	count_begin();
	CHECK_EQ(ft_fault(vm, FT_VA(4), VM_PROT_READ), KERN_SUCCESS);
	COUNT_END(PREFAULT);
	CHECK_EQ(count_of(LO_PV_LIST), 9);
	CHECK_EQ(count_of(LO_VM_MAP), 1);
	teardown();
}

LAB_TEST(lock_count_zero_fill)
{
	setup();
	map_page(vm_object_allocate(OBJT_DEFAULT, 1), VM_PROT_RW);
	fault(VM_PROT_WRITE);
	FAULT_END(ZERO_FILL);
	teardown();
}

/* The object behind has another reference, so that the page is not moved. */
LAB_TEST(lock_count_copy_on_write)
{
	vm_object_t behind, object;
	vm_ooffset_t offset = 0;

	setup();
	behind = object = ft_keep(ft_resident(1));
	vm_object_shadow(&object, &offset, 1);
	CHECK(object->backing_object == behind);
	map_page(object, VM_PROT_RW);
	fault(VM_PROT_WRITE);
	FAULT_END(COW);
	CHECK_EQ(behind->resident_page_count, 1);
	CHECK_EQ(object->resident_page_count, 1);
	vm_object_deallocate(behind);
	teardown();
}

/* ---- Sleep and wake ----------------------------------------------------- */

#if TEST_SYNCHRONISED
struct sleep {
	vm_object_t	object;
	vm_page_t	m;
	bool		locked;		/* release with the object locked */
};

static void
sleeper(struct sleep *s)
{
	pv_object_lock(s->object);
	count_begin();
	CHECK(pv_sleep_if_busy_locked(s->m, "test"));
	COUNT_END(SLEEP_HELD);
	pv_object_unlock(s->object);
}

static void
waker(struct sleep *s)
{
	struct lock_stat *object = &curthread->td_lockstat[LO_OBJECT];
	struct lock_stat *page = &curthread->td_lockstat[LO_PAGE];
	struct counts expect = LC_WAKE, held = LC_WAKE_HELD;
	uint64_t objects, pages;

	test_await_sleepers(s->m, 1);
	if (s->locked) {
		expect = held;
		pv_object_lock(s->object);
	}
	objects = object->acquired;
	pages = page->acquired;
	if (s->locked)
		pv_xunbusy_locked(s->m);
	else
		pv_xunbusy(s->m);
	CHECK_EQ(object->acquired - objects, expect.object);
	CHECK_EQ(page->acquired - pages, expect.page);
	if (s->locked)
		pv_object_unlock(s->object);
}

static void
sleep_thread(void *arg, unsigned i)
{
	if (i == 0)
		waker(arg);
	else
		sleeper(arg);
}

static void
sleep_and_wake(bool locked)
{
	struct sleep s = { .locked = locked };

	setup();
	s.object = ft_resident(1);
	s.m = pv_grab(s.object, 0, VM_ALLOC_NORMAL);
	test_threads(2, sleep_thread, &s);
	vm_object_deallocate(s.object);
	teardown();
}

LAB_TEST(lock_count_sleep_and_wake)
{
	sleep_and_wake(true);
	sleep_and_wake(false);
}
#endif /* TEST_SYNCHRONISED */
