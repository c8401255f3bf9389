/*
 * The monitor: its counts are right, along a chain too; it does not wait where
 * it promised not to; and what it counts adds up while others work.
 */
#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/monitor.h>

#define	FRAMES	256
#define	PAGES	16

/* Pages 0..PAGES-1, the first so many of them valid. */
static vm_object_t
object_make(unsigned valid)
{
	vm_object_t object = vm_object_allocate(OBJT_DEFAULT, PAGES);

	for (unsigned i = 0; i < PAGES; i++) {
		vm_page_t m = pv_alloc(object, i, VM_ALLOC_NORMAL);

		if (i < valid)
			consumer_fill(m, 1);
		pv_xunbusy(m);
	}
	return (object);
}

static void
page_dirty(vm_object_t object, vm_pindex_t pindex)
{
	pv_object_lock(object);
	vm_page_dirty(vm_page_lookup(object, pindex));
	pv_object_unlock(object);
}

LAB_TEST(consumer_monitor_counts)
{
	struct monitor_counts mc;
	vm_object_t object;
	vm_page_t hard, soft, twice;

	test_boot(FRAMES);
	object = object_make(10);
	hard = pv_grab(object, 3, VM_ALLOC_NORMAL);
	soft = pv_grab_sbusy(object, 4, VM_ALLOC_NORMAL);
	twice = pv_grab_sbusy(object, 5, VM_ALLOC_NORMAL);
	ORACLE(pv_grab_sbusy(object, 5, VM_ALLOC_NORMAL) == twice);
	for (unsigned i = 0; i < 5; i++)
		page_dirty(object, 2 * i);
	monitor_chain(object, &mc);
	ORACLE_EQ(mc.objects, 1);
	ORACLE_EQ(mc.resident, PAGES);
	ORACLE_EQ(mc.hard_busy, 1);
	ORACLE_EQ(mc.soft_busy, 2);
	ORACLE_EQ(mc.dirty, 5);
	ORACLE_EQ(mc.valid, 10);
	pv_xunbusy(hard);
	pv_sunbusy(soft);
	pv_sunbusy(twice);
	pv_sunbusy(twice);
	ORACLE_EQ(monitor_try(object, &mc), 0);
	ORACLE_EQ(mc.resident, PAGES);
	ORACLE_EQ(mc.hard_busy + mc.soft_busy, 0);
	vm_object_deallocate(object);
	consumer_end();
}

LAB_TEST(consumer_monitor_counts_a_range)
{
	vm_object_t object;

	test_boot(FRAMES);
	object = object_make(0);
	pv_free(pv_grab(object, 5, VM_ALLOC_NORMAL));
	pv_free(pv_grab(object, 8, VM_ALLOC_NORMAL));
	ORACLE_EQ(monitor_range(object, 0, PAGES), PAGES - 2);
	ORACLE_EQ(monitor_range(object, 5, 8), 2);
	ORACLE_EQ(monitor_range(object, 5, 7), 2);
	ORACLE_EQ(monitor_range(object, 7, 7), 1);
	ORACLE_EQ(monitor_range(object, 8, 8), 0);
	ORACLE_EQ(monitor_range(object, PAGES, PAGES + 10), 0);
	vm_object_deallocate(object);
	consumer_end();
}

LAB_TEST(consumer_monitor_follows_a_chain)
{
	struct monitor_counts mc;
	vm_object_t object;
	vm_ooffset_t offset = 0;

	test_boot(FRAMES);
	object = object_make(2);
	for (unsigned n = 0; n < 3; n++) {
		vm_object_reference(object);
		vm_object_shadow(&object, &offset, PAGES);
		vm_object_deallocate(object->backing_object);
		pv_xunbusy(pv_alloc(object, n, VM_ALLOC_NORMAL));
	}
	monitor_chain(object, &mc);
	ORACLE_EQ(mc.objects, 4);
	ORACLE_EQ(mc.resident, PAGES + 3);
	ORACLE_EQ(mc.valid, 2);
	vm_object_deallocate(object);
	consumer_end();
}

#if TEST_SYNCHRONISED

/* Thread 0 has the object locked until thread 1 has tried and said so. */
static uint32_t	stage;		/* (a) 1 locked, 2 tried */

static void
lock_or_try(void *arg, unsigned i)
{
	vm_object_t object = arg;
	struct monitor_counts mc;

	if (i == 0) {
		pv_object_lock(object);
		atomic_store_rel_int(&stage, 1);
		while (atomic_load_acq_int(&stage) != 2)
			md_spin_hint();
		pv_object_unlock(object);
		return;
	}
	while (atomic_load_acq_int(&stage) != 1)
		md_spin_hint();
	ORACLE_EQ(monitor_try(object, &mc), EBUSY);
	ORACLE_EQ(mc.resident, 0);
	atomic_store_rel_int(&stage, 2);
}

LAB_TEST(consumer_monitor_does_not_wait)
{
	vm_object_t object;

	test_boot(FRAMES);
	object = object_make(0);
	stage = 0;
	test_threads(2, lock_or_try, object);
	vm_object_deallocate(object);
	consumer_end();
}

/*
 * Worker i busies its own pages, one at a time, and frees and makes one of
 * them; thread 0 and 1 watch.
 */
#define	WATCHERS	2
#define	WORKERS		2
#define	ROUNDS		400

static uint32_t	finished;	/* (a) workers */

static void
watch(vm_object_t object)
{
	struct monitor_counts mc;

	monitor_chain(object, &mc);
	ORACLE_EQ(mc.objects, 1);
	ORACLE(mc.resident <= PAGES && mc.resident >= PAGES - WORKERS);
	ORACLE(mc.hard_busy + mc.soft_busy <= WORKERS);
	ORACLE(mc.dirty <= mc.resident && mc.valid <= mc.resident);
	ORACLE(monitor_range(object, 0, PAGES / 2) <= PAGES / 2 + 1);
}

static void
work_or_watch(void *arg, unsigned i)
{
	vm_object_t object = arg;

	if (i < WATCHERS) {
		while (atomic_load_int(&finished) < WORKERS) {
			watch(object);
			md_spin_hint();
		}
		return;
	}
	for (unsigned n = 0; n < ROUNDS; n++) {
		vm_pindex_t pindex = (i - WATCHERS) * (PAGES / WORKERS) +
		    n % (PAGES / WORKERS);

		if (n % 3 == 0)
			pv_free(pv_grab(object, pindex, VM_ALLOC_NORMAL));
		if (n % 3 == 1)
			pv_sunbusy(pv_grab_sbusy(object, pindex,
			    VM_ALLOC_NORMAL));
		else
			pv_xunbusy(pv_grab(object, pindex, VM_ALLOC_NORMAL));
		page_dirty(object, pindex);
	}
	atomic_fetchadd_int(&finished, 1);
}

LAB_TEST(consumer_monitor_threads)
{
	struct monitor_counts mc;
	vm_object_t object;

	test_boot(FRAMES);
	object = object_make(PAGES);
	finished = 0;
	test_threads(WATCHERS + WORKERS, work_or_watch, object);
	monitor_chain(object, &mc);
	ORACLE_EQ(mc.resident, PAGES);
	ORACLE_EQ(mc.hard_busy + mc.soft_busy, 0);
	ORACLE_EQ(mc.dirty, PAGES);
	vm_object_deallocate(object);
	consumer_end();
}
#endif /* TEST_SYNCHRONISED */
