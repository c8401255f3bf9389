/*
 * A call of each row that implementations have whose object lock is an
 * rwlock: what r248084 brought.
 */
#ifndef TEST_CONTRACT_RWLOCK_H
#define	TEST_CONTRACT_RWLOCK_H

#include "contract_test.h"

/* The lock, for lock_held(); and whether it can be held to read. */
#define	CT_OBJECT_LOCK(object)	(&(object)->lock.lock_object)
#define	CT_HAS_READ		1

static struct vm_object ct_fresh;

static void
ct_lock_made(void)
{
	VM_OBJECT_LOCK_INIT(&ct_fresh, "vm object");
}

/* Is it held to write, or to read? */
static bool
ct_wlocked(void)
{
	return (rw_wowned(&ct.object->lock) != 0);
}

static bool
ct_rlocked(void)
{
	return (lock_held(CT_OBJECT_LOCK(ct.object)) != NULL && !ct_wlocked());
}

static const void *
ct_on_size(void)
{
	return (&ct.object->size);
}

static void
ct_wake_size(void)
{
	wakeup(ct_on_size());
}

CT_CALL(VM_OBJECT_LOCK_INIT, ct_plain, ct_lock_made());
CT_CALL(VM_OBJECT_LOCK_DESTROY, ct_lock_made,
    VM_OBJECT_LOCK_DESTROY(&ct_fresh));
CT_CALL(VM_OBJECT_RLOCK, ct_plain, VM_OBJECT_RLOCK(ct.object);
    CHECK(ct_rlocked()));
CT_CALL(VM_OBJECT_TRYRLOCK, ct_plain, CHECK(VM_OBJECT_TRYRLOCK(ct.object));
    CHECK(ct_rlocked()));
CT_CALL(VM_OBJECT_RUNLOCK, ct_plain, VM_OBJECT_RUNLOCK(ct.object);
    CHECK(!ct_rlocked()));
CT_CALL(VM_OBJECT_WLOCK, ct_plain, VM_OBJECT_WLOCK(ct.object);
    CHECK(ct_wlocked()));
CT_CALL(VM_OBJECT_TRYWLOCK, ct_plain, CHECK(VM_OBJECT_TRYWLOCK(ct.object));
    CHECK(ct_wlocked()));
CT_CALL(VM_OBJECT_WUNLOCK, ct_plain, VM_OBJECT_WUNLOCK(ct.object);
    CHECK(!ct_wlocked()));
CT_CALL(VM_OBJECT_SLEEP, ct_plain,
    VM_OBJECT_SLEEP(ct.object, ct_on_size(), PVM, "test", ct.timo_ns),
    .cc_busy = ct_plain, .cc_channel = ct_on_size, .cc_wake = ct_wake_size);
CT_CALL(VM_OBJECT_ASSERT_LOCKED, ct_plain, VM_OBJECT_ASSERT_LOCKED(ct.object));
CT_CALL(VM_OBJECT_ASSERT_RLOCKED, ct_plain,
    VM_OBJECT_ASSERT_RLOCKED(ct.object));
CT_CALL(VM_OBJECT_ASSERT_WLOCKED, ct_plain,
    VM_OBJECT_ASSERT_WLOCKED(ct.object));

#endif /* TEST_CONTRACT_RWLOCK_H */
