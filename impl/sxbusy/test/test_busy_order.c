/*
 * The busy word's memory ordering: what was done to a page before its busy
 * ended is seen by who busies it next, with no lock between the two.
 *
 * Each test lets one thread use the page plainly and release it, while another
 * tries until it has it and uses it plainly too, holding no lock that could
 * order them instead.  ThreadSanitizer is the judge; elsewhere the value read
 * is.  impl/null inherits this folder and orders nothing.
 */
#include "busy_test.h"

#if TEST_SYNCHRONISED
#define	VALUE	0x9e3779b97f4a7c15ULL

struct order {
	vm_page_t	m;
	void		(*release)(vm_page_t m);
	bool		(*acquire)(vm_page_t m);
	bool		exclusive;	/* the releaser's busy was */
	bool		writes;		/* the acquirer may */
	bool		sleeper;	/* a third thread sleeps meanwhile */
	unsigned	sharers;	/* a third thread shares, if 2 */
};

static void
releaser(struct order *o)
{
	uint64_t *p = vm_page_dmap(o->m);

	if (o->sleeper)
		test_await_sleepers(o->m, 1);
	if (o->exclusive)
		*p = VALUE;
	else
		CHECK_EQ(*p, VALUE);
	o->release(o->m);
}

static void
acquirer(struct order *o)
{
	uint64_t *p = vm_page_dmap(o->m);

	while (!o->acquire(o->m))
		md_spin_hint();
	CHECK_EQ(*p, VALUE);
	if (o->writes)
		*p = 0;
}

static void
order_thread(void *arg, unsigned i)
{
	struct order *o = arg;

	if (i == 1)
		acquirer(o);
	else if (i == 2 && o->sleeper)
		bt_sleep(o->m);
	else if (i == 0 || o->sharers > 1)
		releaser(o);
}

static void
order(struct order o)
{
	vm_object_t object;
	uint64_t *p;

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	o.m = bt_page(object, 3, o.exclusive ? BT_X : BT_S(o.sharers));
	p = vm_page_dmap(o.m);
	*p = o.exclusive ? 0 : VALUE;
	test_threads(3, order_thread, &o);
	bt_settle(o.m);
	vm_object_deallocate(object);
	test_end();
}

static void
xunbusy(vm_page_t m)
{
	vm_page_xunbusy(m);
}

static bool
tryxbusy(vm_page_t m)
{
	return (vm_page_tryxbusy(m) != 0);
}

static bool
trysbusy(vm_page_t m)
{
	return (vm_page_trysbusy(m) != 0);
}

static bool
not_busied(vm_page_t m)
{
	return (!vm_page_busied(m));
}

static bool
not_xbusied(vm_page_t m)
{
	return (!vm_page_xbusied(m));
}

static bool
not_sbusied(vm_page_t m)
{
	return (!vm_page_sbusied(m));
}

LAB_TEST(busy_order_xunbusy)
{
	order((struct order){ .release = xunbusy, .exclusive = true,
	    .acquire = tryxbusy, .writes = true });
	order((struct order){ .release = xunbusy, .exclusive = true,
	    .acquire = trysbusy });
	order((struct order){ .release = xunbusy, .exclusive = true,
	    .acquire = tryxbusy, .writes = true, .sleeper = true });
	order((struct order){ .release = xunbusy, .exclusive = true,
	    .acquire = trysbusy, .sleeper = true });
}

LAB_TEST(busy_order_sunbusy)
{
	order((struct order){ .release = vm_page_sunbusy, .sharers = 1,
	    .acquire = tryxbusy, .writes = true });
	order((struct order){ .release = vm_page_sunbusy, .sharers = 2,
	    .acquire = tryxbusy, .writes = true });
	order((struct order){ .release = vm_page_sunbusy, .sharers = 1,
	    .acquire = tryxbusy, .writes = true, .sleeper = true });
}

LAB_TEST(busy_order_downgrade)
{
	order((struct order){ .release = vm_page_busy_downgrade,
	    .exclusive = true, .acquire = trysbusy });
	order((struct order){ .release = vm_page_busy_downgrade,
	    .exclusive = true, .acquire = not_xbusied });
}

/* Who finds it unbusied under the write lock does not busy it to free it. */
LAB_TEST(busy_order_predicates)
{
	order((struct order){ .release = xunbusy, .exclusive = true,
	    .acquire = not_busied, .writes = true });
	order((struct order){ .release = xunbusy, .exclusive = true,
	    .acquire = not_xbusied, .writes = true });
	order((struct order){ .release = vm_page_sunbusy, .sharers = 2,
	    .acquire = not_busied, .writes = true });
	order((struct order){ .release = vm_page_sunbusy, .sharers = 1,
	    .acquire = not_sbusied, .writes = true });
}
#endif /* TEST_SYNCHRONISED */
