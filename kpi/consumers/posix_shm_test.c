/*
 * A shared memory object keeps its bytes, reads as zero where it was cut and
 * grew again, and waits for whom it must and for nobody else.
 */
#include <string.h>

#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/posix_shm.h>

#define	PAGES	4
#define	BYTES	(PAGES * PAGE_SIZE)

static vm_object_t	object;
static uint8_t		buf[BYTES];

static void
setup(void)
{
	test_boot(FT_FRAMES);
	consumer_soil(2 * PAGES);
	object = vm_object_allocate(OBJT_DEFAULT, 0);
	shm_truncate(object, BYTES);
}

static void
teardown(void)
{
	vm_object_deallocate(object);
	consumer_end();
}

static int
transfer(enum uio_rw rw, vm_ooffset_t off, void *p, size_t n)
{
	struct uio uio = consumer_uio(rw, off, p, n);

	return (shm_io(object, &uio));
}

/* Write data over the whole of it, or read it. */
static void
write_all(uint64_t seed)
{
	consumer_make(buf, BYTES, seed, 0);
	ORACLE_EQ(transfer(UIO_WRITE, 0, buf, BYTES), 0);
}

static void
read_all(void)
{
	memset(buf, 0xff, BYTES);
	ORACLE_EQ(transfer(UIO_READ, 0, buf, BYTES), 0);
}

/* ---- Growing and shrinking ---------------------------------------------- */

LAB_TEST(consumer_posix_shm_keeps_what_is_written)
{
	setup();
	read_all();
	ORACLE(consumer_is_zero(buf, BYTES));
	/* A read makes no page. */
	ORACLE_EQ(object->resident_page_count, 0);
	write_all(1);
	for (vm_pindex_t i = 0; i < PAGES; i++)
		ORACLE_EQ(ft_page(object, i)->dirty, VM_PAGE_BITS_ALL);
	read_all();
	ORACLE(consumer_is(buf, BYTES, 1, 0));
	ORACLE_EQ(transfer(UIO_READ, BYTES, buf, 1), EFAULT);
	ORACLE_EQ(transfer(UIO_WRITE, BYTES, buf, 1), EFAULT);
	teardown();
}

/* So does what of a new page is not written. */
LAB_TEST(consumer_posix_shm_is_zero_around_what_is_written)
{
	uint8_t byte = 1;

	setup();
	ORACLE_EQ(transfer(UIO_WRITE, 1000, &byte, 1), 0);
	read_all();
	ORACLE(consumer_is_zero(buf, 1000) && buf[1000] == 1);
	ORACLE(consumer_is_zero(buf + 1001, BYTES - 1001));
	teardown();
}

/* Cut in the middle of a page, and grown again: no old byte comes back. */
LAB_TEST(consumer_posix_shm_is_zero_where_it_was_cut)
{
	const size_t left = PAGE_SIZE + 1000;
	vm_page_t m;

	setup();
	write_all(2);
	m = ft_page(object, 1);
	pv_object_lock(object);
	vm_page_undirty(m);
	pv_object_unlock(object);
	shm_truncate(object, left);
	ORACLE_EQ(m->dirty, VM_PAGE_BITS_ALL);
	ORACLE_EQ(object->size, 2);
	ORACLE_EQ(object->resident_page_count, 2);
	shm_truncate(object, BYTES);
	read_all();
	ORACLE(consumer_is(buf, left, 2, 0));
	ORACLE(consumer_is_zero(buf + left, BYTES - left));
	shm_truncate(object, 0);
	ORACLE_EQ(object->resident_page_count, 0);
	teardown();
}

/* ---- Pages that others have busied -------------------------------------- */

static void
cut_in_page_1(struct meeting *mt)
{
	(void)mt;
	shm_truncate(object, PAGE_SIZE + 1000);
}

static void
cut_to_page_1(struct meeting *mt)
{
	(void)mt;
	shm_truncate(object, PAGE_SIZE);
}

static void
truncation(void (*call)(struct meeting *), vm_pindex_t pindex, bool shared)
{
	struct meeting mt = {
		.pindex = pindex, .shared = shared, .manners = WAITS,
		.call = call, .before = shared ? NULL : meeting_fill,
		.seed = 3
	};

	setup();
	write_all(3);
	mt.object = object;
	meet(&mt);
	shm_truncate(object, BYTES);
	read_all();
	ORACLE(consumer_is(buf, PAGE_SIZE, 3, 0));
	ORACLE(consumer_is_zero(buf + PAGE_SIZE + 1000,
	    BYTES - PAGE_SIZE - 1000));
	teardown();
}

/* The last page is not cleared under who has it, for I/O or to fill it. */
LAB_TEST(consumer_posix_shm_clearing_waits)
{
	truncation(cut_in_page_1, 1, false);
	truncation(cut_in_page_1, 1, true);
}

LAB_TEST(consumer_posix_shm_cutting_waits)
{
	truncation(cut_to_page_1, 2, false);
	truncation(cut_to_page_1, 2, true);
}

static void
write_page_1(struct meeting *mt)
{
	uint8_t bytes[100];

	consumer_make(bytes, sizeof(bytes), mt->seed, 0);
	mt->error = transfer(UIO_WRITE, PAGE_SIZE + 50, bytes, sizeof(bytes));
}

static void
read_page_1(struct meeting *mt)
{
	mt->error = transfer(UIO_READ, PAGE_SIZE, buf, PAGE_SIZE);
}

static void
access(void (*call)(struct meeting *), bool shared, enum manners manners)
{
	struct meeting mt = {
		.pindex = 1, .shared = shared, .manners = manners,
		.call = call, .before = shared ? NULL : meeting_fill,
		.seed = 4
	};

	setup();
	write_all(4);
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, 0);
}

LAB_TEST(consumer_posix_shm_waits_for_hard_busy)
{
	access(read_page_1, false, WAITS);
	ORACLE(consumer_is(buf, PAGE_SIZE, 4, PAGE_SIZE));
	teardown();
	access(write_page_1, false, WAITS);
	read_all();
	ORACLE(consumer_is(buf + PAGE_SIZE, 50, 4, PAGE_SIZE));
	ORACLE(consumer_is(buf + PAGE_SIZE + 50, 100, 4, 0));
	teardown();
}

/* I/O from the page goes on.  Whether a write waits is the release's matter. */
LAB_TEST(consumer_posix_shm_writes_under_io)
{
	access(write_page_1, true, WAITS_OR_PASSES);
	read_all();
	ORACLE(consumer_is(buf + PAGE_SIZE, 50, 4, PAGE_SIZE));
	ORACLE(consumer_is(buf + PAGE_SIZE + 50, 100, 4, 0));
	ORACLE(consumer_is(buf + PAGE_SIZE + 150, PAGE_SIZE - 150, 4,
	    PAGE_SIZE + 150));
	teardown();
}

LAB_TEST(consumer_posix_shm_reads_under_io)
{
	access(read_page_1, true, PASSES);
	ORACLE(consumer_is(buf, PAGE_SIZE, 4, PAGE_SIZE));
	teardown();
}

/* ---- Threads ------------------------------------------------------------ */

#define	THREADS	4
#define	ROUNDS	40

/* What is cut off is gone. */
static void
cut_and_grow(void)
{
	vm_ooffset_t at = 2 * PAGE_SIZE + 600;
	uint8_t byte = 1;

	ORACLE_EQ(transfer(UIO_WRITE, at, &byte, 1), 0);
	shm_truncate(object, at - 100);
	shm_truncate(object, BYTES);
	ORACLE_EQ(transfer(UIO_READ, at, &byte, 1), 0);
	ORACLE_EQ(byte, 0);
}

/* Each has bytes of its own, two in a page; one cuts and grows beyond. */
static void
use(void *arg, unsigned i)
{
	uint8_t mine[64], back[64];
	vm_ooffset_t at = (i / 2) * PAGE_SIZE + (i % 2) * sizeof(mine);

	(void)arg;
	for (unsigned n = 0; n < ROUNDS; n++) {
		if (i == 0)
			cut_and_grow();
		consumer_make(mine, sizeof(mine), n, at);
		ORACLE_EQ(transfer(UIO_WRITE, at, mine, sizeof(mine)), 0);
		ORACLE_EQ(transfer(UIO_READ, at, back, sizeof(back)), 0);
		ORACLE(memcmp(mine, back, sizeof(mine)) == 0);
	}
}

LAB_TEST(consumer_posix_shm_threads)
{
	setup();
	test_threads(THREADS, use, NULL);
	teardown();
}
