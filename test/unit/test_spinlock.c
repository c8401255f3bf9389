/*
 * The chain lock: exclusion, and that a waiter which gave up polling and
 * parked is woken.
 */
#include <sys/proc.h>
#include <sys/spinlock.h>
#include <lab_test.h>

#define	WORKERS	6
#define	ROUNDS	2000

static struct spinlock	 lock;
static volatile unsigned counter;	/* guarded by lock */
static uint32_t		 held;		/* (a) thread 0 has it, or had */

static void
count_up(void *arg, unsigned i)
{
	unsigned k, seen;

	(void)arg, (void)i;
	for (k = 0; k < ROUNDS; k++) {
		spin_lock(&lock);
		seen = counter;
		if (k % 64 == 0)
			md_spin_hint();
		counter = seen + 1;
		spin_unlock(&lock);
	}
}

LAB_TEST(spin_excludes)
{
	test_threads(WORKERS, count_up, NULL);
	CHECK_EQ(counter, WORKERS * ROUNDS);
	CHECK_EQ(lock.sl_word, 0);
}

/* Thread 0 lets go only once another has parked. */
static void
hold_until_parked(void *arg, unsigned i)
{
	(void)arg;
	if (i != 0)
		while (atomic_load_int(&held) == 0)
			md_spin_hint();
	spin_lock(&lock);
	atomic_store_int(&held, 1);
	if (i == 0)
		while (atomic_load_int(&lock.sl_word) != 2)
			md_spin_hint();
	counter++;
	spin_unlock(&lock);
}

LAB_TEST(spin_parks_and_wakes)
{
	test_threads(3, hold_until_parked, NULL);
	CHECK_EQ(counter, 3);
}

LAB_TEST_PANIC(spin_unlock_free_panics, "is free")
{
	spin_unlock(&lock);
}
