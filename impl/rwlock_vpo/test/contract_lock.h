/*
 * A call of each row of <vm/lock_contract.h>, r248084: those of every rwlock.
 */
#include <unit/contract_rwlock.h>
