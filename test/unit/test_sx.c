/*
 * sx(9): exclusion, its waiter bits, sleeping while it is held.
 */
#include <sys/mutex.h>
#include <sys/sleepqueue.h>
#include <sys/sx.h>
#include <lab_test.h>

#define	WORKERS	5
#define	ROUNDS	1500

static struct sx	 lock;
static volatile unsigned a, b;		/* guarded by lock, always equal */
static int		 channel;	/* slept on by address */
static uint32_t		 step;		/* (a) */
static uint32_t		 order;		/* (a) who got the lock when */

static void
wait_for_step(unsigned n)
{
	while (atomic_load_acq_int(&step) < n)
		md_spin_hint();
}

static void
next_step(unsigned n)
{
	uint32_t old = n - 1;

	CHECK(atomic_fcmpset_rel_int(&step, &old, n));
}

static void
wait_for_bits(uintptr_t bits)
{
	while ((atomic_load_ptr(&lock.sx_lock) & bits) != bits)
		md_spin_hint();
}

static void
mix(void *arg, unsigned i)
{
	unsigned k, seen;

	(void)arg;
	for (k = 0; k < ROUNDS; k++) {
		if ((k + i) % 4 != 0) {
			sx_slock(&lock);
			sx_assert(&lock, SA_SLOCKED);
			CHECK_EQ(a, b);
			sx_sunlock(&lock);
			continue;
		}
		sx_xlock(&lock);
		sx_assert(&lock, SA_XLOCKED);
		seen = a;
		a = seen + 1;
		if (k % 64 == 0)
			md_spin_hint();
		b = seen + 1;
		if (k % 16 == 0) {
			sx_downgrade(&lock);
			CHECK_EQ(a, b);
			sx_sunlock(&lock);
		} else
			sx_xunlock(&lock);
	}
}

LAB_TEST(sx_excludes)
{
	sx_init_flags(&lock, "test", NULL, 0);
	test_threads(WORKERS, mix, NULL);
	CHECK_EQ(a, (WORKERS * ROUNDS + 3) / 4);
	CHECK_EQ(lock.sx_lock, SX_LOCK_UNLOCKED);
	sx_destroy(&lock);
}

LAB_TEST(sx_words)
{
	sx_init_flags(&lock, "test", NULL, 0);
	sx_slock(&lock);
	CHECK_EQ(lock.sx_lock, 0x11);
	CHECK(sx_try_slock(&lock));
	CHECK(!sx_try_upgrade(&lock));
	sx_sunlock(&lock);
	CHECK(sx_try_upgrade(&lock));
	CHECK_EQ(lock.sx_lock, (uintptr_t)curthread);
	CHECK(sx_xlocked(&lock));
	CHECK(!sx_try_slock(&lock));
	sx_downgrade(&lock);
	CHECK(!sx_try_xlock(&lock));
	sx_sunlock(&lock);
	CHECK(sx_try_xlock(&lock));
	sx_xunlock(&lock);
	sx_assert(&lock, SA_UNLOCKED);
	CHECK_EQ(lock.sx_lock, SX_LOCK_UNLOCKED);
}

/* 0 owns; 1 waits to own, 2 to share: 2 is served first, 1 keeps its bit. */
static void
prefer_sharers(void *arg, unsigned i)
{
	(void)arg;
	switch (i) {
	case 0:
		sx_xlock(&lock);
		next_step(1);
		wait_for_bits(SX_LOCK_EXCLUSIVE_WAITERS);
		next_step(2);
		wait_for_bits(SX_LOCK_SHARED_WAITERS);
		CHECK_EQ(atomic_load_ptr(&lock.sx_lock),
		    (uintptr_t)curthread | SX_LOCK_WAITERS);
		sx_xunlock(&lock);
		break;
	case 1:
		wait_for_step(1);
		sx_xlock(&lock);
		CHECK_EQ(atomic_fetchadd_int(&order, 1), 1);
		sx_xunlock(&lock);
		break;
	case 2:
		wait_for_step(2);
		sx_slock(&lock);
		CHECK_EQ(atomic_fetchadd_int(&order, 1), 0);
		CHECK(atomic_load_ptr(&lock.sx_lock) &
		    SX_LOCK_EXCLUSIVE_WAITERS);
		sx_sunlock(&lock);
		break;
	}
}

LAB_TEST(sx_prefers_sharers)
{
	sx_init_flags(&lock, "test", NULL, 0);
	test_threads(3, prefer_sharers, NULL);
	CHECK_EQ(lock.sx_lock, SX_LOCK_UNLOCKED);
}

/* A sharer comes in although a writer waits. */
static void
share_past_writer(void *arg, unsigned i)
{
	(void)arg;
	switch (i) {
	case 0:
		sx_slock(&lock);
		next_step(1);
		wait_for_step(2);
		sx_sunlock(&lock);
		break;
	case 1:
		wait_for_step(1);
		sx_xlock(&lock);
		sx_xunlock(&lock);
		break;
	case 2:
		wait_for_bits(SX_LOCK_EXCLUSIVE_WAITERS);
		sx_slock(&lock);
		sx_sunlock(&lock);
		next_step(2);
		break;
	}
}

LAB_TEST(sx_sharers_pass_writers)
{
	sx_init_flags(&lock, "test", NULL, 0);
	test_threads(3, share_past_writer, NULL);
}

static void
downgrade_lets_in(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		sx_xlock(&lock);
		next_step(1);
		wait_for_bits(SX_LOCK_SHARED_WAITERS);
		sx_downgrade(&lock);
		wait_for_step(2);
		sx_sunlock(&lock);
		return;
	}
	wait_for_step(1);
	sx_slock(&lock);
	next_step(2);
	sx_sunlock(&lock);
}

LAB_TEST(sx_downgrade_wakes_sharers)
{
	sx_init_flags(&lock, "test", NULL, 0);
	test_threads(2, downgrade_lets_in, NULL);
}

LAB_TEST(sx_may_be_held_over_a_sleep)
{
	struct mtx m;

	sx_init_flags(&lock, "map", NULL, 0);
	mtx_init(&m, "m", "vm object", MTX_DEF);
	sx_slock(&lock);
	CHECK_EQ(sx_sleep(&channel, &lock, PVM, "test", 1000000), EWOULDBLOCK);
	sx_assert(&lock, SA_SLOCKED);
	sx_sunlock(&lock);
	sx_init_flags(&lock, "map", "vm map", 0);
	sx_xlock(&lock);
	mtx_lock(&m);
	CHECK_EQ(msleep(&channel, &m, PVM, "test", 1000000), EWOULDBLOCK);
	mtx_unlock(&m);
	CHECK_EQ(sx_sleep(&channel, &lock, PVM, "test", 1000000), EWOULDBLOCK);
	sx_assert(&lock, SA_XLOCKED);
	sx_xunlock(&lock);
}

LAB_TEST_PANIC(sx_recursion_panics, "recursion on plain")
{
	sx_init_flags(&lock, "plain", NULL, 0);
	sx_xlock(&lock);
	sx_xlock(&lock);
}

LAB_TEST_PANIC(sx_assert_panics, "sx plain not exclusively locked")
{
	sx_init_flags(&lock, "plain", NULL, 0);
	sx_slock(&lock);
	sx_assert(&lock, SA_XLOCKED);
}

LAB_TEST_PANIC(sx_destroyed_panics, "is destroyed")
{
	sx_init_flags(&lock, "plain", NULL, 0);
	sx_destroy(&lock);
	sx_xlock(&lock);
}
