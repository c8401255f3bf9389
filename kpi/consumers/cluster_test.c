/*
 * A cluster holds what the disk has, leaves alone what is valid, and comes to
 * terms with pages that others have busied.
 */
#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/cluster.h>

#define	PAGES	12

static vm_object_t	object;
static struct test_disk	disk;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, PAGES);
	(void)test_disk_init(&disk, 1);
}

static void
teardown(void)
{
	vm_object_deallocate(object);
	consumer_end();
}

/* Make a page that another would find: valid with seed's data, or invalid. */
static void
resident(vm_pindex_t pindex, bool valid, uint64_t seed)
{
	vm_page_t m = pv_grab(object, pindex, VM_ALLOC_NORMAL);

	if (valid)
		consumer_fill(m, seed);
	pv_xunbusy(m);
}

static int
read_at(vm_pindex_t first)
{
	return (cluster_read(object, &disk.td_disk, first));
}

/* Are just pages [from, to) resident, all with the disk's data? */
static bool
only(vm_pindex_t from, vm_pindex_t to)
{
	for (vm_pindex_t i = from; i < to; i++)
		if (!consumer_page_is(object, i, 1))
			return (false);
	return (object->resident_page_count == to - from);
}

/* ---- Data --------------------------------------------------------------- */

LAB_TEST(consumer_cluster_reads_ahead)
{
	setup();
	ORACLE_EQ(read_at(1), 0);
	ORACLE(only(1, 1 + CLUSTER_PAGES));
	ORACLE_EQ(read_at(1), 0);
	ORACLE_EQ(disk.td_reads, CLUSTER_PAGES);
	/* To the end of the file and no further. */
	ORACLE_EQ(read_at(9), 0);
	ORACLE(only(1, PAGES));
	ORACLE_EQ(object->paging_in_progress, 0);
	teardown();
}

LAB_TEST(consumer_cluster_stops_at_a_valid_page)
{
	setup();
	resident(2, false, 0);
	resident(4, true, 2);
	ORACLE_EQ(read_at(0), 0);
	ORACLE_EQ(disk.td_reads, 4);
	ORACLE_EQ(object->resident_page_count, 5);
	ORACLE(consumer_page_is(object, 2, 1));
	ORACLE(consumer_page_is(object, 4, 2));
	teardown();
}

LAB_TEST(consumer_cluster_error)
{
	setup();
	disk.td_error = EIO;
	ORACLE_EQ(read_at(0), EIO);
	ORACLE_EQ(object->resident_page_count, 0);
	ORACLE_EQ(object->paging_in_progress, 0);
	teardown();
}

/* ---- Pages that others have busied -------------------------------------- */

static void
read_at_1(struct meeting *mt)
{
	mt->error = read_at(1);
}

/* The holder reads it itself: the same bytes from the same disk. */
static void
fill_too(struct meeting *mt)
{
	ORACLE(ft_page(object, mt->pindex) == mt->m);
	meeting_fill(mt);
}

static void
reading(vm_pindex_t pindex, bool shared, enum manners manners)
{
	struct meeting mt = {
		.pindex = pindex, .shared = shared, .manners = manners,
		.call = read_at_1, .before = shared ? NULL : fill_too,
		.seed = 1
	};

	setup();
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, 0);
}

/* Another's page amid the cluster: read with it, or waited for. */
LAB_TEST(consumer_cluster_meets_hard_busy)
{
	reading(3, false, WAITS_OR_PASSES);
	ORACLE(consumer_page_is(object, 1, 1));
	ORACLE(consumer_page_is(object, 2, 1));
	ORACLE(consumer_page_is(object, 3, 1));
	teardown();
}

/* In another's transfer: the cluster ends before it. */
LAB_TEST(consumer_cluster_stops_at_soft_busy)
{
	reading(3, true, PASSES);
	ORACLE_EQ(disk.td_reads, 2);
	ORACLE(ft_page(object, 3)->valid == 0);
	teardown();
}

/* The page asked for is waited for, and not read over if it became valid. */
LAB_TEST(consumer_cluster_waits_for_its_first_page)
{
	reading(1, false, WAITS);
	ORACLE_EQ(disk.td_reads, 0);
	teardown();
	reading(1, true, WAITS);
	ORACLE(only(1, 1 + CLUSTER_PAGES));
	teardown();
}

static void
fail_at_1(struct meeting *mt)
{
	disk.td_error = EIO;
	mt->error = read_at(1);
}

/* A page that could not be read is not freed under who has it. */
LAB_TEST(consumer_cluster_error_beside_hard_busy)
{
	struct meeting mt = {
		.pindex = 3, .manners = WAITS_OR_PASSES, .call = fail_at_1,
		.before = fill_too, .seed = 1
	};

	setup();
	mt.object = object;
	meet(&mt);
	ORACLE_EQ(mt.error, EIO);
	ORACLE(consumer_page_is(object, 3, 1));
	ORACLE(ft_page(object, 1) == NULL);
	teardown();
}

/* ---- Threads ------------------------------------------------------------ */

#define	READERS	3

static void
reader(void *arg, unsigned i)
{
	(void)arg;
	for (vm_pindex_t n = 0; n < PAGES; n++) {
		ORACLE_EQ(read_at((n + 5 * i) % PAGES), 0);
		md_spin_hint();
	}
}

/* No page is in two transfers, so each is read once. */
LAB_TEST(consumer_cluster_threads_read_once)
{
	setup();
	disk.td_time_ns = 10000;
	test_threads(READERS, reader, NULL);
	ORACLE(only(0, PAGES));
	ORACLE_EQ(disk.td_reads, PAGES);
	teardown();
}
