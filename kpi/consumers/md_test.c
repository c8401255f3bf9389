/*
 * The memory disk: sectors read back, deletions, a disk that is written out
 * while it is used.
 */
#include <string.h>

#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/md.h>

#define	FRAMES	256
#define	SECTORS	60			/* the last page is not full */

static uint8_t model[SECTORS][MD_SECTOR];	/* what the disk must hold */
static struct test_disk backing;

static void
sector_write(struct md_softc *sc, uint64_t sector, uint64_t seed)
{
	consumer_make(model[sector], MD_SECTOR, seed, sector);
	ORACLE_EQ(md_start(sc, MD_WRITE, sector, 1, model[sector]), 0);
}

static void
disk_is_model(struct md_softc *sc)
{
	uint8_t data[MD_SECTOR];

	for (unsigned s = 0; s < SECTORS; s++) {
		ORACLE_EQ(md_start(sc, MD_READ, s, 1, data), 0);
		ORACLE(memcmp(data, model[s], MD_SECTOR) == 0);
	}
}

/* Runs of sectors that begin and end anywhere, against the model. */
LAB_TEST(consumer_md_keeps_what_is_written)
{
	static uint8_t run[SECTORS * MD_SECTOR];
	struct md_softc sc;
	uint64_t seed = 1;

	test_boot(FRAMES);
	memset(model, 0, sizeof(model));
	md_attach(&sc, SECTORS);
	for (unsigned n = 0; n < 400; n++) {
		unsigned s = test_random(&seed) % SECTORS;
		unsigned count = 1 + test_random(&seed) % (SECTORS - s);

		if (n % 4 == 3) {
			memset(model[s], 0, count * MD_SECTOR);
			ORACLE_EQ(md_start(&sc, MD_DELETE, s, count, NULL), 0);
			continue;
		}
		if (n % 4 == 2) {
			ORACLE_EQ(md_start(&sc, MD_READ, s, count, run), 0);
			ORACLE(memcmp(run, model[s], count * MD_SECTOR) == 0);
			continue;
		}
		count = 1 + count % 20;
		count = ulmin(count, SECTORS - s);
		consumer_make(model[s], count * MD_SECTOR, n, 0);
		ORACLE_EQ(md_start(&sc, MD_WRITE, s, count, model[s]), 0);
	}
	disk_is_model(&sc);
	ORACLE_EQ(md_start(&sc, MD_READ, SECTORS, 1, run), EINVAL);
	ORACLE_EQ(md_start(&sc, MD_READ, 1, SECTORS, run), EINVAL);
	md_detach(&sc);
	consumer_end();
}

/* A page deleted whole goes back to the VM. */
LAB_TEST(consumer_md_deletes_pages)
{
	struct md_softc sc;

	test_boot(FRAMES);
	memset(model, 0, sizeof(model));
	md_attach(&sc, SECTORS);
	for (unsigned s = 0; s < SECTORS; s++)
		sector_write(&sc, s, 7);
	ORACLE_EQ(sc.object->resident_page_count, 8);
	ORACLE_EQ(md_start(&sc, MD_DELETE, 4, 40, NULL), 0);
	memset(model[4], 0, 40 * MD_SECTOR);
	ORACLE_EQ(sc.object->resident_page_count, 4);
	disk_is_model(&sc);
	md_detach(&sc);
	consumer_end();
}

/* What is written out once is not written again; an error is not forgotten. */
LAB_TEST(consumer_md_writes_out_what_changed)
{
	struct md_softc sc;

	test_boot(FRAMES);
	memset(model, 0, sizeof(model));
	test_disk_init(&backing, 3);
	md_attach(&sc, SECTORS);
	for (unsigned s = 0; s < 10; s++)
		sector_write(&sc, s, 8);
	backing.td_error = EIO;
	ORACLE_EQ(md_sync(&sc, &backing.td_disk), EIO);
	backing.td_error = 0;
	backing.td_writes = 0;
	ORACLE_EQ(md_sync(&sc, &backing.td_disk), 0);
	ORACLE_EQ(backing.td_writes, 10);
	ORACLE(memcmp(backing.td_bytes, model, 10 * MD_SECTOR) == 0);
	ORACLE(consumer_is(backing.td_bytes + 10 * MD_SECTOR, MD_SECTOR, 3,
	    10 * MD_SECTOR));
	sector_write(&sc, 1, 9);
	ORACLE_EQ(md_sync(&sc, &backing.td_disk), 0);
	ORACLE_EQ(backing.td_writes, 18);
	ORACLE(memcmp(backing.td_bytes, model, 10 * MD_SECTOR) == 0);
	md_detach(&sc);
	consumer_end();
}

#if TEST_SYNCHRONISED

/*
 * Thread 0 writes the disk out and stops at its first sector until thread 1,
 * which reads that page, is done or asleep on it.
 */
struct overlap {
	struct disk	disk;		/* first: md_sync() gets its address */
	struct md_softc	sc;
	vm_page_t	page;
	uint32_t	out;		/* (a) the write is under way */
	uint32_t	done;		/* (a) the reader has read */
};

static int
overlap_strategy(struct disk *d, enum uio_rw rw, vm_ooffset_t off, void *data,
    size_t len)
{
	struct overlap *o = (struct overlap *)d;

	ORACLE(rw == UIO_WRITE && len == MD_SECTOR);
	if (atomic_load_int(&o->out) == 0) {
		pv_object_lock(o->sc.object);
		ORACLE("the page is kept" && pv_busied(o->page));
		pv_object_unlock(o->sc.object);
	}
	atomic_store_rel_int(&o->out, 1);
	while (atomic_load_acq_int(&o->done) == 0 &&
	    sleepq_sleepers(o->page) == 0)
		md_spin_hint();
	ORACLE(memcmp(data, model[off / MD_SECTOR], len) == 0);
	return (0);
}

static void
write_out_or_read(void *arg, unsigned i)
{
	struct overlap *o = arg;
	uint8_t data[MD_SECTOR];

	if (i == 0) {
		ORACLE_EQ(md_sync(&o->sc, &o->disk), 0);
		return;
	}
	while (atomic_load_acq_int(&o->out) == 0)
		md_spin_hint();
	for (unsigned s = 0; s < 8; s++) {
		ORACLE_EQ(md_start(&o->sc, MD_READ, s, 1, data), 0);
		ORACLE(memcmp(data, model[s], MD_SECTOR) == 0);
	}
	atomic_store_rel_int(&o->done, 1);
}

/* Sector 5 was never written: the reader fills it with zeroes. */
LAB_TEST(consumer_md_reads_what_is_written_out)
{
	struct overlap o = { .disk.d_strategy = overlap_strategy };

	test_boot(FRAMES);
	memset(model, 0, sizeof(model));
	md_attach(&o.sc, SECTORS);
	for (unsigned s = 0; s < 8; s++)
		if (s != 5)
			sector_write(&o.sc, s, 11);
	o.page = ft_page(o.sc.object, 0);
	test_threads(2, write_out_or_read, &o);
	md_detach(&o.sc);
	consumer_end();
}

/* A write must not change what is being written out. */
static void
write_sector(struct meeting *mt)
{
	struct md_softc sc = { .object = mt->object, .sectors = SECTORS };

	sector_write(&sc, 8 * mt->pindex + 2, mt->seed);
}

static void
read_sector(struct meeting *mt)
{
	struct md_softc sc = { .object = mt->object, .sectors = SECTORS };
	uint8_t data[MD_SECTOR];

	mt->error = md_start(&sc, MD_READ, 8 * mt->pindex + 2, 1, data);
	ORACLE(memcmp(data, model[8 * mt->pindex + 2], MD_SECTOR) == 0);
}

static void
delete_page(struct meeting *mt)
{
	struct md_softc sc = { .object = mt->object, .sectors = SECTORS };

	mt->error = md_start(&sc, MD_DELETE, 8 * mt->pindex, 8, NULL);
}

LAB_TEST(consumer_md_waits_for_busy_pages)
{
	static void (*const calls[])(struct meeting *) = {
		write_sector, read_sector, write_sector, read_sector,
		delete_page, delete_page
	};
	struct meeting mt = { .pindex = 3, .manners = WAITS };
	struct md_softc sc;

	test_boot(FRAMES);
	memset(model, 0, sizeof(model));
	md_attach(&sc, SECTORS);
	mt.object = sc.object;
	for (unsigned i = 0; i < nitems(calls); i++) {
		mt.call = calls[i];
		mt.seed = i;
		mt.shared = i % 3 == 2;
		meet(&mt);
		ORACLE_EQ(mt.error, 0);
	}
	ORACLE_EQ(sc.object->resident_page_count, 0);
	md_detach(&sc);
	consumer_end();
}

/*
 * Three threads write their sectors, interleaved with the others' in each
 * page, and read them; thread 0 writes out until they are done.
 */
#define	WORKERS	3
#define	ROUNDS	40

static uint32_t	finished;	/* (a) workers */

static void
use_or_write_out(void *arg, unsigned i)
{
	struct md_softc *sc = arg;
	uint8_t data[MD_SECTOR];
	uint64_t seed = i + 1;

	if (i == 0) {
		while (atomic_load_int(&finished) < WORKERS) {
			ORACLE_EQ(md_sync(sc, &backing.td_disk), 0);
			md_spin_hint();
		}
		return;
	}
	for (unsigned n = 0; n < ROUNDS; n++) {
		unsigned s = i - 1 + WORKERS * (test_random(&seed) %
		    (SECTORS / WORKERS));

		sector_write(sc, s, n);
		ORACLE_EQ(md_start(sc, MD_READ, s, 1, data), 0);
		ORACLE(memcmp(data, model[s], MD_SECTOR) == 0);
	}
	atomic_fetchadd_int(&finished, 1);
}

LAB_TEST(consumer_md_threads)
{
	struct md_softc sc;

	test_boot(FRAMES);
	memset(model, 0, sizeof(model));
	test_disk_init(&backing, 0);
	finished = 0;
	md_attach(&sc, SECTORS);
	for (unsigned s = 0; s < SECTORS; s++)
		sector_write(&sc, s, 99);
	test_threads(1 + WORKERS, use_or_write_out, &sc);
	disk_is_model(&sc);
	ORACLE_EQ(md_sync(&sc, &backing.td_disk), 0);
	ORACLE(memcmp(backing.td_bytes, model, sizeof(model)) == 0);
	md_detach(&sc);
	consumer_end();
}
#endif /* TEST_SYNCHRONISED */
