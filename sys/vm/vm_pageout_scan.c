/*
 * One pass of the page daemon over the page queues.
 *
 * Locks are taken in the order object, page, queue everywhere else; the scan
 * comes from the queue and goes the other way.  So it tries, and when it may
 * not have a lock it leaves a marker page behind the page it is at, lets go,
 * takes the locks in their order, and sees whether the page is where it was.
 * The marker also keeps the place while the queue is unlocked for work.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_pageout.c vm_pageout_scan(),
 * vm_pageout_page_lock() and vm_pageout_fallback_object_lock().  Differences:
 * (1) a dirty page is written the first time it is met, not the second;
 * (2) references are asked for with the queue unlocked, whose lock comes after
 * the pmap's here; (3) pages of objects that nobody refers to are treated as
 * others; (4) no cache queue: a clean page is freed; (5) one daemon, so no
 * other's marker is met.
 */
#include <sys/systm.h>
#include <vm/vm_pageout.h>
#include <vm/vm_verbs.h>

#define	ACT_ADVANCE	3
#define	ACT_DECLINE	1

struct pageout {
	struct vm_pagequeue *po_pq;	/* being scanned */
	int		po_queue;	/* PQ_* */
	vm_page_t	po_next;	/* in it; its lock held */
	int		po_shortage;	/* pages still to be got */
	int		po_launder;	/* pages that may be written */
	unsigned	po_done;	/* pages freed or written */
	struct vm_page	po_marker;
};

/* Keep the place behind m, and unlock the queue. */
static void
mark(struct pageout *po, vm_page_t m)
{

	mtx_assert(&po->po_pq->pq_mtx, MA_OWNED);
	TAILQ_INSERT_AFTER(&po->po_pq->pq_pl, m, &po->po_marker, pageq);
	mtx_unlock(&po->po_pq->pq_mtx);
}

/* Lock it again and find the place; is m before it still? */
static bool
unmark(struct pageout *po, vm_page_t m)
{
	bool unchanged;

	mtx_lock(&po->po_pq->pq_mtx);
	unchanged = m != NULL && m->queue == po->po_queue &&
	    TAILQ_NEXT(m, pageq) == &po->po_marker;
	po->po_next = TAILQ_NEXT(&po->po_marker, pageq);
	TAILQ_REMOVE(&po->po_pq->pq_pl, &po->po_marker, pageq);
	return (unchanged);
}

/* The page lock against the order; it is held on return, m changed or not. */
static bool
lock_page(struct pageout *po, vm_page_t m)
{

	if (vm_page_trylock(m))
		return (true);
	mark(po, m);
	vm_page_lock(m);
	return (unmark(po, m));
}

/* And the object's: held if m is unchanged.  The page lock is, in any case. */
static bool
lock_object(struct pageout *po, vm_page_t m)
{
	vm_object_t object = m->object;
	bool unchanged;

	vm_page_lock_assert(m, MA_OWNED);
	if (object == NULL)
		return (false);
	if (pv_object_trylock(object))
		return (true);
	mark(po, m);
	vm_pageout_announce(object);
	vm_page_unlock(m);
	pv_object_lock(object);
	vm_page_lock(m);
	unchanged = unmark(po, m) && m->object == object;
	if (!unchanged)
		pv_object_unlock(object);
	vm_pageout_announce(NULL);
	return (unchanged);
}

/* How often was it used since last asked? */
static int
references(vm_page_t m)
{
	int n = pmap_ts_referenced(m);

	if ((atomic_load_8(&m->aflags) & PGA_REFERENCED) != 0) {
		vm_page_aflag_clear(m, PGA_REFERENCED);
		n++;
	}
	return (n);
}

static void
advance(vm_page_t m, int refs)
{

	vm_page_lock_assert(m, MA_OWNED);
	m->act_count = (uint8_t)ulmin(m->act_count + ACT_ADVANCE + refs,
	    ACT_MAX);
}

/* To be written; the page lock is given up. */
static void
launder(struct pageout *po, vm_page_t m)
{
	bool may = po->po_launder > 0 && vm_page_is_all_valid(m) &&
	    (m->object->flags & OBJ_DEAD) == 0;
	int written;

	vm_page_unlock(m);
	if (!may)
		return;
	written = vm_pageout_clean(m);
	if (written > 0) {
		po->po_launder--;
		po->po_shortage--;
		po->po_done += written;
	}
}

/*
 * What becomes of an inactive page that nobody has busied or held.  Object and
 * page locked; both are not on return.
 */
static void
inactive_page(struct pageout *po, vm_page_t m)
{
	vm_object_t object = m->object;
	int refs = references(m);

	if (refs != 0) {
		vm_page_activate(m);
		advance(m, refs);
		vm_page_unlock(m);
	} else {
		vm_page_test_dirty(m);
		if (vm_page_try_to_free(m)) {
			po->po_shortage--;
			po->po_done++;
			vm_page_unlock(m);
		} else
			launder(po, m);
	}
	pv_object_unlock(object);
}

static void
scan_inactive(struct pageout *po)
{
	vm_object_t object;
	vm_page_t m;
	unsigned n;

	mtx_lock(&po->po_pq->pq_mtx);
	m = TAILQ_FIRST(&po->po_pq->pq_pl);
	for (n = po->po_pq->pq_cnt; n > 0 && m != NULL &&
	    po->po_shortage > 0; n--, m = po->po_next) {
		po->po_next = TAILQ_NEXT(m, pageq);
		if (!lock_page(po, m) || !lock_object(po, m)) {
			vm_page_unlock(m);
			continue;
		}
		object = m->object;
		if (m->hold_count != 0 || pv_busied(m)) {
			vm_page_unlock(m);
			pv_object_unlock(object);
			continue;
		}
		mark(po, m);
		inactive_page(po, m);
		(void)unmark(po, NULL);
	}
	mtx_unlock(&po->po_pq->pq_mtx);
}

/* One that was not used for long enough becomes inactive.  Page locked. */
static void
active_page(struct pageout *po, vm_page_t m)
{
	int refs = references(m);

	if (refs != 0) {
		advance(m, refs);
		vm_page_requeue(m);
		return;
	}
	m->act_count -= (uint8_t)ulmin(m->act_count, ACT_DECLINE);
	if (m->act_count == 0) {
		vm_page_deactivate(m);
		po->po_shortage--;
	} else
		vm_page_requeue(m);
}

static void
scan_active(struct pageout *po)
{
	vm_page_t m;
	unsigned n;

	mtx_lock(&po->po_pq->pq_mtx);
	m = TAILQ_FIRST(&po->po_pq->pq_pl);
	for (n = po->po_pq->pq_cnt; n > 0 && m != NULL &&
	    po->po_shortage > 0; n--, m = po->po_next) {
		po->po_next = TAILQ_NEXT(m, pageq);
		if (lock_page(po, m)) {
			mark(po, m);
			active_page(po, m);
			(void)unmark(po, NULL);
		}
		vm_page_unlock(m);
	}
	mtx_unlock(&po->po_pq->pq_mtx);
}

/* A scan of one kind of queue, of every domain. */
static void
scan_queues(struct pageout *po, int queue,
    void (*scan)(struct pageout *))
{

	po->po_queue = queue;
	for (unsigned d = 0; d < vm_ndomains; d++) {
		po->po_pq = &vm_dom[d].vmd_pagequeues[queue];
		scan(po);
	}
}

static unsigned
inactive_count(void)
{
	unsigned n = 0;

	/* A look: a count in motion is as good before as after. */
	for (unsigned d = 0; d < vm_ndomains; d++)
		n += atomic_load_int(
		    &vm_dom[d].vmd_pagequeues[PQ_INACTIVE].pq_cnt);
	return (n);
}

unsigned
vm_pageout_scan(int pass)
{
	struct pageout po = {
		.po_launder = pass == 0 ? VM_MAX_LAUNDER :
		    (int)vm_cnt.v_page_count,
	};
	int target;

	target = (int)vm_cnt.v_free_target - (int)vm_free_count() +
	    (int)atomic_swap_int(&vm_cnt.v_pageout_deficit, 0);
	po.po_shortage = target;
	scan_queues(&po, PQ_INACTIVE, scan_inactive);
	target = (int)vm_cnt.v_free_target - (int)vm_free_count();
	po.po_shortage = target + (int)vm_cnt.v_inactive_target -
	    (int)inactive_count();
	scan_queues(&po, PQ_ACTIVE, scan_active);
	return (po.po_done);
}
