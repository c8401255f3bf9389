/*
 * rwlock(9): exclusion, and each rule of <sys/rwlock.h> by the word's bits.
 */
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>
#include <lab_test.h>

#define	WORKERS	6
#define	ROUNDS	1500

static struct rwlock	 lock, other;
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

static uintptr_t
wait_for_bits(uintptr_t bits)
{
	uintptr_t v;

	while (((v = atomic_load_ptr(&lock.rw_lock)) & bits) != bits)
		md_spin_hint();
	return (v);
}

static void
mix(void *arg, unsigned i)
{
	unsigned k, seen;

	(void)arg;
	for (k = 0; k < ROUNDS; k++) {
		if ((k + i) % 4 != 0) {
			rw_rlock(&lock);
			rw_assert(&lock, RA_RLOCKED);
			CHECK_EQ(a, b);
			rw_runlock(&lock);
			continue;
		}
		rw_wlock(&lock);
		rw_assert(&lock, RA_WLOCKED);
		seen = a;
		a = seen + 1;
		if (k % 64 == 0)
			md_spin_hint();
		b = seen + 1;
		if (k % 16 == 0) {
			rw_downgrade(&lock);
			CHECK_EQ(a, b);
			rw_runlock(&lock);
		} else
			rw_wunlock(&lock);
	}
}

LAB_TEST(rw_excludes)
{
	rw_init_flags(&lock, "test", NULL, 0);
	test_threads(WORKERS, mix, NULL);
	CHECK_EQ(a, WORKERS * ROUNDS / 4);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
	CHECK_EQ(curthread->td_rw_rlocks, 0);
	rw_destroy(&lock);
}

static void
upgrade_mix(void *arg, unsigned i)
{
	unsigned k, seen;

	(void)arg, (void)i;
	for (k = 0; k < ROUNDS; k++) {
		rw_rlock(&lock);
		if (!rw_try_upgrade(&lock)) {
			rw_runlock(&lock);
			rw_wlock(&lock);
		}
		seen = a;
		a = seen + 1;
		rw_wunlock(&lock);
	}
}

LAB_TEST(rw_upgrade_excludes)
{
	rw_init_flags(&lock, "test", NULL, 0);
	test_threads(4, upgrade_mix, NULL);
	CHECK_EQ(a, 4 * ROUNDS);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
}

LAB_TEST(rw_words)
{
	rw_init_flags(&lock, "test", NULL, 0);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
	rw_rlock(&lock);
	CHECK_EQ(lock.rw_lock, 0x11);
	CHECK_EQ(curthread->td_rw_rlocks, 1);
	CHECK(!rw_wowned(&lock));
	CHECK(rw_try_upgrade(&lock));
	CHECK_EQ(lock.rw_lock, (uintptr_t)curthread);
	CHECK_EQ(curthread->td_rw_rlocks, 0);
	CHECK(rw_wowned(&lock));
	CHECK(!rw_try_rlock(&lock));
	CHECK(!rw_try_wlock(&lock));
	rw_downgrade(&lock);
	CHECK_EQ(lock.rw_lock, 0x11);
	CHECK(!rw_try_wlock(&lock));
	CHECK(rw_try_rlock(&lock));
	CHECK(!rw_try_upgrade(&lock));
	CHECK_EQ(lock.rw_lock, 0x21);
	rw_runlock(&lock);
	rw_runlock(&lock);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
	CHECK(rw_try_wlock(&lock));
	rw_wunlock(&lock);
	rw_assert(&lock, RA_UNLOCKED);
}

/*
 * 0 reads; 1 waits to write; 2 comes to read and must wait although the lock
 * is read-locked, but may try; 0, a reader already, need not wait.
 */
static void
prefer_writer(void *arg, unsigned i)
{
	(void)arg;
	switch (i) {
	case 0:
		rw_rlock(&lock);
		next_step(1);
		wait_for_bits(RW_LOCK_WRITE_WAITERS);
		next_step(2);
		wait_for_bits(RW_LOCK_READ_WAITERS);
		rw_rlock(&lock);		/* the recursion escape */
		CHECK_EQ(RW_READERS(atomic_load_ptr(&lock.rw_lock)), 2);
		rw_runlock(&lock);
		CHECK_EQ(atomic_load_int(&order), 0);
		rw_runlock(&lock);
		break;
	case 1:
		wait_for_step(1);
		rw_wlock(&lock);
		CHECK_EQ(atomic_fetchadd_int(&order, 1), 0);
		rw_wunlock(&lock);
		break;
	case 2:
		wait_for_step(2);
		CHECK(rw_try_rlock(&lock));
		rw_runlock(&lock);
		rw_rlock(&lock);
		CHECK_EQ(atomic_fetchadd_int(&order, 1), 1);
		rw_runlock(&lock);
		break;
	}
}

LAB_TEST(rw_prefers_writers)
{
	rw_init_flags(&lock, "test", NULL, 0);
	test_threads(3, prefer_writer, NULL);
	CHECK_EQ(order, 2);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
}

/* Holding any rwlock for reading is enough for the escape. */
static void
escape_by_other(void *arg, unsigned i)
{
	(void)arg;
	switch (i) {
	case 0:
		rw_rlock(&lock);
		next_step(1);
		wait_for_step(2);
		rw_runlock(&lock);
		break;
	case 1:
		wait_for_step(1);
		rw_wlock(&lock);
		rw_wunlock(&lock);
		break;
	case 2:
		rw_rlock(&other);
		wait_for_bits(RW_LOCK_WRITE_WAITERS);
		rw_rlock(&lock);
		rw_runlock(&lock);
		rw_runlock(&other);
		next_step(2);
		break;
	}
}

LAB_TEST(rw_escape_by_another_lock)
{
	rw_init_flags(&lock, "test", "t", RW_DUPOK);
	rw_init_flags(&other, "other", "t", RW_DUPOK);
	test_threads(3, escape_by_other, NULL);
}

static void
keep_bits(void *arg, unsigned i)
{
	uintptr_t v;

	switch (i) {
	case 0:
		rw_rlock(&lock);
		next_step(1);
		wait_for_bits(RW_LOCK_WRITE_WAITERS);
		next_step(2);
		wait_for_bits(RW_LOCK_READ_WAITERS);
		CHECK(rw_try_upgrade(&lock));
		v = atomic_load_ptr(&lock.rw_lock);
		CHECK_EQ(v, (uintptr_t)curthread | RW_LOCK_WAITERS);
		if (arg != NULL) {
			/* A waiting writer keeps the waiting reader out. */
			rw_downgrade(&lock);
			v = atomic_load_ptr(&lock.rw_lock);
			CHECK_EQ(v, 0x11 | RW_LOCK_WAITERS);
			rw_runlock(&lock);
		} else
			rw_wunlock(&lock);
		break;
	case 1:
		wait_for_step(1);
		rw_wlock(&lock);
		CHECK_EQ(atomic_fetchadd_int(&order, 1), 0);
		rw_wunlock(&lock);
		break;
	case 2:
		wait_for_step(2);
		rw_rlock(&lock);
		CHECK_EQ(atomic_fetchadd_int(&order, 1), 1);
		rw_runlock(&lock);
		break;
	}
}

LAB_TEST(rw_upgrade_keeps_bits)
{
	rw_init_flags(&lock, "test", NULL, 0);
	test_threads(3, keep_bits, NULL);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
}

LAB_TEST(rw_downgrade_keeps_bits_for_writers)
{
	rw_init_flags(&lock, "test", NULL, 0);
	test_threads(3, keep_bits, &lock);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
}

/* No writer waits: the blocked reader comes in beside the downgrader. */
static void
downgrade_lets_in(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		rw_wlock(&lock);
		next_step(1);
		wait_for_bits(RW_LOCK_READ_WAITERS);
		rw_downgrade(&lock);
		wait_for_step(2);
		rw_runlock(&lock);
		return;
	}
	wait_for_step(1);
	rw_rlock(&lock);
	next_step(2);
	rw_runlock(&lock);
}

LAB_TEST(rw_downgrade_wakes_readers)
{
	rw_init_flags(&lock, "test", NULL, 0);
	test_threads(2, downgrade_lets_in, NULL);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
}

LAB_TEST(rw_sleep_retakes_the_mode)
{
	rw_init_flags(&lock, "test", NULL, 0);
	rw_rlock(&lock);
	CHECK_EQ(rw_sleep(&channel, &lock, PVM, "test", 1000000), EWOULDBLOCK);
	rw_assert(&lock, RA_RLOCKED);
	CHECK_EQ(lock.rw_lock, 0x11);
	CHECK_EQ(curthread->td_rw_rlocks, 1);
	rw_runlock(&lock);
	rw_wlock(&lock);
	CHECK_EQ(rw_sleep(&channel, &lock, PVM, "test", 1000000), EWOULDBLOCK);
	rw_assert(&lock, RA_WLOCKED);
	CHECK_EQ(rw_sleep(&channel, &lock, PVM | PDROP, "test", 1000000),
	    EWOULDBLOCK);
	rw_assert(&lock, RA_UNLOCKED);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
}

LAB_TEST(rw_write_recursion_where_allowed)
{
	rw_init_flags(&lock, "test", NULL, RW_RECURSE);
	rw_wlock(&lock);
	rw_wlock(&lock);
	CHECK(rw_try_wlock(&lock));
	rw_wunlock(&lock);
	rw_wunlock(&lock);
	rw_assert(&lock, RA_WLOCKED);
	rw_wunlock(&lock);
	CHECK_EQ(lock.rw_lock, RW_UNLOCKED);
}

LAB_TEST_PANIC(rw_write_recursion_panics, "recursion on plain")
{
	rw_init_flags(&lock, "plain", NULL, 0);
	rw_wlock(&lock);
	rw_wlock(&lock);
}

LAB_TEST_PANIC(rw_write_over_read_panics, "recursion on plain")
{
	rw_init_flags(&lock, "plain", NULL, 0);
	rw_rlock(&lock);
	rw_wlock(&lock);
}

LAB_TEST_PANIC(rw_assert_wlocked_panics, "rwlock plain not write-locked")
{
	rw_init_flags(&lock, "plain", NULL, 0);
	rw_rlock(&lock);
	rw_assert(&lock, RA_WLOCKED);
}

static void
assert_rlocked(void *arg, unsigned i)
{
	(void)arg, (void)i;
	rw_assert(&lock, RA_RLOCKED);
}

/* Read-locked, but not by the thread that asserts it. */
LAB_TEST_PANIC(rw_assert_knows_readers, "rwlock plain not read-locked")
{
	rw_init_flags(&lock, "plain", NULL, 0);
	rw_rlock(&lock);
	test_threads(1, assert_rlocked, NULL);
}

LAB_TEST_PANIC(rw_assert_unlocked_panics, "rwlock plain locked")
{
	rw_init_flags(&lock, "plain", NULL, 0);
	rw_rlock(&lock);
	rw_assert(&lock, RA_UNLOCKED);
}

LAB_TEST_PANIC(rw_wrong_release_panics, "release of plain")
{
	rw_init_flags(&lock, "plain", NULL, 0);
	rw_rlock(&lock);
	rw_wunlock(&lock);
}

LAB_TEST_PANIC(rw_destroyed_panics, "is destroyed")
{
	rw_init_flags(&lock, "plain", NULL, 0);
	rw_destroy(&lock);
	rw_rlock(&lock);
}
