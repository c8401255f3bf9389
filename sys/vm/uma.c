/*
 * Zones of equal-sized items, with a cache of free ones per thread.
 *
 * The usual allocation and free touch only the calling thread's cache: a list
 * linked through the items' first word, no lock and no atomic.  A cache that
 * runs empty takes a batch from the zone, one that runs over gives a batch
 * back, under the zone's mutex.  The zone itself grows by a batch at a time
 * from kernel memory and never shrinks, so items are type-stable.
 *
 * After FreeBSD 10.x sys/vm/uma_core.c.  Differences: (1) caches belong to
 * threads, which here are pinned, not to CPUs under a critical section;
 * (2) one list in place of buckets and slabs; (3) no constructors.
 */
#include <sys/systm.h>
#include <sys/mutex.h>
#include <sys/queue.h>
#include <vm/uma.h>

#define	UMA_BATCH	32			/* items moved at once */
#define	UMA_CACHE_MAX	(3 * UMA_BATCH)		/* items one cache may keep */
#define	UMA_ALIGN_MIN	16			/* bytes */

/* The first word of a free item. */
struct uma_item {
	struct uma_item	*ui_next;
};
_Static_assert(sizeof(struct uma_item) <= UMA_ALIGN_MIN, "link fits an item");

/* (t) but for the counters, which uma_zone_inuse() reads: (a), one writer. */
struct uma_cache {
	struct uma_item	*uc_free;
	unsigned	uc_count;	/* items in uc_free */
	volatile uint64_t uc_allocs;
	volatile uint64_t uc_frees;
} __cacheline_aligned;

/* Locking key: (z) uz_mtx; (a) atomic; (c) constant after uma_zcreate(). */
struct uma_zone {
	struct mtx	uz_mtx;		/* "uma zone" */
	struct uma_item	*uz_free;	/* (z) spilled by caches */
	size_t		uz_size;	/* (c) bytes of an item, rounded up */
	volatile unsigned uz_max;	/* (a) see uma_zone_set_max() */
	struct uma_cache *uz_cache;	/* (c) one per thread number */
	SLIST_ENTRY(uma_zone) uz_link;	/* (c) */
	const char	*uz_type;	/* (c) of an item, for md_mem_name() */
};

/* Every zone of this boot.  Changed single-threaded, at boot and shutdown. */
static SLIST_HEAD(, uma_zone) uma_zones;

void
uma_startup(unsigned home)
{

	KASSERT(SLIST_EMPTY(&uma_zones), ("uma_startup: zone %p is left",
	    (void *)SLIST_FIRST(&uma_zones)));
	kmem_startup(home);
}

void
uma_shutdown(void)
{
	struct uma_zone *zone;

	while ((zone = SLIST_FIRST(&uma_zones)) != NULL) {
		SLIST_REMOVE_HEAD(&uma_zones, uz_link);
		mtx_destroy(&zone->uz_mtx);
	}
	kmem_shutdown();
}

uma_zone_t
uma_zcreate_items(const char *name, size_t size, const char *type)
{
	struct uma_zone *zone;

	KASSERT(size > 0, ("uma_zcreate: %s has items of no size", name));
	zone = kmem_startup_array(1, struct uma_zone);
	mtx_init(&zone->uz_mtx, name, "uma zone", MTX_DEF);
	zone->uz_size = howmany(size, UMA_ALIGN_MIN) * UMA_ALIGN_MIN;
	zone->uz_type = type;
	zone->uz_cache = kmem_startup_array(MAXTHREADS, struct uma_cache);
	SLIST_INSERT_HEAD(&uma_zones, zone, uz_link);
	return (zone);
}

uma_zone_t
uma_zcreate(const char *name, size_t size)
{

	return (uma_zcreate_items(name, size, name));
}

void
uma_zone_set_max(uma_zone_t zone, unsigned items)
{

	KASSERT(zone != NULL, ("uma_zone_set_max: no zone, max %u", items));
	atomic_store_int(&zone->uz_max, items);
}

long
uma_zone_inuse(uma_zone_t zone)
{
	long inuse = 0;

	KASSERT(zone != NULL, ("uma_zone_inuse: no zone"));
	for (unsigned i = 0; i < MAXTHREADS; i++) {
		/* Racy: a count in motion is as good before as after. */
		inuse += atomic_load_64(&zone->uz_cache[i].uc_allocs);
		inuse -= atomic_load_64(&zone->uz_cache[i].uc_frees);
	}
	return (inuse);
}

/* No event of the virtual machine: names must not change what they name. */
static __attribute__((noinline, no_sanitize("thread"))) const char *
zone_type(const struct uma_zone *zone)
{
	return (zone->uz_type);
}

/*
 * Carve a batch of new items.  A batch of cache lines starts on a line, so
 * items are aligned as their size divides it.
 */
static struct uma_item *
zone_carve(struct uma_zone *zone)
{
	struct uma_item *head = NULL, *item;
	char *slab;

	mtx_assert(&zone->uz_mtx, MA_OWNED);
	slab = kmem_startup_items(UMA_BATCH, zone->uz_size, zone_type(zone));
	for (int i = UMA_BATCH - 1; i >= 0; i--) {
		item = (struct uma_item *)(slab + i * zone->uz_size);
		item->ui_next = head;
		head = item;
	}
	return (head);
}

/* Move a batch from one list to the other. */
static void
list_move(struct uma_item **from, struct uma_item **to)
{
	struct uma_item *item;

	for (int i = 0; i < UMA_BATCH; i++) {
		item = *from;
		KASSERT(item != NULL, ("list_move: %d items only", i));
		*from = item->ui_next;
		item->ui_next = *to;
		*to = item;
	}
}

/* The zone's list holds whole batches: it is filled and emptied by them. */
static void
cache_refill(struct uma_zone *zone, struct uma_cache *uc)
{

	KASSERT(uc->uc_count == 0, ("cache_refill: %u items", uc->uc_count));
	mtx_lock(&zone->uz_mtx);
	if (zone->uz_free == NULL)
		uc->uc_free = zone_carve(zone);
	else
		list_move(&zone->uz_free, &uc->uc_free);
	mtx_unlock(&zone->uz_mtx);
	uc->uc_count = UMA_BATCH;
}

static void
cache_spill(struct uma_zone *zone, struct uma_cache *uc)
{

	KASSERT(uc->uc_count >= UMA_BATCH, ("cache_spill: %u items",
	    uc->uc_count));
	mtx_lock(&zone->uz_mtx);
	list_move(&uc->uc_free, &zone->uz_free);
	mtx_unlock(&zone->uz_mtx);
	uc->uc_count -= UMA_BATCH;
}

/* Is the limit reached?  Only tests set one, so it may be slow to ask. */
static bool
zone_full(struct uma_zone *zone)
{
	unsigned max = atomic_load_int(&zone->uz_max);

	return (max != 0 && uma_zone_inuse(zone) >= (long)max);
}

void *
uma_zalloc(uma_zone_t zone, int flags)
{
	struct uma_cache *uc = &zone->uz_cache[curthread->td_tid];
	struct uma_item *item;

	KASSERT(((flags & M_NOWAIT) != 0) != ((flags & M_WAITOK) != 0),
	    ("uma_zalloc: wait or not? flags %#x", flags));
	if ((flags & M_NOWAIT) != 0 && __predict_false(zone_full(zone)))
		return (NULL);
	if (uc->uc_free == NULL)
		cache_refill(zone, uc);
	item = uc->uc_free;
	uc->uc_free = item->ui_next;
	uc->uc_count--;
	atomic_store_64(&uc->uc_allocs, uc->uc_allocs + 1);
	if ((flags & M_ZERO) != 0)
		md_zero(item, zone->uz_size);
	return (item);
}

void
uma_zfree(uma_zone_t zone, void *p)
{
	struct uma_cache *uc = &zone->uz_cache[curthread->td_tid];
	struct uma_item *item = p;

	KASSERT(item != NULL && item != uc->uc_free,
	    ("uma_zfree: %p is no item, or free already", p));
	item->ui_next = uc->uc_free;
	uc->uc_free = item;
	uc->uc_count++;
	atomic_store_64(&uc->uc_frees, uc->uc_frees + 1);
	if (uc->uc_count >= UMA_CACHE_MAX)
		cache_spill(zone, uc);
}
