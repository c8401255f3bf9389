/*
 * Which block of swap space keeps which page of which object.
 *
 * A hash of entries, each for SWAP_META_PAGES pages in a row of one object,
 * under one mutex.  An entry exists while one of its pages has a block.
 *
 * Mirrors FreeBSD's swp_pager_meta_build(), _meta_ctl() and _meta_free(),
 * sys/vm/swap_pager.c.  Differences: (1) a fixed number of chains, not one
 * sized by memory; (2) an entry is always to be had, where FreeBSD waits for
 * memory; (3) what an object has is found by its size, not by a count of its
 * entries.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <vm/swap_pager.h>
#include <vm/uma.h>
#include <vm/vm_verbs.h>

#define	SWAP_META_PAGES	16		/* pages of one entry */
#define	SWHASH_SIZE	1024		/* chains; a power of two */

/* Locking key: all of it swhash_mtx. */
struct swblock {
	SLIST_ENTRY(swblock) swb_link;
	vm_object_t	swb_object;
	vm_pindex_t	swb_index;	/* of page 0 */
	int		swb_count;	/* pages that have a block */
	daddr_t		swb_pages[SWAP_META_PAGES];
};
SLIST_HEAD(swchain, swblock);

static struct mtx	swhash_mtx;	/* "swhash" */
static struct swchain	swhash[SWHASH_SIZE];
static uma_zone_t	swap_zone;

void
swap_meta_init(void)
{

	mtx_init(&swhash_mtx, "swhash", NULL, MTX_DEF);
	swap_zone = uma_zcreate_of("SWAPMETA", struct swblock);
	for (unsigned i = 0; i < SWHASH_SIZE; i++)
		SLIST_INIT(&swhash[i]);
}

void
swap_meta_shutdown(void)
{

	mtx_destroy(&swhash_mtx);
}

long
swap_meta_inuse(void)
{

	return (uma_zone_inuse(swap_zone));
}

/* The chain of an object's page; objects lie a few lines apart. */
static struct swchain *
chain_of(vm_object_t object, vm_pindex_t pindex)
{
	uintptr_t key = (uintptr_t)object / MD_CACHE_LINE +
	    pindex / SWAP_META_PAGES;

	return (&swhash[key % SWHASH_SIZE]);
}

static struct swblock *
find(vm_object_t object, vm_pindex_t pindex)
{
	vm_pindex_t index = pindex - pindex % SWAP_META_PAGES;
	struct swblock *swb;

	mtx_assert(&swhash_mtx, MA_OWNED);
	SLIST_FOREACH(swb, chain_of(object, pindex), swb_link)
		if (swb->swb_object == object && swb->swb_index == index)
			return (swb);
	return (NULL);
}

static struct swblock *
find_or_make(vm_object_t object, vm_pindex_t pindex)
{
	struct swblock *swb = find(object, pindex);

	if (swb != NULL)
		return (swb);
	swb = uma_zalloc(swap_zone, M_WAITOK);
	swb->swb_object = object;
	swb->swb_index = pindex - pindex % SWAP_META_PAGES;
	swb->swb_count = 0;
	for (int i = 0; i < SWAP_META_PAGES; i++)
		swb->swb_pages[i] = SWAPBLK_NONE;
	SLIST_INSERT_HEAD(chain_of(object, pindex), swb, swb_link);
	return (swb);
}

/* Give a page's block back, if it has one. */
static void
drop(struct swblock *swb, vm_pindex_t pindex)
{
	daddr_t *blk = &swb->swb_pages[pindex % SWAP_META_PAGES];

	mtx_assert(&swhash_mtx, MA_OWNED);
	if (*blk == SWAPBLK_NONE)
		return;
	KASSERT(swb->swb_count > 0, ("drop: entry %p counts %d pages",
	    (void *)swb, swb->swb_count));
	swap_space_free(*blk, 1);
	*blk = SWAPBLK_NONE;
	swb->swb_count--;
}

daddr_t
swap_meta_lookup(vm_object_t object, vm_pindex_t pindex)
{
	daddr_t blk = SWAPBLK_NONE;
	struct swblock *swb;

	pv_object_assert_read(object);
	mtx_lock(&swhash_mtx);
	swb = find(object, pindex);
	if (swb != NULL)
		blk = swb->swb_pages[pindex % SWAP_META_PAGES];
	mtx_unlock(&swhash_mtx);
	return (blk);
}

static void
set(vm_object_t object, vm_pindex_t pindex, daddr_t blk)
{
	struct swblock *swb = find_or_make(object, pindex);

	KASSERT(swb->swb_pages[pindex % SWAP_META_PAGES] == SWAPBLK_NONE,
	    ("swap_meta: page %llu has a block already",
	    (unsigned long long)pindex));
	swb->swb_pages[pindex % SWAP_META_PAGES] = blk;
	swb->swb_count++;
}

void
swap_meta_set(vm_object_t object, vm_pindex_t pindex, daddr_t blk)
{

	pv_object_assert_locked(object);
	KASSERT(blk != SWAPBLK_NONE, ("swap_meta_set: no block for page %llu",
	    (unsigned long long)pindex));
	mtx_lock(&swhash_mtx);
	set(object, pindex, blk);
	mtx_unlock(&swhash_mtx);
}

/* An entry for some pages of an object that has lost blocks. */
static void
forget_empty(struct swblock *swb)
{

	if (swb->swb_count != 0)
		return;
	SLIST_REMOVE(chain_of(swb->swb_object, swb->swb_index), swb, swblock,
	    swb_link);
	uma_zfree(swap_zone, swb);
}

/* The part of [start, end) that one entry is for; returns where it ends. */
static vm_pindex_t
free_of_entry(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{
	vm_pindex_t next = start - start % SWAP_META_PAGES + SWAP_META_PAGES;
	struct swblock *swb = find(object, start);

	if (next > end)
		next = end;
	if (swb == NULL)
		return (next);
	for (vm_pindex_t i = start; i < next; i++)
		drop(swb, i);
	forget_empty(swb);
	return (next);
}

void
swap_meta_free(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{

	KASSERT(start <= end, ("swap_meta_free: pages %llu to %llu",
	    (unsigned long long)start, (unsigned long long)end));
	mtx_lock(&swhash_mtx);
	while (start < end)
		start = free_of_entry(object, start, end);
	mtx_unlock(&swhash_mtx);
}

void
swap_meta_move(vm_object_t from, vm_pindex_t start, vm_object_t to)
{
	struct swblock *swb;
	vm_pindex_t i, at;
	daddr_t *blk;

	pv_object_assert_locked(from);
	pv_object_assert_locked(to);
	mtx_lock(&swhash_mtx);
	for (i = 0; i < to->size; i++) {
		at = start + i;
		swb = find(from, at);
		if (swb == NULL) {
			/* None for the rest of what the entry would be for. */
			i += SWAP_META_PAGES - 1 - at % SWAP_META_PAGES;
			continue;
		}
		blk = &swb->swb_pages[at % SWAP_META_PAGES];
		if (*blk == SWAPBLK_NONE)
			continue;
		set(to, i, *blk);
		*blk = SWAPBLK_NONE;
		swb->swb_count--;
		forget_empty(swb);
	}
	mtx_unlock(&swhash_mtx);
}
