/*
 * A device driver of 9.x with its headers, as its author has it: what
 * kpi/port/freebsd stands in for is enough to compile it.
 */
#include <sys/cdefs.h>
__FBSDID("$FreeBSD$");

#include "opt_vm.h"

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/mutex.h>
#include <sys/sysctl.h>
#include <sys/uio.h>
#include <sys/sf_buf.h>
#include <sys/sched.h>

#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>

static MALLOC_DEFINE(M_DRIVER, "driver", "a driver");
static int driver_debug;
SYSCTL_INT(_debug, OID_AUTO, driver, CTLFLAG_RW, &driver_debug, 0, "debug");

struct softc {
	vm_object_t obj;
	TAILQ_ENTRY(softc) link;
	struct mtx mtx;
};

static int
driver_read(struct cdev *dev, struct uio *uio, int ioflag)
{
	struct softc *sc = dev->si_drv1;
	struct sf_buf *sf;
	vm_page_t m;
	int error = 0;

	while (uio->uio_resid > 0) {
		VM_OBJECT_LOCK(sc->obj);
		m = vm_page_grab(sc->obj, OFF_TO_IDX(uio->uio_offset),
		    VM_ALLOC_NORMAL | VM_ALLOC_RETRY);
		if (m->valid != VM_PAGE_BITS_ALL)
			vm_page_zero_invalid(m, TRUE);
		VM_OBJECT_UNLOCK(sc->obj);
		sched_pin();
		sf = sf_buf_alloc(m, SFB_CPUPRIVATE);
		error = uiomove((void *)sf_buf_kva(sf),
		    MIN(PAGE_SIZE, uio->uio_resid), uio);
		sf_buf_free(sf);
		sched_unpin();
		VM_OBJECT_LOCK(sc->obj);
		while (vm_page_sleep_if_busy(m, FALSE, "driver"))
			;
		vm_page_wakeup(m);
		VM_OBJECT_UNLOCK(sc->obj);
		if (error)
			break;
	}
	return (error);
}

static struct cdevsw driver_cdevsw = {
	.d_version = D_VERSION,
	.d_read = driver_read,
	.d_name = "driver",
};

static int
driver_modevent(module_t mod, int type, void *data)
{
	struct softc *sc;
	struct cdev *dev;

	switch (type) {
	case MOD_LOAD:
		sc = malloc(sizeof(*sc), M_DRIVER, M_WAITOK | M_ZERO);
		mtx_init(&sc->mtx, "driver", NULL, MTX_DEF);
		dev = make_dev(&driver_cdevsw, 0, UID_ROOT, GID_WHEEL, 0600,
		    "driver");
		dev->si_drv1 = sc;
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}
DEV_MODULE(driver, driver_modevent, NULL);
MODULE_VERSION(driver, 1);
