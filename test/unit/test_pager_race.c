/*
 * A look-up by handle against the end of what it finds: the object returned is
 * alive, its list has one living object, and no end is missed.
 *
 * Method: threads allocate, look at and let go of the object of one handle,
 * so that almost every reference is the first or the last.  Tried on 20 seeds
 * of the virtual machine, old_vpo_wanted and sxbusy: OBJ_DEAD tested before the
 * object is locked is found by 19 and 18 of them, the reference taken in a
 * second hold of the lock by 12 and 7; the list not looked through again after
 * an allocation by 11 (sxbusy).
 */
#include "vm_test.h"
#include <vm/vm_pager.h>

#if TEST_SYNCHRONISED
#define	FRAMES	256
#define	THREADS	4
#define	ROUNDS	60

static char	key;		/* its address is the handle */
static struct pager_race {
	enum obj_type	type;
} r;

static void
hammer(void *arg, unsigned i)
{
	vm_object_t object;
	unsigned n;

	(void)arg;
	for (n = 0; n < ROUNDS; n++) {
		object = vm_pager_allocate(r.type, &key, (1 + n % 3 + i) *
		    PAGE_SIZE, VM_PROT_RW, 0, NULL);
		CHECK(object != NULL);
		pv_object_lock(object);
		CHECK((object->flags & OBJ_DEAD) == 0);
		CHECK(object->ref_count > 0);
		CHECK_EQ(object->type, r.type);
		CHECK(object->handle == &key);
		pv_object_unlock(object);
		CHECK(atomic_load_64(&object->size) >= 1 + n % 3 + i);
		vm_object_deallocate(object);
	}
}

/* Everybody holds a reference while all compare: it is one object. */
static void
same(void *arg, unsigned i)
{
	volatile uintptr_t *mine = arg;
	vm_object_t object;
	unsigned n;

	object = vm_pager_allocate(r.type, &key, PAGE_SIZE, VM_PROT_RW, 0,
	    NULL);
	atomic_store_rel_ptr(&mine[i], (uintptr_t)object);
	for (n = 0; n < THREADS; n++) {
		while (atomic_load_acq_ptr(&mine[n]) == 0)
			md_spin_hint();
		CHECK_EQ(mine[n], (uintptr_t)object);
	}
}

LAB_TEST(pager_race_phys)
{
	test_boot(FRAMES);
	r.type = OBJT_PHYS;
	test_threads(THREADS, hammer, NULL);
	test_end();
}

LAB_TEST(pager_race_phys_one_object)
{
	volatile uintptr_t mine[THREADS] = { 0 };

	test_boot(FRAMES);
	r.type = OBJT_PHYS;
	test_threads(THREADS, same, (void *)(uintptr_t)mine);
	for (unsigned i = 0; i < THREADS; i++)
		vm_object_deallocate((vm_object_t)mine[i]);
	test_end();
}
#endif
