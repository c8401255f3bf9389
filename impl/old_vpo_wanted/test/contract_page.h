/*
 * A call of each row of <vm/page_contract.h>, 9.x.
 */
#ifndef CONTRACT_PAGE_H
#define	CONTRACT_PAGE_H

#include <unit/contract_test.h>

CT_CALL(vm_page_busy, ct_plain, vm_page_busy(ct.m));
CT_CALL(vm_page_wakeup, ct_xbusied, vm_page_wakeup(ct.m));
CT_CALL(vm_page_flash, ct_xbusied, vm_page_flash(ct.m));
CT_CALL(vm_page_io_start, ct_plain, vm_page_io_start(ct.m));
CT_CALL(vm_page_io_finish, ct_sbusied, vm_page_io_finish(ct.m));
/* It does not ask whether the page is busy. */
CT_CALL(vm_page_sleep, ct_plain, vm_page_sleep(ct.m, "test"),
    CT_WHILE_XBUSIED, .cc_always = true);
CT_CALL(vm_page_sleep_if_busy, ct_plain,
    (void)vm_page_sleep_if_busy(ct.m, 1, "test"),
    CT_WHILE_XBUSIED, .cc_wrong_busy = true);
CT_CALL(vm_page_readahead_finish, ct_xbusied,
    vm_page_readahead_finish(ct.m));

#endif /* CONTRACT_PAGE_H */
