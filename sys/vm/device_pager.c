/*
 * The device pager: pages that a driver supplies.
 *
 * An object stands for a handle of the driver's and is found by it.  The driver
 * is asked for each page as it is faulted, and puts a fictitious one of its own
 * where the faulting thread's stood; the object keeps a list of those and gives
 * them back at its end.  Order of locks: dev_pager_mtx, then an object's.
 *
 * Mirrors FreeBSD 10.4 sys/vm/device_pager.c.  Differences: (1) no managed
 * pages, OBJT_MGTDEVICE; (2) no page colour; (3) 9.3 gives the destructor of an
 * object that lost the race its handle, which is the object itself; here, as
 * in 10.4, it gets the device.  Drivers that have addresses only are served by
 * device_mmap.c.
 *
 * Locking key: (L) dev_pager_mtx.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

static struct mtx	dev_pager_mtx;			/* "dev_pager list" */
static struct pagerlst	dev_pager_object_list;		/* (L) */

static void
dev_pager_init(void)
{

	mtx_init(&dev_pager_mtx, "dev_pager list", NULL, MTX_DEF);
	TAILQ_INIT(&dev_pager_object_list);
}

vm_object_t
cdev_pager_lookup(void *handle)
{
	vm_object_t object;

	mtx_lock(&dev_pager_mtx);
	object = vm_pager_object_lookup(&dev_pager_object_list, handle);
	mtx_unlock(&dev_pager_mtx);
	return (object);
}

static vm_object_t
dev_pager_object(void *dev, const struct cdev_pager_ops *ops,
    vm_pindex_t size)
{
	vm_object_t object;

	object = vm_object_allocate(OBJT_DEVICE, size);
	object->pager = &devicepagerops;
	object->handle = dev;
	object->un_pager.devp.ops = ops;
	object->un_pager.devp.dev = dev;
	TAILQ_INIT(&object->un_pager.devp.devp_pglist);
	return (object);
}

static void
dev_pager_list(vm_object_t object)
{

	mtx_assert(&dev_pager_mtx, MA_OWNED);
	KASSERT(object->handle != NULL,
	    ("dev_pager_list: object %p has no handle", object));
	TAILQ_INSERT_TAIL(&dev_pager_object_list, object, pager_object_list);
}

/*
 * An object that another thread's has overtaken.  Its end takes it off the
 * list, so it has to be on it, under a handle that nobody asks for.
 */
static void
dev_pager_lost_race(vm_object_t object)
{

	object->handle = object;
	mtx_lock(&dev_pager_mtx);
	dev_pager_list(object);
	mtx_unlock(&dev_pager_mtx);
	vm_object_deallocate(object);
}

vm_object_t
cdev_pager_allocate(void *handle, enum obj_type type,
    const struct cdev_pager_ops *ops, vm_ooffset_t size, vm_prot_t prot,
    vm_ooffset_t offset, struct ucred *cred)
{
	vm_pindex_t pages = OFF_TO_IDX(offset) +
	    OFF_TO_IDX(round_page(size));
	vm_object_t object, mine = NULL;

	if (type != OBJT_DEVICE || (offset & PAGE_MASK) != 0 ||
	    ops->cdev_pg_ctor(handle, size, prot, offset, cred) != 0)
		return (NULL);
	mtx_lock(&dev_pager_mtx);
	object = vm_pager_object_lookup(&dev_pager_object_list, handle);
	if (object == NULL) {
		mtx_unlock(&dev_pager_mtx);
		mine = dev_pager_object(handle, ops, pages);
		mtx_lock(&dev_pager_mtx);
		object = vm_pager_object_lookup(&dev_pager_object_list,
		    handle);
		if (object == NULL) {
			object = mine;
			mine = NULL;
			dev_pager_list(object);
		}
	}
	vm_pager_object_grow(object, pages);
	mtx_unlock(&dev_pager_mtx);
	if (mine != NULL)
		dev_pager_lost_race(mine);
	return (object);
}

static vm_object_t
dev_pager_alloc(void *handle, vm_ooffset_t size, vm_prot_t prot,
    vm_ooffset_t offset, struct ucred *cred)
{

	return (cdev_pager_allocate(handle, OBJT_DEVICE, &old_dev_pager_ops,
	    size, prot, offset, cred));
}

/*
 * The pages are wired, so the object's end has left them without an object,
 * each to whoever it belongs to: this pager.
 */
static void
dev_pager_dealloc(vm_object_t object)
{
	struct devp *devp = &object->un_pager.devp;
	vm_page_t m;

	pv_object_assert_locked(object);
	KASSERT((object->flags & OBJ_DEAD) != 0,
	    ("dev_pager_dealloc: object %p alive", object));
	pv_object_unlock(object);
	devp->ops->cdev_pg_dtor(devp->dev);
	mtx_lock(&dev_pager_mtx);
	TAILQ_REMOVE(&dev_pager_object_list, object, pager_object_list);
	mtx_unlock(&dev_pager_mtx);
	pv_object_lock(object);
	while ((m = TAILQ_FIRST(&devp->devp_pglist)) != NULL) {
		TAILQ_REMOVE(&devp->devp_pglist, m, pageq);
		vm_page_putfake(m);
	}
	object->handle = NULL;
}

/*
 * One page, the requested one, is the driver's affair; those around it were
 * allocated for nothing.
 */
static int
dev_pager_getpages(vm_object_t object, vm_page_t *m, int count, int reqpage)
{
	vm_page_t before = m[reqpage];
	int i, rv;

	pv_object_assert_locked(object);
	rv = object->un_pager.devp.ops->cdev_pg_fault(object,
	    IDX_TO_OFF(before->pindex), VM_PROT_READ, &m[reqpage]);
	pv_object_assert_locked(object);
	for (i = 0; i < count; i++)
		if (i != reqpage) {
			vm_page_lock(m[i]);
			vm_page_free(m[i]);
			vm_page_unlock(m[i]);
		}
	if (rv != VM_PAGER_OK)
		return (rv);
	KASSERT((m[reqpage]->flags & PG_FICTITIOUS) != 0 &&
	    !vm_page_managed(m[reqpage]),
	    ("dev_pager_getpages: page %p, flags %#x, is no fictitious one",
	    m[reqpage], m[reqpage]->flags));
	if (m[reqpage] != before)
		TAILQ_INSERT_TAIL(&object->un_pager.devp.devp_pglist,
		    m[reqpage], pageq);
	return (VM_PAGER_OK);
}

static void
dev_pager_putpages(vm_object_t object, vm_page_t *m, int count, int flags,
    int *rtvals)
{

	panic("dev_pager_putpages: object %p, %d pages from %p, %#x, %p",
	    (void *)object, count, (void *)m[0], flags, (void *)rtvals);
}

/* Nothing around it: the driver is asked page by page. */
static bool
dev_pager_haspage(vm_object_t object, vm_pindex_t pindex, int *before,
    int *after)
{

	pv_object_assert_read(object);
	(void)pindex;
	if (before != NULL)
		*before = 0;
	if (after != NULL)
		*after = 0;
	return (true);
}

const struct pagerops devicepagerops = {
	.pgo_name = "device",
	.pgo_init = dev_pager_init,
	.pgo_alloc = dev_pager_alloc,
	.pgo_dealloc = dev_pager_dealloc,
	.pgo_getpages = dev_pager_getpages,
	.pgo_putpages = dev_pager_putpages,
	.pgo_haspage = dev_pager_haspage,
};
