/*
 * The swap pager: pages of anonymous objects that memory had no room for, in a
 * file.
 *
 *	swap_pager.c	the pager: page-in, page-out, and the end of either
 *	swap_meta.c	which block keeps which page of which object
 *	swap_dev.c	the file and its free blocks
 *	swap_io.c	buffers, their queue, and who serves it
 *
 * Locks, after that of the object: the map's "swhash", then the space's
 * "swapdev"; "swap io" is a leaf.  None is held over I/O.
 * Facts: FreeBSD sys/vm/swap_pager.c, 9.3 and 10.4.
 */
#ifndef VM_SWAP_PAGER_H
#define	VM_SWAP_PAGER_H

#include <sys/queue.h>
#include <vm/vm_pager.h>

/* A block holds a page. */
typedef int64_t	daddr_t;
#define	SWAPBLK_NONE	((daddr_t)-1)

#define	SWAP_CLUSTER	16	/* pages of one transfer, at most */

extern const struct pagerops swap_pager_ops;

/* At boot and shutdown; swap is off after either. */
void		swap_pager_init(void);
void		swap_pager_shutdown(void);

/* ---- Swap space: swap_dev.c --------------------------------------------- */

/*
 * Page out to this file from now on, so many pages of it; path NULL is one
 * without a name (md_file_create()).  0, EBUSY when it is on already, EINVAL
 * for no pages, or why the file could not be made.  No lock held.
 */
int		swap_on(const char *path, vm_pindex_t pages);
/* No more.  0, ENXIO when it is off, EBUSY while a block is in use. */
int		swap_off(void);

/* Blocks in use; a snapshot. */
long		swap_used(void);

/* ---- Who does the I/O: swap_io.c ---------------------------------------- */

/*
 * swap_iod() is the body of a thread that transfers what others ask for.
 * swap_iod_begin() says, once for each such thread and before it is there,
 * that it will come: from then on transfers wait for it.  swap_iod_stop() has
 * all of them return when the queue is empty.  Without one, who asks for a
 * transfer does it, through the same steps.
 */
void		swap_iod_begin(void);
void		swap_iod(void);
void		swap_iod_stop(void);

/*
 * For tests.  The nth transfer from now, reading or writing, fails with EIO; 0
 * is none.
 */
void		swap_fail_read(unsigned nth);
void		swap_fail_write(unsigned nth);

/* How long a page-in waits before it complains, and goes on waiting. */
extern uint64_t	swap_indefinite_ns;
/* Complaints: "swap_pager: indefinite wait buffer", if one could print. */
extern volatile unsigned swap_indefinite_waits;	/* (a) */

/* ---- For each other ------------------------------------------------------ */

#define	SWAP_READ	0
#define	SWAP_WRITE	1
#define	NSW_READ	8	/* transfers at one time */
#define	NSW_WRITE	4

/* A transfer.  Its owner's: who got it, then the queue, then who serves it. */
struct swbuf {
	TAILQ_ENTRY(swbuf) sb_link;	/* free list or queue ("swap io") */
	int		sb_cmd;		/* SWAP_READ or SWAP_WRITE */
	int		sb_error;	/* errno, when it is done */
	vm_object_t	sb_object;	/* kept by its paging in progress */
	daddr_t		sb_blkno;	/* of the first page */
	int		sb_npages;
	int		sb_reqpage;	/* of a read: the one wanted */
	vm_page_t	sb_pages[SWAP_CLUSTER];
};

/* A buffer for reading or writing; may sleep, no lock held. */
struct swbuf	*swbuf_get(int cmd);
void		swbuf_put(struct swbuf *sb);
/* Have it transferred, then swap_pager_done() called.  No lock held. */
void		swbuf_strategy(struct swbuf *sb);
long		swbuf_inuse(void);	/* for leak checks */

/* The pages are transferred, or sb_error says why not.  No lock held. */
void		swap_pager_done(struct swbuf *sb);

/*
 * So many blocks in a row, or SWAPBLK_NONE: there are none, or swap is off.
 * Takes "swapdev", as does the second, which gives them back.
 */
daddr_t		swap_space_alloc(int npages);
void		swap_space_free(daddr_t blk, int npages);
/* Move a page's bytes; 0 or an errno.  No lock held. */
int		swap_dev_read(daddr_t blk, void *page);
int		swap_dev_write(daddr_t blk, const void *page);
void		swap_dev_init(void);
void		swap_dev_shutdown(void);

/*
 * The block of a page, or SWAPBLK_NONE.  Object locked in any mode.  To change
 * it: locked for writing, or the page exclusively busied.  A page that is set
 * has none; a block that loses its page is given back.  All take "swhash".
 */
daddr_t		swap_meta_lookup(vm_object_t object, vm_pindex_t pindex);
void		swap_meta_set(vm_object_t object, vm_pindex_t pindex,
		    daddr_t blk);
void		swap_meta_free(vm_object_t object, vm_pindex_t start,
		    vm_pindex_t end);
/* The blocks of as many pages as `to' has, which has none; both locked. */
void		swap_meta_move(vm_object_t from, vm_pindex_t start,
		    vm_object_t to);
void		swap_meta_init(void);
void		swap_meta_shutdown(void);
long		swap_meta_inuse(void);	/* entries; for leak checks */

#endif /* VM_SWAP_PAGER_H */
