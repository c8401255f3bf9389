/*
 * The swap pager: page-in, page-out, and what ends either.
 *
 * A transfer takes pages that the caller has busied, exclusively to read and
 * shared to write, and marks each as being swapped; its end, which may come in
 * another thread, takes the mark away, says what became of the page, and ends
 * the busy of all but the page that a reader waits for.  That one stays busied,
 * and its sleeper is woken; so are those who wait for the busy, in vain.
 *
 *	old KPI	the reader sleeps on the page, like who waits for its busy
 *	new KPI	on the object's paging_in_progress, because the page's channel
 *		belongs to the page lock: <vm/swap_verbs.h>
 *
 * Mirrors FreeBSD sys/vm/swap_pager.c swap_pager_getpages(), _putpages(),
 * swp_pager_async_iodone() and their neighbours, 9.3 and 10.4.  Differences:
 * (1) space is looked for down to single blocks, where FreeBSD gives up at
 * four in a row; (2) a wired page around the one wanted that could not be read
 * is unbusied, where FreeBSD leaves it busy; (3) the complaint about a wait
 * without end is counted, for a unit cannot print;
 * (4) a page's old block goes before a new one is looked for, where FreeBSD
 * with its space full, and pages changed since they came in, finds none;
 * (5) no object has a handle.
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <vm/swap_pager.h>
#include <vm/vm_pageout.h>
#include <vm/vm_verbs.h>

#define	SWAP_INDEFINITE_NS	20000000000	/* 20 s */

static vm_object_t swap_pager_alloc(void *handle, vm_ooffset_t size,
		    vm_prot_t prot, vm_ooffset_t offset, struct ucred *cred);
static void	swap_pager_dealloc(vm_object_t object);
static int	swap_pager_getpages(vm_object_t object, vm_page_t *m,
		    int count, int reqpage);
static void	swap_pager_putpages(vm_object_t object, vm_page_t *m,
		    int count, int flags, int *rtvals);
static bool	swap_pager_haspage(vm_object_t object, vm_pindex_t pindex,
		    int *before, int *after);
static void	swap_pager_unswapped(vm_page_t m);
static void	swap_pager_freespace(vm_object_t object, vm_pindex_t start,
		    vm_pindex_t end);

const struct pagerops swap_pager_ops = {
	.pgo_name = "swap",
	.pgo_alloc = swap_pager_alloc,
	.pgo_dealloc = swap_pager_dealloc,
	.pgo_getpages = swap_pager_getpages,
	.pgo_putpages = swap_pager_putpages,
	.pgo_haspage = swap_pager_haspage,
	.pgo_pageunswapped = swap_pager_unswapped,
	.pgo_freespace = swap_pager_freespace,
};

uint64_t	swap_indefinite_ns = SWAP_INDEFINITE_NS;
volatile unsigned swap_indefinite_waits;

/* As the default pager's, of which it is the next state. */
static vm_object_t
swap_pager_alloc(void *handle, vm_ooffset_t size, vm_prot_t prot,
    vm_ooffset_t offset, struct ucred *cred)
{
	vm_object_t object;

	(void)prot;
	if (handle != NULL)
		panic("swap_pager_alloc: handle %p", handle);
	object = vm_object_allocate_cred(OBJT_SWAP,
	    OFF_TO_IDX(round_page(offset + size)), cred);
	if (object != NULL)
		object->pager = &swap_pager_ops;
	return (object);
}

static void
swap_pager_dealloc(vm_object_t object)
{

	pv_object_assert_locked(object);
	KASSERT((object->flags & OBJ_DEAD) != 0,
	    ("swap_pager_dealloc: object %p alive", (void *)object));
	swap_meta_free(object, 0, object->size);
}

/* Its contents are about to change: what is out is of no use. */
static void
swap_pager_unswapped(vm_page_t m)
{

	KASSERT(!pv_swapping(m), ("swap_pager_unswapped: page %p is being "
	    "swapped", (void *)m));
	swap_meta_free(m->object, m->pindex, m->pindex + 1);
}

static void
swap_pager_freespace(vm_object_t object, vm_pindex_t start, vm_pindex_t end)
{

	pv_object_assert_read(object);
	swap_meta_free(object, start, end);
}

/* How many pages from pindex on, by step, lie side by side with its block? */
static int
run_length(vm_object_t object, vm_pindex_t pindex, daddr_t blk, int step)
{
	int n;

	for (n = 1; n < SWAP_CLUSTER; n++) {
		if (step < 0 && pindex < (vm_pindex_t)n)
			break;
		if (swap_meta_lookup(object, pindex + n * step) !=
		    blk + n * step)
			break;
	}
	return (n - 1);
}

static bool
swap_pager_haspage(vm_object_t object, vm_pindex_t pindex, int *before,
    int *after)
{
	daddr_t blk = swap_meta_lookup(object, pindex);

	if (blk == SWAPBLK_NONE)
		return (false);
	if (before != NULL)
		*before = run_length(object, pindex, blk, -1);
	if (after != NULL)
		*after = run_length(object, pindex, blk, 1);
	return (true);
}

/* A page that somebody hoped to get with another, and will not. */
static void
swap_drop_page(vm_page_t m)
{

	pv_object_assert_locked(m->object);
	vm_page_lock(m);
	if (m->wire_count == 0) {
		vm_page_free(m);
		vm_page_unlock(m);
		return;
	}
	vm_page_unlock(m);
	pv_xunbusy_locked(m);
}

/*
 * Of m[0..count-1] those that lie beside m[reqpage], which is at blk: they are
 * m[*first..*last].  The others are given up.
 */
static void
swap_choose_run(vm_object_t object, vm_page_t *m, int count, int reqpage,
    daddr_t blk, int *first, int *last)
{
	int i, lo = reqpage, hi = reqpage;

	while (lo > 0 && reqpage - lo < SWAP_CLUSTER - 1 &&
	    swap_meta_lookup(object, m[lo - 1]->pindex) ==
	    blk - (reqpage - lo + 1))
		lo--;
	while (hi + 1 < count && hi - lo < SWAP_CLUSTER - 1 &&
	    swap_meta_lookup(object, m[hi + 1]->pindex) ==
	    blk + (hi + 1 - reqpage))
		hi++;
	for (i = 0; i < count; i++)
		if (i < lo || i > hi)
			swap_drop_page(m[i]);
	*first = lo;
	*last = hi;
}

/* Add a page to a transfer.  Object write-locked. */
static void
swbuf_add(struct swbuf *sb, vm_page_t m)
{

	pv_object_assert_locked(m->object);
	KASSERT(!pv_swapping(m) && sb->sb_npages < SWAP_CLUSTER,
	    ("swbuf_add: page %p, swapped %d, after %d", (void *)m,
	    pv_swapping(m), sb->sb_npages));
	pv_swap_start_locked(m);
	sb->sb_pages[sb->sb_npages++] = m;
}

/* Until the page is there, or cannot be; object write-locked, dropped. */
static void
swap_await(vm_page_t m)
{

	while (pv_swapping(m))
		if (pv_swap_sleep_locked(m, swap_indefinite_ns) ==
		    EWOULDBLOCK)
			atomic_fetchadd_int(&swap_indefinite_waits, 1);
}

static int
swap_pager_getpages(vm_object_t object, vm_page_t *m, int count, int reqpage)
{
	daddr_t blk = swap_meta_lookup(object, m[reqpage]->pindex);
	struct swbuf *sb;
	int first, last, i;

	pv_object_assert_locked(object);
	swap_choose_run(object, m, count, reqpage, blk, &first, &last);
	if (blk == SWAPBLK_NONE)
		return (VM_PAGER_FAIL);
	pv_object_unlock(object);
	sb = swbuf_get(SWAP_READ);
	pv_object_lock(object);
	sb->sb_object = object;
	sb->sb_blkno = blk - (reqpage - first);
	sb->sb_reqpage = reqpage - first;
	for (i = first; i <= last; i++)
		swbuf_add(sb, m[i]);
	vm_object_pip_add(object, sb->sb_npages);
	pv_object_unlock(object);
	swbuf_strategy(sb);
	pv_object_lock(object);
	swap_await(m[reqpage]);
	return (vm_page_is_all_valid(m[reqpage]) ? VM_PAGER_OK :
	    VM_PAGER_ERROR);
}

/* A run of blocks for *n pages, or for as many as there are in a row. */
static daddr_t
swap_space_for(int *n)
{
	daddr_t blk;

	while ((blk = swap_space_alloc(*n)) == SWAPBLK_NONE && *n > 1)
		*n /= 2;
	return (blk);
}

/*
 * A page stays dirty till its bytes are out.  The caller's paging in progress
 * passes to the transfer.
 */
static void
swap_write(vm_object_t object, vm_page_t *m, int n, daddr_t blk)
{
	struct swbuf *sb = swbuf_get(SWAP_WRITE);

	sb->sb_object = object;
	sb->sb_blkno = blk;
	sb->sb_reqpage = -1;
	pv_object_lock(object);
	for (int i = 0; i < n; i++) {
		swap_meta_set(object, m[i]->pindex, blk + i);
		vm_page_dirty(m[i]);
		swbuf_add(sb, m[i]);
	}
	pv_object_unlock(object);
	swbuf_strategy(sb);
}

static void
swap_pager_putpages(vm_object_t object, vm_page_t *m, int count, int flags,
    int *rtvals)
{
	daddr_t blk;
	int i, j, n;

	pv_object_assert_locked(object);
	KASSERT(flags == 0, ("swap_pager_putpages: flags %#x: it does not wait",
	    flags));
	(void)flags;
	if (object->type == OBJT_DEFAULT) {
		object->type = OBJT_SWAP;
		object->pager = &swap_pager_ops;
	}
	/* They are dirty: what is out is old, and may be all there is. */
	for (i = 0; i < count; i++)
		swap_meta_free(object, m[i]->pindex, m[i]->pindex + 1);
	pv_object_unlock(object);
	for (i = 0; i < count; i += n) {
		n = (int)ulmin(count - i, SWAP_CLUSTER);
		blk = swap_space_for(&n);
		for (j = i; j < i + n; j++)
			rtvals[j] = blk != SWAPBLK_NONE ? VM_PAGER_PEND :
			    VM_PAGER_FAIL;
		if (blk != SWAPBLK_NONE)
			swap_write(object, &m[i], n, blk);
	}
	pv_object_lock(object);
}

static void
swap_read_done(struct swbuf *sb, int i)
{
	vm_page_t m = sb->sb_pages[i];

	atomic_store_8(&m->valid, sb->sb_error == 0 ? VM_PAGE_BITS_ALL : 0);
	vm_page_undirty(m);
	if (i == sb->sb_reqpage)
		pv_flash_locked(m);
	else if (sb->sb_error != 0)
		swap_drop_page(m);
	else {
		vm_page_lock(m);
		vm_page_deactivate(m);
		vm_page_unlock(m);
		pv_xunbusy_locked(m);
	}
}

/* One that could not be written is no use among those to be written next. */
static void
swap_write_done(struct swbuf *sb, int i)
{
	vm_page_t m = sb->sb_pages[i];

	if (sb->sb_error != 0) {
		vm_page_lock(m);
		vm_page_activate(m);
		vm_page_unlock(m);
		pv_sunbusy_locked(m);
		return;
	}
	vm_page_undirty(m);
	pv_sunbusy_locked(m);
	if (vm_page_count_severe()) {
		vm_page_lock(m);
		(void)vm_page_try_to_free(m);
		vm_page_unlock(m);
	}
}

void
swap_pager_done(struct swbuf *sb)
{
	vm_object_t object = sb->sb_object;

	pv_object_lock(object);
	for (int i = 0; i < sb->sb_npages; i++) {
		KASSERT(sb->sb_pages[i]->object == object,
		    ("swap_pager_done: page %p is of object %p",
		    (void *)sb->sb_pages[i], (void *)sb->sb_pages[i]->object));
		pv_swap_done_locked(sb->sb_pages[i]);
		if (sb->sb_cmd == SWAP_READ)
			swap_read_done(sb, i);
		else
			swap_write_done(sb, i);
		vm_object_pip_wakeup(object);
	}
	pv_object_unlock(object);
	swbuf_put(sb);
}
