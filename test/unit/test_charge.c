/*
 * Where a charge lives and how it moves: what is mapped, put into what is
 * before it, and faulted.  The rest of its life is in test_charge_change.c,
 * fork in test_charge_fork.c.
 *
 * Method: after each event, the pages on the entry, on the object and in all.
 */
#include "charge_test.h"

/* ---- Insert ---------------------------------------------------------- */

LAB_TEST(charge_insert)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(4);
	ch_anon(0, 4, VM_PROT_READ);
	ch_check_pages(vm, 0);
	ch_anon(10, 14, VM_PROT_RW);
	ch_check_at(vm, 10, 4, 0);
	CHECK_EQ(ch_insert(ft_keep(object), 20, 24, VM_PROT_RW, 0),
	    KERN_SUCCESS);
	ch_check_at(vm, 20, 0, 0);
	CHECK_EQ(ch_insert(ft_keep(object), 30, 34, VM_PROT_RW, COW),
	    KERN_SUCCESS);
	ch_check_at(vm, 30, 4, 0);
	CHECK_EQ(ch_insert(ft_keep(object), 40, 44, VM_PROT_READ, COW),
	    KERN_SUCCESS);
	ch_check_at(vm, 40, 0, 0);
	CHECK_EQ(ch_insert(NULL, 50, 54, VM_PROT_RW, MAP_ACC_NO_CHARGE),
	    KERN_SUCCESS);
	ch_check_at(vm, 50, 0, 0);
	CHECK(swap_reserve(PAGES(3)));
	CHECK_EQ(ch_insert(NULL, 60, 63, VM_PROT_READ, MAP_ACC_CHARGED),
	    KERN_SUCCESS);
	ch_check_at(vm, 60, 3, 0);
	ch_check_pages(vm, 11);
	vm_object_deallocate(object);
	ch_teardown();
}

LAB_TEST(charge_insert_refused)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(4);
	ch_limit(3);
	CHECK_EQ(ch_insert(NULL, 0, 4, VM_PROT_RW, 0), KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(ch_insert(object, 0, 4, VM_PROT_RW, COW),
	    KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(object->ref_count, 1);
	CHECK_EQ(vm->vm_map.nentries, 0);
	CHECK_EQ(vm_mmap_anon(&vm->vm_map, FT_VA(0), PAGES(4), VM_PROT_RW, 0),
	    ENOMEM);
	CHECK_EQ(vm_mmap_anon(&vm->vm_map, FT_VA(0), PAGES(3), VM_PROT_RW, 0),
	    0);
	CHECK_EQ(vm_mmap_anon(&vm->vm_map, FT_VA(2), PAGES(1), VM_PROT_READ,
	    0), ENOMEM);
	ch_check_pages(vm, 3);
	vm_object_deallocate(object);
	ch_teardown();
}

/* ---- Put into what is before it -------------------------------------- */

LAB_TEST(charge_coalesce_without_object)
{
	ch_setup();
	ch_anon(0, 4, VM_PROT_RW);
	ch_anon(4, 6, VM_PROT_RW);
	CHECK_EQ(vm->vm_map.nentries, 1);
	ch_check_at(vm, 0, 6, 0);
	/* Another's charge, and what is none, are entries of their own. */
	ch_anon(6, 7, VM_PROT_READ);
	test_become(2, 0);
	ch_anon(7, 9, VM_PROT_RW);
	CHECK_EQ(vm->vm_map.nentries, 3);
	ch_check_pages(vm, 8);
	ch_teardown();
}

LAB_TEST(charge_coalesce_into_object)
{
	vm_object_t object;

	ch_setup();
	ch_anon(0, 4, VM_PROT_RW);
	ft_store(vm, FT_VA(3), 1);
	object = ch_entry(vm, 0)->object;
	ch_anon(4, 6, VM_PROT_RW);
	CHECK_EQ(vm->vm_map.nentries, 1);
	CHECK_EQ(object->size, 6);
	ch_check_at(vm, 0, 0, 6);
	ft_store(vm, FT_VA(5), 1);
	/* Read-only: an entry of its own, and paid for, as the object is. */
	ch_anon(6, 9, VM_PROT_READ);
	CHECK_EQ(vm->vm_map.nentries, 2);
	CHECK(ch_entry(vm, 6)->object == object);
	ch_check_at(vm, 6, 0, 9);
	ch_limit(0);
	ch_protect(6, 9, VM_PROT_RW);
	ft_store(vm, FT_VA(8), 1);
	ch_check_pages(vm, 9);
	CHECK_EQ(vm_object_count(), 1);
	ch_teardown();
}

/* What cannot be paid for is not put there; by itself it need not be. */
LAB_TEST(charge_coalesce_refused)
{
	ch_setup();
	ch_anon(0, 4, VM_PROT_RW);
	ft_store(vm, FT_VA(0), 1);
	ch_limit(1);
	ch_anon(4, 6, VM_PROT_READ);
	CHECK(ch_entry(vm, 4)->object == NULL);
	ch_check_pages(vm, 4);
	CHECK_EQ(vm_mprotect(&vm->vm_map, FT_VA(4), PAGES(2), VM_PROT_RW),
	    ENOMEM);
	CHECK_EQ(ft_fault(vm, FT_VA(4), VM_PROT_WRITE),
	    KERN_PROTECTION_FAILURE);
	ch_teardown();
}

/* Memory that is new reads as zeroes, whatever the object had there. */
LAB_TEST(charge_coalesce_frees_old_pages)
{
	ch_setup();
	CHECK_EQ(ch_insert(ft_resident(8), 0, 4, VM_PROT_READ, 0),
	    KERN_SUCCESS);
	ch_anon(4, 10, VM_PROT_READ);
	CHECK_EQ(vm->vm_map.nentries, 1);
	CHECK_EQ(ch_entry(vm, 0)->object->size, 10);
	CHECK_EQ(ft_load(vm, FT_VA(3)), 4);
	CHECK_EQ(ft_load(vm, FT_VA(4)), 0);
	CHECK_EQ(ft_load(vm, FT_VA(9)), 0);
	ch_teardown();
}

/* ---- Faults ---------------------------------------------------------- */

LAB_TEST(charge_first_fault)
{
	ch_setup();
	ch_anon(0, 4, VM_PROT_RW);
	CHECK_EQ(ft_load(vm, FT_VA(1)), 0);
	ch_check_at(vm, 0, 0, 4);
	CHECK_EQ(ch_insert(NULL, 10, 14, VM_PROT_RW, MAP_ACC_NO_CHARGE),
	    KERN_SUCCESS);
	ft_store(vm, FT_VA(11), 1);
	ch_check_at(vm, 11, 0, 0);
	ch_check_pages(vm, 4);
	ch_teardown();
}

LAB_TEST(charge_first_write_shadows)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(8);
	CHECK_EQ(ch_insert(ft_keep(object), 0, 4, VM_PROT_RW, COW),
	    KERN_SUCCESS);
	CHECK_EQ(ft_load(vm, FT_VA(0)), 1);
	ch_check_at(vm, 0, 4, 0);
	ft_store(vm, FT_VA(0), 9);
	ch_check_at(vm, 0, 0, 4);
	ft_store(vm, FT_VA(1), 9);
	ch_check_pages(vm, 4);
	vm_object_deallocate(object);
	ch_teardown();
}

/* Nobody to copy for, and the object is paid for: the entry's is too much. */
LAB_TEST(charge_first_write_finds_itself_alone)
{
	ch_setup();
	CHECK_EQ(ch_insert(vm_object_allocate_cred(OBJT_DEFAULT, 8,
	    curthread->td_ucred), 0, 8, VM_PROT_RW, COW), KERN_SUCCESS);
	ch_check_at(vm, 0, 8, 8);
	ft_store(vm, FT_VA(0), 9);
	ch_check_at(vm, 0, 0, 8);
	ch_check_pages(vm, 8);
	ch_teardown();
}

/* Not charged so far; the writer pays, or does not write. */
LAB_TEST(charge_first_write_reserves)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(4);
	CHECK_EQ(ch_insert(ft_keep(object), 0, 4, VM_PROT_RW,
	    COW | MAP_ACC_NO_CHARGE), KERN_SUCCESS);
	ch_limit(3);
	CHECK_EQ(ft_fault(vm, FT_VA(1), VM_PROT_WRITE),
	    KERN_RESOURCE_SHORTAGE);
	CHECK_EQ(ft_load(vm, FT_VA(1)), 2);
	ch_check_pages(vm, 0);
	swap_total_add(PAGES(1));
	ft_store(vm, FT_VA(1), 9);
	ch_check_at(vm, 0, 0, 4);
	vm_object_deallocate(object);
	ch_teardown();
}
