/*
 * The user of pagers: what it finds is what the pager has, what is resident is
 * left alone, and others may use the object meanwhile.
 */
#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/pager_user.h>

#define	FRAMES	256
#define	PAGES	24

/* The sum of the words of so many pages. */
static uint64_t
sum_of(vm_pindex_t pindex, unsigned count)
{
	uint64_t sum = 0;

	for (unsigned i = 0; i < count; i++)
		sum += PAGE_SIZE / sizeof(sum) * vm_anon_pattern(pindex + i);
	return (sum);
}

LAB_TEST(consumer_pager_user_extent)
{
	vm_object_t object;

	test_boot(FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, PAGES);
	ORACLE_EQ(pager_extent(object, 0), 0);
	vm_object_deallocate(object);
	object = vm_anon_pager_allocate(PAGES);
	ORACLE_EQ(pager_extent(object, 0), PAGES);
	ORACLE_EQ(pager_extent(object, PAGES - 1), 1);
	ORACLE_EQ(pager_extent(object, PAGES), 0);
	vm_object_deallocate(object);
	consumer_end();
}

LAB_TEST(consumer_pager_user_scrubs)
{
	vm_object_t object;
	unsigned read;
	uint64_t sum;

	test_boot(FRAMES);
	object = vm_anon_pager_allocate(PAGES);
	ORACLE_EQ(pager_scrub(object, 2, 10, &sum, &read), 0);
	ORACLE_EQ(read, 10);
	ORACLE_EQ(sum, sum_of(2, 10));
	ORACLE_EQ(object->resident_page_count, 0);
	ORACLE_EQ(pager_scrub(object, 2, PAGES - 1, &sum, &read), ENXIO);
	ORACLE_EQ(read, 0);
	vm_object_deallocate(object);
	consumer_end();
}

/* Resident pages keep what was written to them, busy or not. */
LAB_TEST(consumer_pager_user_leaves_what_is_resident)
{
	vm_object_t object;
	vm_page_t m, busy;
	unsigned read;
	uint64_t sum;

	test_boot(FRAMES);
	object = vm_anon_pager_allocate(PAGES);
	m = pv_alloc(object, 4, VM_ALLOC_NORMAL);
	consumer_fill(m, 1);
	pv_xunbusy(m);
	busy = pv_alloc(object, 6, VM_ALLOC_NORMAL);
	ORACLE_EQ(pager_scrub(object, 0, 8, &sum, &read), 0);
	ORACLE_EQ(read, 6);
	ORACLE_EQ(sum, sum_of(0, 8) - sum_of(4, 1) - sum_of(6, 1));
	ORACLE(consumer_page_is(object, 4, 1));
	consumer_fill(busy, 1);
	pv_xunbusy(busy);
	ORACLE(consumer_page_is(object, 6, 1));
	ORACLE_EQ(object->resident_page_count, 2);
	vm_object_deallocate(object);
	consumer_end();
}

#if TEST_SYNCHRONISED

/* No memory to be had until the holder frees some. */
static vm_page_t held[FRAMES];
static unsigned	nheld;

static void
free_or_scrub(void *arg, unsigned i)
{
	vm_object_t object = arg;
	unsigned read;
	uint64_t sum;

	if (i == 0) {
		test_await_sleepers(&vm_shortage, 1);
		while (nheld > 0)
			test_free(held[--nheld]);
		return;
	}
	ORACLE_EQ(pager_scrub(object, 0, PAGES, &sum, &read), 0);
	ORACLE_EQ(read, PAGES);
	ORACLE_EQ(sum, sum_of(0, PAGES));
}

LAB_TEST(consumer_pager_user_waits_for_memory)
{
	vm_object_t object;

	test_boot(FRAMES);
	object = vm_anon_pager_allocate(PAGES);
	while ((held[nheld] = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ)) != NULL)
		nheld++;
	test_threads(2, free_or_scrub, object);
	ORACLE_EQ(object->resident_page_count, 0);
	vm_object_deallocate(object);
	consumer_end();
}

/*
 * Two threads scrub.  Two others use pages that may be in a scrub's hands: of
 * the first half they stay, of the second they are freed.
 */
#define	SCRUBBERS	2
#define	WORKERS		2
#define	ROUNDS		100

static void
page_use(vm_object_t object, vm_pindex_t pindex)
{
	vm_page_t m = pv_grab(object, pindex, VM_ALLOC_NORMAL);

	if (m->valid == VM_PAGE_BITS_ALL)
		ORACLE(consumer_is(vm_page_dmap(m), PAGE_SIZE, 1,
		    IDX_TO_OFF(pindex)));
	else
		consumer_fill(m, 1);
	if (pindex >= PAGES / 2)
		pv_free(m);
	else
		pv_xunbusy(m);
}

static void
use_or_scrub(void *arg, unsigned i)
{
	vm_object_t object = arg;
	uint64_t seed = i + 1, sum;
	unsigned read;

	for (unsigned n = 0; n < ROUNDS; n++) {
		if (i >= SCRUBBERS) {
			page_use(object, test_random(&seed) % PAGES);
			continue;
		}
		ORACLE_EQ(pager_scrub(object, n % PAGES, 1, &sum, &read), 0);
		ORACLE_EQ(sum, read == 0 ? 0 : sum_of(n % PAGES, 1));
	}
}

LAB_TEST(consumer_pager_user_threads)
{
	vm_object_t object;
	vm_page_t m;

	test_boot(FRAMES);
	object = vm_anon_pager_allocate(PAGES);
	test_threads(SCRUBBERS + WORKERS, use_or_scrub, object);
	for (vm_pindex_t i = 0; i < PAGES; i++) {
		m = ft_page(object, i);
		ORACLE(m == NULL || consumer_page_is(object, i, 1));
		ORACLE(m == NULL || i < PAGES / 2);
	}
	vm_object_deallocate(object);
	consumer_end();
}
#endif /* TEST_SYNCHRONISED */
