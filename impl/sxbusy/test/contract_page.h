/*
 * A call of each row of <vm/page_contract.h>, 10.0.
 */
#ifndef CONTRACT_PAGE_H
#define	CONTRACT_PAGE_H

#include <unit/contract_test.h>

CT_CALL(vm_page_busied, ct_xbusied, CHECK(vm_page_busied(ct.m)));
CT_CALL(vm_page_xbusied, ct_xbusied, CHECK(vm_page_xbusied(ct.m)));
CT_CALL(vm_page_sbusied, ct_sbusied, CHECK(vm_page_sbusied(ct.m)));
CT_CALL(vm_page_assert_sbusied, ct_sbusied, vm_page_assert_sbusied(ct.m));
CT_CALL(vm_page_assert_unbusied, ct_plain, vm_page_assert_unbusied(ct.m));
CT_CALL(vm_page_assert_xbusied, ct_xbusied, vm_page_assert_xbusied(ct.m));
CT_CALL(vm_page_tryxbusy, ct_plain, CHECK(vm_page_tryxbusy(ct.m)));
CT_CALL(vm_page_trysbusy, ct_plain, CHECK(vm_page_trysbusy(ct.m)));
CT_CALL(vm_page_xbusy, ct_plain, vm_page_xbusy(ct.m));
CT_CALL(vm_page_sbusy, ct_plain, vm_page_sbusy(ct.m));
CT_CALL(vm_page_xunbusy, ct_xbusied, vm_page_xunbusy(ct.m));
CT_CALL(vm_page_xunbusy_hard, ct_xbusied, vm_page_xunbusy_hard(ct.m));
CT_CALL(vm_page_sunbusy, ct_sbusied, vm_page_sunbusy(ct.m));
CT_CALL(vm_page_busy_downgrade, ct_xbusied, vm_page_busy_downgrade(ct.m));
CT_CALL(vm_page_busy_sleep, ct_plain, vm_page_busy_sleep(ct.m, "test"),
    CT_WHILE_XBUSIED, .cc_wrong_busy = true);
CT_CALL(vm_page_sleep_if_busy, ct_plain,
    (void)vm_page_sleep_if_busy(ct.m, "test"), CT_WHILE_XBUSIED);
CT_CALL(vm_page_flash, ct_xbusied, vm_page_flash(ct.m));
CT_CALL(vm_page_readahead_finish, ct_xbusied,
    vm_page_readahead_finish(ct.m));

#endif /* CONTRACT_PAGE_H */
