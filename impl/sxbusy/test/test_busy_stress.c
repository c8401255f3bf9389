/*
 * Everything at once on one page: exclusive and shared busiers that wait, try,
 * downgrade and flash, while a checker samples the word.
 *
 * What must hold: every word seen is one that can be reached, UW above all
 * never; the page's bytes, plainly written by exclusive busiers only, are
 * never torn (ThreadSanitizer knows the orderings from that); nobody sleeps
 * for ever.  impl/null inherits this folder and excludes nobody.
 */
#include "busy_test.h"

#if TEST_SYNCHRONISED
#define	WORKERS	4
#define	ROUNDS	600

/* What is written in the page. */
struct contents {
	uint64_t	count;		/* times somebody had it exclusive */
	uint64_t	owner;		/* the last of them */
};

struct stress {
	vm_object_t	object;
	vm_page_t	m;
	uint32_t	done;		/* (a) workers that ended */
	uint64_t	exclusive[WORKERS];
};

static void
check_reachable(unsigned x)
{
	unsigned n = x >> 3;

	if (x == BT_U || (x & ~BT_W) == BT_X)
		return;
	if ((x & (BT_U | BT_X)) == BT_U && n > 0 && n <= WORKERS)
		return;
	panic("word %#x cannot be reached", x);
}

/* Busy as try does, waiting for it as a caller with the read lock does. */
static void
wait_for(struct stress *s, int (*try)(vm_page_t m))
{
	for (;;) {
		VM_OBJECT_RLOCK(s->object);
		if (try(s->m))
			break;
		vm_page_lock(s->m);
		VM_OBJECT_RUNLOCK(s->object);
		vm_page_busy_sleep(s->m, "stress");
		check_reachable(bt_word(s->m));
	}
	VM_OBJECT_RUNLOCK(s->object);
}

static void
be_exclusive(struct stress *s, unsigned i)
{
	struct contents *c = vm_page_dmap(s->m);
	uint64_t before = c->count;

	CHECK_EQ(bt_word(s->m) & ~BT_W, BT_X);
	c->owner = i;
	md_spin_hint();
	c->count = before + 1;
	CHECK_EQ(c->owner, i);
	s->exclusive[i]++;
}

static void
be_shared(struct stress *s)
{
	struct contents *c = vm_page_dmap(s->m);
	uint64_t count = c->count, owner = c->owner;

	CHECK(vm_page_sbusied(s->m));
	md_spin_hint();
	CHECK_EQ(c->count, count);
	CHECK_EQ(c->owner, owner);
}

static void
one_round(struct stress *s, unsigned i, unsigned what)
{
	switch (what) {
	case 0:
	case 1:
		wait_for(s, vm_page_tryxbusy);
		be_exclusive(s, i);
		vm_page_xunbusy(s->m);
		break;
	case 2:
		wait_for(s, vm_page_tryxbusy);
		be_exclusive(s, i);
		vm_page_busy_downgrade(s->m);
		be_shared(s);
		vm_page_sunbusy(s->m);
		break;
	case 3:
		vm_page_lock(s->m);
		vm_page_flash(s->m);
		vm_page_unlock(s->m);
		break;
	default:
		wait_for(s, vm_page_trysbusy);
		be_shared(s);
		vm_page_sunbusy(s->m);
		break;
	}
	check_reachable(bt_word(s->m));
}

static void
stress_thread(void *arg, unsigned i)
{
	struct stress *s = arg;
	uint64_t seed = i + 1;
	unsigned n;

	if (i == WORKERS) {
		while (atomic_load_acq_int(&s->done) < WORKERS) {
			check_reachable(bt_word(s->m));
			md_spin_hint();
		}
		return;
	}
	for (n = 0; n < ROUNDS; n++)
		one_round(s, i, test_random(&seed) % 8);
	atomic_fetchadd_int(&s->done, 1);
}

LAB_TEST(busy_stress)
{
	struct stress s = { .done = 0 };
	struct contents *c;
	uint64_t sum = 0;
	unsigned i;

	test_boot(BT_FRAMES);
	s.object = vm_object_allocate(OBJT_DEFAULT, 10);
	s.m = bt_page(s.object, 3, BT_U);
	c = vm_page_dmap(s.m);
	c->count = 0;
	c->owner = WORKERS;
	test_threads(WORKERS + 1, stress_thread, &s);
	for (i = 0; i < WORKERS; i++)
		sum += s.exclusive[i];
	CHECK_EQ(c->count, sum);
	CHECK(sum > 0);
	CHECK_EQ(bt_word(s.m), BT_U);
	CHECK_EQ(sleepq_sleepers(s.m), 0);
	vm_object_deallocate(s.object);
	test_end();
}
#endif /* TEST_SYNCHRONISED */
