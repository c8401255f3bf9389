/*
 * What is sent is the file's bytes, read once, whatever becomes of the object
 * before the network is done; senders wait for a page being read or written.
 */
#include <string.h>

#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/sendfile.h>

#define	PAGES	6
#define	BYTES	(PAGES * PAGE_SIZE)

/* What of it is sent: from within a page to within another. */
#define	OFF	1000
#define	LEN	(3 * PAGE_SIZE)
#define	MBUFS	4

static vm_object_t		object;
static struct test_disk		file;
static struct sendfile_mbuf	mbufs[MBUFS];
static unsigned			nmbufs;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, PAGES);
	(void)test_disk_init(&file, 1);
}

static void
teardown(void)
{
	vm_object_deallocate(object);
	consumer_end();
}

static int
queue(void)
{
	return (sendfile_queue(object, &file.td_disk, OFF, LEN, mbufs,
	    &nmbufs));
}

static void
done(struct sendfile_mbuf *mb, unsigned n)
{
	while (n-- > 0)
		sendfile_done(mb++);
}

/* Do these carry n bytes of the data at off? */
static bool
carry(const struct sendfile_mbuf *mb, unsigned nmb, uint64_t seed,
    vm_ooffset_t off, size_t n)
{
	const uint8_t *p;

	for (; nmb-- > 0; off += mb->sm_len, n -= mb->sm_len, mb++) {
		p = sf_buf_kva(mb->sm_sf);
		if (mb->sm_len > n ||
		    !consumer_is(p + mb->sm_off, mb->sm_len, seed, off))
			return (false);
	}
	return (n == 0);
}

/* ---- Data --------------------------------------------------------------- */

LAB_TEST(consumer_sendfile_sends_the_file)
{
	setup();
	ORACLE_EQ(queue(), 0);
	ORACLE_EQ(nmbufs, 4);
	ORACLE(carry(mbufs, nmbufs, 1, OFF, LEN));
	done(mbufs, nmbufs);
	/* The pages stay, and are not read again. */
	ORACLE_EQ(object->resident_page_count, 4);
	ORACLE_EQ(queue(), 0);
	ORACLE_EQ(file.td_reads, 4);
	done(mbufs, nmbufs);
	teardown();
}

/* Pages on their way outlive the object and are freed by their last sender. */
LAB_TEST(consumer_sendfile_outlives_the_object)
{
	struct sendfile_mbuf again[MBUFS];

	setup();
	ORACLE_EQ(queue(), 0);
	ORACLE_EQ(sendfile_queue(object, &file.td_disk, 0, PAGE_SIZE, again,
	    &nmbufs), 0);
	vm_object_deallocate(object);
	ORACLE_EQ(vm_object_count(), 0);
	consumer_soil(2 * PAGES);
	done(again, 1);
	ORACLE(carry(mbufs, MBUFS, 1, OFF, LEN));
	done(mbufs, MBUFS);
	consumer_end();
}

LAB_TEST(consumer_sendfile_error)
{
	setup();
	ORACLE_EQ(sendfile_queue(object, &file.td_disk, 0, 10, mbufs,
	    &nmbufs), 0);
	done(mbufs, nmbufs);
	file.td_error = EIO;
	ORACLE_EQ(queue(), EIO);
	ORACLE_EQ(nmbufs, 1);
	/* The page that could not be read is gone. */
	ORACLE_EQ(object->resident_page_count, 1);
	done(mbufs, nmbufs);
	teardown();
}

/* ---- Pages that others have busied -------------------------------------- */

static void
send(struct meeting *mt)
{
	mt->error = queue();
}

static void
sends_after(bool shared)
{
	struct meeting mt = {
		.pindex = 1, .shared = shared, .manners = WAITS, .call = send,
		.before = shared ? NULL : meeting_fill, .seed = 2
	};

	setup();
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, 0);
	/* What the holder left is not read over. */
	ORACLE_EQ(file.td_reads, shared ? 4 : 3);
	ORACLE(carry(mbufs, 1, 1, OFF, PAGE_SIZE - OFF));
	ORACLE(carry(mbufs + 1, 1, shared ? 1 : 2, PAGE_SIZE, PAGE_SIZE));
	ORACLE(carry(mbufs + 2, 2, 1, 2 * PAGE_SIZE, PAGE_SIZE + OFF));
	done(mbufs, nmbufs);
	teardown();
}

LAB_TEST(consumer_sendfile_waits_for_hard_busy)
{
	sends_after(false);
}

LAB_TEST(consumer_sendfile_waits_for_soft_busy)
{
	sends_after(true);
}

/* ---- Threads ------------------------------------------------------------ */

#define	SENDERS	4

static void
sender(void *arg, unsigned i)
{
	struct sendfile_mbuf mine[PAGES];
	vm_ooffset_t off = i * 100;
	unsigned n;

	(void)arg;
	ORACLE_EQ(sendfile_queue(object, &file.td_disk, off, BYTES - off, mine,
	    &n), 0);
	ORACLE(carry(mine, n, 1, off, BYTES - off));
	done(mine, n);
}

/* Each page is read once, by whichever comes first. */
LAB_TEST(consumer_sendfile_threads_read_once)
{
	setup();
	file.td_time_ns = 100000;
	test_threads(SENDERS, sender, NULL);
	ORACLE_EQ(file.td_reads, PAGES);
	teardown();
}
