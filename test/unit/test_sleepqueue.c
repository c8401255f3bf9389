/*
 * Sleep queues: no wake-up is lost, wakeup is a broadcast, timeouts, PDROP.
 */
#include <sys/mutex.h>
#include <sys/rwlock.h>
#include <sys/sleepqueue.h>
#include <lab_test.h>

#define	ROUNDS		5000
#define	SLEEPERS	5
#define	RACERS		24	/* many, so that a broadcast takes long */
#define	RACER_ROUNDS	300
#define	MS		1000000ull	/* in ns */

static struct mtx	 lock, second;
static struct rwlock	 rw;
static volatile unsigned turn;		/* guarded by lock or rw */
static volatile unsigned woken;		/* guarded by lock */
static int		 channel, elsewhere;	/* slept on by address */
static uint32_t		 step;		/* (a) */

/* Two threads hand one word back and forth; a lost wake-up hangs the test. */
static void
ping_pong(void *arg, unsigned i)
{
	unsigned k;

	(void)arg;
	for (k = 0; k < ROUNDS; k++) {
		mtx_lock(&lock);
		while (turn != i)
			CHECK_EQ(msleep(&channel, &lock, PVM, "turn", 0), 0);
		turn = !i;
		wakeup(&channel);
		mtx_unlock(&lock);
	}
}

LAB_TEST(sleep_loses_no_wakeup)
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	test_threads(2, ping_pong, NULL);
	CHECK_EQ(turn, 0);
}

/* The same with the waker outside the lock, as vm_page_xunbusy() is. */
static void
ping_pong_rw(void *arg, unsigned i)
{
	unsigned k;

	(void)arg;
	for (k = 0; k < ROUNDS; k++) {
		rw_wlock(&rw);
		while (turn != i) {
			CHECK_EQ(rw_sleep(&channel, &rw, PVM, "turn", 0), 0);
			rw_assert(&rw, RA_WLOCKED);
		}
		turn = !i;
		rw_wunlock(&rw);
		wakeup(&channel);
	}
}

LAB_TEST(rw_sleep_loses_no_wakeup)
{
	rw_init_flags(&rw, "test", NULL, 0);
	test_threads(2, ping_pong_rw, NULL);
	CHECK_EQ(rw.rw_lock, RW_UNLOCKED);
}

static void
sleep_or_wake(void *arg, unsigned i)
{
	(void)arg;
	if (i < SLEEPERS) {
		mtx_lock(&lock);
		CHECK_EQ(msleep(&channel, &lock, PVM, "all", 0), 0);
		mtx_assert(&lock, MA_OWNED);
		woken++;
		mtx_unlock(&lock);
		return;
	}
	while (sleepq_sleepers(&channel) < SLEEPERS)
		md_spin_hint();
	CHECK_EQ(sleepq_sleepers(&elsewhere), 0);
	wakeup(&elsewhere);
	CHECK_EQ(sleepq_sleepers(&channel), SLEEPERS);
	wakeup(&channel);
	CHECK_EQ(sleepq_sleepers(&channel), 0);
}

LAB_TEST(wakeup_is_a_broadcast)
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	test_threads(SLEEPERS + 1, sleep_or_wake, NULL);
	CHECK_EQ(woken, SLEEPERS);
}

LAB_TEST(sleep_times_out)
{
	uint64_t begin;

	mtx_init(&lock, "test", NULL, MTX_DEF);
	mtx_lock(&lock);
	begin = md_clock_ns();
	CHECK_EQ(msleep(&channel, &lock, PVM, "time", 5 * MS), EWOULDBLOCK);
	CHECK(md_clock_ns() - begin >= 5 * MS);
	mtx_assert(&lock, MA_OWNED);
	CHECK_EQ(sleepq_sleepers(&channel), 0);
	CHECK_EQ(msleep(&channel, &lock, PVM | PDROP, "time", MS),
	    EWOULDBLOCK);
	mtx_assert(&lock, MA_NOTOWNED);
	begin = md_clock_ns();
	pause_ns("time", 2 * MS);
	CHECK(md_clock_ns() - begin >= 2 * MS);
}

/*
 * Timeouts as short as the wakers' pace, so that some sleeper is taken off the
 * chain by a waker and by its clock at once, and sleeps again while the waker
 * still has it in hand.  The interlock is shared, so that nothing else keeps
 * the sleeper from doing so.  Each sleep must come back once.
 */
static void
timeout_race(void *arg, unsigned i)
{
	unsigned k;
	int error;

	(void)arg;
	for (k = 0; k < RACER_ROUNDS; k++) {
		if (i >= RACERS) {
			wakeup(&channel);
			md_spin_hint();
			continue;
		}
		rw_rlock(&rw);
		error = rw_sleep(&channel, &rw, PVM, "race",
		    1 + (k + i) * 7919 % 20000);
		CHECK(error == 0 || error == EWOULDBLOCK);
		rw_runlock(&rw);
		(void)atomic_fetchadd_int(&step, 1);
	}
}

LAB_TEST(sleep_timeout_meets_wakeup)
{
	rw_init_flags(&rw, "test", NULL, 0);
	test_threads(RACERS + 2, timeout_race, NULL);
	CHECK_EQ(step, RACERS * RACER_ROUNDS);
	CHECK_EQ(sleepq_sleepers(&channel), 0);
	CHECK_EQ(rw.rw_lock, RW_UNLOCKED);
}

static void
drop_interlock(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		mtx_lock(&lock);
		CHECK_EQ(msleep(&channel, &lock, PVM | PDROP, "drop", 0), 0);
		mtx_assert(&lock, MA_NOTOWNED);
		atomic_store_rel_int(&step, 1);
		return;
	}
	while (sleepq_sleepers(&channel) == 0)
		md_spin_hint();
	/* Held here until the sleeper is back: it may not want it. */
	mtx_lock(&lock);
	wakeup(&channel);
	while (atomic_load_acq_int(&step) == 0)
		md_spin_hint();
	mtx_unlock(&lock);
}

LAB_TEST(sleep_pdrop_keeps_off_the_lock)
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	test_threads(2, drop_interlock, NULL);
}

LAB_TEST_PANIC(sleep_holding_a_mutex_panics,
    "sleep \"test\" while first (vm object) is held")
{
	mtx_init(&lock, "first", "vm object", MTX_DEF);
	mtx_init(&second, "second", "vm page", MTX_DEF);
	mtx_lock(&lock);
	mtx_lock(&second);
	(void)msleep(&channel, &second, PVM, "test", MS);
}

LAB_TEST_PANIC(pause_holding_a_mutex_panics, "sleep \"test\" while first")
{
	mtx_init(&lock, "first", NULL, MTX_DEF);
	mtx_lock(&lock);
	pause_ns("test", MS);
}

LAB_TEST_PANIC(sleep_without_interlock_panics, "mutex first not owned")
{
	mtx_init(&lock, "first", NULL, MTX_DEF);
	(void)msleep(&channel, &lock, PVM, "test", MS);
}

static void
two_interlocks(void *arg, unsigned i)
{
	struct mtx *mine = i == 0 ? &lock : &second;

	(void)arg;
	if (i == 1)
		while (sleepq_sleepers(&channel) == 0)
			md_spin_hint();
	mtx_lock(mine);
	(void)msleep(&channel, mine, PVM, "test", 0);
}

LAB_TEST_PANIC(sleep_naming_another_lock_panics, "names second")
{
	mtx_init(&lock, "first", NULL, MTX_DEF);
	mtx_init(&second, "second", NULL, MTX_DEF);
	test_threads(2, two_interlocks, NULL);
}

#ifdef MD_FINDS_DEADLOCK
static void
sleep_for_ever(void *arg, unsigned i)
{
	(void)arg, (void)i;
	mtx_lock(&lock);
	(void)msleep(&channel, &lock, PVM | PDROP, "nobody", 0);
}

LAB_TEST_PANIC(deadlock_is_found, "deadlock: all 3 fibers wait")
{
	mtx_init(&lock, "test", NULL, MTX_DEF);
	test_threads(2, sleep_for_ever, NULL);
}
#endif
