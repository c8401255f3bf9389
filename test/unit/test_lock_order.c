/*
 * The order of <sys/lock_order.h> is checked, with both locks in the message;
 * names and types are told apart; statistics are by type, and by name.
 */
#include <string.h>

#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sx.h>
#include <workload/lab_unit.h>
#include <lab_test.h>

static struct mtx	first, second;
static struct rwlock	object, shadow;
static struct sx	map;

LAB_TEST(order_kept)
{
	sx_init_flags(&map, "map", "vm map", 0);
	rw_init_flags(&object, "object", "vm object", 0);
	rw_init_flags(&shadow, "shadow", "vm object", 0);
	mtx_init(&first, "page lock", "vm page", MTX_DEF);
	mtx_init(&second, "leaf", NULL, MTX_DEF);
	sx_slock(&map);
	rw_wlock(&object);
	rw_rlock(&shadow);	/* listed as allowing duplicates */
	mtx_lock(&first);
	mtx_lock(&second);
	mtx_unlock(&second);
	rw_wunlock(&object);	/* out of order is fine for releases */
	mtx_unlock(&first);
	rw_runlock(&shadow);
	sx_sunlock(&map);
}

LAB_TEST_PANIC(order_violation_panics,
    "lock order: object 7 (vm object) wanted at")
{
	rw_init_flags(&object, "object 7", "vm object", 0);
	mtx_init(&first, "page lock 3", "vm page", MTX_DEF);
	mtx_lock(&first);
	rw_rlock(&object);
}

LAB_TEST_PANIC(order_violation_names_the_holder,
    "while page lock 3 (vm page) is held since test/unit/test_lock_order.c:")
{
	rw_init_flags(&object, "object 7", "vm object", 0);
	mtx_init(&first, "page lock 3", "vm page", MTX_DEF);
	mtx_lock(&first);
	rw_wlock(&object);
}

LAB_TEST(order_does_not_bind_a_try)
{
	rw_init_flags(&object, "object", "vm object", 0);
	mtx_init(&first, "page lock", "vm page", MTX_DEF);
	mtx_lock(&first);
	CHECK(rw_try_wlock(&object));
	rw_wunlock(&object);
	CHECK(rw_try_rlock(&object));
	rw_runlock(&object);
	mtx_unlock(&first);
	mtx_init(&second, "other page lock", "vm page", MTX_DEF);
	mtx_lock(&first);
	CHECK(mtx_trylock(&second));
	mtx_unlock(&second);
	mtx_unlock(&first);
}

LAB_TEST_PANIC(order_counts_a_tried_lock, "lock order: object")
{
	rw_init_flags(&object, "object", "vm object", 0);
	mtx_init(&first, "page lock", "vm page", MTX_DEF);
	CHECK(mtx_trylock(&first));
	rw_wlock(&object);
}

LAB_TEST_PANIC(order_duplicate_panics, "lock order: other page lock")
{
	mtx_init(&first, "page lock", "vm page", MTX_DEF);
	mtx_init(&second, "other page lock", "vm page", MTX_DEF);
	mtx_lock(&first);
	mtx_lock(&second);
}

LAB_TEST(order_duplicate_by_flag)
{
	mtx_init(&first, "page lock", "vm page", MTX_DUPOK);
	mtx_init(&second, "other page lock", "vm page", MTX_DUPOK);
	mtx_lock(&first);
	mtx_lock(&second);
	mtx_unlock(&second);
	mtx_unlock(&first);
}

LAB_TEST_PANIC(order_leaf_is_a_leaf, "lock order: second")
{
	mtx_init(&first, "first", NULL, MTX_DEF);
	mtx_init(&second, "second", NULL, MTX_DEF);
	mtx_lock(&first);
	mtx_lock(&second);
}

LAB_TEST_PANIC(order_sx_under_mutex_panics, "lock order: map")
{
	mtx_init(&first, "page queue", "vm pagequeue", MTX_DEF);
	sx_init_flags(&map, "map", NULL, 0);
	mtx_lock(&first);
	sx_slock(&map);
}

LAB_TEST(types_and_names)
{
	mtx_init(&first, "one", "kind", MTX_DEF);
	mtx_init(&second, "two", "kind", MTX_DEF);
	CHECK_EQ(first.lock_object.lo_type, second.lock_object.lo_type);
	CHECK(strcmp(first.lock_object.lo_name, "one") == 0);
	CHECK(strcmp(lock_type_name(&second.lock_object), "kind") == 0);
	mtx_init(&second, "two", NULL, MTX_DEF);
	CHECK(first.lock_object.lo_type != second.lock_object.lo_type);
	CHECK(strcmp(lock_type_name(&second.lock_object), "two") == 0);
	mtx_init(&second, "page lock", "vm page", MTX_DEF);
	CHECK_EQ(second.lock_object.lo_order, LO_PAGE);
	CHECK_EQ(first.lock_object.lo_order, LO_LEAF);
}

LAB_TEST_PANIC(types_run_out, "more than 32 types of locks")
{
	static char names[MAXLOCKTYPES][3];
	unsigned i;

	for (i = 0; i < MAXLOCKTYPES; i++) {
		names[i][0] = (char)('A' + i / 8);
		names[i][1] = (char)('A' + i % 8);
		mtx_init(&first, names[i], NULL, MTX_DEF);
	}
}

LAB_TEST_PANIC(detach_holding_panics, "thread 0 holds first (kind) since")
{
	mtx_init(&first, "first", "kind", MTX_DEF);
	mtx_lock(&first);
	kern_thread_detach();
}

LAB_TEST_PANIC(attach_twice_panics, "already thread 0")
{
	kern_thread_attach(1);
}

static void
attach_zero(void *arg, unsigned i)
{
	(void)arg, (void)i;
	kern_thread_attach(0);
}

LAB_TEST_PANIC(attach_taken_panics, "thread 0 is taken")
{
	md_run(1, attach_zero, NULL);
}

static void
lock_unattached(void *arg, unsigned i)
{
	(void)arg, (void)i;
	mtx_lock(&first);
}

LAB_TEST_PANIC(lock_unattached_panics,
    "first (kind) wanted by an unattached thread")
{
	mtx_init(&first, "first", "kind", MTX_DEF);
	md_run(1, lock_unattached, NULL);
}

#ifdef LOCK_STATS
/* Times by md_clock_ns() that lie within what is counted, whoever runs when. */
struct within {
	uint64_t	wi_hold_ns;	/* while first was held */
	uint64_t	wi_wait_ns;	/* while it was held and waited for */
};

static void
hold_until_contested(void *arg, unsigned i)
{
	struct within *wi = arg;

	if (i == 0) {
		uint64_t locked, contested, end;

		mtx_lock(&first);
		locked = md_clock_ns();
		while (!(atomic_load_ptr(&first.mtx_lock) & MTX_CONTESTED))
			md_spin_hint();
		contested = md_clock_ns();
		while ((end = md_clock_ns()) < contested + 10000)
			md_spin_hint();
		wi->wi_hold_ns = end - locked;
		wi->wi_wait_ns = end - contested;
	} else {
		while (!(atomic_load_ptr(&first.mtx_lock) & ~MTX_FLAGMASK))
			md_spin_hint();
		mtx_lock(&first);
	}
	mtx_unlock(&first);
}

/* The entry of a type and name; panics if there is none, or another. */
static struct lab_lock_stat
stat_of(const char *type, const char *name)
{
	static struct lab_lock_stat out[LAB_LOCK_STATS];
	struct lab_lock_stat *found = NULL;
	unsigned i, n;

	n = lock_stats_collect(out, LAB_LOCK_STATS);
	for (i = 0; i < n; i++)
		if (strcmp(out[i].lls_type, type) == 0 &&
		    strcmp(out[i].lls_name, name) == 0) {
			CHECK(found == NULL);
			found = &out[i];
		}
	CHECK(found != NULL);
	return (*found);
}

LAB_TEST(stats_are_by_type)
{
	struct lab_lock_stat out[1], s;
	struct within wi;

	mtx_init(&first, "kind", NULL, MTX_DEF);
	mtx_init(&second, "kind", "kind", MTX_DEF);
	mtx_lock(&second);
	mtx_unlock(&second);
	lock_stats_reset();
	test_threads(2, hold_until_contested, &wi);
	mtx_lock(&second);
	mtx_unlock(&second);
	s = stat_of("kind", "");
	CHECK_EQ(s.lls_acquired, 3);
	CHECK_EQ(s.lls_contended, 1);
	CHECK(wi.wi_wait_ns >= 10000);
	CHECK(s.lls_wait_ns >= wi.wi_wait_ns);
	CHECK(s.lls_hold_ns >= wi.wi_hold_ns);
	CHECK_EQ(stat_of("vm object", "").lls_acquired, 0);
	CHECK_EQ(lock_stats_collect(out, 1), 1);
}

/* Names that say more are told apart; what has none of its own is the rest. */
LAB_TEST(stats_are_by_name_too)
{
	struct lab_lock_stat s;
	struct within wi;
	static struct mtx third;

	mtx_init(&first, "one", "kind", MTX_DEF);
	mtx_init(&second, "two", "kind", MTX_DEF);
	mtx_init(&third, "kind", NULL, MTX_DEF);
	mtx_lock(&third);
	mtx_unlock(&third);
	test_threads(2, hold_until_contested, &wi);
	mtx_lock(&second);
	mtx_unlock(&second);
	CHECK_EQ(curthread->td_lockstat[third.lock_object.lo_type].acquired,
	    2);
	CHECK_EQ(stat_of("kind", "").lls_acquired, 1);
	CHECK_EQ(stat_of("kind", "").lls_contended, 0);
	s = stat_of("kind", "one");
	CHECK_EQ(s.lls_acquired, 2);
	CHECK_EQ(s.lls_contended, 1);
	CHECK(s.lls_wait_ns >= wi.wi_wait_ns);
	CHECK(s.lls_hold_ns >= wi.wi_hold_ns);
	CHECK_EQ(stat_of("kind", "two").lls_acquired, 1);
	/* One name under two types is two. */
	mtx_init(&third, "one", "other kind", MTX_DEF);
	CHECK_EQ(stat_of("other kind", "one").lls_acquired, 0);
	lock_stats_reset();
	CHECK_EQ(stat_of("kind", "one").lls_acquired, 0);
}

LAB_TEST(stats_by_name_run_out)
{
	static char names[MAXLOCKNAMES + 1][3];
	unsigned i;

	for (i = 0; i <= MAXLOCKNAMES; i++) {
		names[i][0] = (char)('A' + i / 8);
		names[i][1] = (char)('A' + i % 8);
		mtx_init(&first, names[i], "kind", MTX_DEF);
	}
	mtx_lock(&first);
	mtx_unlock(&first);
	CHECK_EQ(stat_of("kind", "").lls_acquired, 1);
	CHECK_EQ(stat_of("kind", "AA").lls_acquired, 0);
	CHECK(strcmp(first.lock_object.lo_name, "EA") == 0);
}
#else
LAB_TEST(stats_are_off)
{
	struct lab_lock_stat out[1];

	lock_stats_reset();
	CHECK_EQ(lock_stats_collect(out, 1), 0);
}
#endif
