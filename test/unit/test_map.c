/*
 * The map: what may be inserted, what clipping leaves, and what a look-up
 * makes of an entry that still lacks its object or its shadow.
 */
#include "fault_test.h"

static struct vmspace *vm;
static vm_map_t map;

static void
setup(void)
{
	test_boot(FT_FRAMES);
	vm = vmspace_alloc();
	map = &vm->vm_map;
}

static void
teardown(void)
{
	vmspace_free(vm);
	test_end();
}

static int
insert(vm_offset_t start, vm_offset_t end)
{
	return (vm_map_insert(map, NULL, 0, start, end, VM_PROT_RW, 0));
}

LAB_TEST(map_insert_refuses)
{
	setup();
	CHECK_EQ(insert(FT_VA(4), FT_VA(8)), KERN_SUCCESS);
	CHECK_EQ(insert(FT_VA(0), FT_VA(0)), KERN_INVALID_ADDRESS);
	CHECK_EQ(insert(FT_VA(1), FT_VA(0)), KERN_INVALID_ADDRESS);
	CHECK_EQ(insert(FT_VA(0) + 8, FT_VA(1)), KERN_INVALID_ADDRESS);
	CHECK_EQ(insert(FT_VA(0), FT_VA(1) + 1), KERN_INVALID_ADDRESS);
	CHECK_EQ(insert(VM_MAXUSER_ADDRESS, VM_MAXUSER_ADDRESS + PAGE_SIZE),
	    KERN_INVALID_ADDRESS);
	CHECK_EQ(vm_map_insert(map, NULL, 1, FT_VA(0), FT_VA(1), VM_PROT_RW,
	    0), KERN_INVALID_ADDRESS);
	CHECK_EQ(insert(FT_VA(4), FT_VA(8)), KERN_NO_SPACE);
	CHECK_EQ(insert(FT_VA(3), FT_VA(5)), KERN_NO_SPACE);
	CHECK_EQ(insert(FT_VA(7), FT_VA(9)), KERN_NO_SPACE);
	CHECK_EQ(insert(FT_VA(5), FT_VA(6)), KERN_NO_SPACE);
	CHECK_EQ(insert(FT_VA(0), FT_VA(20)), KERN_NO_SPACE);
	CHECK_EQ(insert(FT_VA(0), FT_VA(4)), KERN_SUCCESS);
	CHECK_EQ(insert(FT_VA(8), FT_VA(9)), KERN_SUCCESS);
	/* The last was put into the first, next to which it is. */
	CHECK_EQ(map->nentries, 2);
	CHECK_EQ(vm_map_entries(), 2);
	teardown();
}

LAB_TEST(map_refused_insert_keeps_the_reference)
{
	vm_object_t object;

	setup();
	object = vm_object_allocate(OBJT_DEFAULT, 4);
	CHECK_EQ(insert(FT_VA(0), FT_VA(1)), KERN_SUCCESS);
	CHECK_EQ(vm_map_insert(map, object, 0, FT_VA(0), FT_VA(4),
	    VM_PROT_RW, 0), KERN_NO_SPACE);
	CHECK_EQ(object->ref_count, 1);
	vm_object_deallocate(object);
	teardown();
}

LAB_TEST(map_entries_of_many)
{
	unsigned i;

	setup();
	for (i = 0; i < 300; i++)
		CHECK_EQ(insert(FT_VA(2 * ((i * 7) % 300)),
		    FT_VA(2 * ((i * 7) % 300) + 1)), KERN_SUCCESS);
	sx_slock(&map->lock);
	for (i = 0; i < 300; i++) {
		CHECK_EQ(vm_map_entry_above(map, FT_VA(2 * i))->start,
		    FT_VA(2 * i));
		CHECK(i == 299 || vm_map_entry_above(map,
		    FT_VA(2 * i + 1))->start == FT_VA(2 * i + 2));
	}
	CHECK(vm_map_entry_above(map, FT_VA(599)) == NULL);
	sx_sunlock(&map->lock);
	CHECK_EQ(vm_map_remove(map, FT_VA(0), FT_VA(300)), KERN_SUCCESS);
	CHECK_EQ(map->nentries, 150);
	teardown();
}

LAB_TEST(map_remove_clips)
{
	setup();
	CHECK_EQ(insert(FT_VA(0), FT_VA(10)), KERN_SUCCESS);
	ft_store(vm, FT_VA(0), 10);
	ft_store(vm, FT_VA(4), 14);
	ft_store(vm, FT_VA(9), 19);
	CHECK_EQ(vm_map_remove(map, FT_VA(3), FT_VA(6)), KERN_SUCCESS);
	CHECK_EQ(map->nentries, 2);
	CHECK_EQ(ft_fault(vm, FT_VA(3), VM_PROT_READ), KERN_INVALID_ADDRESS);
	CHECK_EQ(ft_fault(vm, FT_VA(5), VM_PROT_READ), KERN_INVALID_ADDRESS);
	CHECK(pmap_access(&vm->vm_pmap, FT_VA(4), VM_PROT_READ) == NULL);
	CHECK_EQ(ft_load(vm, FT_VA(0)), 10);
	CHECK_EQ(ft_load(vm, FT_VA(9)), 19);
	/* The second half still finds its page when it has to fault. */
	pmap_remove(&vm->vm_pmap, FT_VA(0), FT_VA(10));
	CHECK_EQ(ft_load(vm, FT_VA(9)), 19);
	CHECK_EQ(vm_map_remove(map, FT_VA(1) + 1, FT_VA(6)),
	    KERN_INVALID_ADDRESS);
	teardown();
}

LAB_TEST(map_protect_clips)
{
	setup();
	CHECK_EQ(insert(FT_VA(0), FT_VA(10)), KERN_SUCCESS);
	ft_store(vm, FT_VA(4), 14);
	CHECK_EQ(vm_map_protect(map, FT_VA(4), FT_VA(5), VM_PROT_READ),
	    KERN_SUCCESS);
	CHECK_EQ(map->nentries, 3);
	CHECK(pmap_access(&vm->vm_pmap, FT_VA(4), VM_PROT_WRITE) == NULL);
	CHECK_EQ(ft_fault(vm, FT_VA(4), VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE);
	CHECK_EQ(ft_load(vm, FT_VA(4)), 14);
	ft_store(vm, FT_VA(3), 13);
	ft_store(vm, FT_VA(5), 15);
	CHECK_EQ(vm_map_protect(map, FT_VA(0), FT_VA(10), VM_PROT_NONE),
	    KERN_SUCCESS);
	CHECK_EQ(vm->vm_pmap.pm_resident, 0);
	CHECK_EQ(ft_fault(vm, FT_VA(5), VM_PROT_READ),
	    KERN_PROTECTION_FAILURE);
	CHECK_EQ(vm_map_protect(map, FT_VA(0), FT_VA(10), VM_PROT_RW),
	    KERN_SUCCESS);
	CHECK_EQ(ft_load(vm, FT_VA(5)), 15);
	ft_store(vm, FT_VA(4), 24);
	teardown();
}

/* A look-up makes the first object, and not a second one. */
LAB_TEST(map_lookup_makes_object)
{
	vm_map_entry_t e;
	vm_object_t first, again;
	vm_pindex_t pindex;
	vm_prot_t prot;
	unsigned before;
	bool wired;

	setup();
	CHECK_EQ(insert(FT_VA(0), FT_VA(8)), KERN_SUCCESS);
	before = map->timestamp;
	CHECK_EQ(vm_map_lookup(map, FT_VA(3), VM_PROT_READ, &e, &first,
	    &pindex, &prot, &wired), KERN_SUCCESS);
	sx_assert(&map->lock, SA_SLOCKED);
	CHECK(first != NULL && first == e->object && !wired);
	CHECK_EQ(first->size, 8);
	CHECK_EQ(pindex, 3);
	CHECK_EQ(prot, VM_PROT_RW);
	CHECK(map->timestamp != before);
	before = map->timestamp;
	vm_map_lookup_done(map);
	CHECK_EQ(vm_map_lookup(map, FT_VA(0), VM_PROT_WRITE, &e, &again,
	    &pindex, &prot, &wired), KERN_SUCCESS);
	CHECK(again == first);
	CHECK_EQ(map->timestamp, before);
	vm_map_lookup_done(map);
	CHECK_EQ(vm_map_lookup(map, FT_VA(8), VM_PROT_READ, &e, &again,
	    &pindex, &prot, &wired), KERN_INVALID_ADDRESS);
	sx_assert(&map->lock, SA_UNLOCKED);
	teardown();
}

/* Reading leaves the copy pending; writing puts the shadow in, once. */
LAB_TEST(map_lookup_makes_shadow)
{
	vm_map_entry_t e;
	vm_object_t object, found;
	vm_pindex_t pindex;
	vm_prot_t prot;
	bool wired;

	setup();
	object = ft_keep(vm_object_allocate(OBJT_DEFAULT, 8));
	CHECK_EQ(vm_map_insert(map, object, ptoa(2), FT_VA(0), FT_VA(4),
	    VM_PROT_RW, MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY), KERN_SUCCESS);
	CHECK_EQ(vm_map_lookup(map, FT_VA(1), VM_PROT_READ, &e, &found,
	    &pindex, &prot, &wired), KERN_SUCCESS);
	CHECK(found == object);
	CHECK_EQ(pindex, 3);
	CHECK_EQ(prot, VM_PROT_READ);
	CHECK_EQ(vm_map_lookup_locked(map, FT_VA(1), VM_PROT_WRITE, &e,
	    &found, &pindex, &prot, &wired), KERN_FAILURE);
	vm_map_lookup_done(map);
	CHECK_EQ(vm_map_lookup(map, FT_VA(1), VM_PROT_WRITE, &e, &found,
	    &pindex, &prot, &wired), KERN_SUCCESS);
	CHECK(found != object && found->backing_object == object);
	CHECK_EQ(found->backing_object_offset, ptoa(2));
	CHECK_EQ(object->shadow_count, 1);
	CHECK_EQ(pindex, 1);
	CHECK_EQ(prot, VM_PROT_RW);
	CHECK_EQ(e->eflags & MAP_ENTRY_NEEDS_COPY, 0);
	vm_map_lookup_done(map);
	vm_object_deallocate(object);
	teardown();
}

/* Everybody's first fault wants to make the one object. */
static void
first_faults(void *arg, unsigned i)
{
	struct vmspace *space = arg;

	ft_store(space, FT_VA(i), i + 1);
}

LAB_TEST(map_concurrent_first_object)
{
	unsigned i;

	setup();
	if (TEST_SYNCHRONISED) {
		CHECK_EQ(insert(FT_VA(0), FT_VA(4)), KERN_SUCCESS);
		test_threads(4, first_faults, vm);
		CHECK_EQ(vm_object_count(), 1);
		for (i = 0; i < 4; i++)
			CHECK_EQ(ft_load(vm, FT_VA(i)), i + 1);
	}
	teardown();
}
