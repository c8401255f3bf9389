/*
 * Swap accounting by itself: what is counted, what is refused and exactly
 * when, and who pays; and the credentials that charges hold on to.
 */
#include "cred_test.h"

#define	PAGES(n)	((vm_ooffset_t)(n) * PAGE_SIZE)
#define	THREADS		4

/* Held, or a user whom no credentials name is forgotten with his count. */
static struct uidinfo	*users[2];

static void
setup(void)
{
	test_boot(64);
	users[0] = uifind(10);
	users[1] = uifind(11);
	test_become(10, 0);
}

static void
teardown(void)
{
	test_become_root();
	uifree(users[0]);
	uifree(users[1]);
	test_end();
}

static void
check_counts(unsigned all, int mine)
{
	CHECK_EQ(vm_swap.swap_reserved, PAGES(all));
	CHECK_EQ(test_vmsize(), (int64_t)mine * PAGE_SIZE);
}

LAB_TEST(swap_overcommit_0_refuses_nothing_and_counts_all)
{
	setup();
	curthread->td_rlimit_swap = 0;
	CHECK(swap_reserve(PAGES(1000)));
	CHECK(swap_reserve(PAGES(24)));
	check_counts(1024, 1024);
	swap_release(PAGES(1024));
	check_counts(0, 0);
	teardown();
}

/* Refused when above what there is; not when it is just reached. */
LAB_TEST(swap_force_on_refuses_above_the_total)
{
	setup();
	vm_swap.overcommit = SWAP_RESERVE_FORCE_ON;
	curthread->td_rlimit_swap = 0;
	CHECK(!swap_reserve(PAGES(1)));
	CHECK(swap_reserve(0));
	swap_total_add(PAGES(10));
	CHECK(!swap_reserve(PAGES(11)));
	check_counts(0, 0);
	CHECK(swap_reserve(PAGES(4)));
	CHECK(!swap_reserve(PAGES(7)));
	CHECK(swap_reserve(PAGES(6)));
	CHECK(!swap_reserve(PAGES(1)));
	check_counts(10, 10);
	swap_total_remove(PAGES(5));
	swap_release(PAGES(5));
	CHECK(!swap_reserve(PAGES(1)));
	swap_release(PAGES(5));
	teardown();
}

LAB_TEST(swap_nonwired_memory_counts)
{
	vm_page_t m;
	unsigned pages;

	setup();
	pages = vm_cnt.v_page_count - vm_cnt.v_free_reserved -
	    vm_cnt.v_wire_count;
	swap_total_add(PAGES(3));
	/* By itself it refuses nothing. */
	vm_swap.overcommit = SWAP_RESERVE_ALLOW_NONWIRED;
	CHECK(swap_reserve(PAGES(pages + 4)));
	swap_release(PAGES(pages + 4));
	vm_swap.overcommit |= SWAP_RESERVE_FORCE_ON;
	CHECK(!swap_reserve(PAGES(pages + 4)));
	CHECK(swap_reserve(PAGES(pages + 3)));
	swap_release(PAGES(1));
	m = vm_page_alloc(NULL, 0, VM_ALLOC_NOOBJ | VM_ALLOC_WIRED);
	CHECK(!swap_reserve(PAGES(1)));
	vm_page_lock(m);
	vm_page_unwire(m, PQ_NONE);
	vm_page_unlock(m);
	test_free(m);
	CHECK(swap_reserve(PAGES(1)));
	swap_release(PAGES(pages + 3));
	teardown();
}

/* The sum that is over the limit is the user's, of all that he has. */
LAB_TEST(swap_rlimit_refuses_above_the_limit)
{
	setup();
	curthread->td_rlimit_swap = PAGES(8);
	vm_swap.overcommit = SWAP_RESERVE_RLIMIT_ON;
	CHECK(!swap_reserve(PAGES(9)));
	check_counts(0, 0);
	CHECK(swap_reserve(PAGES(8)));
	CHECK(!swap_reserve(PAGES(1)));
	check_counts(8, 8);
	/* Another user's count is another, the limit is the thread's. */
	test_become(11, 0);
	CHECK(swap_reserve(PAGES(8)));
	CHECK(!swap_reserve(PAGES(1)));
	check_counts(16, 8);
	swap_release(PAGES(8));
	test_become(10, 0);
	check_counts(8, 8);
	swap_release(PAGES(8));
	teardown();
}

LAB_TEST(swap_privileges)
{
	setup();
	vm_swap.overcommit = SWAP_RESERVE_FORCE_ON | SWAP_RESERVE_RLIMIT_ON;
	curthread->td_rlimit_swap = PAGES(1);
	swap_total_add(PAGES(2));
	test_become(10, PRIV_VM_SWAP_NOQUOTA);
	CHECK(!swap_reserve(PAGES(2)));
	test_become(10, PRIV_VM_SWAP_NORLIMIT);
	CHECK(!swap_reserve(PAGES(3)));
	CHECK(swap_reserve(PAGES(2)));
	check_counts(2, 2);
	test_become(10, PRIV_ALL);
	CHECK(swap_reserve(PAGES(3)));
	check_counts(5, 5);
	swap_release(PAGES(5));
	teardown();
}

/* Privileges and limit are curthread's, the account is another's. */
LAB_TEST(swap_by_cred)
{
	struct ucred *other;

	setup();
	other = test_cred(11, PRIV_ALL);
	vm_swap.overcommit = SWAP_RESERVE_RLIMIT_ON;
	curthread->td_rlimit_swap = PAGES(4);
	CHECK(!swap_reserve_by_cred(PAGES(5), other));
	CHECK(swap_reserve_by_cred(PAGES(4), other));
	check_counts(4, 0);
	CHECK_EQ(other->cr_ruidinfo->ui_vmsize, PAGES(4));
	CHECK(swap_reserve(PAGES(4)));
	swap_release_by_cred(PAGES(4), other);
	check_counts(4, 4);
	swap_release(PAGES(4));
	crfree(other);
	teardown();
}

LAB_TEST(swap_force_counts_without_asking)
{
	setup();
	vm_swap.overcommit = SWAP_RESERVE_FORCE_ON | SWAP_RESERVE_RLIMIT_ON;
	curthread->td_rlimit_swap = 0;
	swap_reserve_force(PAGES(3));
	check_counts(3, 3);
	swap_release(PAGES(3));
	teardown();
}

/* FreeBSD only prints: the total would have been the one to panic. */
LAB_TEST(swap_user_below_nothing_is_only_counted)
{
	setup();
	CHECK(swap_reserve(PAGES(2)));
	test_become(11, 0);
	swap_release(PAGES(1));
	check_counts(1, -1);
	CHECK_EQ(vm_swap.negative, 1);
	CHECK(swap_reserve(PAGES(1)));
	check_counts(2, 0);
	vm_swap.negative = 0;
	test_become(10, 0);
	swap_release(PAGES(2));
	teardown();
}

LAB_TEST_PANIC(swap_release_of_more_than_reserved_panics,
    "swap_release: 0x2000 bytes of 0x1000")
{
	test_boot(64);
	CHECK(swap_reserve(PAGES(1)));
	swap_release(PAGES(2));
}

LAB_TEST_PANIC(swap_reserve_of_part_of_a_page_panics, "are no pages")
{
	test_boot(64);
	(void)swap_reserve(PAGE_SIZE + 1);
}

LAB_TEST_PANIC(swap_release_of_part_of_a_page_panics, "are no pages")
{
	test_boot(64);
	CHECK(swap_reserve(PAGES(1)));
	swap_release(1);
}

/* ---- Credentials -------------------------------------------------------- */

LAB_TEST(cred_user_lives_with_its_last_reference)
{
	struct uidinfo *uip;
	struct ucred *cr;

	test_boot(64);
	cr = test_cred(20, 0);
	uip = uifind(20);
	CHECK(uip == cr->cr_ruidinfo);
	CHECK_EQ(uip->ui_ref, 2);
	CHECK(uifind(0) == &uidinfo_root);
	uifree(&uidinfo_root);
	CHECK(crhold(cr) == cr);
	crfree(cr);
	uifree(uip);
	CHECK_EQ(ucred_count(), 1);
	CHECK_EQ(cr->cr_ruidinfo->ui_ref, 1);
	crfree(cr);
	CHECK_EQ(ucred_count(), 0);
	test_end();
}

/* A copy is another's to change; who held the first still holds it. */
LAB_TEST(cred_change_of_user_leaves_the_charge)
{
	struct ucred *charge;

	setup();
	charge = crhold(curthread->td_ucred);
	CHECK(swap_reserve(PAGES(5)));
	test_become(11, 0);
	CHECK_EQ(charge->cr_ruidinfo->ui_uid, 10);
	CHECK_EQ(charge->cr_ruidinfo->ui_vmsize, PAGES(5));
	check_counts(5, 0);
	swap_release_by_cred(PAGES(5), charge);
	CHECK_EQ(charge->cr_ruidinfo->ui_vmsize, 0);
	crfree(charge);
	teardown();
}

LAB_TEST_PANIC(leaks_a_reservation,
    "1 pages of swap reserved, 1 pages of swap charged to user 0")
{
	test_boot(64);
	CHECK(swap_reserve(PAGES(1)));
	test_end();
}

LAB_TEST_PANIC(leaks_credentials, "1 credentials")
{
	test_boot(64);
	(void)test_cred(20, 0);
	test_end();
}

/* ---- Many threads ------------------------------------------------------- */

static void
reserve_thread(void *arg, unsigned i)
{
	uint64_t seed = i + 1;
	vm_ooffset_t bytes, had = 0;
	unsigned n;

	(void)arg;
	test_become(30 + i % 2, 0);
	curthread->td_rlimit_swap = PAGES(60);
	for (n = 0; n < 500; n++) {
		bytes = PAGES(test_random(&seed) % 16);
		if (had >= bytes && test_random(&seed) % 2 == 0) {
			swap_release(bytes);
			had -= bytes;
		} else if (swap_reserve(bytes))
			had += bytes;
		if (n % 8 == 0)
			test_become(30 + i % 2, 0);
	}
	swap_release(had);
}

/* Nothing is lost, and nobody ever has more than there is. */
LAB_TEST(swap_concurrent)
{
	test_boot(64);
	vm_swap.overcommit = SWAP_RESERVE_FORCE_ON | SWAP_RESERVE_RLIMIT_ON;
	swap_total_add(PAGES(100));
	test_threads(THREADS, reserve_thread, NULL);
	CHECK_EQ(vm_swap.swap_reserved, 0);
	test_end();
}
