/*
 * The numbers of the KPI are 9.x's.
 *
 * Facts: FreeBSD 9.3 sys/vm/vm_page.h.  Checked as the tests run, and not by
 * the compiler: an implementation that is copied from here and numbers a flag
 * anew still builds, and `make kpi' can say what changed.
 */
#include "busy_test.h"

LAB_TEST(kpi_values)
{
	CHECK_EQ(VPO_BUSY, 0x0001);
	CHECK_EQ(VPO_WANTED, 0x0002);
	CHECK_EQ(VPO_UNMANAGED, 0x0004);
	CHECK_EQ(VPO_SWAPINPROG, 0x0200);
	CHECK_EQ(VPO_NOSYNC, 0x0400);
	CHECK_EQ(VM_ALLOC_RETRY, 0x0080);
	CHECK_EQ(VM_ALLOC_NOBUSY, 0x0200);
	CHECK_EQ(VM_ALLOC_NOOBJ, 0x0100);
	CHECK_EQ(VM_ALLOC_IGN_SBUSY, 0x1000);
	CHECK_EQ(VM_ALLOC_WIRED, 0x20);
	CHECK_EQ(VM_ALLOC_ZERO, 0x40);
	CHECK_EQ(VM_ALLOC_COUNT(3), 3 << 16);
}

/* Who asks for it, as r254138's consumers do, has to hear that it is gone. */
LAB_TEST(kpi_no_name_of_the_other)
{
#ifdef VM_ALLOC_SBUSY
	CHECK(!"VM_ALLOC_SBUSY is the other KPI's");
#endif
}

LAB_TEST(kpi_widths)
{
	/* At most 255 soft busies. */
	CHECK_EQ(sizeof(((vm_page_t)NULL)->busy), 1);
	CHECK_EQ(sizeof(((vm_page_t)NULL)->oflags), 2);	/* u_short */
}
