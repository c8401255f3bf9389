/*
 * The page daemon beside threads that together want more memory than there is:
 * they keep running, and every byte survives.
 * Method: each worker knows the word that each of its pages is full of, writes
 * new ones and looks for the old at random, and looks at all of them at the
 * end; with and without a thread for the transfers, with swap space nearly
 * full, with transfers that fail, and with objects that end meanwhile.  A lost
 * wake-up or a deadlock is a test that does not end.
 */
#include "swap_test.h"

#if TEST_SYNCHRONISED

#define	FRAMES	128
#define	WORKERS	3
#define	PAGES	(FRAMES / 2)		/* of a worker */
#define	STEPS	300			/* of a worker */

enum { DAEMON, IOD, FIRST_WORKER };	/* threads */

static volatile unsigned to_finish;	/* (a) workers */
static bool	 with_iod;
static bool	 failing;		/* transfers fail now and then */
static bool	 short_lived;		/* worker 0's objects come and go */

typedef uint64_t page_words[PAGE_SIZE / sizeof(uint64_t)];

/* A fault that may meet a transfer that fails, and is made again. */
static void
fault(vm_offset_t va, vm_prot_t type)
{
	int rv = ft_fault(st_vm, va, type);

	CHECK(rv == KERN_SUCCESS || (failing && rv == KERN_FAILURE));
}

static void
store_page(vm_offset_t va, uint64_t word)
{
	page_words words;

	for (unsigned i = 0; i < nitems(words); i++)
		words[i] = word + i;
	while (!pmap_store(&st_vm->vm_pmap, va, words, sizeof(words)))
		fault(va, VM_PROT_WRITE);
}

static void
check_page(vm_offset_t va, uint64_t word)
{
	page_words words;

	while (!pmap_load(&st_vm->vm_pmap, va, words, sizeof(words)))
		fault(va, VM_PROT_READ);
	for (unsigned i = 0; i < nitems(words); i++)
		CHECK_EQ(words[i], word + i);
}

static void
work_on_pages(unsigned worker)
{
	uint64_t seed = worker + 1, word[PAGES];
	vm_offset_t va = FT_VA(worker * PAGES);
	unsigned p;

	for (p = 0; p < PAGES; p++)
		store_page(va + ptoa(p), word[p] = test_random(&seed));
	for (unsigned n = 0; n < STEPS; n++) {
		p = test_random(&seed) % PAGES;
		check_page(va + ptoa(p), word[p]);
		if (test_random(&seed) % 2 == 0)
			store_page(va + ptoa(p),
			    word[p] = test_random(&seed));
		if (failing && n % 16 == worker) {
			swap_fail_write(1 + test_random(&seed) % 4);
			swap_fail_read(1 + test_random(&seed) % 4);
		}
	}
	for (p = 0; p < PAGES; p++)
		check_page(va + ptoa(p), word[p]);
}

/* Each object is written to, read, and ended while the daemon is at it. */
static void
work_on_objects(void)
{
	vm_offset_t va = FT_VA(WORKERS * PAGES);

	for (unsigned n = 0; n < STEPS / 10; n++) {
		CHECK_EQ(vm_map_insert(&st_vm->vm_map,
		    vm_object_allocate(OBJT_DEFAULT, PAGES), 0, va,
		    va + ptoa(PAGES), VM_PROT_RW, 0), KERN_SUCCESS);
		for (unsigned p = 0; p < PAGES; p++)
			store_page(va + ptoa(p), n * PAGES + p);
		for (unsigned p = 0; p < PAGES; p += 7)
			check_page(va + ptoa(p), n * PAGES + p);
		vm_map_remove(&st_vm->vm_map, va, va + ptoa(PAGES));
	}
}

static void
run(void *arg, unsigned i)
{
	(void)arg;
	if (i == DAEMON) {
		vm_pageout();
		return;
	}
	if (i == IOD) {
		if (with_iod)
			swap_iod();
		return;
	}
	if (i == FIRST_WORKER && short_lived)
		work_on_objects();
	else
		work_on_pages(i - FIRST_WORKER);
	if (atomic_fetchadd_int(&to_finish, -1U) != 1)
		return;
	vm_pageout_stop();
	if (with_iod)
		swap_iod_stop();
}

static void
daemon_and_workers(unsigned swap_pages)
{
	test_boot(FRAMES);
	CHECK_EQ(swap_on(NULL, swap_pages), 0);
	st_vm = vmspace_alloc();
	ft_map(st_vm, vm_object_allocate(OBJT_DEFAULT, WORKERS * PAGES),
	    WORKERS * PAGES, VM_PROT_RW, 0);
	to_finish = WORKERS;
	vm_pageout_begin();
	if (with_iod)
		swap_iod_begin();
	test_threads(FIRST_WORKER + WORKERS, run, NULL);
	vmspace_free(st_vm);
	test_end();
}

LAB_TEST(pageout_more_pages_than_memory)
{
	daemon_and_workers(2 * WORKERS * PAGES);
}

LAB_TEST(pageout_more_pages_than_memory_and_an_iod)
{
	with_iod = true;
	daemon_and_workers(2 * WORKERS * PAGES);
}

/*
 * 192 pages; 100 blocks.  When all are used, 92 pages have none and are in
 * memory, and of the other 29 frames or so some hold a clean page.
 */
LAB_TEST(pageout_more_pages_than_memory_and_little_swap)
{
	daemon_and_workers(100);
}

LAB_TEST(pageout_loses_nothing_when_transfers_fail)
{
	with_iod = true;
	failing = true;
	daemon_and_workers(2 * WORKERS * PAGES);
}

LAB_TEST(pageout_of_objects_that_end)
{
	with_iod = true;
	short_lived = true;
	daemon_and_workers(2 * WORKERS * PAGES);
}

#endif /* TEST_SYNCHRONISED */
