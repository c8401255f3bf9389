/*
 * A call of each row of <vm/lock_contract.h>, 10.0: those of every rwlock, and
 * the change of its mode.
 */
#ifndef CONTRACT_LOCK_H
#define	CONTRACT_LOCK_H

#include <unit/contract_rwlock.h>

CT_CALL(VM_OBJECT_TRYUPGRADE, ct_plain,
    CHECK(VM_OBJECT_TRYUPGRADE(ct.object)); CHECK(ct_wlocked()));
CT_CALL(VM_OBJECT_LOCK_DOWNGRADE, ct_plain,
    VM_OBJECT_LOCK_DOWNGRADE(ct.object); CHECK(ct_rlocked()));
CT_CALL(VM_OBJECT_ASSERT_UNLOCKED, ct_plain,
    VM_OBJECT_ASSERT_UNLOCKED(ct.object));

#endif /* CONTRACT_LOCK_H */
