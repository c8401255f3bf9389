/*
 * Zones: no item is given out twice, items are aligned and counted, the limit
 * bites, and caches of several threads pass items on.
 */
#include "vm_test.h"

#define	ITEMS	500	/* more than caches and a few batches hold */

LAB_TEST(uma_items_are_distinct_and_aligned)
{
	static uint64_t *item[ITEMS];
	uma_zone_t zone;

	test_boot(64);
	zone = uma_zcreate("test", 144);
	for (unsigned i = 0; i < ITEMS; i++) {
		item[i] = uma_zalloc(zone, M_WAITOK);
		CHECK_EQ((uintptr_t)item[i] % 16, 0);
		item[i][0] = item[i][17] = i;
	}
	CHECK_EQ(uma_zone_inuse(zone), ITEMS);
	for (unsigned i = 0; i < ITEMS; i++) {
		CHECK_EQ(item[i][0], i);
		CHECK_EQ(item[i][17], i);
		uma_zfree(zone, item[i]);
	}
	CHECK_EQ(uma_zone_inuse(zone), 0);
	test_end();
}

LAB_TEST(uma_cache_line_items_start_on_a_line)
{
	uma_zone_t zone;
	void *p;

	test_boot(64);
	zone = uma_zcreate("lines", 2 * MD_CACHE_LINE);
	for (unsigned i = 0; i < ITEMS; i++) {
		p = uma_zalloc(zone, M_WAITOK);
		CHECK_EQ((uintptr_t)p % MD_CACHE_LINE, 0);
	}
	test_end();
}

LAB_TEST(uma_zero_clears_a_used_item)
{
	uma_zone_t zone;
	char *p, *again;

	test_boot(64);
	zone = uma_zcreate("test", 100);
	p = uma_zalloc(zone, M_WAITOK);
	for (unsigned i = 0; i < 100; i++)
		p[i] = 'x';
	uma_zfree(zone, p);
	again = uma_zalloc(zone, M_WAITOK | M_ZERO);
	CHECK(p == again);
	for (unsigned i = 0; i < 100; i++)
		CHECK_EQ(again[i], 0);
	test_end();
}

LAB_TEST(uma_limit_refuses_only_who_may_not_wait)
{
	uma_zone_t zone;
	void *p[4];

	test_boot(64);
	zone = uma_zcreate("test", 64);
	uma_zone_set_max(zone, 2);
	p[0] = uma_zalloc(zone, M_NOWAIT);
	p[1] = uma_zalloc(zone, M_NOWAIT);
	CHECK(p[0] != NULL && p[1] != NULL);
	CHECK(uma_zalloc(zone, M_NOWAIT) == NULL);
	p[2] = uma_zalloc(zone, M_WAITOK);
	CHECK(p[2] != NULL);
	uma_zfree(zone, p[0]);
	CHECK(uma_zalloc(zone, M_NOWAIT) == NULL);
	uma_zfree(zone, p[1]);
	p[3] = uma_zalloc(zone, M_NOWAIT);
	CHECK(p[3] != NULL);
	uma_zone_set_max(zone, 0);
	CHECK(uma_zalloc(zone, M_NOWAIT) != NULL);
	test_end();
}

/*
 * Even threads allocate and leave items in slots, odd ones take and free them:
 * the caches of the ones run empty and of the others over, all the time.
 */
#define	WORKERS	4
#define	SLOTS	61
#define	ROUNDS	6000

struct exchange {
	uma_zone_t	zone;
	volatile uintptr_t slot[SLOTS];
};

static void
exchange_worker(void *arg, unsigned i)
{
	struct exchange *ex = arg;
	uint64_t seed = i + 1, *item, *other;
	unsigned slot;

	for (unsigned n = 0; n < ROUNDS; n++) {
		slot = test_random(&seed) % SLOTS;
		item = NULL;
		if (i % 2 == 0) {
			item = uma_zalloc(ex->zone, M_WAITOK);
			item[1] = (uintptr_t)item;
		}
		other = (uint64_t *)atomic_swap_ptr(&ex->slot[slot],
		    (uintptr_t)item);
		if (other == NULL)
			continue;
		CHECK_EQ(other[1], (uintptr_t)other);
		other[1] = 0;
		uma_zfree(ex->zone, other);
	}
}

LAB_TEST(uma_threads_free_what_others_allocated)
{
	static struct exchange ex;
	long left = 0;

	test_boot(64);
	ex.zone = uma_zcreate("exchange", 96);
	test_threads(WORKERS, exchange_worker, &ex);
	for (unsigned i = 0; i < SLOTS; i++)
		left += ex.slot[i] != 0;
	CHECK_EQ(uma_zone_inuse(ex.zone), left);
	test_end();
}

LAB_TEST(uma_boots_leave_nothing_of_the_last)
{
	for (unsigned i = 0; i < 20; i++) {
		test_boot(64);
		CHECK_EQ(vm_object_count(), 0);
		CHECK_EQ(vm_radix_nodes(), 0);
		test_end();
	}
}
