/*
 * Page-in: the right bytes from the anonymous and the file pager, read-ahead,
 * the end of a file, a file that cannot be read, and the map changing while
 * the I/O is under way.
 * Method: the file is this program's own executable, read beside the VM too.
 */
#include "fault_test.h"

#define	PATH	"/proc/self/exe"
#define	COW	(MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY)

static struct vmspace *vm;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
}

static void
teardown(void)
{
	vmspace_free(vm);
	vm_pager_latency_ns = 0;
	test_end();
}

LAB_TEST(pager_anon_contents)
{
	vm_object_t object;
	unsigned i;

	setup();
	object = vm_anon_pager_allocate(40);
	ft_map(vm, object, 40, VM_PROT_RW, 0);
	for (i = 0; i < 40; i += 3)
		CHECK(ft_page_is(vm, FT_VA(i), vm_anon_pattern(i)));
	for (i = 0; i < 40; i++)
		CHECK(ft_page_is(vm, FT_VA(i), vm_anon_pattern(i)));
	CHECK_EQ(object->resident_page_count, 40);
	CHECK_EQ(object->paging_in_progress, 0);
	CHECK_EQ(ft_page(object, 9)->dirty, 0);
	CHECK(vm_anon_pattern(0) != vm_anon_pattern(1));
	teardown();
}

/* The window, its end at the object's end and at a page that is there. */
LAB_TEST(pager_reads_ahead)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = vm_anon_pager_allocate(30);
	ft_map(vm, object, 30, VM_PROT_RW, 0);
	ft_load(vm, FT_VA(2));
	CHECK_EQ(object->resident_page_count, 1 + VM_FAULT_READ_AHEAD);
	CHECK(ft_page(object, 1) == NULL && ft_page(object, 10) == NULL);
	m = ft_page(object, 9);
	CHECK(m != NULL && vm_page_is_all_valid(m) && !pv_busied(m));
	CHECK_EQ(m->queue, PQ_INACTIVE);
	ft_load(vm, FT_VA(28));
	CHECK_EQ(object->resident_page_count, 1 + VM_FAULT_READ_AHEAD + 2);
	ft_load(vm, FT_VA(0));
	CHECK_EQ(object->resident_page_count, 1 + VM_FAULT_READ_AHEAD + 4);
	teardown();
}

LAB_TEST(pager_beyond_the_object)
{
	setup();
	CHECK_EQ(vm_map_insert(&vm->vm_map, vm_anon_pager_allocate(2), 0,
	    FT_VA(0), FT_VA(4), VM_PROT_RW, 0), KERN_SUCCESS);
	CHECK_EQ(ft_fault(vm, FT_VA(2), VM_PROT_READ),
	    KERN_PROTECTION_FAILURE);
	CHECK_EQ(ft_load(vm, FT_VA(1)), vm_anon_pattern(1));
	teardown();
}

/* A private mapping of a file, as a program's data: page in, then copy. */
LAB_TEST(pager_behind_a_shadow)
{
	vm_object_t object;

	setup();
	object = ft_keep(vm_anon_pager_allocate(8));
	ft_map(vm, object, 8, VM_PROT_RW, COW);
	ft_store(vm, FT_VA(3), 11);
	CHECK_EQ(ft_load(vm, FT_VA(3)), 11);
	CHECK_EQ(ft_load(vm, FT_VA(3) + 8), vm_anon_pattern(3));
	CHECK_EQ(ft_load(vm, FT_VA(5)), vm_anon_pattern(5));
	CHECK(*(uint64_t *)vm_page_dmap(ft_page(object, 3)) ==
	    vm_anon_pattern(3));
	CHECK_EQ(object->paging_in_progress, 0);
	vm_object_deallocate(object);
	teardown();
}

/* Does page i of the mapping hold what the file does there? */
static bool
same_as_file(int fd, unsigned i, size_t *bytes)
{
	static char buf[PAGE_SIZE];
	char *p = (char *)ft_touch(vm, FT_VA(i), VM_PROT_READ);
	size_t j;
	long n;

	n = md_file_read(fd, buf, PAGE_SIZE, ptoa(i));
	CHECK(n >= 0);
	for (j = 0; j < PAGE_SIZE; j++)
		if (p[j] != (j < (size_t)n ? buf[j] : 0))
			return (false);
	*bytes = (size_t)n;
	return (true);
}

/* From the first page to one that is cut by the end, and one beyond. */
LAB_TEST(pager_file_contents)
{
	const vm_pindex_t pages = 1 << 16;
	size_t bytes = PAGE_SIZE;
	vm_object_t object;
	unsigned i;
	int error, fd;

	setup();
	object = vm_file_pager_allocate(PATH, pages, &error);
	CHECK(object != NULL);
	CHECK_EQ(error, 0);
	fd = md_file_open(PATH);
	CHECK(fd >= 0);
	ft_map(vm, object, pages, VM_PROT_READ, 0);
	for (i = 0; bytes == PAGE_SIZE; i++) {
		CHECK(same_as_file(fd, i, &bytes));
		/* The file may be larger than memory. */
		if (i % 64 != 63)
			continue;
		pv_object_lock(object);
		vm_object_page_remove(object, 0, 0);
		pv_object_unlock(object);
	}
	CHECK(i > 1);
	CHECK(ft_page_is(vm, FT_VA(i + 1), 0));
	md_file_close(fd);
	teardown();
}

LAB_TEST(pager_file_not_there)
{
	int error = 0;

	setup();
	CHECK(vm_file_pager_allocate("/no/such/file", 1, &error) == NULL);
	CHECK_EQ(error, ENOENT);
	teardown();
}

/* A directory opens and cannot be read. */
LAB_TEST(pager_error_leaves_nothing)
{
	vm_object_t object;
	int error;

	setup();
	object = vm_file_pager_allocate("/", 16, &error);
	CHECK(object != NULL);
	ft_map(vm, ft_keep(object), 16, VM_PROT_READ, 0);
	CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_READ), KERN_FAILURE);
	CHECK_EQ(object->resident_page_count, 0);
	CHECK_EQ(object->paging_in_progress, 0);
	CHECK_EQ(object->ref_count, 2);
	CHECK_EQ(vm->vm_pmap.pm_resident, 0);
	/* And behind a shadow, which held a place. */
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(16)),
	    KERN_SUCCESS);
	ft_map(vm, object, 16, VM_PROT_RW, COW);
	vm_object_reference(object);
	CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_WRITE), KERN_FAILURE);
	CHECK_EQ(object->resident_page_count, 0);
	CHECK_EQ(object->paging_in_progress, 0);
	vm_object_deallocate(object);
	teardown();
}

/* ---- While the I/O runs ------------------------------------------------- */

static uint32_t	in_io, unmapped;	/* (a) */

/* A device that waits until the mapping is gone. */
static int
slow_getpages(vm_object_t object, vm_page_t *m, int count, int reqpage)
{
	pv_object_unlock(object);
	atomic_store_rel_int(&in_io, 1);
	while (atomic_load_acq_int(&unmapped) == 0)
		md_spin_hint();
	pv_object_lock(object);
	vm_pager_finish(object, m, count, reqpage, count);
	return (VM_PAGER_OK);
}

static void
slow_dealloc(vm_object_t object)
{
	(void)object;
}

static const struct pagerops slow_ops = {
	.pgo_name = "slow",
	.pgo_dealloc = slow_dealloc,
	.pgo_getpages = slow_getpages,
	.pgo_haspage = vm_pager_in_size,
};

/* Thread 0 faults; thread 1 takes the mapping away meanwhile. */
static void
unmap_during_io(void *arg, unsigned i)
{
	(void)arg;
	if (i == 0) {
		CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_READ),
		    KERN_INVALID_ADDRESS);
		return;
	}
	while (atomic_load_acq_int(&in_io) == 0)
		md_spin_hint();
	CHECK_EQ(vm_map_remove(&vm->vm_map, FT_VA(0), FT_VA(8)),
	    KERN_SUCCESS);
	atomic_store_rel_int(&unmapped, 1);
}

LAB_TEST(pager_unmapped_during_io)
{
	vm_object_t object;

	setup();
	if (TEST_SYNCHRONISED) {
		object = vm_object_allocate(OBJT_SWAP, 8);
		/* Or the unmap would wait, to free the pages. */
		object->flags |= OBJ_NOSPLIT;
		object->pager = &slow_ops;
		ft_map(vm, object, 8, VM_PROT_RW, 0);
		test_threads(2, unmap_during_io, NULL);
		CHECK_EQ(vm->vm_pmap.pm_resident, 0);
	}
	teardown();
}

/* All want the same page at once: one reads it, all see it. */
static void
same_io(void *arg, unsigned i)
{
	(void)arg;
	(void)i;
	CHECK(ft_page_is(vm, FT_VA(1), vm_anon_pattern(1)));
}

LAB_TEST(pager_concurrent_same_page)
{
	vm_object_t object;

	setup();
	if (TEST_SYNCHRONISED) {
		vm_pager_latency_ns = 2000000;	/* long enough to meet */
		object = vm_anon_pager_allocate(8);
		ft_map(vm, object, 8, VM_PROT_RW, 0);
		test_threads(4, same_io, NULL);
		CHECK_EQ(object->resident_page_count, 7);
	}
	teardown();
}
