/*
 * Swap space: one file, and which of its blocks are free.
 *
 * A bit a block, set while in use, under sw_dev_mtx, which is swap_reserve.h's.
 * Runs are looked for from where the last one ended, so that what is paged out
 * one after the other lies one after the other and can be read together.
 *
 * Stands for FreeBSD sys/vm/swap_pager.c swaponsomething(), swapoff_one() and
 * swp_pager_getswapspace().  Differences: (1) one device, not a list taken in
 * turn; (2) a bitmap in place of the radix tree of subr_blist.c; (3) swapoff
 * does not page in what is out: it refuses.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/swap_pager.h>
#include <vm/swap_reserve.h>
#include <vm/uma.h>

#define	MAP_BITS	64		/* blocks of one word of the map */

static int		sw_fd;		/* (c) while on; negative: off */
/* All of these: vm_swap.sw_dev_mtx. */
static uint64_t		*sw_map;
static daddr_t		sw_nblks;	/* 0 while off */
static daddr_t		sw_next;	/* where to look first */
static volatile unsigned sw_used;	/* (a) to look */

void
swap_dev_init(void)
{

	sw_fd = -1;
	sw_nblks = 0;
	sw_used = 0;
}

void
swap_dev_shutdown(void)
{

	if (sw_fd >= 0)
		md_file_close(sw_fd);
	sw_fd = -1;
}

int
swap_on(const char *path, vm_pindex_t pages)
{
	uint64_t *map;
	int fd;

	if (pages == 0)
		return (EINVAL);
	if (sw_fd >= 0)
		return (EBUSY);
	fd = md_file_create(path);
	if (fd < 0)
		return (-fd);
	map = kmem_startup_array(howmany(pages, MAP_BITS), uint64_t);
	mtx_lock(&vm_swap.sw_dev_mtx);
	sw_fd = fd;
	sw_map = map;
	sw_nblks = (daddr_t)pages;
	sw_next = 0;
	mtx_unlock(&vm_swap.sw_dev_mtx);
	swap_total_add(ptoa(pages));
	return (0);
}

int
swap_off(void)
{
	vm_ooffset_t bytes;
	int fd = sw_fd;

	if (fd < 0)
		return (ENXIO);
	mtx_lock(&vm_swap.sw_dev_mtx);
	if (sw_used != 0) {
		mtx_unlock(&vm_swap.sw_dev_mtx);
		return (EBUSY);
	}
	bytes = ptoa(sw_nblks);
	sw_nblks = 0;
	sw_fd = -1;
	mtx_unlock(&vm_swap.sw_dev_mtx);
	swap_total_remove(bytes);
	md_file_close(fd);
	return (0);
}

long
swap_used(void)
{

	return (atomic_load_int(&sw_used));
}

static bool
block_used(daddr_t blk)
{

	mtx_assert(&vm_swap.sw_dev_mtx, MA_OWNED);
	KASSERT(blk >= 0 && blk < sw_nblks, ("block_used: %lld of %lld",
	    (long long)blk, (long long)sw_nblks));
	return ((sw_map[blk / MAP_BITS] >> (blk % MAP_BITS) & 1) != 0);
}

static void
mark_blocks(daddr_t blk, int npages, bool used)
{

	for (daddr_t b = blk; b < blk + npages; b++) {
		KASSERT(block_used(b) != used, ("mark_blocks: block %lld is "
		    "%s already", (long long)b, used ? "used" : "free"));
		sw_map[b / MAP_BITS] ^= (uint64_t)1 << (b % MAP_BITS);
	}
	atomic_store_int(&sw_used, used ? sw_used + npages :
	    sw_used - npages);
}

/* The first run of free blocks in [from, to), or SWAPBLK_NONE. */
static daddr_t
find_run(daddr_t from, daddr_t to, int npages)
{
	daddr_t blk = from;
	int run = 0;

	while (blk < to) {
		if (blk % MAP_BITS == 0 && ~sw_map[blk / MAP_BITS] == 0) {
			blk += MAP_BITS;
			run = 0;
			continue;
		}
		run = block_used(blk++) ? 0 : run + 1;
		if (run == npages)
			return (blk - npages);
	}
	return (SWAPBLK_NONE);
}

daddr_t
swap_space_alloc(int npages)
{
	daddr_t blk;

	KASSERT(npages > 0 && npages <= SWAP_CLUSTER,
	    ("swap_space_alloc: %d pages", npages));
	mtx_lock(&vm_swap.sw_dev_mtx);
	blk = find_run(sw_next, sw_nblks, npages);
	if (blk == SWAPBLK_NONE)
		blk = find_run(0, sw_nblks, npages);
	if (blk != SWAPBLK_NONE) {
		mark_blocks(blk, npages, true);
		sw_next = blk + npages;
	}
	mtx_unlock(&vm_swap.sw_dev_mtx);
	return (blk);
}

void
swap_space_free(daddr_t blk, int npages)
{

	mtx_lock(&vm_swap.sw_dev_mtx);
	mark_blocks(blk, npages, false);
	mtx_unlock(&vm_swap.sw_dev_mtx);
}

/* A page is moved whole or not at all. */
static int
moved(long n)
{

	if (n < 0)
		return ((int)-n);
	return (n == PAGE_SIZE ? 0 : EIO);
}

int
swap_dev_read(daddr_t blk, void *page)
{

	KASSERT(sw_fd >= 0, ("swap_dev_read: block %lld of no file",
	    (long long)blk));
	return (moved(md_file_read(sw_fd, page, PAGE_SIZE, ptoa(blk))));
}

int
swap_dev_write(daddr_t blk, const void *page)
{

	KASSERT(sw_fd >= 0, ("swap_dev_write: block %lld of no file",
	    (long long)blk));
	return (moved(md_file_write(sw_fd, page, PAGE_SIZE, ptoa(blk))));
}
