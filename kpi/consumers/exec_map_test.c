/*
 * Exec maps the image's first page whole, reads ahead as far as it may, and
 * leaves nothing busied behind that it busied.
 */
#include <kpi/consumers/consumer_test.h>
#include <kpi/consumers/exec_map.h>

#define	PAGES	12

static vm_object_t	image;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	image = vm_anon_pager_allocate(PAGES);
}

static void
teardown(void)
{
	vm_object_deallocate(image);
	consumer_end();
}

/* Is every word of it what the pager has for the page? */
static bool
is_image(const void *p, vm_pindex_t pindex)
{
	const uint64_t *word = p;

	for (unsigned i = 0; i < PAGE_SIZE / sizeof(*word); i++)
		if (word[i] != vm_anon_pattern(pindex))
			return (false);
	return (true);
}

static void
map_and_unmap(void)
{
	struct sf_buf *sf;

	ORACLE_EQ(exec_map_first_page(image, &sf), 0);
	ORACLE(is_image(sf_buf_kva(sf), 0));
	exec_unmap_first_page(sf);
}

/* Is the page there, as the pager has it, and nobody's? */
static bool
was_read(vm_pindex_t pindex)
{
	vm_page_t m;
	bool good;

	pv_object_lock(image);
	m = vm_page_lookup(image, pindex);
	good = m != NULL && m->valid == VM_PAGE_BITS_ALL && !pv_busied(m);
	pv_object_unlock(image);
	return (good && is_image(vm_page_dmap(m), pindex));
}

/* ---- Data --------------------------------------------------------------- */

LAB_TEST(consumer_exec_map_reads_ahead)
{
	setup();
	map_and_unmap();
	ORACLE_EQ(image->resident_page_count, EXEC_PAGES);
	for (vm_pindex_t i = 0; i < EXEC_PAGES; i++)
		ORACLE(was_read(i));
	/* Once more, resident. */
	map_and_unmap();
	ORACLE(was_read(0));
	teardown();
}

/* A page that is there is read with the others if it is not valid yet. */
LAB_TEST(consumer_exec_map_takes_an_invalid_page)
{
	setup();
	pv_xunbusy(pv_grab(image, 2, VM_ALLOC_NORMAL));
	map_and_unmap();
	ORACLE_EQ(image->resident_page_count, EXEC_PAGES);
	ORACLE(was_read(2) && was_read(3));
	teardown();
}

LAB_TEST(consumer_exec_map_stops_at_a_valid_page)
{
	vm_page_t m;

	setup();
	m = pv_grab(image, 2, VM_ALLOC_NORMAL);
	consumer_fill(m, 1);
	pv_xunbusy(m);
	map_and_unmap();
	ORACLE(was_read(1));
	ORACLE(consumer_page_is(image, 2, 1));
	ORACLE(ft_page(image, 3) == NULL);
	teardown();
}

/* The page mapped outlives the image. */
LAB_TEST(consumer_exec_map_keeps_the_page)
{
	struct sf_buf *sf;

	setup();
	ORACLE_EQ(exec_map_first_page(image, &sf), 0);
	ORACLE(sf_buf_page(sf) == ft_page(image, 0));
	vm_object_deallocate(image);
	consumer_soil(2 * PAGES);
	ORACLE(is_image(sf_buf_kva(sf), 0));
	exec_unmap_first_page(sf);
	consumer_end();
}

/* A directory cannot be read as a file. */
LAB_TEST(consumer_exec_map_error)
{
	struct sf_buf *sf;
	int error;

	test_boot(FT_FRAMES);
	image = vm_file_pager_allocate("/", PAGES, &error);
	CHECK(image != NULL);
	ORACLE_EQ(exec_map_first_page(image, &sf), EIO);
	ORACLE_EQ(image->resident_page_count, 0);
	teardown();
}

/* ---- Pages that others have busied -------------------------------------- */

static void
map_in_meeting(struct meeting *mt)
{
	(void)mt;
	map_and_unmap();
}

/* What exec has not taken is as it was. */
static void
left_alone(struct meeting *mt)
{
	vm_page_t m = ft_page(image, mt->pindex);

	ORACLE(m == mt->m && m->valid == 0);
	ORACLE(was_read(mt->pindex - 1));
	ORACLE(ft_page(image, mt->pindex + 1) == NULL);
}

static void
exec_meets(vm_pindex_t pindex, bool shared, enum manners manners,
    void (*before)(struct meeting *))
{
	struct meeting mt = {
		.pindex = pindex, .shared = shared, .manners = manners,
		.call = map_in_meeting, .before = before
	};

	setup();
	mt.object = image;
	meet(&mt);
	teardown();
}

LAB_TEST(consumer_exec_map_stops_at_a_busy_page)
{
	exec_meets(3, false, PASSES, left_alone);
	exec_meets(3, true, PASSES, left_alone);
}

LAB_TEST(consumer_exec_map_waits_for_the_first_page)
{
	exec_meets(0, false, WAITS, NULL);
	exec_meets(0, true, WAITS, NULL);
}

/* ---- Threads ------------------------------------------------------------ */

#define	THREADS	4

/* One takes the pages away again, the mapped one under its holders. */
static void
map_often(void *arg, unsigned i)
{
	(void)arg;
	for (unsigned n = 0; n < 20; n++) {
		map_and_unmap();
		if (i != 0)
			continue;
		pv_object_lock(image);
		vm_object_page_remove(image, 0, 0);
		pv_object_unlock(image);
	}
}

LAB_TEST(consumer_exec_map_threads)
{
	setup();
	test_threads(THREADS, map_often, NULL);
	teardown();
}
