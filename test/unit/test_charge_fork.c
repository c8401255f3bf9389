/*
 * fork: whose bytes parent and child see, and what each of the three kinds of
 * inheritance costs in charges.
 */
#include "charge_test.h"

#define	THREADS	4

static struct vmspace *child;

static void
anon(unsigned start, unsigned end)
{
	CHECK_EQ(vm_mmap_anon(&vm->vm_map, FT_VA(start), PAGES(end - start),
	    VM_PROT_RW, 0), 0);
}

static void
do_fork(void)
{
	child = NULL;
	CHECK_EQ(vmspace_fork(vm, &child), 0);
}

static void
inherit(unsigned start, unsigned end, uint8_t how)
{
	CHECK_EQ(vm_map_inherit(&vm->vm_map, FT_VA(start), FT_VA(end), how),
	    KERN_SUCCESS);
}

/* All charges are in the two spaces, and so many pages. */
static void
check_both(unsigned pages)
{
	struct uidinfo *const nobody[CH_USERS] = { 0 };
	struct charges c;

	ch_begin(&c);
	ch_space(&c, vm);
	ch_space(&c, child);
	ch_check(&c, nobody);
	CHECK_EQ(c.all, PAGES(pages));
}

/* ---- Bytes ----------------------------------------------------------- */

LAB_TEST(fork_copies)
{
	ch_setup();
	anon(0, 4);
	ft_page_fill(vm, FT_VA(0), 10);
	ft_page_fill(vm, FT_VA(1), 11);
	ft_page_fill(vm, FT_VA(2), 12);
	do_fork();
	CHECK(pmap_access(&vm->vm_pmap, FT_VA(0), VM_PROT_WRITE) == NULL);
	ft_page_fill(vm, FT_VA(0), 20);
	CHECK(ft_page_is(child, FT_VA(0), 10));
	ft_page_fill(child, FT_VA(1), 31);
	CHECK(ft_page_is(vm, FT_VA(1), 11));
	CHECK(ft_page_is(child, FT_VA(1), 31));
	CHECK(ft_page_is(vm, FT_VA(0), 20));
	CHECK(ft_page_is(child, FT_VA(2), 12));
	CHECK_EQ(ft_load(child, FT_VA(3)), 0);
	ft_page_fill(vm, FT_VA(3), 23);
	CHECK_EQ(ft_load(child, FT_VA(3)), 0);
	vmspace_free(child);
	CHECK(ft_page_is(vm, FT_VA(1), 11));
	ft_page_fill(vm, FT_VA(1), 21);
	CHECK(ft_page_is(vm, FT_VA(1), 21));
	ch_teardown();
}

LAB_TEST(fork_of_a_fork)
{
	struct vmspace *grandchild;

	ch_setup();
	anon(0, 2);
	ft_store(vm, FT_VA(0), 1);
	do_fork();
	ft_store(child, FT_VA(0), 2);
	CHECK_EQ(vmspace_fork(child, &grandchild), 0);
	vmspace_free(child);
	ft_store(vm, FT_VA(0), 3);
	CHECK_EQ(ft_load(grandchild, FT_VA(0)), 2);
	ft_store(grandchild, FT_VA(0), 4);
	CHECK_EQ(ft_load(vm, FT_VA(0)), 3);
	vmspace_free(grandchild);
	ch_teardown();
}

LAB_TEST(fork_shares_and_leaves_out)
{
	ch_setup();
	anon(0, 6);
	ft_store(vm, FT_VA(4), 1);
	inherit(0, 2, VM_INHERIT_SHARE);
	inherit(2, 4, VM_INHERIT_NONE);
	do_fork();
	ft_store(vm, FT_VA(0), 2);
	CHECK_EQ(ft_load(child, FT_VA(0)), 2);
	ft_store(child, FT_VA(1), 3);
	CHECK_EQ(ft_load(vm, FT_VA(1)), 3);
	CHECK_EQ(ft_fault(child, FT_VA(2), VM_PROT_READ),
	    KERN_INVALID_ADDRESS);
	ft_store(vm, FT_VA(4), 4);
	CHECK_EQ(ft_load(child, FT_VA(4)), 1);
	vmspace_free(child);
	ch_teardown();
}

/* What was still to be copied is copied once for both. */
LAB_TEST(fork_shares_a_pending_copy)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(2);
	CHECK_EQ(vm_map_insert(&vm->vm_map, ft_keep(object), 0, FT_VA(0),
	    FT_VA(2), VM_PROT_RW, COW | MAP_INHERIT_SHARE), KERN_SUCCESS);
	ch_check_at(vm, 0, 2, 0);
	do_fork();
	ch_check_at(vm, 0, 0, 2);
	ft_store(child, FT_VA(0), 9);
	CHECK_EQ(ft_load(vm, FT_VA(0)), 9);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(ft_page(object, 0)), 1);
	check_both(2);
	vmspace_free(child);
	vm_object_deallocate(object);
	ch_teardown();
}

/* ---- Charges --------------------------------------------------------- */

LAB_TEST(fork_charges_a_copy_of_nothing_yet)
{
	ch_setup();
	anon(0, 4);
	do_fork();
	ch_check_at(vm, 0, 4, 0);
	ch_check_at(child, 0, 4, 0);
	check_both(8);
	vmspace_free(child);
	ch_check_pages(vm, 4);
	ch_teardown();
}

/*
 * An object not yet copied costs both a copy, besides itself; one that waits
 * to be copied already, only the child one.  Writing as the last gives one
 * back.
 */
LAB_TEST(fork_charges_two_copies)
{
	ch_setup();
	anon(0, 4);
	ft_store(vm, FT_VA(0), 1);
	do_fork();
	ch_check_at(vm, 0, 4, 4);
	ch_check_at(child, 0, 4, 4);
	check_both(12);
	vmspace_free(child);
	ch_check_pages(vm, 8);
	do_fork();
	check_both(12);
	ft_store(child, FT_VA(0), 2);
	check_both(12);
	ch_check_at(child, 0, 0, 4);
	vmspace_free(child);
	ch_check_pages(vm, 8);
	ft_store(vm, FT_VA(0), 3);
	ch_check_at(vm, 0, 0, 4);
	ch_check_pages(vm, 4);
	ch_teardown();
}

LAB_TEST(fork_charges_for_sharing_nothing)
{
	ch_setup();
	anon(0, 4);
	inherit(0, 4, VM_INHERIT_SHARE);
	do_fork();
	ch_check_at(vm, 0, 0, 4);
	ch_check_at(child, 0, 0, 4);
	check_both(4);
	/* Read-only and not charged: neither is its copy. */
	CHECK_EQ(vm_map_insert(&vm->vm_map, ft_resident(2), 0, FT_VA(10),
	    FT_VA(12), VM_PROT_READ, COW), KERN_SUCCESS);
	vmspace_free(child);
	do_fork();
	ch_check_at(child, 10, 0, 0);
	check_both(4);
	vmspace_free(child);
	ch_teardown();
}

/* The child's user pays for the child's copies, and the parent's. */
LAB_TEST(fork_charges_who_forks)
{
	struct uidinfo *users[CH_USERS] = { 0 };
	struct charges c;

	ch_setup();
	users[1] = uifind(1);
	users[2] = uifind(2);
	anon(0, 4);
	ft_store(vm, FT_VA(0), 1);
	test_become(2, 0);
	do_fork();
	ch_begin(&c);
	ch_space(&c, vm);
	ch_space(&c, child);
	ch_check(&c, users);
	CHECK_EQ(c.of[1], PAGES(4));
	CHECK_EQ(c.of[2], PAGES(8));
	test_become(3, 0);
	vmspace_free(child);
	CHECK_EQ(users[2]->ui_vmsize, PAGES(4));
	uifree(users[1]);
	uifree(users[2]);
	ch_teardown();
}

/* Refused as a whole; what the parent's copies cost stays the parent's. */
LAB_TEST(fork_refused)
{
	ch_setup();
	anon(0, 4);
	ft_store(vm, FT_VA(0), 1);
	vm_swap.overcommit = SWAP_RESERVE_FORCE_ON;
	swap_total_add(PAGES(11));
	child = NULL;
	CHECK_EQ(vmspace_fork(vm, &child), ENOMEM);
	CHECK(child == NULL);
	ch_check_pages(vm, 8);
	ft_store(vm, FT_VA(0), 2);
	ch_check_pages(vm, 4);
	swap_total_add(PAGES(1));
	do_fork();
	check_both(12);
	vmspace_free(child);
	ch_teardown();
}

LAB_TEST(fork_refused_by_rlimit)
{
	ch_setup();
	anon(0, 4);
	vm_swap.overcommit = SWAP_RESERVE_RLIMIT_ON;
	curthread->td_rlimit_swap = PAGES(7);
	CHECK_EQ(vmspace_fork(vm, &child), ENOMEM);
	ch_check_pages(vm, 4);
	curthread->td_rlimit_swap = PAGES(8);
	do_fork();
	vmspace_free(child);
	ch_teardown();
}

/* ---- Many threads in one address space ------------------------------- */

static void
fork_thread(void *arg, unsigned i)
{
	struct vmspace *mine;
	vm_offset_t va = FT_VA(8 * i + 1);
	unsigned n;

	(void)arg;
	test_become(1 + i % 2, 0);
	for (n = 0; n < 20; n++) {
		CHECK_EQ(vm_mmap_anon(&vm->vm_map, va, PAGES(2), VM_PROT_RW,
		    0), 0);
		ft_store(vm, va, n);
		if (vmspace_fork(vm, &mine) == 0) {
			CHECK_EQ(ft_load(mine, va), n);
			ft_store(mine, va, 100);
			vmspace_free(mine);
		}
		CHECK_EQ(ft_load(vm, va), n);
		ft_store(vm, va + PAGE_SIZE, n);
		CHECK_EQ(vm_map_remove(&vm->vm_map, va, va + PAGES(2)),
		    KERN_SUCCESS);
	}
}

LAB_TEST(fork_concurrent)
{
	ch_setup();
	if (TEST_SYNCHRONISED) {
		test_threads(THREADS, fork_thread, NULL);
		CHECK_EQ(vm_swap.swap_reserved, 0);
	}
	ch_teardown();
}
