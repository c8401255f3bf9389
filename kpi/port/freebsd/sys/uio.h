/* For a source of yours, <sys/uio.h>: the C library's, and uiomove(9). */
#ifndef KPI_SYS_UIO_H
#define	KPI_SYS_UIO_H

#include <sys/types.h>
#include_next <sys/uio.h>

struct thread;
struct vm_page;

enum uio_rw { UIO_READ, UIO_WRITE };
enum uio_seg { UIO_USERSPACE, UIO_SYSSPACE, UIO_NOCOPY };

struct uio {
	struct iovec	*uio_iov;
	int		 uio_iovcnt;
	off_t		 uio_offset;
	ssize_t		 uio_resid;
	enum uio_seg	 uio_segflg;
	enum uio_rw	 uio_rw;
	struct thread	*uio_td;
};

int	uiomove(void *p, int n, struct uio *uio);
int	uiomove_fromphys(struct vm_page *ma[], uint64_t offset, int n,
	    struct uio *uio);

#endif /* KPI_SYS_UIO_H */
