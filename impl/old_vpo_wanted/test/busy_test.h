/*
 * What the tests of VPO_BUSY, VPO_WANTED and the count share: a page in a
 * given state, and threads that sleep on one.
 *
 * The flags are written in bare numbers, FreeBSD's, so that a wrong value in
 * <vm/vm_page_busy.h> cannot hide behind itself.  WANTED is never poked: a
 * thread really sleeps.
 */
#ifndef BUSY_TEST_H
#define	BUSY_TEST_H

#include <unit/vm_test.h>

#define	BT_FRAMES	512
#define	BT_B		0x0001u		/* VPO_BUSY */
#define	BT_W		0x0002u		/* VPO_WANTED */

/* A new page at pindex, object locked. */
static inline vm_page_t
bt_page(vm_object_t object, vm_pindex_t pindex, unsigned oflags, unsigned busy)
{
	vm_page_t m;

	m = vm_page_alloc(object, pindex, VM_ALLOC_NOBUSY);
	CHECK(m != NULL);
	while (m->busy < busy)
		vm_page_io_start(m);
	if ((oflags & BT_B) != 0)
		vm_page_busy(m);
	return (m);
}

/* End whatever busy there is; object locked. */
static inline void
bt_settle(vm_page_t m)
{
	if ((m->oflags & BT_B) != 0)
		vm_page_wakeup(m);
	while (m->busy > 0)
		vm_page_io_finish(m);
}

/* Boot, with an object, locked. */
static inline vm_object_t
bt_boot(void)
{
	vm_object_t object;

	test_boot(BT_FRAMES);
	object = vm_object_allocate(OBJT_DEFAULT, 10);
	VM_OBJECT_LOCK(object);
	return (object);
}

/* Object locked. */
static inline void
bt_end(vm_object_t object)
{
	VM_OBJECT_UNLOCK(object);
	vm_object_deallocate(object);
	test_end();
}

#endif /* BUSY_TEST_H */
