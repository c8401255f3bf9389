/*
 * The device pager: a driver's pages under its handle, what its three calls
 * get and when, the fictitious page, and faults that fail.
 *
 * Method: the driver's memory is frames it has taken, each filled with its
 * number; its calls count.  A driver of two kinds: one that knows addresses
 * (d_mmap), one that does the fault itself and fails as it is told.
 */
#include "fault_test.h"
#include <sys/conf.h>

#define	PAGES	4

static vm_page_t	frames[PAGES];	/* the device's memory */
static struct vmspace	*vm;
static int		refused;	/* from this page on, d_mmap refuses */
static unsigned		asked;		/* d_mmap calls */

static int
dev_mmap(struct cdev *dev, vm_ooffset_t offset, vm_paddr_t *paddr,
    vm_prot_t prot)
{
	vm_pindex_t i = OFF_TO_IDX(offset);

	CHECK(dev->si_drv1 == frames);
	CHECK_EQ(curthread->td_nheld, 0);
	(void)prot;
	asked++;
	if (i >= (vm_pindex_t)refused)
		return (-1);
	*paddr = frames[i]->phys_addr;
	return (0);
}

static const struct cdevsw	devsw = { "test", dev_mmap };
static struct cdev		dev = { &devsw, frames };

static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	refused = PAGES;
	for (unsigned i = 0; i < PAGES; i++) {
		frames[i] = vm_page_alloc(NULL, i,
		    VM_ALLOC_NOOBJ | VM_ALLOC_WIRED);
		CHECK(frames[i] != NULL);
		*(uint64_t *)vm_page_dmap(frames[i]) = 100 + i;
	}
}

static void
teardown(void)
{
	vmspace_free(vm);
	for (unsigned i = 0; i < PAGES; i++) {
		vm_page_lock(frames[i]);
		vm_page_unwire(frames[i], PQ_NONE);
		vm_page_free(frames[i]);
		vm_page_unlock(frames[i]);
	}
	test_end();
}

static vm_object_t
device(vm_ooffset_t size, vm_ooffset_t offset)
{
	return (vm_pager_allocate(OBJT_DEVICE, &dev, size, VM_PROT_RW, offset,
	    NULL));
}

LAB_TEST(device_pager_by_handle)
{
	vm_object_t object;

	setup();
	CHECK(cdev_pager_lookup(&dev) == NULL);
	object = device(2 * PAGE_SIZE, 0);
	CHECK(object != NULL);
	CHECK_EQ(object->type, OBJT_DEVICE);
	CHECK_EQ(object->size, 2);
	CHECK(device(PAGE_SIZE, 3 * PAGE_SIZE) == object);
	CHECK_EQ(object->size, 4);
	CHECK(cdev_pager_lookup(&dev) == object);
	CHECK_EQ(object->ref_count, 3);
	/* The driver is asked again each time for each page of the range. */
	CHECK_EQ(asked, 3);
	for (int i = 0; i < 3; i++)
		vm_object_deallocate(object);
	CHECK(cdev_pager_lookup(&dev) == NULL);
	teardown();
}

LAB_TEST(device_pager_refuses)
{
	setup();
	CHECK(device(PAGE_SIZE, 512) == NULL);
	CHECK_EQ(asked, 0);
	CHECK(device((PAGES + 1) * PAGE_SIZE, 0) == NULL);
	CHECK(cdev_pager_allocate(&dev, OBJT_PHYS, &old_dev_pager_ops,
	    PAGE_SIZE, VM_PROT_RW, 0, NULL) == NULL);
	CHECK(cdev_pager_lookup(&dev) == NULL);
	teardown();
}

/* The thread's page is gone, a fictitious one stands there and is mapped. */
LAB_TEST(device_pager_fault)
{
	vm_object_t object;
	unsigned free;
	vm_page_t m;

	setup();
	object = device(PAGES * PAGE_SIZE, 0);
	ft_map(vm, ft_keep(object), PAGES, VM_PROT_RW, 0);
	/* The tables first, so that frames can be counted. */
	CHECK_EQ(ft_load(vm, FT_VA(1)), 101);
	free = vm_free_count();
	CHECK_EQ(ft_load(vm, FT_VA(2)), 102);
	CHECK_EQ(vm_free_count(), free);
	ft_store(vm, FT_VA(2), 7);
	CHECK_EQ(*(uint64_t *)vm_page_dmap(frames[2]), 7);
	m = ft_page(object, 2);
	CHECK(m != frames[2] && (m->flags & PG_FICTITIOUS) != 0);
	CHECK_EQ(m->phys_addr, frames[2]->phys_addr);
	CHECK(!vm_page_managed(m) && !pv_busied(m));
	CHECK_EQ(m->wire_count, 1);
	CHECK_EQ(m->queue, PQ_NONE);
	CHECK_EQ(m->dirty, 0);
	CHECK_EQ(pmap_pv_count(), 0);
	CHECK_EQ(object->resident_page_count, 2);
	CHECK_EQ(vm_page_fake_count(), 2);
	vm_object_deallocate(object);
	teardown();
}

/* Made invalid, it is asked for again and the same page updated. */
LAB_TEST(device_pager_faults_again)
{
	vm_object_t object;
	vm_page_t m;

	setup();
	object = device(PAGES * PAGE_SIZE, 0);
	ft_map(vm, ft_keep(object), PAGES, VM_PROT_RW, 0);
	CHECK_EQ(ft_load(vm, FT_VA(0)), 100);
	m = ft_page(object, 0);
	pmap_remove(&vm->vm_pmap, FT_VA(0), FT_VA(1));
	pv_object_lock(object);
	vm_object_page_remove(object, 0, 0);
	pv_object_unlock(object);
	CHECK_EQ(m->valid, 0);
	frames[0] = frames[3];
	CHECK_EQ(ft_load(vm, FT_VA(0)), 103);
	CHECK(ft_page(object, 0) == m);
	CHECK_EQ(vm_page_fake_count(), 1);
	frames[0] = PHYS_TO_VM_PAGE(frames[3]->phys_addr - 3 * PAGE_SIZE);
	vm_object_deallocate(object);
	teardown();
}

LAB_TEST(device_pager_wiring_is_a_no_op)
{
	vm_page_t m;

	setup();
	m = vm_page_getfake(frames[0]->phys_addr);
	if (TEST_SYNCHRONISED)
		CHECK(pv_xbusied(m));
	CHECK_EQ(m->valid, 0);
	vm_page_lock(m);
	vm_page_wire(m);
	CHECK_EQ(m->wire_count, 1);
	vm_page_unwire(m, PQ_ACTIVE);
	CHECK_EQ(m->wire_count, 1);
	vm_page_activate(m);
	CHECK_EQ(m->queue, PQ_NONE);
	vm_page_unlock(m);
	vm_page_putfake(m);
	teardown();
}

/* ---- A driver that does the fault itself -------------------------------- */

static int	answer;		/* what its fault returns, if not OK */
static volatile unsigned ctors, dtors;	/* (a) */

static int
own_ctor(void *handle, vm_ooffset_t size, vm_prot_t prot, vm_ooffset_t offset,
    struct ucred *cred)
{
	CHECK(handle == frames && cred == NULL && size != 0);
	(void)prot;
	(void)offset;
	CHECK_EQ(curthread->td_nheld, 0);
	atomic_fetchadd_int(&ctors, 1);
	return (0);
}

/* Of an object that lost the race too, it is the driver's own handle. */
static void
own_dtor(void *handle)
{
	CHECK(handle == frames);
	CHECK_EQ(curthread->td_nheld, 0);
	atomic_fetchadd_int(&dtors, 1);
}

static int
own_fault(vm_object_t object, vm_ooffset_t offset, vm_prot_t prot,
    vm_page_t *mres)
{
	(void)object;
	(void)offset;
	(void)prot;
	CHECK_EQ((*mres)->valid, 0);
	return (answer);
}

static const struct cdev_pager_ops own_ops = {
	own_ctor, own_dtor, own_fault
};

static vm_object_t
own(void)
{
	return (cdev_pager_allocate(frames, OBJT_DEVICE, &own_ops, PAGE_SIZE,
	    VM_PROT_RW, 0, NULL));
}

LAB_TEST(device_pager_ctor_each_time_dtor_once)
{
	vm_object_t object;

	setup();
	object = own();
	CHECK(own() == object);
	CHECK_EQ(ctors, 2);
	vm_object_deallocate(object);
	CHECK_EQ(dtors, 0);
	vm_object_deallocate(object);
	CHECK_EQ(dtors, 1);
	teardown();
}

/* A fault that fails leaves no page, no busy, no reference and no mapping. */
static void
fault_fails(int pager, int rv, unsigned left)
{
	vm_object_t object;

	setup();
	answer = pager;
	object = own();
	ft_map(vm, ft_keep(object), 1, VM_PROT_RW, 0);
	CHECK_EQ(ft_fault(vm, FT_VA(0), VM_PROT_READ), rv);
	CHECK_EQ(object->resident_page_count, left);
	CHECK_EQ(object->paging_in_progress, 0);
	CHECK_EQ(object->ref_count, 2);
	CHECK_EQ(vm->vm_pmap.pm_resident, left);
	CHECK_EQ(vm_page_fake_count(), 0);
	vm_object_deallocate(object);
	teardown();
}

LAB_TEST(device_pager_fault_error)
{
	fault_fails(VM_PAGER_ERROR, KERN_FAILURE, 0);
}

LAB_TEST(device_pager_fault_bad)
{
	fault_fails(VM_PAGER_BAD, KERN_PROTECTION_FAILURE, 0);
}

/* It has no such page, so this is anonymous memory: zeroes, as in FreeBSD. */
LAB_TEST(device_pager_fault_fail)
{
	fault_fails(VM_PAGER_FAIL, KERN_SUCCESS, 1);
}

LAB_TEST(device_pager_d_mmap_fails_later)
{
	vm_object_t object;

	setup();
	object = device(PAGES * PAGE_SIZE, 0);
	ft_map(vm, object, PAGES, VM_PROT_RW, 0);
	refused = 1;
	CHECK(ft_page_is(vm, FT_VA(1), 0));
	CHECK_EQ(ft_load(vm, FT_VA(0)), 100);
	teardown();
}

/* Pages around the requested one were allocated for nothing. */
LAB_TEST(device_pager_frees_other_pages)
{
	vm_object_t object;
	vm_page_t m[3];

	setup();
	object = device(PAGES * PAGE_SIZE, 0);
	for (unsigned i = 0; i < nitems(m); i++)
		m[i] = pv_alloc(object, i, VM_ALLOC_NORMAL);
	pv_object_lock(object);
	CHECK_EQ(object->pager->pgo_getpages(object, m, 3, 1), VM_PAGER_OK);
	CHECK_EQ(object->resident_page_count, 1);
	CHECK(vm_page_lookup(object, 1) == m[1]);
	CHECK((m[1]->flags & PG_FICTITIOUS) != 0);
	pv_xunbusy_locked(m[1]);
	pv_object_unlock(object);
	vm_object_deallocate(object);
	teardown();
}

/* ---- The race ------------------------------------------------------------ */

#if TEST_SYNCHRONISED
#define	THREADS	4

static volatile uintptr_t	mine[THREADS];

static void
same(void *arg, unsigned i)
{
	(void)arg;
	atomic_store_rel_ptr(&mine[i], (uintptr_t)own());
	for (unsigned n = 0; n < THREADS; n++) {
		while (atomic_load_acq_ptr(&mine[n]) == 0)
			md_spin_hint();
		CHECK_EQ(mine[n], mine[i]);
	}
}

/* One object for all; of those that lost, the destructor has run. */
LAB_TEST(device_pager_race)
{
	setup();
	test_threads(THREADS, same, NULL);
	for (unsigned i = 0; i < THREADS; i++)
		vm_object_deallocate((vm_object_t)mine[i]);
	CHECK(dtors >= 1 && dtors <= THREADS);
	CHECK(cdev_pager_lookup(frames) == NULL);
	teardown();
}
#endif
