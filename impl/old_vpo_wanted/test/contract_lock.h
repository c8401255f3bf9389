/*
 * A call of each row of <vm/lock_contract.h>, 9.x: the object's mutex.
 */
#ifndef CONTRACT_LOCK_H
#define	CONTRACT_LOCK_H

#include <unit/contract_test.h>

/* The lock, for lock_held(); and whether it can be held to read. */
#define	CT_OBJECT_LOCK(object)	(&(object)->mtx.lock_object)
#define	CT_HAS_READ		0

static struct vm_object ct_fresh;

static void
ct_lock_made(void)
{
	VM_OBJECT_LOCK_INIT(&ct_fresh, "vm object");
}

/* Is the object's lock this thread's? */
static bool
ct_owned(void)
{
	return (lock_held(CT_OBJECT_LOCK(ct.object)) != NULL);
}

CT_CALL(VM_OBJECT_LOCK_INIT, ct_plain, ct_lock_made());
CT_CALL(VM_OBJECT_LOCK_DESTROY, ct_lock_made,
    VM_OBJECT_LOCK_DESTROY(&ct_fresh));
CT_CALL(VM_OBJECT_LOCK, ct_plain, VM_OBJECT_LOCK(ct.object);
    CHECK(ct_owned()));
CT_CALL(VM_OBJECT_TRYLOCK, ct_plain, CHECK(VM_OBJECT_TRYLOCK(ct.object));
    CHECK(ct_owned()));
CT_CALL(VM_OBJECT_UNLOCK, ct_plain, VM_OBJECT_UNLOCK(ct.object);
    CHECK(!ct_owned()));
CT_CALL(VM_OBJECT_LOCKED, ct_plain,
    CHECK_EQ(VM_OBJECT_LOCKED(ct.object) != 0, ct_owned()));
CT_CALL(VM_OBJECT_LOCK_ASSERT, ct_plain,
    VM_OBJECT_LOCK_ASSERT(ct.object, MA_OWNED));
CT_CALL(VM_OBJECT_MTX, ct_plain, CHECK_EQ(mtx_owned(VM_OBJECT_MTX(ct.object)),
    ct_owned()));

#endif /* CONTRACT_LOCK_H */
