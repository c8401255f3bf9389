/*
 * The stacking file system: what is below is enciphered, what is above is not,
 * and nothing is lost between them while pages of either are busy.
 */
#include <string.h>

#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/pefs.h>

#define	FRAMES	256
#define	PAGES	6
#define	BYTES	(PAGES * PAGE_SIZE)
#define	KEY	0x1234567890abcdefULL

static uint8_t buf[BYTES];

/* The transfer of n bytes at off of the node, which must succeed. */
static void
node_rdwr(struct pefs_node *pn, enum uio_rw rw, vm_ooffset_t off, void *p,
    size_t n)
{
	struct uio uio = consumer_uio(rw, off, p, n);

	ORACLE_EQ(pefs_rdwr(pn, &uio), 0);
	ORACLE_EQ(uio.uio_resid, 0);
}

/* Does a page of the file hold word i of this, enciphered or not, at each? */
static bool
page_is(const uint64_t *p, uint64_t word, uint64_t key)
{
	for (unsigned i = 0; i < PAGE_SIZE / sizeof(*p); i++)
		if (p[i] != (word ^ key * (2 * i + 1)))
			return (false);
	return (true);
}

LAB_TEST(consumer_pefs_deciphers)
{
	struct pefs_node pn;
	vm_object_t lower;

	test_boot(FRAMES);
	lower = vm_anon_pager_allocate(PAGES);
	pefs_open(&pn, lower, KEY);
	node_rdwr(&pn, UIO_READ, 0, buf, BYTES);
	for (unsigned i = 0; i < PAGES; i++)
		ORACLE(page_is((uint64_t *)(void *)(buf + ptoa(i)),
		    vm_anon_pattern(i), KEY));
	pefs_close(&pn);
	ORACLE_EQ(lower->ref_count, 1);
	ORACLE_EQ(lower->resident_page_count, PAGES);
	vm_object_deallocate(lower);
	consumer_end();
}

/* What was never written below is zeroes there, whatever the frame held. */
LAB_TEST(consumer_pefs_deciphers_zeroes)
{
	struct pefs_node pn;
	vm_object_t lower;

	test_boot(FRAMES);
	consumer_soil(FRAMES / 2);
	lower = vm_object_allocate(OBJT_DEFAULT, PAGES);
	pefs_open(&pn, lower, KEY);
	node_rdwr(&pn, UIO_READ, 0, buf, BYTES);
	for (unsigned i = 0; i < PAGES; i++)
		ORACLE(page_is((uint64_t *)(void *)(buf + ptoa(i)), 0, KEY));
	pefs_close(&pn);
	vm_object_deallocate(lower);
	consumer_end();
}

/* Written in pieces that begin and end anywhere, and read by another node. */
LAB_TEST(consumer_pefs_keeps_what_is_written)
{
	struct uio uio = consumer_uio(UIO_READ, BYTES - 1, buf, 2);
	struct pefs_node pn;
	vm_object_t lower;
	size_t n;

	test_boot(FRAMES);
	lower = vm_anon_pager_allocate(PAGES);
	pefs_open(&pn, lower, KEY);
	consumer_make(buf, BYTES, 5, 0);
	for (size_t at = 0; at < BYTES; at += n) {
		n = ulmin(BYTES - at, 1 + at % 5000);
		node_rdwr(&pn, UIO_WRITE, at, buf + at, n);
	}
	ORACLE_EQ(pefs_rdwr(&pn, &uio), EINVAL);
	pefs_close(&pn);
	for (unsigned i = 0; i < PAGES; i++)
		ORACLE(!consumer_page_is(lower, i, 5));
	memset(buf, 0, BYTES);
	pefs_open(&pn, lower, KEY);
	node_rdwr(&pn, UIO_READ, 1, buf, BYTES - 1);
	ORACLE(consumer_is(buf, BYTES - 1, 5, 1));
	pefs_close(&pn);
	vm_object_deallocate(lower);
	consumer_end();
}

/* A page below that was reclaimed is made anew; one that is clean stays. */
LAB_TEST(consumer_pefs_syncs_what_changed)
{
	struct pefs_node pn;
	vm_object_t lower;

	test_boot(FRAMES);
	lower = vm_anon_pager_allocate(PAGES);
	pefs_open(&pn, lower, KEY);
	node_rdwr(&pn, UIO_READ, 0, buf, BYTES);
	consumer_make(buf, PAGE_SIZE, 6, ptoa(2));
	node_rdwr(&pn, UIO_WRITE, ptoa(2), buf, PAGE_SIZE);
	for (unsigned i = 0; i < PAGES; i++)
		pv_free(pv_grab(lower, i, VM_ALLOC_NORMAL));
	pefs_sync(&pn);
	ORACLE_EQ(lower->resident_page_count, 1);
	ORACLE_EQ(ft_page(lower, 2)->valid, VM_PAGE_BITS_ALL);
	ORACLE_EQ(ft_page(lower, 2)->dirty, VM_PAGE_BITS_ALL);
	ORACLE_EQ(ft_page(pn.upper, 2)->dirty, 0);
	ORACLE(consumer_page_is(pn.upper, 2, 6));
	pefs_close(&pn);
	vm_object_deallocate(lower);
	consumer_end();
}

#if TEST_SYNCHRONISED

static struct pefs_node node;

static void
meet_sync(struct meeting *mt)
{
	(void)mt;
	pefs_sync(&node);
}

/* Who sleeps on a page of one object has not locked the other. */
static void
both_unlocked(struct meeting *mt)
{
	(void)mt;
	pv_object_lock(node.upper);
	pv_object_lock(node.lower);
	pv_object_unlock(node.lower);
	pv_object_unlock(node.upper);
}

/* A page busied in either way, of either object; each time it is changed. */
LAB_TEST(consumer_pefs_sync_waits)
{
	struct meeting mt = { .pindex = 1, .manners = WAITS,
	    .call = meet_sync, .before = both_unlocked };
	vm_object_t lower;

	test_boot(FRAMES);
	lower = vm_anon_pager_allocate(PAGES);
	pefs_open(&node, lower, KEY);
	for (unsigned n = 0; n < 4; n++) {
		consumer_make(buf, PAGE_SIZE, n, ptoa(1));
		node_rdwr(&node, UIO_WRITE, ptoa(1), buf, PAGE_SIZE);
		mt.object = n / 2 == 0 ? node.lower : node.upper;
		mt.shared = n % 2 == 0;
		meet(&mt);
		ORACLE(consumer_page_is(node.upper, 1, n));
		ORACLE_EQ(ft_page(node.upper, 1)->dirty, 0);
	}
	pefs_close(&node);
	pefs_open(&node, lower, KEY);
	node_rdwr(&node, UIO_READ, ptoa(1), buf, PAGE_SIZE);
	ORACLE(consumer_is(buf, PAGE_SIZE, 3, ptoa(1)));
	pefs_close(&node);
	vm_object_deallocate(lower);
	consumer_end();
}

static void
meet_read(struct meeting *mt)
{
	uint8_t page[PAGE_SIZE];

	node_rdwr(&node, UIO_READ, IDX_TO_OFF(mt->pindex), page, PAGE_SIZE);
	ORACLE(page_is((uint64_t *)(void *)page, vm_anon_pattern(mt->pindex),
	    KEY));
}

/* The page above, or the one that it is made from, in the way. */
LAB_TEST(consumer_pefs_read_waits)
{
	struct meeting mt = { .call = meet_read };
	vm_object_t lower;

	test_boot(FRAMES);
	lower = vm_anon_pager_allocate(PAGES);
	pefs_open(&node, lower, KEY);
	for (unsigned n = 0; n < 4; n++) {
		mt.pindex = n;
		mt.object = n / 2 == 0 ? node.lower : node.upper;
		mt.shared = n % 2 == 0;
		mt.manners = mt.shared ? WAITS_OR_PASSES : WAITS;
		meet(&mt);
	}
	pefs_close(&node);
	vm_object_deallocate(lower);
	consumer_end();
}

/*
 * Workers write and read words of their own, which lie in all pages; thread 0
 * syncs meanwhile.
 */
#define	WORKERS	3
#define	ROUNDS	60

static uint32_t finished;	/* (a) workers */

static void
use_or_sync(void *arg, unsigned i)
{
	struct pefs_node *pn = arg;
	uint64_t seed = i + 1, word, got;

	if (i == 0) {
		while (atomic_load_int(&finished) < WORKERS) {
			pefs_sync(pn);
			md_spin_hint();
		}
		return;
	}
	for (unsigned n = 0; n < ROUNDS; n++) {
		vm_ooffset_t off = sizeof(word) * (i - 1 + WORKERS *
		    (test_random(&seed) % (BYTES / sizeof(word) / WORKERS)));

		word = test_random(&seed);
		node_rdwr(pn, UIO_WRITE, off, &word, sizeof(word));
		node_rdwr(pn, UIO_READ, off, &got, sizeof(got));
		ORACLE_EQ(got, word);
		memcpy(buf + off, &word, sizeof(word));
	}
	atomic_fetchadd_int(&finished, 1);
}

LAB_TEST(consumer_pefs_threads)
{
	static uint8_t got[BYTES];
	vm_object_t lower;

	test_boot(FRAMES);
	lower = vm_anon_pager_allocate(PAGES);
	pefs_open(&node, lower, KEY);
	node_rdwr(&node, UIO_READ, 0, buf, BYTES);
	finished = 0;
	test_threads(1 + WORKERS, use_or_sync, &node);
	pefs_close(&node);
	pefs_open(&node, lower, KEY);
	node_rdwr(&node, UIO_READ, 0, got, BYTES);
	ORACLE(memcmp(got, buf, BYTES) == 0);
	pefs_close(&node);
	vm_object_deallocate(lower);
	consumer_end();
}
#endif /* TEST_SYNCHRONISED */
