/*
 * A buffer reads what the disk has and writes whole pages, none while another
 * changes it; the pages it has gone by are not taken while it waits for one.
 */
#include <string.h>

#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/bufcache.h>

#define	PAGES	8

static vm_object_t	object;
static struct test_disk	disk;
static struct buf	buf;

/* A buffer over pages 0 to 3, of a disk with the data called 1. */
static void
setup(void)
{
	test_boot(FT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, PAGES);
	bufcache_get(&buf, object, test_disk_init(&disk, 1), 0, BUF_PAGES);
}

static void
teardown(void)
{
	bufcache_release(&buf);
	vm_object_deallocate(object);
	consumer_end();
}

/* Change a page as a program would; it becomes dirty. */
static void
change(vm_pindex_t pindex, uint64_t seed)
{
	vm_page_t m = pv_grab(object, pindex, VM_ALLOC_NORMAL);

	consumer_fill(m, seed);
	vm_page_dirty(m);
	pv_xunbusy(m);
}

static bool
disk_page_is(vm_pindex_t pindex, uint64_t seed)
{
	return (consumer_is(disk.td_bytes + IDX_TO_OFF(pindex), PAGE_SIZE, seed,
	    IDX_TO_OFF(pindex)));
}

/* ---- Data --------------------------------------------------------------- */

LAB_TEST(consumer_bufcache_reads_and_writes)
{
	setup();
	change(1, 2);
	ORACLE_EQ(bufcache_read(&buf), 0);
	/* What was valid is not read over. */
	ORACLE_EQ(disk.td_reads, BUF_PAGES - 1);
	for (vm_pindex_t i = 0; i < BUF_PAGES; i++)
		ORACLE(consumer_page_is(object, i, i == 1 ? 2 : 1));
	ORACLE(buf.b_pages[1]->dirty == VM_PAGE_BITS_ALL);
	ORACLE_EQ(bufcache_write(&buf), 0);
	ORACLE(disk_page_is(0, 1) && disk_page_is(1, 2));
	ORACLE(buf.b_pages[1]->dirty == 0);
	ORACLE_EQ(object->paging_in_progress, 0);
	teardown();
}

static bool
busied(vm_pindex_t pindex)
{
	bool busy;

	pv_object_lock(object);
	busy = pv_busied(buf.b_pages[pindex]);
	pv_object_unlock(object);
	return (busy);
}

/* A disk that looks at the buffer while it works. */
static int
watching_disk(struct disk *d, enum uio_rw rw, vm_ooffset_t off, void *data,
    size_t len)
{
	for (vm_pindex_t i = 0; i < BUF_PAGES; i++)
		ORACLE(busied(i));
	ORACLE(object->paging_in_progress != 0);
	return (test_disk_strategy(d, rw, off, data, len));
}

LAB_TEST(consumer_bufcache_is_busy_in_a_transfer)
{
	setup();
	disk.td_disk.d_strategy = watching_disk;
	ORACLE_EQ(bufcache_read(&buf), 0);
	ORACLE_EQ(bufcache_write(&buf), 0);
	ORACLE_EQ(disk.td_writes, BUF_PAGES);
	ORACLE(!busied(0) && !busied(3));
	teardown();
}

LAB_TEST(consumer_bufcache_error)
{
	setup();
	change(1, 2);
	disk.td_error = EIO;
	ORACLE_EQ(bufcache_read(&buf), EIO);
	ORACLE_EQ(bufcache_write(&buf), EIO);
	ORACLE(disk_page_is(1, 1));
	ORACLE(buf.b_pages[1]->dirty == VM_PAGE_BITS_ALL);
	bufcache_release(&buf);
	/* What could not be read is gone. */
	ORACLE(ft_page(object, 0) == NULL && ft_page(object, 1) != NULL);
	vm_object_deallocate(object);
	consumer_end();
}

/* A disk that fails at one page and would not at the next. */
static int
failing_disk(struct disk *d, enum uio_rw rw, vm_ooffset_t off, void *data,
    size_t len)
{
	if (off == PAGE_SIZE)
		return (EIO);
	return (test_disk_strategy(d, rw, off, data, len));
}

LAB_TEST(consumer_bufcache_first_error)
{
	setup();
	disk.td_disk.d_strategy = failing_disk;
	ORACLE_EQ(bufcache_read(&buf), EIO);
	ORACLE_EQ(disk.td_reads, 1);
	ORACLE_EQ(buf.b_pages[3]->valid, 0);
	teardown();
}

/* ---- Pages that others have busied -------------------------------------- */

static void
write_buf(struct meeting *mt)
{
	mt->error = bufcache_write(&buf);
}

/* The pages before are parked, the ones behind not yet. */
static void
parked(struct meeting *mt)
{
	ORACLE(busied(0) && busied(1) && !busied(3));
	ORACLE_EQ(disk.td_writes, 0);
	meeting_fill(mt);
}

/* What the holder made of the page is what is written. */
LAB_TEST(consumer_bufcache_drains_hard_busy)
{
	struct meeting mt = {
		.pindex = 2, .manners = WAITS, .call = write_buf,
		.before = parked, .seed = 3
	};

	setup();
	ORACLE_EQ(bufcache_read(&buf), 0);
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, 0);
	ORACLE(disk_page_is(1, 1) && disk_page_is(2, 3));
	teardown();
}

/* A transfer from a page, as other buffers may make, is not waited for. */
LAB_TEST(consumer_bufcache_writes_beside_io)
{
	struct meeting mt = {
		.pindex = 2, .shared = true, .manners = PASSES,
		.call = write_buf
	};

	setup();
	ORACLE_EQ(bufcache_read(&buf), 0);
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, 0);
	teardown();
}

/* Page 0 is soft busy and page 2 hard busy, until the writer waits for each. */
struct holder {
	vm_page_t	soft, hard;
	uint32_t	done;		/* (a) */
};

static void
hold_or_write(void *arg, unsigned i)
{
	struct holder *h = arg;
	bool done;

	if (i == 1) {
		ORACLE_EQ(bufcache_write(&buf), 0);
		atomic_store_rel_int(&h->done, 1);
		return;
	}
	do {
		done = atomic_load_acq_int(&h->done) != 0;
		if (h->hard != NULL && (done || sleepq_sleepers(h->hard))) {
			ORACLE(!done);
			pv_xunbusy(h->hard);
			h->hard = NULL;
		}
		if (h->soft != NULL && (done || sleepq_sleepers(h->soft))) {
			pv_sunbusy(h->soft);
			h->soft = NULL;
		}
		md_spin_hint();
	} while (!done);
}

LAB_TEST(consumer_bufcache_parks_a_page_under_io)
{
	struct holder h = { .done = 0 };

	setup();
	ORACLE_EQ(bufcache_read(&buf), 0);
	h.soft = pv_grab_sbusy(object, 0, VM_ALLOC_NORMAL);
	h.hard = pv_grab(object, 2, VM_ALLOC_NORMAL);
	test_threads(2, hold_or_write, &h);
	ORACLE_EQ(disk.td_writes, BUF_PAGES);
	teardown();
}

/* ---- Threads ------------------------------------------------------------ */

#define	WRITERS		2
#define	CHANGERS	2
#define	ROUNDS		25

static struct test_disk	disks[WRITERS];

/* No page on disk is half one change and half another. */
static void
write_and_look(unsigned i)
{
	struct buf mine;
	const uint8_t *p;

	bufcache_get(&mine, object, &disks[i].td_disk, i, BUF_PAGES);
	ORACLE_EQ(bufcache_write(&mine), 0);
	for (vm_pindex_t at = i; at < i + BUF_PAGES; at++) {
		p = disks[i].td_bytes + IDX_TO_OFF(at);
		ORACLE(memcmp(p, p + 1, PAGE_SIZE - 1) == 0);
	}
	bufcache_release(&mine);
}

static void
write_or_change(void *arg, unsigned i)
{
	uint64_t seed = i + 1;
	vm_page_t m;

	(void)arg;
	for (unsigned n = 0; n < ROUNDS; n++) {
		if (i < WRITERS) {
			write_and_look(i);
			continue;
		}
		m = pv_grab(object, test_random(&seed) % (BUF_PAGES + 1),
		    VM_ALLOC_NORMAL);
		for (unsigned at = 0; at < PAGE_SIZE; at++)
			((uint8_t *)vm_page_dmap(m))[at] = (uint8_t)(n + i);
		vm_page_dirty(m);
		pv_xunbusy(m);
	}
}

LAB_TEST(consumer_bufcache_threads)
{
	setup();
	for (vm_pindex_t i = 0; i <= BUF_PAGES; i++) {
		change(i, 1);
		md_zero(vm_page_dmap(ft_page(object, i)), PAGE_SIZE);
	}
	for (unsigned i = 0; i < WRITERS; i++)
		(void)test_disk_init(&disks[i], 1);
	test_threads(WRITERS + CHANGERS, write_or_change, NULL);
	teardown();
}
