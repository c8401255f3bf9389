/*
 * Wiring, holding and queues: every transition, the queues' counts, and that
 * the last unhold frees a page whose free had to wait.
 */
#include "vm_test.h"

static vm_object_t	object;
static vm_page_t	m;

/* One page, not busied, in an object, its page lock held. */
static void
begin(void)
{
	test_boot(64);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	pv_object_lock(object);
	m = vm_page_alloc(object, 0, VM_ALLOC_NOBUSY);
	pv_object_unlock(object);
	vm_page_lock(m);
}

static void
end(void)
{
	vm_page_unlock(m);
	vm_object_deallocate(object);
	test_end();
}

static void
check_queues(unsigned queue, unsigned inactive, unsigned active)
{
	struct vm_pagequeue *pq = vm_dom[m->domain].vmd_pagequeues;

	CHECK_EQ(m->queue, queue);
	CHECK_EQ(pq[PQ_INACTIVE].pq_cnt, inactive);
	CHECK_EQ(pq[PQ_ACTIVE].pq_cnt, active);
	CHECK_EQ(TAILQ_EMPTY(&pq[PQ_INACTIVE].pq_pl), inactive == 0);
	CHECK_EQ(TAILQ_EMPTY(&pq[PQ_ACTIVE].pq_pl), active == 0);
}

LAB_TEST(pageq_activate_and_deactivate)
{
	begin();
	check_queues(PQ_NONE, 0, 0);
	vm_page_activate(m);
	check_queues(PQ_ACTIVE, 0, 1);
	CHECK_EQ(m->act_count, ACT_INIT);
	vm_page_activate(m);
	check_queues(PQ_ACTIVE, 0, 1);
	vm_page_deactivate(m);
	check_queues(PQ_INACTIVE, 1, 0);
	vm_page_activate(m);
	check_queues(PQ_ACTIVE, 0, 1);
	vm_page_dequeue(m);
	check_queues(PQ_NONE, 0, 0);
	vm_page_dequeue(m);
	check_queues(PQ_NONE, 0, 0);
	vm_page_activate(m);
	/* The object's end takes it off the queue. */
	vm_page_unlock(m);
	vm_object_deallocate(object);
	check_queues(PQ_NONE, 0, 0);
	test_end();
}

LAB_TEST(pageq_wired_page_is_on_no_queue)
{
	begin();
	vm_page_activate(m);
	vm_page_wire(m);
	check_queues(PQ_NONE, 0, 0);
	vm_page_wire(m);
	CHECK_EQ(m->wire_count, 2);
	CHECK_EQ(vm_cnt.v_wire_count, 1);
	vm_page_activate(m);
	vm_page_deactivate(m);
	check_queues(PQ_NONE, 0, 0);
	vm_page_unwire(m, PQ_ACTIVE);
	check_queues(PQ_NONE, 0, 0);
	vm_page_unwire(m, PQ_ACTIVE);
	check_queues(PQ_ACTIVE, 0, 1);
	CHECK_EQ(vm_cnt.v_wire_count, 0);
	vm_page_wire(m);
	vm_page_unwire(m, PQ_INACTIVE);
	check_queues(PQ_INACTIVE, 1, 0);
	vm_page_wire(m);
	vm_page_unwire(m, PQ_NONE);
	check_queues(PQ_NONE, 0, 0);
	end();
}

LAB_TEST(pageq_last_unhold_frees)
{
	begin();
	vm_page_hold(m);
	vm_page_hold(m);
	vm_page_activate(m);
	vm_page_unlock(m);
	test_free(m);
	CHECK(m->object == NULL);
	CHECK_EQ(m->flags, PG_UNHOLDFREE);
	check_queues(PQ_NONE, 0, 0);
	CHECK_EQ(vm_free_count(), 63);
	vm_page_lock(m);
	vm_page_unhold(m);
	CHECK_EQ(vm_free_count(), 63);
	vm_page_unhold(m);
	CHECK_EQ(vm_free_count(), 64);
	CHECK_EQ(m->flags, PG_FREE);
	end();
}

LAB_TEST(pageq_unhold_of_a_live_page_keeps_it)
{
	begin();
	vm_page_hold(m);
	vm_page_unhold(m);
	CHECK(m->object == object);
	CHECK_EQ(m->hold_count, 0);
	CHECK_EQ(vm_free_count(), 63);
	end();
}

/*
 * Threads whose pages lie in different 2 MiB frames, and so under different
 * page locks, meet at the queues of the domain.
 */
#define	WORKERS	4
#define	FRAMES	(WORKERS * 512)
#define	ROUNDS	1500

static void
shuffle(void *arg, unsigned i)
{
	vm_page_t first = vm_dom[0].vmd_pages + i * 512, mine;
	uint64_t seed = i + 1;

	(void)arg;
	for (unsigned n = 0; n < ROUNDS; n++) {
		mine = first + test_random(&seed) % 16;
		vm_page_lock(mine);
		if (mine->object == NULL)
			;		/* one of the reserve */
		else if (mine->queue == PQ_ACTIVE)
			vm_page_deactivate(mine);
		else if (mine->queue == PQ_INACTIVE)
			vm_page_dequeue(mine);
		else
			vm_page_activate(mine);
		vm_page_unlock(mine);
	}
}

static void
check_queue_length(unsigned queue)
{
	struct vm_pagequeue *pq = &vm_dom[0].vmd_pagequeues[queue];
	vm_page_t queued;
	unsigned n = 0;

	TAILQ_FOREACH(queued, &pq->pq_pl, pageq) {
		CHECK_EQ(queued->queue, queue);
		n++;
	}
	CHECK_EQ(n, pq->pq_cnt);
}

LAB_TEST(pageq_threads_meet_at_the_queues)
{
	vm_pindex_t pindex = 0;

	test_boot(FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, FRAMES);
	pv_object_lock(object);
	while (vm_page_alloc(object, pindex, VM_ALLOC_NOBUSY) != NULL)
		pindex++;
	pv_object_unlock(object);
	test_threads(WORKERS, shuffle, NULL);
	check_queue_length(PQ_INACTIVE);
	check_queue_length(PQ_ACTIVE);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST_PANIC(pageq_unwire_of_an_unwired_page_panics, "is not wired")
{
	begin();
	vm_page_unwire(m, PQ_ACTIVE);
}
