/* For a source of yours, <sys/conf.h>: a character device. */
#ifndef KPI_SYS_CONF_H
#define	KPI_SYS_CONF_H

#include <sys/module.h>
#include <sys/types.h>
#include <vm/vm.h>

struct cdev {
	void		*si_drv1, *si_drv2;
};
struct thread;
struct uio;

typedef int	d_open_t(struct cdev *dev, int oflags, int devtype,
		    struct thread *td);
typedef int	d_close_t(struct cdev *dev, int fflag, int devtype,
		    struct thread *td);
typedef int	d_read_t(struct cdev *dev, struct uio *uio, int ioflag);
typedef int	d_write_t(struct cdev *dev, struct uio *uio, int ioflag);
typedef int	d_ioctl_t(struct cdev *dev, unsigned long cmd, caddr_t data,
		    int fflag, struct thread *td);
typedef int	d_poll_t(struct cdev *dev, int events, struct thread *td);
typedef int	d_mmap_t(struct cdev *dev, vm_ooffset_t offset,
		    vm_paddr_t *paddr, int nprot, int *memattr);
typedef int	d_mmap_single_t(struct cdev *dev, vm_ooffset_t *offset,
		    size_t size, vm_object_t *object, int nprot);

#define	D_VERSION	0x17122009

struct cdevsw {
	int		 d_version;
	unsigned	 d_flags;
	const char	*d_name;
	d_open_t	*d_open;
	d_close_t	*d_close;
	d_read_t	*d_read;
	d_write_t	*d_write;
	d_ioctl_t	*d_ioctl;
	d_poll_t	*d_poll;
	d_mmap_t	*d_mmap;
	d_mmap_single_t	*d_mmap_single;
};

struct cdev *make_dev(struct cdevsw *devsw, int unit, uid_t uid, gid_t gid,
	    int perms, const char *format, ...);
void	destroy_dev(struct cdev *dev);

#define	UID_ROOT	0
#define	GID_WHEEL	0

/* Names the handler, so that it is used. */
#define	DEV_MODULE(name, handler, arg)					\
	static const moduledata_t kpi_dev_##name			\
	    __attribute__((used)) = { #name, handler, arg }

#endif /* KPI_SYS_CONF_H */
