/*
 * The numbers of the KPI are r254138's.
 *
 * Facts: FreeBSD r254138 sys/vm/vm_page.h.  Checked as the tests run, and not
 * by the compiler: an implementation that is copied from here and numbers a
 * flag anew still builds, and `make kpi' can say what changed.
 */
#include "busy_test.h"

LAB_TEST(kpi_values)
{
	CHECK_EQ(VPB_BIT_SHARED, 0x01);
	CHECK_EQ(VPB_BIT_EXCLUSIVE, 0x02);
	CHECK_EQ(VPB_BIT_WAITERS, 0x04);
	CHECK_EQ(VPB_BIT_FLAGMASK, 0x07);
	CHECK_EQ(VPB_SHARERS_SHIFT, 3);
	CHECK_EQ(VPB_ONE_SHARER, 0x08);
	CHECK_EQ(VPB_SHARERS_WORD(0), 0x01);
	CHECK_EQ(VPB_SHARERS_WORD(5), 0x29);
	CHECK_EQ(VPB_SHARERS(0x2d), 5);
	CHECK_EQ(VPB_SHARERS(VPB_SHARERS_WORD(0x1fffffffu)), 0x1fffffffu);
	CHECK_EQ(VPB_UNBUSIED, 0x01);
	CHECK_EQ(VPB_SINGLE_EXCLUSIVER, 0x02);
	CHECK_EQ(VPO_UNUSED01, 0x01);
	CHECK_EQ(VPO_SWAPSLEEP, 0x02);
	CHECK_EQ(VPO_UNMANAGED, 0x04);
	CHECK_EQ(VPO_SWAPINPROG, 0x08);
	CHECK_EQ(VPO_NOSYNC, 0x10);
	CHECK_EQ(VM_ALLOC_SBUSY, 0x4000);
	CHECK_EQ(VM_ALLOC_NOBUSY, 0x0200);
	CHECK_EQ(VM_ALLOC_NOOBJ, 0x0100);
	CHECK_EQ(VM_ALLOC_IGN_SBUSY, 0x1000);
	CHECK_EQ(VM_ALLOC_WIRED, 0x20);
	CHECK_EQ(VM_ALLOC_ZERO, 0x40);
	CHECK_EQ(VM_ALLOC_COUNT(3), 3 << 16);
}

/* Who asks for it, as 9.x's consumers do, has to hear that it is gone. */
LAB_TEST(kpi_no_name_of_the_other)
{
#ifdef VM_ALLOC_RETRY
	CHECK(!"VM_ALLOC_RETRY is the other KPI's");
#endif
}

LAB_TEST(kpi_widths)
{
	CHECK_EQ(sizeof(((vm_page_t)NULL)->busy_lock), 4);	/* bytes */
}
