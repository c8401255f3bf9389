/*
 * Wiring, holding and the page queues: what the page lock guards of a page.
 *
 * A page is on one queue at most: active or inactive, of its domain.  A wired
 * or unmanaged page is on none.  m->queue changes under both the page lock and
 * the queue's, so the page lock alone is enough to read it.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_page.c vm_page_wire() and its neighbours.
 * Differences: where nobody lends a page daemon a thread the queues are not
 * scanned, and kept for what they cost.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>
#include <vm/vm_phys.h>

static void
vm_page_enqueue(vm_page_t m, int queue)
{
	struct vm_pagequeue *pq = &vm_dom[m->domain].vmd_pagequeues[queue];

	vm_page_lock_assert(m, MA_OWNED);
	KASSERT(m->queue == PQ_NONE && vm_page_managed(m) &&
	    m->wire_count == 0,
	    ("vm_page_enqueue: page %p on %u, wired %u", (void *)m, m->queue,
	    m->wire_count));
	mtx_lock(&pq->pq_mtx);
	m->queue = queue;
	TAILQ_INSERT_TAIL(&pq->pq_pl, m, pageq);
	atomic_store_int(&pq->pq_cnt, pq->pq_cnt + 1);
	mtx_unlock(&pq->pq_mtx);
}

void
vm_page_dequeue(vm_page_t m)
{
	struct vm_pagequeue *pq;

	vm_page_lock_assert(m, MA_OWNED);
	if (m->queue == PQ_NONE)
		return;
	KASSERT(m->queue < PQ_COUNT, ("vm_page_dequeue: page %p on queue %u",
	    (void *)m, m->queue));
	pq = &vm_dom[m->domain].vmd_pagequeues[m->queue];
	mtx_lock(&pq->pq_mtx);
	m->queue = PQ_NONE;
	TAILQ_REMOVE(&pq->pq_pl, m, pageq);
	atomic_store_int(&pq->pq_cnt, pq->pq_cnt - 1);
	mtx_unlock(&pq->pq_mtx);
}

/* To a queue from none or the other; to its own tail only from none. */
static void
vm_page_to_queue(vm_page_t m, int queue)
{

	vm_page_lock_assert(m, MA_OWNED);
	KASSERT(queue < PQ_COUNT, ("vm_page_to_queue: queue %d", queue));
	if (m->wire_count != 0 || !vm_page_managed(m) || m->queue == queue)
		return;
	vm_page_dequeue(m);
	vm_page_enqueue(m, queue);
}

void
vm_page_activate(vm_page_t m)
{

	vm_page_lock_assert(m, MA_OWNED);
	if (vm_page_managed(m) && m->wire_count == 0 &&
	    m->act_count < ACT_INIT)
		m->act_count = ACT_INIT;
	vm_page_to_queue(m, PQ_ACTIVE);
}

void
vm_page_deactivate(vm_page_t m)
{

	vm_page_lock_assert(m, MA_OWNED);
	vm_page_to_queue(m, PQ_INACTIVE);
}

void
vm_page_requeue(vm_page_t m)
{
	struct vm_pagequeue *pq;

	vm_page_lock_assert(m, MA_OWNED);
	KASSERT(m->queue < PQ_COUNT, ("vm_page_requeue: page %p on queue %u",
	    (void *)m, m->queue));
	pq = &vm_dom[m->domain].vmd_pagequeues[m->queue];
	mtx_lock(&pq->pq_mtx);
	TAILQ_REMOVE(&pq->pq_pl, m, pageq);
	TAILQ_INSERT_TAIL(&pq->pq_pl, m, pageq);
	mtx_unlock(&pq->pq_mtx);
}

void
vm_page_wire(vm_page_t m)
{

	vm_page_lock_assert(m, MA_OWNED);
	if ((m->flags & PG_FICTITIOUS) != 0)
		return;
	if (m->wire_count == 0) {
		vm_page_dequeue(m);
		atomic_fetchadd_int(&vm_cnt.v_wire_count, 1);
	}
	m->wire_count++;
	KASSERT(m->wire_count != 0, ("vm_page_wire: page %p: count overflows",
	    (void *)m));
}

void
vm_page_unwire(vm_page_t m, int queue)
{

	vm_page_lock_assert(m, MA_OWNED);
	if ((m->flags & PG_FICTITIOUS) != 0)
		return;
	if (m->wire_count == 0)
		panic("vm_page_unwire: page %p is not wired", (void *)m);
	m->wire_count--;
	if (m->wire_count != 0)
		return;
	atomic_fetchadd_int(&vm_cnt.v_wire_count, -1U);
	if (queue == PQ_NONE || m->object == NULL)
		return;
	if (queue == PQ_ACTIVE)
		vm_page_activate(m);
	else
		vm_page_deactivate(m);
}

void
vm_page_hold(vm_page_t m)
{

	vm_page_lock_assert(m, MA_OWNED);
	m->hold_count++;
	KASSERT(m->hold_count != 0, ("vm_page_hold: page %p: count overflows",
	    (void *)m));
}

void
vm_page_unhold(vm_page_t m)
{

	vm_page_lock_assert(m, MA_OWNED);
	KASSERT(m->hold_count > 0, ("vm_page_unhold: page %p is not held",
	    (void *)m));
	m->hold_count--;
	if (m->hold_count == 0 && (m->flags & PG_UNHOLDFREE) != 0) {
		m->flags &= ~PG_UNHOLDFREE;
		vm_page_free(m);
	}
}
