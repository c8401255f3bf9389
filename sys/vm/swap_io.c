/*
 * Transfers to and from swap space: the buffers, and who moves the bytes.
 *
 * A transfer begins in swbuf_strategy() and ends in swap_pager_done(), in a
 * thread of its own if there is one, else in the thread that asked.
 *
 * Stands for FreeBSD's pbufs (nsw_rcount, nsw_wcount_async), the strategy
 * routine and biodone().  Reading and writing have buffers of their own, so
 * that the page daemon cannot take the last that a page-in needs.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <sys/sleepqueue.h>
#include <vm/swap_pager.h>

/* Locking key: all of it si_mtx. */
static struct swap_io {
	struct mtx	si_mtx;		/* "swap io" */
	TAILQ_HEAD(, swbuf) si_free;
	TAILQ_HEAD(, swbuf) si_queue;
	unsigned	si_left[2];	/* buffers to be had, by sb_cmd */
	unsigned	si_fail[2];	/* transfers to the one that fails */
	unsigned	si_threads;	/* that serve the queue */
	bool		si_stop;
} swap_io;

static struct swbuf	swbufs[NSW_READ + NSW_WRITE];

void
swap_pager_init(void)
{

	swap_dev_init();
	swap_meta_init();
	mtx_init(&swap_io.si_mtx, "swap io", NULL, MTX_DEF);
	TAILQ_INIT(&swap_io.si_free);
	TAILQ_INIT(&swap_io.si_queue);
	for (unsigned i = 0; i < nitems(swbufs); i++)
		TAILQ_INSERT_TAIL(&swap_io.si_free, &swbufs[i], sb_link);
	swap_io.si_left[SWAP_READ] = NSW_READ;
	swap_io.si_left[SWAP_WRITE] = NSW_WRITE;
	swap_io.si_fail[SWAP_READ] = swap_io.si_fail[SWAP_WRITE] = 0;
	swap_io.si_threads = 0;
	swap_io.si_stop = false;
}

void
swap_pager_shutdown(void)
{

	KASSERT(swap_io.si_threads == 0, ("swap_pager_shutdown: %u threads",
	    swap_io.si_threads));
	mtx_destroy(&swap_io.si_mtx);
	swap_meta_shutdown();
	swap_dev_shutdown();
}

long
swbuf_inuse(void)
{

	return (NSW_READ - swap_io.si_left[SWAP_READ] + NSW_WRITE -
	    swap_io.si_left[SWAP_WRITE]);
}

struct swbuf *
swbuf_get(int cmd)
{
	struct swbuf *sb;

	KASSERT(cmd == SWAP_READ || cmd == SWAP_WRITE,
	    ("swbuf_get: command %d", cmd));
	mtx_lock(&swap_io.si_mtx);
	while (swap_io.si_left[cmd] == 0)
		msleep(&swap_io.si_left[cmd], &swap_io.si_mtx, PSWP, "swpbuf",
		    0);
	swap_io.si_left[cmd]--;
	sb = TAILQ_FIRST(&swap_io.si_free);
	TAILQ_REMOVE(&swap_io.si_free, sb, sb_link);
	mtx_unlock(&swap_io.si_mtx);
	sb->sb_cmd = cmd;
	sb->sb_error = 0;
	sb->sb_npages = 0;
	return (sb);
}

void
swbuf_put(struct swbuf *sb)
{

	mtx_lock(&swap_io.si_mtx);
	TAILQ_INSERT_HEAD(&swap_io.si_free, sb, sb_link);
	if (swap_io.si_left[sb->sb_cmd]++ == 0)
		wakeup(&swap_io.si_left[sb->sb_cmd]);
	mtx_unlock(&swap_io.si_mtx);
}

static void
fail_nth(int cmd, unsigned nth)
{

	mtx_lock(&swap_io.si_mtx);
	swap_io.si_fail[cmd] = nth;
	mtx_unlock(&swap_io.si_mtx);
}

void
swap_fail_read(unsigned nth)
{

	fail_nth(SWAP_READ, nth);
}

void
swap_fail_write(unsigned nth)
{

	fail_nth(SWAP_WRITE, nth);
}

/* Is it this one's turn to fail? */
static bool
fails(int cmd)
{
	bool now;

	mtx_lock(&swap_io.si_mtx);
	now = swap_io.si_fail[cmd] == 1;
	if (swap_io.si_fail[cmd] != 0)
		swap_io.si_fail[cmd]--;
	mtx_unlock(&swap_io.si_mtx);
	return (now);
}

static void
transfer(struct swbuf *sb)
{
	void *page;

	KASSERT(sb->sb_npages > 0 && sb->sb_npages <= SWAP_CLUSTER,
	    ("transfer: %d pages", sb->sb_npages));
	vm_pager_io_wait();
	if (fails(sb->sb_cmd))
		sb->sb_error = EIO;
	for (int i = 0; i < sb->sb_npages && sb->sb_error == 0; i++) {
		page = vm_page_dmap(sb->sb_pages[i]);
		sb->sb_error = sb->sb_cmd == SWAP_READ ?
		    swap_dev_read(sb->sb_blkno + i, page) :
		    swap_dev_write(sb->sb_blkno + i, page);
	}
	swap_pager_done(sb);
}

/* Queued only while a thread is sure to come and look. */
void
swbuf_strategy(struct swbuf *sb)
{

	mtx_lock(&swap_io.si_mtx);
	if (swap_io.si_threads == 0) {
		mtx_unlock(&swap_io.si_mtx);
		transfer(sb);
		return;
	}
	TAILQ_INSERT_TAIL(&swap_io.si_queue, sb, sb_link);
	wakeup(&swap_io.si_queue);
	mtx_unlock(&swap_io.si_mtx);
}

void
swap_iod_begin(void)
{

	mtx_lock(&swap_io.si_mtx);
	swap_io.si_threads++;
	swap_io.si_stop = false;
	mtx_unlock(&swap_io.si_mtx);
}

/* The last thread leaves in the same hold in which it saw an empty queue. */
void
swap_iod(void)
{
	struct swbuf *sb;

	mtx_lock(&swap_io.si_mtx);
	KASSERT(swap_io.si_threads > 0, ("swap_iod: nobody said it comes"));
	for (;;) {
		sb = TAILQ_FIRST(&swap_io.si_queue);
		if (sb != NULL) {
			TAILQ_REMOVE(&swap_io.si_queue, sb, sb_link);
			mtx_unlock(&swap_io.si_mtx);
			transfer(sb);
			mtx_lock(&swap_io.si_mtx);
		} else if (swap_io.si_stop)
			break;
		else
			msleep(&swap_io.si_queue, &swap_io.si_mtx, PVM,
			    "swpiod", 0);
	}
	swap_io.si_threads--;
	mtx_unlock(&swap_io.si_mtx);
}

void
swap_iod_stop(void)
{

	mtx_lock(&swap_io.si_mtx);
	swap_io.si_stop = true;
	wakeup(&swap_io.si_queue);
	mtx_unlock(&swap_io.si_mtx);
}
