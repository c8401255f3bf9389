/*
 * Pages wired and held while others throw them out of their object: a held one
 * is freed by its last holder, a wired one stays.
 */
#include "soak.h"

#if TEST_SYNCHRONISED
#define	PAGES	4

static vm_object_t	object;

static void
wire_begin(void)
{
	object = vm_object_allocate(OBJT_DEFAULT, PAGES);
}

/* A page that is there, and the caller's by a hold or a wire. */
static vm_page_t
get(vm_pindex_t i, bool wire)
{
	vm_page_t m = pv_grab(object, i, VM_ALLOC_NORMAL | VM_ALLOC_ZERO);

	vm_page_lock(m);
	if (wire)
		vm_page_wire(m);
	else
		vm_page_hold(m);
	vm_page_unlock(m);
	pv_xunbusy(m);
	return (m);
}

static void
put(vm_page_t m, bool wire)
{
	vm_page_lock(m);
	if (wire)
		vm_page_unwire(m, PQ_INACTIVE);
	else
		vm_page_unhold(m);
	vm_page_unlock(m);
}

static void
wire_run(unsigned worker, uint64_t *seed)
{
	vm_pindex_t i = test_random(seed) % PAGES;
	bool wire = test_random(seed) % 2 == 0;
	vm_page_t m;

	(void)worker;
	if (test_random(seed) % 4 == 0) {
		pv_object_lock(object);
		vm_object_page_remove(object, i, i + 1);
		pv_object_unlock(object);
		return;
	}
	m = get(i, wire);
	md_spin_hint();
	CHECK((m->flags & PG_FREE) == 0);
	put(m, wire);
}

static void
wire_end(void)
{
	vm_object_deallocate(object);
}

const struct soak_op soak_wire = { "wire", 2, wire_begin, wire_end, wire_run };
#endif /* TEST_SYNCHRONISED */
