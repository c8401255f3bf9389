/*
 * What the tests of a unit share: becoming threads of the unit.
 *
 * It must be inside the unit, because kern_init() and curthread are.
 */
#include <sys/proc.h>
#include <lab_test.h>

unsigned	test_seconds;

struct test_group {
	void		(*tg_fn)(void *, unsigned);
	void		*tg_arg;
};

void
test_enter(void (*fn)(void))
{
	kern_init();
	kern_thread_attach(0);
	fn();
	kern_thread_detach();
}

static void
group_main(void *arg, unsigned i)
{
	struct test_group *tg = arg;

	kern_thread_attach(i + 1);
	tg->tg_fn(tg->tg_arg, i);
	kern_thread_detach();
}

void
test_threads(unsigned n, void (*fn)(void *arg, unsigned i), void *arg)
{
	struct test_group tg = { fn, arg };

	md_run(n, group_main, &tg);
}
