/*
 * Where who waits for a page from swap sleeps:
 * on the page, and says so by VPO_WANTED.
 */
#include <test/unit/swap_test.h>

#if TEST_SYNCHRONISED
static void
read_and_serve(void *arg, unsigned i)
{
	vm_page_t m;

	(void)arg;
	if (i == 0) {
		CHECK_EQ(ft_load(st_vm, FT_VA(0)), st_word(0));
		swap_iod_stop();
		return;
	}
	while ((m = ft_page(st_object, 0)) == NULL)
		md_spin_hint();
	test_await_sleepers(m, 1);
	CHECK_EQ(sleepq_sleepers(&st_object->paging_in_progress), 0);
	pv_object_lock(st_object);
	CHECK((m->oflags & VPO_WANTED) != 0);
	CHECK((m->oflags & VPO_SWAPINPROG) != 0);
	CHECK(pv_xbusied(m));
	pv_object_unlock(st_object);
	swap_iod();
	pv_object_lock(st_object);
	CHECK_EQ(m->oflags & (VPO_WANTED | VPO_SWAPINPROG), 0);
	pv_object_unlock(st_object);
}

LAB_TEST(swap_sleep)
{
	st_setup(1, 8);
	st_out(0, 1);
	swap_iod_begin();
	test_threads(2, read_and_serve, NULL);
	st_teardown();
}
#endif /* TEST_SYNCHRONISED */
