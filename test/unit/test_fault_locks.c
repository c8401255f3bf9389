/*
 * What a fault costs in locks: the counts derived from FreeBSD's source for
 * the slow path of both releases (docs/KPI.md), uncontended, no prefault.
 *
 * An implementation with a fast path of its own is asked by its verb; then
 * the soft fault's counts are 10.4's, and other faults pay one attempt more.
 * Exists where locks are counted: LOCK_STATS.
 */
#ifdef LOCK_STATS
#include <string.h>
#include "fault_test.h"

/* Entries of one page each, apart, so that nothing is prefaulted. */
#define	VA(i)	FT_VA(2 * (i))

static struct vmspace *vm;
static unsigned fast;	/* 1 if pv_fault_soft() does resident pages */

static uint64_t
acquired(const char *type)
{
	static struct lab_lock_stat st[LAB_LOCK_TYPES];
	unsigned i, n = lock_stats_collect(st, LAB_LOCK_TYPES);

	CHECK(n > 0);
	for (i = 0; i < n; i++)
		if (strcmp(st[i].lls_type, type) == 0)
			return (st[i].lls_acquired);
	return (0);
}

static void
map_page(unsigned i, vm_object_t object, vm_prot_t prot, unsigned eflags)
{
	CHECK_EQ(vm_map_insert(&vm->vm_map, object, 0, VA(i),
	    VA(i) + PAGE_SIZE, prot, eflags), KERN_SUCCESS);
}

static bool
ask_fast(unsigned i)
{
	struct faultstate fs = { .map = &vm->vm_map, .vaddr = VA(i),
	    .fault_type = VM_PROT_READ };
	bool yes;

	CHECK_EQ(vm_map_lookup(fs.map, fs.vaddr, fs.fault_type, &fs.entry,
	    &fs.first_object, &fs.first_pindex, &fs.prot, &fs.wired),
	    KERN_SUCCESS);
	yes = pv_fault_soft(&fs);
	vm_map_lookup_done(fs.map);
	return (yes);
}

/* Page 0's fault makes the tables, so that later ones allocate none. */
static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	map_page(0, ft_resident(1), VM_PROT_READ, 0);
	ft_load(vm, VA(0));
	fast = ask_fast(0) ? 1 : 0;
}

static void
teardown(void)
{
	vmspace_free(vm);
	test_end();
}

static void
fault_counted(unsigned i, vm_prot_t type)
{
	lock_stats_reset();
	CHECK_EQ(ft_fault(vm, VA(i), type), KERN_SUCCESS);
	CHECK_EQ(acquired("vm map"), 1);
	CHECK_EQ(acquired("pmap pv global"), 1);
	CHECK_EQ(acquired("pmap"), 1);
}

#define	OBJECT_LOCKS(n)	(TEST_SYNCHRONISED ? (n) : 0u)

LAB_TEST(fault_locks_soft_readonly)
{
	setup();
	map_page(1, ft_resident(1), VM_PROT_READ, 0);
	fault_counted(1, VM_PROT_READ);
	CHECK_EQ(acquired("vm object"), OBJECT_LOCKS(fast ? 1 : 3));
	CHECK_EQ(acquired("vm page"), fast ? 0 : 2);
	CHECK_EQ(acquired("vm pagequeue"), fast ? 0 : 1);
	CHECK_EQ(acquired("vm page free queue"), 0);
	CHECK_EQ(acquired("pmap pv list"), 1);
	/* Once it is queued it is also taken off the queue. */
	pmap_remove(&vm->vm_pmap, VA(1), VA(1) + PAGE_SIZE);
	fault_counted(1, VM_PROT_READ);
	CHECK_EQ(acquired("vm object"), OBJECT_LOCKS(fast ? 1 : 3));
	CHECK_EQ(acquired("vm pagequeue"), fast ? 0 : 2);
	teardown();
}

LAB_TEST(fault_locks_soft_writable)
{
	setup();
	map_page(1, ft_resident(1), VM_PROT_RW, 0);
	fault_counted(1, VM_PROT_WRITE);
	CHECK_EQ(acquired("vm object"), OBJECT_LOCKS(fast ? 1 : 3));
	CHECK_EQ(acquired("vm page"), fast ? 1 : 2);
	teardown();
}

LAB_TEST(fault_locks_zero_fill)
{
	setup();
	map_page(1, vm_object_allocate(OBJT_DEFAULT, 1), VM_PROT_RW, 0);
	fault_counted(1, VM_PROT_WRITE);
	CHECK_EQ(acquired("vm object"), OBJECT_LOCKS(3 + fast));
	CHECK_EQ(acquired("vm page"), 1);
	CHECK_EQ(acquired("vm pagequeue"), 1);
	CHECK_EQ(acquired("vm page free queue"), 1);
	teardown();
}

/* Four of the object in front, one of the one behind. */
LAB_TEST(fault_locks_copy_on_write)
{
	vm_object_t object, behind;
	vm_ooffset_t offset = 0;

	setup();
	object = behind = ft_keep(ft_resident(1));
	vm_object_shadow(&object, &offset, 1);
	map_page(1, object, VM_PROT_RW, MAP_ENTRY_COW);
	fault_counted(1, VM_PROT_WRITE);
	CHECK_EQ(acquired("vm object"), OBJECT_LOCKS(4 + 1 + fast));
	CHECK_EQ(acquired("vm page"), 3);
	CHECK_EQ(acquired("vm pagequeue"), 2);
	CHECK_EQ(acquired("vm page free queue"), 1);
	vm_object_deallocate(behind);
	teardown();
}

/* Prefault: one more lock of the object for each of eight neighbours. */
LAB_TEST(fault_locks_prefault)
{
	setup();
	CHECK_EQ(vm_map_insert(&vm->vm_map, ft_resident(9), 0, VA(4),
	    VA(4) + ptoa(9), VM_PROT_READ, 0), KERN_SUCCESS);
	lock_stats_reset();
	CHECK_EQ(ft_fault(vm, VA(4) + ptoa(4), VM_PROT_READ), KERN_SUCCESS);
	CHECK_EQ(vm->vm_pmap.pm_resident, 1 + 9);
	CHECK_EQ(acquired("vm object"), OBJECT_LOCKS((fast ? 1 : 3) + 8));
	CHECK_EQ(acquired("vm page"), fast ? 0 : 2);
	CHECK_EQ(acquired("pmap pv list"), 9);
	teardown();
}
#endif /* LOCK_STATS */
