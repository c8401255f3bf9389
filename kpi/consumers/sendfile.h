/*
 * Sending a file's pages without copying them, in the 9.x idiom.
 */
#ifndef KPI_CONSUMERS_SENDFILE_H
#define	KPI_CONSUMERS_SENDFILE_H

#include <kpi/consumers/consumer.h>

/* Bytes of one page on their way; the page is wired, not busy. */
struct sendfile_mbuf {
	struct sf_buf	*sm_sf;
	unsigned	 sm_off;	/* bytes into the page */
	unsigned	 sm_len;	/* bytes */
};

/*
 * Queue len bytes of the file at off, reading what the object has not from
 * disk.  mb has room for one entry a page touched; *nmb is set to those used,
 * each the caller's to end with sendfile_done().  0, or the errno of the first
 * read that failed: what was queued before it stays queued.  Object unlocked,
 * referenced by the caller; may sleep.
 */
int	sendfile_queue(vm_object_t object, struct disk *disk, vm_ooffset_t off,
	    size_t len, struct sendfile_mbuf *mb, unsigned *nmb);

/* The network is done with it; the object may be gone.  No lock held. */
void	sendfile_done(struct sendfile_mbuf *mb);

#endif /* KPI_CONSUMERS_SENDFILE_H */
