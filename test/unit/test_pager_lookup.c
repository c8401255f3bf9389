/*
 * Pagers by type of object, and the look-up of an object by its handle: a
 * dying one is never found, one that follows it under the same handle is.
 * The race of look-up and end is in test_pager_race.c.
 */
#include "vm_test.h"
#include <vm/vm_pager.h>

#define	FRAMES	128

static struct pagerlst	list;
static char		key[2];		/* their addresses are handles */

static void
setup(void)
{
	test_boot(FRAMES);
	TAILQ_INIT(&list);
}

static vm_object_t
listed(void *handle)
{
	vm_object_t object = vm_object_allocate(OBJT_PHYS, 1);

	object->handle = handle;
	TAILQ_INSERT_TAIL(&list, object, pager_object_list);
	return (object);
}

static void
unlist(vm_object_t object)
{
	TAILQ_REMOVE(&list, object, pager_object_list);
	object->flags &= ~OBJ_DEAD;
	vm_object_deallocate(object);
}

LAB_TEST(pager_lookup_by_handle)
{
	vm_object_t a, b;

	setup();
	a = listed(&key[0]);
	b = listed(&key[1]);
	CHECK(vm_pager_object_lookup(&list, &key[1]) == b);
	CHECK_EQ(b->ref_count, 2);
	CHECK_EQ(a->ref_count, 1);
	CHECK(vm_pager_object_lookup(&list, &list) == NULL);
	CHECK_EQ(a->ref_count + b->ref_count, 3);
	vm_object_deallocate(b);
	unlist(a);
	unlist(b);
	test_end();
}

/* Two objects with one handle: for a moment it is so (fact of phys_pager). */
LAB_TEST(pager_lookup_walks_past_the_dead)
{
	vm_object_t dead, alive;

	setup();
	dead = listed(&key[0]);
	dead->flags |= OBJ_DEAD;
	CHECK(vm_pager_object_lookup(&list, &key[0]) == NULL);
	CHECK_EQ(dead->ref_count, 1);
	alive = listed(&key[0]);
	CHECK(vm_pager_object_lookup(&list, &key[0]) == alive);
	CHECK_EQ(dead->ref_count, 1);
	CHECK_EQ(alive->ref_count, 2);
	vm_object_deallocate(alive);
	unlist(dead);
	unlist(alive);
	test_end();
}

#if TEST_SYNCHRONISED
/* Another's handle is told apart without its object's lock. */
LAB_TEST(pager_lookup_locks_no_other)
{
	vm_object_t a, b;

	setup();
	a = listed(&key[0]);
	b = listed(&key[1]);
	pv_object_lock(a);
	CHECK(vm_pager_object_lookup(&list, &key[1]) == b);
	pv_object_unlock(a);
	vm_object_deallocate(b);
	unlist(a);
	unlist(b);
	test_end();
}
#endif

LAB_TEST(pager_allocate_default)
{
	vm_object_t object;

	setup();
	object = vm_pager_allocate(OBJT_DEFAULT, NULL, 2 * PAGE_SIZE + 1,
	    VM_PROT_RW, PAGE_SIZE, NULL);
	CHECK(object != NULL);
	CHECK_EQ(object->type, OBJT_DEFAULT);
	CHECK_EQ(object->size, 4);
	CHECK_EQ(object->ref_count, 1);
	vm_object_deallocate(object);
	test_end();
}

LAB_TEST(pager_allocate_of_no_pager)
{
	setup();
	CHECK(vm_pager_allocate(OBJT_VNODE, &key[0], PAGE_SIZE, VM_PROT_READ,
	    0, NULL) == NULL);
	test_end();
}

LAB_TEST_PANIC(pager_default_has_no_handle, "handle")
{
	setup();
	(void)vm_pager_allocate(OBJT_DEFAULT, &key[0], PAGE_SIZE, VM_PROT_RW,
	    0, NULL);
}
