/*
 * The swap pager with a thread that serves it: who waits for what, and that a
 * transfer's end finds everybody it should.
 * Method: transfers are queued, as a thread is announced, and it begins to
 * serve them only when the others sleep where they are expected.  Where a
 * reader sleeps differs: test_swap_sleep.c of the implementations.
 */
#include "swap_test.h"

#if TEST_SYNCHRONISED

static unsigned
sleepers_on_page(vm_pindex_t i)
{
	vm_page_t m = ft_page(st_object, i);

	return (m != NULL ? sleepq_sleepers(m) : 0);
}

/*
 * Wait till n sleep on either page, for its busy or for swap: that is on the
 * object in one KPI.
 */
static void
await(vm_pindex_t i, vm_pindex_t j, unsigned n)
{
	while (sleepers_on_page(i) + (j != i ? sleepers_on_page(j) : 0) +
	    sleepq_sleepers(&st_object->paging_in_progress) != n)
		md_spin_hint();
}

static volatile unsigned to_finish;	/* (a) threads that need the server */

/* The last to be done has no more use for the server. */
static void
finished(void)
{
	if (atomic_fetchadd_int(&to_finish, -1U) == 1)
		swap_iod_stop();
}

static void
serve(unsigned threads, void (*fn)(void *arg, unsigned i))
{
	to_finish = threads;
	swap_iod_begin();
	test_threads(threads + 1, fn, NULL);
}

/* Two want page 0, so one waits for the other's busy; one wants page 8. */
static void
read_three(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		await(0, 8, 3);
		swap_iod();
		return;
	}
	CHECK(ft_page_is(st_vm, FT_VA(i == 1 ? 8 : 0),
	    st_word(i == 1 ? 8 : 0)));
	finished();
}

LAB_TEST(swap_readers_of_two_pages_wait_for_their_own)
{
	vm_page_t m;

	st_setup(16, 32);
	st_out(0, 16);
	serve(3, read_three);
	for (unsigned i = 0; i < 16; i++) {
		m = ft_page(st_object, i);
		CHECK(m != NULL && !pv_busied(m) && !pv_swapping(m));
	}
	st_teardown();
}

static void
read_for_ever(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		while (atomic_load_int(&swap_indefinite_waits) < 2)
			md_spin_hint();
		swap_iod();
		return;
	}
	CHECK(ft_page_is(st_vm, FT_VA(0), st_word(0)));
	finished();
}

LAB_TEST(swap_wait_without_end_is_told_and_goes_on)
{
	st_setup(1, 8);
	st_out(0, 1);
	swap_indefinite_ns = 1000000;
	swap_indefinite_waits = 0;
	serve(1, read_for_ever);
	swap_indefinite_ns = 20000000000;
	st_teardown();
}

/* A read error reaches who sleeps for the page, and who waits for its busy. */
static void
read_bad(void *arg, unsigned i)
{
	int rv;

	(void)arg;
	if (i == 0) {
		await(0, 0, 2);
		swap_iod();
		return;
	}
	rv = ft_fault(st_vm, FT_VA(0), VM_PROT_READ);
	CHECK(rv == KERN_FAILURE || rv == KERN_SUCCESS);
	finished();
}

LAB_TEST(swap_read_error_wakes_who_waits)
{
	st_setup(8, 8);
	st_out(0, 8);
	swap_fail_read(1);
	serve(2, read_bad);
	CHECK(ft_page_is(st_vm, FT_VA(0), st_word(0)));
	CHECK_EQ(st_object->paging_in_progress, 0);
	st_teardown();
}

#define	NEW_WORD	77

/* Thread 1 writes to a page that is being written out; thread 2 reads one. */
static void
write_during_write(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		test_await_sleepers(ft_page(st_object, 1), 1);
		CHECK_EQ(swap_used(), 4);
		swap_iod();
		return;
	}
	if (i == 1)
		ft_page_fill(st_vm, FT_VA(1), NEW_WORD);
	else
		/* Mapped still, and for reading it may stay so. */
		CHECK(ft_page_is(st_vm, FT_VA(2), st_word(2)));
	finished();
}

LAB_TEST(swap_write_waits_for_the_write_out)
{
	to_finish = 2;
	st_setup(4, 16);
	swap_iod_begin();
	CHECK_EQ(st_flush(0, 4), 4);
	CHECK(pv_sbusied(ft_page(st_object, 1)));
	CHECK(pv_swapping(ft_page(st_object, 1)));
	CHECK_EQ(st_object->paging_in_progress, 4);
	test_threads(3, write_during_write, NULL);
	CHECK(ft_page(st_object, 1)->dirty != 0);
	CHECK_EQ(ft_page(st_object, 2)->dirty, 0);
	CHECK_EQ(swap_used(), 3);
	CHECK_EQ(st_reclaim(0, 4), 3);
	st_out(1, 1);
	CHECK(ft_page_is(st_vm, FT_VA(1), NEW_WORD));
	CHECK(ft_page_is(st_vm, FT_VA(3), st_word(3)));
	st_teardown();
}

/* The object's last reference goes while its pages are on their way. */
static void
end_during_write(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		test_await_sleepers(st_object, 1);
		swap_iod();
		return;
	}
	vmspace_free(st_vm);
	vm_object_deallocate(st_object);
	finished();
}

LAB_TEST(swap_object_ends_after_its_writes)
{
	to_finish = 1;
	st_setup(4, 16);
	swap_iod_begin();
	CHECK_EQ(st_flush(0, 4), 4);
	test_threads(2, end_during_write, NULL);
	CHECK_EQ(swap_used(), 0);
	test_end();
}

/*
 * Threads that write pages, send them out and read them back, each its own;
 * two serve.  Who is short of buffers waits for them.
 */
#define	SERVERS	2
#define	WORKERS	3
#define	PAGES	16			/* of a worker */
#define	ROUNDS	40

static void
store_page(vm_offset_t va, uint64_t word)
{
	uint64_t bytes[PAGE_SIZE / sizeof(uint64_t)];

	for (unsigned i = 0; i < nitems(bytes); i++)
		bytes[i] = word;
	while (!pmap_store(&st_vm->vm_pmap, va, bytes, sizeof(bytes)))
		CHECK_EQ(ft_fault(st_vm, va, VM_PROT_WRITE), KERN_SUCCESS);
}

static void
check_page(vm_offset_t va, uint64_t word)
{
	uint64_t bytes[PAGE_SIZE / sizeof(uint64_t)];

	while (!pmap_load(&st_vm->vm_pmap, va, bytes, sizeof(bytes)))
		CHECK_EQ(ft_fault(st_vm, va, VM_PROT_READ), KERN_SUCCESS);
	for (unsigned i = 0; i < nitems(bytes); i++)
		CHECK_EQ(bytes[i], word);
}

/* Send what is at rest of a worker's pages on its way. */
static void
push_out(vm_pindex_t first)
{
	vm_page_t m;

	pv_object_lock(st_object);
	for (vm_pindex_t i = first; i < first + PAGES; i++) {
		m = vm_page_lookup(st_object, i);
		if (m != NULL && !pv_busied(m) && vm_page_is_all_valid(m) &&
		    m->dirty != 0)
			(void)vm_pageout_flush(&m, 1);
	}
	pv_object_unlock(st_object);
	(void)st_reclaim(first, PAGES);
}

static void
work(void *arg, unsigned i)
{
	vm_pindex_t first = (i - SERVERS) * PAGES;
	uint64_t seed = i + 1, word[PAGES];
	unsigned n, p;

	(void)arg;
	if (i < SERVERS) {
		swap_iod();
		return;
	}
	for (p = 0; p < PAGES; p++)
		word[p] = st_word(first + p);
	for (n = 0; n < ROUNDS; n++) {
		for (p = 0; p < PAGES; p++) {
			check_page(FT_VA(first + p), word[p]);
			if (test_random(&seed) % 2 == 0)
				continue;
			word[p] = test_random(&seed);
			store_page(FT_VA(first + p), word[p]);
		}
		/* Another's, as a daemon would; then one's own. */
		push_out(test_random(&seed) % WORKERS * PAGES);
		push_out(first);
	}
	for (p = 0; p < PAGES; p++)
		check_page(FT_VA(first + p), word[p]);
	finished();
}

LAB_TEST(swap_pages_come_and_go)
{
	st_setup(WORKERS * PAGES, 2 * WORKERS * PAGES);
	to_finish = WORKERS;
	for (unsigned i = 0; i < SERVERS; i++)
		swap_iod_begin();
	test_threads(SERVERS + WORKERS, work, NULL);
	st_teardown();
}

#endif /* TEST_SYNCHRONISED */
