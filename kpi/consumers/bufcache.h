/*
 * A buffer cache over the pages of an object, in the 9.x idiom.
 */
#ifndef KPI_CONSUMERS_BUFCACHE_H
#define	KPI_CONSUMERS_BUFCACHE_H

#include <kpi/consumers/consumer.h>

#define	BUF_PAGES	4		/* the most a buffer has */

/* Whole pages of a file, wired, page i of the file at page i of the disk. */
struct buf {
	vm_object_t	b_object;
	struct disk	*b_disk;
	vm_page_t	b_pages[BUF_PAGES];
	unsigned	b_npages;
	unsigned	b_todo;		/* bit i: page i is being transferred */
};

/*
 * Wire npages, at most BUF_PAGES, at first.  The caller keeps a reference to
 * the object until bufcache_release().  This and the rest: object unlocked, may
 * sleep; one thread at a time uses a buffer, and two buffers that share a page
 * do not read it at once.
 */
void	bufcache_get(struct buf *bp, vm_object_t object, struct disk *disk,
	    vm_pindex_t first, unsigned npages);

/* Fill the pages that are not valid.  0 or the disk's errno. */
int	bufcache_read(struct buf *bp);

/* Write all of them, as they are once nobody is changing one.  Likewise. */
int	bufcache_write(struct buf *bp);

/* Unwire the pages; those never read go. */
void	bufcache_release(struct buf *bp);

#endif /* KPI_CONSUMERS_BUFCACHE_H */
