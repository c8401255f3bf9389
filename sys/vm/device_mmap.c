/*
 * The device pager for drivers that know addresses and no pages: for each page
 * faulted d_mmap() is asked where it is, and a fictitious page stands for it.
 *
 * Mirrors FreeBSD 10.4 sys/vm/device_pager.c old_dev_pager_ctor() and its
 * neighbours.  Differences: (1) a device does not go away while it is mapped,
 * so neither it nor its switch is referenced; (2) no memory attributes.
 */
#include <sys/systm.h>
#include <sys/conf.h>
#include <vm/vm_verbs.h>
#include <vm/vm_pager.h>

/* Will the driver give every page of the range, for this use? */
static int
old_dev_pager_ctor(void *handle, vm_ooffset_t size, vm_prot_t prot,
    vm_ooffset_t offset, struct ucred *cred)
{
	struct cdev *dev = handle;
	vm_ooffset_t end = offset + round_page(size);
	vm_paddr_t paddr;

	(void)cred;
	KASSERT(dev != NULL && dev->si_devsw != NULL,
	    ("old_dev_pager_ctor: device %p", handle));
	for (; offset < end; offset += PAGE_SIZE)
		if (dev->si_devsw->d_mmap(dev, offset, &paddr, prot) != 0)
			return (EINVAL);
	return (0);
}

static void
old_dev_pager_dtor(void *handle)
{

	KASSERT(((struct cdev *)handle)->si_devsw != NULL,
	    ("old_dev_pager_dtor: device %p", handle));
	(void)handle;
}

/*
 * The driver is asked with the object unlocked, the thread's page keeping the
 * place.  A fictitious page is there already if it was made invalid since.
 */
static int
old_dev_pager_fault(vm_object_t object, vm_ooffset_t offset, vm_prot_t prot,
    vm_page_t *mres)
{
	struct cdev *dev = object->un_pager.devp.dev;
	bool fictitious = ((*mres)->flags & PG_FICTITIOUS) != 0;
	vm_page_t m = *mres;
	vm_paddr_t paddr;

	pv_object_assert_locked(object);
	pv_object_unlock(object);
	if (dev->si_devsw->d_mmap(dev, offset, &paddr, prot) != 0) {
		pv_object_lock(object);
		return (VM_PAGER_FAIL);
	}
	if (!fictitious)
		m = vm_page_getfake(paddr);
	pv_object_lock(object);
	if (fictitious)
		vm_page_updatefake(m, paddr);
	else
		pv_replace_locked(m, *mres);
	atomic_store_8(&m->valid, VM_PAGE_BITS_ALL);
	*mres = m;
	return (VM_PAGER_OK);
}

const struct cdev_pager_ops old_dev_pager_ops = {
	.cdev_pg_ctor = old_dev_pager_ctor,
	.cdev_pg_dtor = old_dev_pager_dtor,
	.cdev_pg_fault = old_dev_pager_fault,
};
