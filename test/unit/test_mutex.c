/*
 * mtx(9): exclusion, blocking, trying, recursion, assertions.
 */
#include <sys/mutex.h>
#include <lab_test.h>

#define	WORKERS	6
#define	ROUNDS	2000	/* acquisitions a worker */

static struct mtx	 lock;
static volatile unsigned counter;	/* guarded by lock */
static uint32_t		 step;		/* (a) */

static void
wait_for_step(unsigned n)
{
	while (atomic_load_acq_int(&step) < n)
		md_spin_hint();
}

static void
next_step(void)
{
	uint32_t old = atomic_load_int(&step);

	/* Release pairs with the acquire in wait_for_step(). */
	while (!atomic_fcmpset_rel_int(&step, &old, old + 1))
		continue;
}

static void
count_up(void *arg, unsigned i)
{
	unsigned k, seen;

	(void)arg, (void)i;
	for (k = 0; k < ROUNDS; k++) {
		mtx_lock(&lock);
		mtx_assert(&lock, MA_OWNED | MA_NOTRECURSED);
		seen = counter;
		if (k % 64 == 0)
			md_spin_hint();
		counter = seen + 1;
		mtx_unlock(&lock);
	}
}

LAB_TEST(mtx_excludes)
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	test_threads(WORKERS, count_up, NULL);
	CHECK_EQ(counter, WORKERS * ROUNDS);
	CHECK_EQ(lock.mtx_lock, MTX_UNOWNED);
	mtx_destroy(&lock);
}

static void
count_up_trying(void *arg, unsigned i)
{
	unsigned k;

	(void)arg, (void)i;
	for (k = 0; k < ROUNDS / 4; k++) {
		while (!mtx_trylock(&lock))
			md_spin_hint();
		counter++;
		mtx_unlock(&lock);
	}
}

LAB_TEST(mtx_trylock_excludes)
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	test_threads(4, count_up_trying, NULL);
	CHECK_EQ(counter, 4 * (ROUNDS / 4));
}

/* Thread 0 holds the lock until all others have tried and one has blocked. */
static void
block_all(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		mtx_lock(&lock);
		next_step();
		wait_for_step(WORKERS);
		while ((atomic_load_ptr(&lock.mtx_lock) & MTX_CONTESTED) == 0)
			md_spin_hint();
		CHECK_EQ(atomic_load_ptr(&lock.mtx_lock),
		    (uintptr_t)curthread | MTX_CONTESTED);
	} else {
		wait_for_step(1);
		CHECK(!mtx_trylock(&lock));
		CHECK(!mtx_owned(&lock));
		next_step();
		mtx_lock(&lock);
	}
	counter++;
	mtx_unlock(&lock);
}

LAB_TEST(mtx_blocks_and_wakes)
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	test_threads(WORKERS, block_all, NULL);
	CHECK_EQ(counter, WORKERS);
	CHECK_EQ(lock.mtx_lock, MTX_UNOWNED);
}

LAB_TEST(mtx_recurses)
{
	mtx_init(&lock, "test", NULL, MTX_RECURSE);
	mtx_lock(&lock);
	mtx_lock(&lock);
	CHECK(mtx_trylock(&lock));
	mtx_assert(&lock, MA_OWNED | MA_RECURSED);
	mtx_unlock(&lock);
	mtx_unlock(&lock);
	mtx_assert(&lock, MA_OWNED | MA_NOTRECURSED);
	CHECK_EQ(lock.mtx_lock, (uintptr_t)curthread);
	mtx_unlock(&lock);
	mtx_assert(&lock, MA_NOTOWNED);
	CHECK_EQ(lock.mtx_lock, MTX_UNOWNED);
}

LAB_TEST(mtx_try_on_own_is_refused)
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	mtx_lock(&lock);
	CHECK(!mtx_trylock(&lock));
	mtx_unlock(&lock);
}

LAB_TEST_PANIC(mtx_recursion_panics, "recursion on plain (some type)")
{
	mtx_init(&lock, "plain", "some type", MTX_DEF);
	mtx_lock(&lock);
	mtx_lock(&lock);
}

LAB_TEST_PANIC(mtx_assert_owned_panics, "mutex plain not owned")
{
	mtx_init(&lock, "plain", NULL, MTX_DEF);
	mtx_assert(&lock, MA_OWNED);
}

LAB_TEST_PANIC(mtx_assert_notowned_panics, "mutex plain owned")
{
	mtx_init(&lock, "plain", NULL, MTX_DEF);
	mtx_lock(&lock);
	mtx_assert(&lock, MA_NOTOWNED);
}

LAB_TEST_PANIC(mtx_unlock_unheld_panics, "release of plain")
{
	mtx_init(&lock, "plain", NULL, MTX_DEF);
	mtx_unlock(&lock);
}

static void
unlock_of_another(void *arg, unsigned i)
{
	(void)arg, (void)i;
	mtx_unlock(&lock);
}

LAB_TEST_PANIC(mtx_unlock_by_another_panics, "not held by thread 1")
{
	mtx_init(&lock, "plain", NULL, MTX_DEF);
	mtx_lock(&lock);
	test_threads(1, unlock_of_another, NULL);
}

LAB_TEST_PANIC(mtx_destroyed_panics, "is destroyed")
{
	mtx_init(&lock, "plain", NULL, MTX_DEF);
	mtx_destroy(&lock);
	mtx_lock(&lock);
}

LAB_TEST_PANIC(mtx_destroy_held_panics, "mtx_destroy: plain")
{
	mtx_init(&lock, "plain", NULL, MTX_DEF);
	mtx_lock(&lock);
	mtx_destroy(&lock);
}
