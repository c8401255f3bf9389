/*
 * Where a charge is after its memory is clipped, protected, unmapped,
 * truncated or gone.
 *
 * Method: after each event, the pages on the entry, on the object and in all.
 */
#include "charge_test.h"

/* ---- Clip ------------------------------------------------------------ */

static void
clip(unsigned i)
{
	CHECK_EQ(vm_map_inherit(&vm->vm_map, FT_VA(i), FT_VA(i + 1),
	    VM_INHERIT_SHARE), KERN_SUCCESS);
}

LAB_TEST(charge_clip)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(4);
	ch_anon(0, 4, VM_PROT_RW);
	clip(2);
	CHECK_EQ(vm->vm_map.nentries, 3);
	ch_check_at(vm, 0, 0, 4);
	ch_check_at(vm, 2, 0, 4);
	CHECK_EQ(ch_insert(ft_keep(object), 10, 14, VM_PROT_RW, COW),
	    KERN_SUCCESS);
	clip(11);
	ch_check_at(vm, 10, 1, 0);
	ch_check_at(vm, 11, 1, 0);
	ch_check_at(vm, 12, 2, 0);
	CHECK(swap_reserve(PAGES(4)));
	CHECK_EQ(ch_insert(ft_resident(4), 20, 24, VM_PROT_RW, MAP_ACC_CHARGED),
	    KERN_SUCCESS);
	ch_check_at(vm, 20, 4, 0);
	clip(20);
	ch_check_at(vm, 20, 0, 4);
	ch_check_pages(vm, 12);
	ch_unmap(11, 13);
	ch_check_pages(vm, 10);
	vm_object_deallocate(object);
	ch_teardown();
}

/* ---- Protect --------------------------------------------------------- */

LAB_TEST(charge_protect)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(8);
	ch_anon(0, 4, VM_PROT_READ);
	ch_protect(0, 4, VM_PROT_RW);
	ch_check_at(vm, 0, 4, 0);
	CHECK_EQ(ch_insert(ft_keep(object), 10, 12, VM_PROT_READ, COW),
	    KERN_SUCCESS);
	ch_protect(10, 12, VM_PROT_RW);
	ch_check_at(vm, 10, 2, 0);
	/* Again, and away and back: paid once. */
	ch_protect(10, 12, VM_PROT_RW);
	ch_protect(10, 12, VM_PROT_NONE);
	ch_protect(10, 12, VM_PROT_RW);
	ch_check_pages(vm, 6);
	/* An object that nobody paid for: all of it, for good. */
	CHECK_EQ(ch_insert(ft_keep(object), 20, 22, VM_PROT_READ, 0),
	    KERN_SUCCESS);
	ch_protect(20, 21, VM_PROT_RW);
	ch_check_at(vm, 20, 0, 8);
	ch_protect(21, 22, VM_PROT_RW);
	ch_check_pages(vm, 14);
	vm_object_deallocate(object);
	ch_teardown();
}

LAB_TEST(charge_protect_refused)
{
	vm_object_t object;

	ch_setup();
	object = ft_resident(8);
	CHECK_EQ(ch_insert(ft_keep(object), 0, 2, VM_PROT_READ, COW),
	    KERN_SUCCESS);
	CHECK_EQ(ch_insert(object, 2, 4, VM_PROT_READ, 0), KERN_SUCCESS);
	ch_limit(9);
	CHECK_EQ(vm_map_protect(&vm->vm_map, FT_VA(0), FT_VA(4), VM_PROT_RW),
	    KERN_RESOURCE_SHORTAGE);
	/* What was charged before stays; no protection has changed. */
	ch_check_pages(vm, 2);
	CHECK_EQ(ch_entry(vm, 0)->protection, VM_PROT_READ);
	swap_total_add(PAGES(1));
	CHECK_EQ(vm_mprotect(&vm->vm_map, FT_VA(0), PAGES(4), VM_PROT_RW), 0);
	ch_check_pages(vm, 10);
	ch_teardown();
}

/* A file's pages need no swap. */
LAB_TEST(charge_protect_of_a_file)
{
	vm_object_t object;

	ch_setup();
	object = vm_object_allocate(OBJT_VNODE, 4);
	CHECK_EQ(ch_insert(object, 0, 4, VM_PROT_READ, 0), KERN_SUCCESS);
	ch_protect(0, 4, VM_PROT_RW);
	ch_check_pages(vm, 0);
	ch_teardown();
}

/* ---- Unmap, truncate, destroy ---------------------------------------- */

LAB_TEST(charge_unmap)
{
	vm_object_t object;

	ch_setup();
	ch_anon(0, 8, VM_PROT_RW);
	ch_unmap(0, 8);
	ch_check_pages(vm, 0);
	ch_anon(0, 8, VM_PROT_RW);
	ft_store(vm, FT_VA(1), 1);
	ft_store(vm, FT_VA(3), 1);
	ft_store(vm, FT_VA(7), 1);
	object = ch_entry(vm, 0)->object;
	/* From the middle: the pages go, the object is as long as it was. */
	ch_unmap(3, 4);
	CHECK_EQ(object->resident_page_count, 2);
	ch_check_pages(vm, 8);
	ch_unmap(6, 8);
	CHECK_EQ(object->size, 6);
	CHECK_EQ(object->resident_page_count, 1);
	ch_check_pages(vm, 6);
	ch_unmap(0, 6);
	CHECK_EQ(vm_object_count(), 0);
	ch_check_pages(vm, 0);
	ch_teardown();
}

/* Others may want the pages: not cut, not shorter. */
static void
unmap_shared(vm_object_t object)
{
	CHECK_EQ(ch_insert(object, 0, 4, VM_PROT_RW, 0), KERN_SUCCESS);
	ch_unmap(2, 4);
	CHECK_EQ(object->size, 4);
	ch_check_at(vm, 0, 0, 4);
	ch_unmap(0, 2);
}

LAB_TEST(charge_unmap_of_what_others_map)
{
	vm_object_t object;

	ch_setup();
	object = vm_object_allocate_cred(OBJT_DEFAULT, 4,
	    curthread->td_ucred);
	unmap_shared(ft_keep(object));
	CHECK_EQ(object->ref_count, 1);
	object->flags |= OBJ_NOSPLIT | OBJ_ONEMAPPING;
	unmap_shared(object);
	ch_check_pages(vm, 0);
	ch_teardown();
}

LAB_TEST(charge_truncate)
{
	struct ucred *cr;
	vm_object_t object;

	ch_setup();
	cr = curthread->td_ucred;
	object = vm_object_allocate_cred(OBJT_DEFAULT, 4, cr);
	CHECK_EQ(ch_insert(ft_keep(object), 0, 8, VM_PROT_RW, 0), KERN_SUCCESS);
	ft_store(vm, FT_VA(3), 1);
	ch_limit(2);
	CHECK(vm_object_allocate_cred(OBJT_DEFAULT, 3, cr) == NULL);
	CHECK_EQ(vm_object_truncate(object, 7), ENOMEM);
	CHECK_EQ(object->size, 4);
	CHECK_EQ(vm_object_truncate(object, 6), 0);
	ch_check_at(vm, 0, 0, 6);
	ch_check_pages(vm, 6);
	/* Whoever shortens it, who paid for it is paid back. */
	test_become(2, 0);
	CHECK_EQ(vm_object_truncate(object, 3), 0);
	ch_check_pages(vm, 3);
	CHECK_EQ(test_vmsize(), 0);
	CHECK_EQ(ft_fault(vm, FT_VA(3), VM_PROT_READ),
	    KERN_PROTECTION_FAILURE);
	CHECK_EQ(vm_object_truncate(object, 4), 0);
	CHECK_EQ(ft_load(vm, FT_VA(3)), 0);
	vm_object_deallocate(object);
	ch_teardown();
}

/* The process is another user's when it goes. */
LAB_TEST(charge_goes_back_to_who_paid)
{
	struct uidinfo *users[CH_USERS] = { 0 };
	struct charges c;

	ch_setup();
	users[1] = uifind(1);
	users[2] = uifind(2);
	ch_anon(0, 4, VM_PROT_RW);
	ft_store(vm, FT_VA(0), 1);
	test_become(2, 0);
	ch_anon(10, 13, VM_PROT_RW);
	ch_begin(&c);
	ch_space(&c, vm);
	ch_check(&c, users);
	CHECK_EQ(c.of[1], PAGES(4));
	CHECK_EQ(c.of[2], PAGES(3));
	ch_unmap(0, 20);
	CHECK_EQ(users[1]->ui_vmsize, 0);
	CHECK_EQ(users[2]->ui_vmsize, 0);
	uifree(users[1]);
	uifree(users[2]);
	ch_teardown();
}

LAB_TEST_PANIC(charge_of_what_is_not_anonymous_panics, "is charged")
{
	vm_object_t object;

	test_boot(FT_FRAMES);
	object = vm_object_allocate(OBJT_PHYS, 1);
	pv_object_lock(object);
	vm_object_set_charge(object, crhold(&ucred_root), 0);
	pv_object_unlock(object);
	vm_object_deallocate(object);
}
