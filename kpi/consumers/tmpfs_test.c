/*
 * tmpfs keeps what is written to it, waits for pages that others have busied,
 * and lets threads share a page without losing a byte.
 */
#include <string.h>

#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/tmpfs.h>

#define	PAGES	8
#define	BYTES	(PAGES * PAGE_SIZE)

static vm_object_t	object;
static uint8_t		model[BYTES];	/* what the file should hold */
static uint8_t		buf[BYTES];

static void
setup(vm_object_t (*make)(vm_pindex_t size))
{
	test_boot(FT_FRAMES);
	consumer_soil(2 * PAGES);
	object = make != NULL ? make(PAGES) :
	    vm_object_allocate(OBJT_DEFAULT, PAGES);
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
	int error = tmpfs_io(object, &uio);

	if (error == 0)
		ORACLE_EQ(uio.uio_resid, 0);
	return (error);
}

/* Read it all and compare. */
static void
compare(void)
{
	ORACLE_EQ(transfer(UIO_READ, 0, buf, BYTES), 0);
	ORACLE(memcmp(buf, model, BYTES) == 0);
}

/* ---- Data --------------------------------------------------------------- */

LAB_TEST(consumer_tmpfs_keeps_what_is_written)
{
	uint64_t seed = 1;
	size_t off, n;

	setup(NULL);
	for (unsigned i = 0; i < 40; i++) {
		off = test_random(&seed) % BYTES;
		n = test_random(&seed) % (2 * PAGE_SIZE);
		n = ulmin(n, BYTES - off);
		consumer_make(model + off, n, i, off);
		ORACLE_EQ(transfer(UIO_WRITE, off, model + off, n), 0);
	}
	compare();
	/* A page that was written is dirty, and its owner's alone to clean. */
	ORACLE(ft_page(object, 1)->dirty == VM_PAGE_BITS_ALL);
	teardown();
}

LAB_TEST(consumer_tmpfs_holes_are_zero)
{
	setup(NULL);
	ORACLE_EQ(transfer(UIO_READ, 0, buf, BYTES), 0);
	ORACLE(consumer_is_zero(buf, BYTES));
	ORACLE(ft_page(object, 0)->dirty == 0);
	ORACLE_EQ(transfer(UIO_READ, BYTES - 1, buf, 2), EFAULT);
	ORACLE_EQ(object->resident_page_count, PAGES);
	teardown();
}

/* A page of which a part is written comes from the pager first. */
LAB_TEST(consumer_tmpfs_pages_in)
{
	uint64_t word;

	setup(vm_anon_pager_allocate);
	for (size_t i = 0; i < BYTES / sizeof(word); i++) {
		word = vm_anon_pattern(i * sizeof(word) / PAGE_SIZE);
		md_copy(model + i * sizeof(word), &word, sizeof(word));
	}
	consumer_make(model + 5000, 3, 1, 5000);
	ORACLE_EQ(transfer(UIO_WRITE, 5000, model + 5000, 3), 0);
	compare();
	teardown();
}

/* ---- Pages that others have busied -------------------------------------- */

static void
write_page(struct meeting *mt)
{
	consumer_make(buf, 100, mt->seed + 1, 0);
	mt->error = transfer(UIO_WRITE, IDX_TO_OFF(mt->pindex) + 50, buf, 100);
}

static void
truncate_all(struct meeting *mt)
{
	(void)mt;
	tmpfs_truncate(object, 2);
}

/* What the holder made of the page is there, and what was written over it. */
LAB_TEST(consumer_tmpfs_waits_for_hard_busy)
{
	struct meeting mt = {
		.pindex = 3, .manners = WAITS, .call = write_page,
		.before = meeting_fill, .seed = 7
	};
	vm_ooffset_t at = IDX_TO_OFF(3);

	setup(NULL);
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, 0);
	ORACLE_EQ(transfer(UIO_READ, at, buf, PAGE_SIZE), 0);
	ORACLE(consumer_is(buf, 50, 7, at));
	ORACLE(consumer_is(buf + 50, 100, 8, 0));
	ORACLE(consumer_is(buf + 150, PAGE_SIZE - 150, 7, at + 150));
	teardown();
}

LAB_TEST(consumer_tmpfs_waits_for_soft_busy)
{
	struct meeting mt = {
		.pindex = 3, .shared = true, .manners = WAITS,
		.call = write_page
	};

	setup(NULL);
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, 0);
	teardown();
}

static void
truncate_meets(bool shared)
{
	struct meeting mt = {
		.pindex = 5, .shared = shared, .manners = WAITS,
		.call = truncate_all
	};

	setup(NULL);
	mt.object = object;
	ORACLE_EQ(transfer(UIO_READ, 0, buf, BYTES), 0);
	meet(&mt);
	ORACLE_EQ(object->size, 2);
	ORACLE_EQ(object->resident_page_count, 2);
	teardown();
}

LAB_TEST(consumer_tmpfs_truncation_waits)
{
	truncate_meets(false);
	truncate_meets(true);
}

/* ---- Threads ------------------------------------------------------------ */

#define	WRITERS	4
#define	PIECE	16		/* bytes; writers take turns at pieces */

static void
write_pieces(void *arg, unsigned i)
{
	uint8_t piece[PIECE], back[PIECE];
	size_t at;

	(void)arg;
	for (at = i * PIECE; at < 2 * PAGE_SIZE; at += WRITERS * PIECE) {
		consumer_make(piece, PIECE, 5, at);
		ORACLE_EQ(transfer(UIO_WRITE, at, piece, PIECE), 0);
		ORACLE_EQ(transfer(UIO_READ, at, back, PIECE), 0);
		ORACLE(memcmp(piece, back, PIECE) == 0);
	}
}

LAB_TEST(consumer_tmpfs_threads_share_pages)
{
	setup(NULL);
	test_threads(WRITERS, write_pieces, NULL);
	consumer_make(model, 2 * PAGE_SIZE, 5, 0);
	compare();
	teardown();
}
