/*
 * Running out of pages: who waits sleeps, and whoever frees the page that
 * passes the mark wakes it, in whichever domain, and no wake-up is lost.
 */
#include "vm_test.h"

#define	FRAMES	128

static vm_page_t	got[3 * FRAMES];
static unsigned		ngot;
static volatile unsigned woken;		/* (a) waiters that went on */

static void
exhaust(void)
{
	vm_page_t m;

	ngot = 0;
	woken = 0;
	while ((m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ)) != NULL)
		got[ngot++] = m;
}

static void
free_some(unsigned n)
{
	while (n-- > 0)
		test_free(got[--ngot]);
}

LAB_TEST(shortage_wait_returns_at_once_when_there_is_memory)
{
	test_boot(FRAMES);
	vm_wait();
	vm_waitpfault();
	test_end();
}

/* Thread 0 frees when all the others are asleep. */
static void
free_or_sleep(void *arg, unsigned i)
{
	unsigned sleepers = *(unsigned *)arg;

	if (i > 0) {
		if (i % 2 == 0)
			vm_wait();
		else
			vm_waitpfault();
		CHECK(vm_free_count() > vm_cnt.v_free_reserved);
		atomic_fetchadd_int(&woken, 1);
		return;
	}
	test_await_sleepers(&vm_shortage, sleepers);
	CHECK_EQ(woken, 0);
	free_some(1);
}

LAB_TEST(shortage_one_page_above_the_mark_wakes_all)
{
	unsigned sleepers = 3;

	test_boot(FRAMES);
	exhaust();
	test_threads(1 + sleepers, free_or_sleep, &sleepers);
	CHECK_EQ(woken, sleepers);
	free_some(ngot);
	test_end();
}

/* The freed page is the first domain's, the sleeper's interlock the last's. */
LAB_TEST(shortage_ends_by_a_page_of_another_domain)
{
	unsigned sleepers = 2;

	vm_ndomains_tunable = 4;
	vm_boot(ptoa(FRAMES), 3);
	exhaust();
	CHECK(got[ngot - 1]->domain != 3);
	test_threads(1 + sleepers, free_or_sleep, &sleepers);
	CHECK_EQ(woken, sleepers);
	free_some(ngot);
	test_end();
	vm_ndomains_tunable = 0;
}

/* Below the mark nobody is woken: the reserve is refilled first. */
static void
refill_or_sleep(void *arg, unsigned i)
{
	(void)arg;
	if (i > 0) {
		vm_wait();
		atomic_fetchadd_int(&woken, 1);
		return;
	}
	test_await_sleepers(&vm_shortage, 1);
	while (vm_free_count() < vm_cnt.v_free_reserved) {
		free_some(1);
		CHECK_EQ(sleepq_sleepers(&vm_shortage), 1);
	}
	free_some(1);
}

LAB_TEST(shortage_reserve_is_refilled_before_waiters_go_on)
{
	vm_page_t m;

	test_boot(FRAMES);
	exhaust();
	while ((m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ |
	    VM_ALLOC_INTERRUPT)) != NULL)
		got[ngot++] = m;
	CHECK_EQ(vm_free_count(), 0);
	test_threads(2, refill_or_sleep, NULL);
	CHECK_EQ(woken, 1);
	free_some(ngot);
	test_end();
}

/*
 * The free races with the waiter's look at the counts, again and again: each
 * round the one page that passes the mark is freed once, in a domain other
 * than home, so a wake-up lost in any round is a test that never ends.
 */
#define	RACES	3000

static volatile unsigned race_round;	/* (a) the waiter is about to wait */

static void
dawdle(uint64_t *seed)
{
	for (uint64_t k = test_random(seed) % 32; k > 0; k--)
		md_spin_hint();
}

static void
free_while_other_waits(void *arg, unsigned i)
{
	uint64_t seed = i + 1;

	(void)arg;
	for (unsigned n = 1; n <= RACES; n++) {
		if (i == 1) {
			atomic_store_rel_int(&race_round, n);
			dawdle(&seed);
			vm_wait();
			got[0] = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
			CHECK(got[0] != NULL);
			continue;
		}
		/* Acquire: got[0] is the page of the round before. */
		while (atomic_load_acq_int(&race_round) != n)
			md_spin_hint();
		dawdle(&seed);
		CHECK(got[0]->domain != vm_phys_home);
		test_free(got[0]);
	}
}

LAB_TEST(shortage_free_that_races_with_a_wait_is_not_lost)
{
	vm_page_t m;

	vm_ndomains_tunable = 4;
	test_boot(FRAMES);
	exhaust();
	race_round = 0;
	/* Home ran dry first; the last page is the last domain's. */
	m = got[0];
	got[0] = got[ngot - 1];
	got[ngot - 1] = m;
	test_threads(2, free_while_other_waits, NULL);
	free_some(ngot);
	test_end();
	vm_ndomains_tunable = 0;
}

#if !TEST_ONE_LOCK
/*
 * A waiter has counted domain 1 and stands at domain 2, whose mutex is held.
 * Then pages of domain 1 are freed, the waker clears the flag, and another
 * waiter sets it again: the first must not take that for its own.
 */
#define	HOLDER		0
#define	FIRST		1
#define	SECOND		2
#define	FREER		3
#define	FREED		8

static void
two_waiters(void *arg, unsigned i)
{
	struct mtx *mtx = &vm_dom[2].vmd_free_mtx;

	(void)arg;
	switch (i) {
	case HOLDER:
		mtx_lock(mtx);
		atomic_store_rel_int(&race_round, FIRST);
		while (atomic_load_acq_int(&race_round) != HOLDER)
			md_spin_hint();
		while (atomic_load_int(&vm_shortage.waiters) == 0)
			md_spin_hint();
		mtx_unlock(mtx);
		return;
	case FREER:
		while (atomic_load_acq_int(&race_round) != FREER)
			md_spin_hint();
		while ((atomic_load_ptr(&mtx->mtx_lock) & MTX_CONTESTED) == 0)
			md_spin_hint();
		free_some(FREED);
		CHECK_EQ(atomic_load_int(&vm_shortage.waiters), 0);
		atomic_store_rel_int(&race_round, SECOND);
		return;
	}
	while (atomic_load_acq_int(&race_round) != i)
		md_spin_hint();
	atomic_store_rel_int(&race_round, i == FIRST ? FREER : HOLDER);
	vm_wait();
}

LAB_TEST(shortage_flag_set_by_another_waiter_is_not_ones_own)
{
	unsigned n = 0, i;
	vm_page_t m;

	vm_ndomains_tunable = 3;
	test_boot(3 * FRAMES);
	exhaust();
	/* The last to go are to be domain 1's. */
	for (i = 0; i < ngot && n < FREED; i++) {
		if (got[i]->domain != 1)
			continue;
		m = got[i];
		got[i] = got[ngot - 1 - n];
		got[ngot - 1 - n++] = m;
	}
	CHECK_EQ(n, FREED);
	race_round = HOLDER;
	test_threads(4, two_waiters, NULL);
	free_some(ngot);
	test_end();
	vm_ndomains_tunable = 0;
}
#endif /* !TEST_ONE_LOCK */

/*
 * Threads that together want more than there is.  Who cannot get a page frees
 * all of its own and waits, so a lost wake-up is the only way to stop.
 */
#define	WORKERS	4
#define	APPETITE	45	/* pages one thread tries to hold */
#define	ROUNDS	60

static volatile unsigned waits;		/* (a) times memory was short */

static void
glutton(void *arg, unsigned i)
{
	vm_page_t mine[APPETITE];
	unsigned have = 0, rounds = 0;

	(void)arg, (void)i;
	while (rounds < ROUNDS) {
		mine[have] = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ);
		if (mine[have] != NULL && ++have < APPETITE)
			continue;
		rounds += have == APPETITE;
		if (have < APPETITE)
			atomic_fetchadd_int(&waits, 1);
		while (have > 0)
			test_free(mine[--have]);
		vm_wait();
	}
}

static void
gluttons(unsigned domains)
{
	waits = 0;
	vm_ndomains_tunable = domains;
	test_boot(FRAMES);
	test_threads(WORKERS, glutton, NULL);
	CHECK_EQ(vm_free_count(), FRAMES);
	test_end();
	vm_ndomains_tunable = 0;
}

LAB_TEST(shortage_threads_that_want_too_much_all_finish)
{
	gluttons(1);
}

LAB_TEST(shortage_threads_that_want_too_much_of_many_domains_finish)
{
	gluttons(4);
}
