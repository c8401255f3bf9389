/*
 * Contracts of the busy KPI, r254138.  The words are in <vm/vm_contract.h>.
 *
 * To busy wants the object's lock, in either mode: the manual page and the
 * commit's log say so, no code asks.  To unbusy wants it by the manual page
 * alone; the log, and the reason for the change, have it go without, and so
 * have these rows (docs/KPI.md).
 */
CONTRACT(vm_page_busied, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_xbusied, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_sbusied, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_assert_sbusied, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_assert_unbusied, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_assert_xbusied, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_tryxbusy, READ, ANY, NO, DOCUMENTED)
CONTRACT(vm_page_trysbusy, READ, ANY, NO, DOCUMENTED)
CONTRACT(vm_page_xbusy, READ, ANY, NO, DOCUMENTED)
CONTRACT(vm_page_sbusy, READ, ANY, NO, DOCUMENTED)
/*
 * FreeBSD notices a page lock that is held when there are waiters to wake and
 * the lock is taken a second time; here it is asserted at every call.
 */
CONTRACT(vm_page_xunbusy, NONE, FREE, NO, CHECKED)
CONTRACT(vm_page_xunbusy_hard, NONE, FREE, NO, CHECKED)
CONTRACT(vm_page_sunbusy, NONE, FREE, NO, CHECKED)
CONTRACT(vm_page_busy_downgrade, NONE, ANY, NO, CHECKED)
CONTRACT(vm_page_busy_sleep, NONE, HELD, PAGE, CHECKED)
CONTRACT(vm_page_sleep_if_busy, WRITE, FREE, OBJECT, CHECKED)
CONTRACT(vm_page_flash, NONE, HELD, NO, CHECKED)
CONTRACT(vm_page_readahead_finish, WRITE, FREE, NO, CHECKED)
