/*
 * A device, as its pager knows it: what FreeBSD's <sys/conf.h> has of a
 * character device that can be mapped.
 */
#ifndef SYS_CONF_H
#define	SYS_CONF_H

#include <vm/vm.h>

struct cdev;

struct cdevsw {
	const char	*d_name;
	/*
	 * The physical address of a device's page at a byte offset into
	 * *paddr: 0, or not 0 if it has none there or not for prot.  Called
	 * with no lock held; may sleep.
	 */
	int		(*d_mmap)(struct cdev *dev, vm_ooffset_t offset,
			    vm_paddr_t *paddr, vm_prot_t prot);
};

struct cdev {
	const struct cdevsw *si_devsw;	/* constant */
	void		*si_drv1;	/* the driver's own */
};

#endif /* SYS_CONF_H */
