/*
 * A sleep with the object's lock as interlock: no wake-up is lost, and the
 * lock is held again as it was.
 *
 * Goal: what every loop that waits for a change of an object rests on.  Method:
 * threads take turns, told by object->size, which changes under the lock held
 * to change it; each waits for its turn asleep, so a lost wake-up ends all of
 * them.  Where the lock has a mode to look, it is slept with in that mode too:
 * VM_OBJECT_SLEEP, which is rw_sleep(9).
 */
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>
#include "vm_test.h"

#if TEST_SYNCHRONISED
#define	TURNERS	3
#define	ROUNDS	40	/* turns each */

static vm_object_t	object;

static void
boot(void)
{
	test_boot(256);
	object = vm_object_allocate(OBJT_DEFAULT, 0);
}

static void
end(void)
{
	CHECK_EQ(sleepq_sleepers(&object->size), 0);
	vm_object_deallocate(object);
	test_end();
}

/* The next one's turn. */
static void
pass_on(void)
{
	pv_object_lock(object);
	object->size++;
	pv_object_unlock(object);
	wakeup(&object->size);
}

static void
turn(void *arg, unsigned i)
{
	unsigned k;

	(void)arg;
	for (k = 0; k < ROUNDS; k++) {
		pv_object_lock(object);
		while (object->size != k * TURNERS + i)
			pv_object_sleep(object, &object->size, PVM, "turn", 0);
		pv_object_assert_locked(object);
		pv_object_unlock(object);
		pass_on();
	}
}

LAB_TEST(object_sleep_loses_no_wakeup)
{
	boot();
	test_threads(TURNERS, turn, NULL);
	CHECK_EQ(object->size, ROUNDS * TURNERS);
	end();
}

#ifdef VM_OBJECT_SLEEP
static void
lock_as(bool write)
{
	if (write)
		VM_OBJECT_WLOCK(object);
	else
		VM_OBJECT_RLOCK(object);
}

/* Panics unless it is held so. */
static void
unlock_as(bool write)
{
	CHECK_EQ(rw_wowned(&object->lock) != 0, write);
	if (write) {
		VM_OBJECT_ASSERT_WLOCKED(object);
		VM_OBJECT_WUNLOCK(object);
	} else {
		VM_OBJECT_ASSERT_RLOCKED(object);
		VM_OBJECT_RUNLOCK(object);
	}
}

/* As turn(), in either mode, so that readers and writers sleep together. */
static void
turn_in_mode(void *arg, unsigned i)
{
	unsigned k;
	bool write;

	(void)arg;
	for (k = 0; k < ROUNDS; k++) {
		write = (k + i) % 2 == 0;
		lock_as(write);
		while (object->size != k * TURNERS + i) {
			CHECK_EQ(VM_OBJECT_SLEEP(object, &object->size, PVM,
			    "turn", 0), 0);
			CHECK_EQ(rw_wowned(&object->lock) != 0, write);
		}
		unlock_as(write);
		pass_on();
	}
}

LAB_TEST(object_sleep_in_both_modes_loses_no_wakeup)
{
	boot();
	test_threads(TURNERS, turn_in_mode, NULL);
	CHECK_EQ(object->size, ROUNDS * TURNERS);
	CHECK_EQ(object->lock.rw_lock, RW_UNLOCKED);
	end();
}

static volatile unsigned inside;

/* Two who slept as readers are back as readers, and so at once. */
static void
meet_as_readers(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		test_await_sleepers(&object->size, 2);
		pass_on();
		return;
	}
	VM_OBJECT_RLOCK(object);
	while (object->size == 0)
		VM_OBJECT_SLEEP(object, &object->size, PVM, "meet", 0);
	(void)atomic_fetchadd_int(&inside, 1);
	while (atomic_load_int(&inside) != 2)
		md_spin_hint();
	unlock_as(false);
}

LAB_TEST(object_sleep_as_readers_is_left_as_readers)
{
	boot();
	inside = 0;
	test_threads(3, meet_as_readers, NULL);
	end();
}

static void
time_out(bool write)
{
	lock_as(write);
	CHECK_EQ(VM_OBJECT_SLEEP(object, &object->size, PVM, "test", 1000),
	    EWOULDBLOCK);
	unlock_as(write);
	lock_as(write);
	CHECK_EQ(VM_OBJECT_SLEEP(object, &object->size, PVM | PDROP, "test",
	    1000), EWOULDBLOCK);
	rw_assert(&object->lock, RA_UNLOCKED);
	CHECK_EQ(object->lock.rw_lock, RW_UNLOCKED);
}

LAB_TEST(object_sleep_times_out_in_the_mode_held)
{
	boot();
	time_out(false);
	time_out(true);
	end();
}
#endif /* VM_OBJECT_SLEEP */
#endif /* TEST_SYNCHRONISED */
