/*
 * What the consumers have besides the VM: stand-ins for sf_buf(9), uio(9) and
 * the disk or file system beneath.
 *
 * Neutral to the KPI: nothing here names a lock or the busy state, so that what
 * a consumer meets when the KPI changes is in its own source.  Nor does this
 * header bring in more of the VM than <vm/vm_page.h>: what a consumer forgets
 * to include stays forgotten.
 */
#ifndef KPI_CONSUMERS_CONSUMER_H
#define	KPI_CONSUMERS_CONSUMER_H

#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/vm_page.h>

/* <sys/param.h>'s. */
#ifndef TRUE
#define	TRUE	1
#define	FALSE	0
#endif

/* ---- sf_buf: a page, mapped in the kernel ------------------------------- */

/* The direct map maps every page, so a page is its own sf_buf, as on amd64. */
struct sf_buf;

/* Never fails; flags are ignored.  Who asks keeps the page in place. */
static inline struct sf_buf *
sf_buf_alloc(vm_page_t m, int flags)
{
	(void)flags;
	return ((struct sf_buf *)m);
}

static inline vm_page_t
sf_buf_page(struct sf_buf *sf)
{
	return ((vm_page_t)sf);
}

/* The PAGE_SIZE bytes. */
static inline void *
sf_buf_kva(struct sf_buf *sf)
{
	return (vm_page_dmap(sf_buf_page(sf)));
}

static inline void
sf_buf_free(struct sf_buf *sf)
{
	(void)sf;
}

/* ---- uio: one transfer between a caller's buffer and a file ------------- */

enum uio_rw {
	UIO_READ,		/* from the file to the caller */
	UIO_WRITE
};

struct uio {
	char		*uio_base;	/* the caller's buffer, from here on */
	vm_ooffset_t	 uio_offset;	/* bytes into the file */
	size_t		 uio_resid;	/* bytes left to move */
	enum uio_rw	 uio_rw;
};

/*
 * Move n bytes, at most uio_resid, between cp and the caller, and advance.
 * Returns 0; a real one may fault, so callers hold no lock and look.
 */
static inline int
uiomove(void *cp, size_t n, struct uio *uio)
{
	KASSERT(n <= uio->uio_resid, ("uiomove: %zu bytes of %zu", n,
	    uio->uio_resid));
	if (uio->uio_rw == UIO_READ)
		md_copy(uio->uio_base, cp, n);
	else
		md_copy(cp, uio->uio_base, n);
	uio->uio_base += n;
	uio->uio_offset += n;
	uio->uio_resid -= n;
	return (0);
}

/* ---- What is beneath ---------------------------------------------------- */

/* A disk, or the file system below; its owner's structure begins with one. */
struct disk {
	/*
	 * Move len bytes at off between the device and data.  0 or an errno.
	 * Sleeps: no lock may be held.
	 */
	int		(*d_strategy)(struct disk *d, enum uio_rw rw,
			    vm_ooffset_t off, void *data, size_t len);
};

#endif /* KPI_CONSUMERS_CONSUMER_H */
