/*
 * A call of each row of <vm/grab_contract.h>, 10.0.  Wiring is what takes the
 * page lock when the page is there and free.
 */
#ifndef CONTRACT_GRAB_H
#define	CONTRACT_GRAB_H

#include <unit/contract_test.h>

CT_CALL(vm_page_grab, ct_plain,
    CHECK(vm_page_grab(ct.object, CT_PINDEX, VM_ALLOC_WIRED) == ct.m),
    CT_WHILE_XBUSIED);

#endif /* CONTRACT_GRAB_H */
