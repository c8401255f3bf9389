/*
 * The object's life: made, referenced, dereferenced, terminated.
 *
 *	allocate ---> alive, ref_count > 0 ---> OBJ_DEAD ---> gone
 *		vm_object_reference  ^  |   vm_object_terminate
 *		vm_object_deallocate |__|   at ref_count 0
 *
 * "Add a reference to an object that is not dead" and "set OBJ_DEAD at no
 * reference" are both done in one hold of the object's lock, so no reference
 * is ever taken to an object that is going (I3).  The count is plain, not
 * atomic, as in the releases compared.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_object.c.  Differences: (1) chain links are
 * not collapsed or bypassed; (2) no list of all objects; (3) a dead object's
 * memory goes back to its zone; (4) OBJ_ONEMAPPING, once gone, does not come
 * back when all references but one are dropped.
 */
#include <sys/systm.h>
#include <sys/sleepqueue.h>
#include <sys/ucred.h>
#include <vm/swap_reserve.h>
#include <vm/uma.h>
#include <vm/vm_pageout.h>
#include <vm/vm_pager.h>
#include <vm/vm_verbs.h>

static uma_zone_t vm_object_zone;

void
vm_object_zinit(void)
{

	vm_object_zone = uma_zcreate_of("VM OBJECT", struct vm_object);
}

long
vm_object_count(void)
{

	return (uma_zone_inuse(vm_object_zone));
}

vm_object_t
vm_object_allocate(enum obj_type type, vm_pindex_t size)
{
	vm_object_t object;

	KASSERT(type != OBJT_DEAD, ("vm_object_allocate: dead from birth"));
	lock_assert_sleepable(NULL, "vm_object_allocate");
	object = uma_zalloc(vm_object_zone, M_WAITOK | M_ZERO);
	pv_object_lock_init(object);
	TAILQ_INIT(&object->memq);
	object->type = type;
	object->size = size;
	object->ref_count = 1;
	if (type == OBJT_PHYS || type == OBJT_DEVICE)
		object->flags = OBJ_UNMANAGED;
	else if (type == OBJT_DEFAULT || type == OBJT_SWAP)
		object->flags = OBJ_ONEMAPPING;
	return (object);
}

void
vm_object_reference_locked(vm_object_t object)
{

	pv_object_assert_locked(object);
	KASSERT((object->flags & OBJ_DEAD) == 0,
	    ("vm_object_reference: object %p is dead", (void *)object));
	object->ref_count++;
}

void
vm_object_reference(vm_object_t object)
{

	pv_object_lock(object);
	vm_object_reference_locked(object);
	pv_object_unlock(object);
}

/*
 * Free every page that is not wired.  Nobody can reach the object, so no page
 * may be busy, and the index is dropped as a whole: m->object = NULL first
 * makes vm_page_remove() leave it alone.  A wired page is on its own from here
 * and freed by who unwires it.
 */
static void
vm_object_terminate_pages(vm_object_t object)
{
	vm_page_t m, next;

	pv_object_assert_locked(object);
	for (m = TAILQ_FIRST(&object->memq); m != NULL; m = next) {
		next = TAILQ_NEXT(m, listq);
		KASSERT(!pv_busied(m), ("vm_object_terminate: page %p at %#llx "
		    "is busy", (void *)m, (unsigned long long)m->pindex));
		vm_page_lock(m);
		m->object = NULL;
		if (m->wire_count == 0)
			vm_page_free(m);
		vm_page_unlock(m);
	}
	vm_radix_reclaim_allnodes(&object->rtree);
	TAILQ_INIT(&object->memq);
	object->resident_page_count = 0;
}

/* Nobody knows of it any more.  What was paid for it goes back to who paid. */
static void
vm_object_destroy(vm_object_t object)
{
	if (object->cred != NULL) {
		swap_release_by_cred(object->charge, object->cred);
		crfree(object->cred);
	}
	pv_object_lock_destroy(object);
	uma_zfree(vm_object_zone, object);
}

/* Object locked, without a reference; it is gone on return. */
static void
vm_object_terminate(vm_object_t object)
{

	pv_object_assert_locked(object);
	object->flags |= OBJ_DEAD;
	vm_object_pip_wait(object, "objtrm");
	KASSERT(object->ref_count == 0 && object->shadow_count == 0,
	    ("vm_object_terminate: object %p has %d references, %d shadows",
	    (void *)object, object->ref_count, object->shadow_count));
	KASSERT(object->cred == NULL || object->type == OBJT_DEFAULT ||
	    object->type == OBJT_SWAP,
	    ("vm_object_terminate: object %p of type %d is charged",
	    (void *)object, object->type));
	vm_object_terminate_pages(object);
	if (object->pager != NULL)
		object->pager->pgo_dealloc(object);
	object->type = OBJT_DEAD;
	pv_object_unlock(object);
	vm_pageout_forget(object);
	vm_object_destroy(object);
}

/*
 * Let go of the object behind, which is returned: its reference is now the
 * caller's to drop.  Locks go down the chain: the front one's is held.
 */
static vm_object_t
vm_object_detach(vm_object_t object)
{
	vm_object_t backing = object->backing_object;

	pv_object_assert_locked(object);
	if (backing == NULL)
		return (NULL);
	pv_object_lock(backing);
	KASSERT(backing->shadow_count > 0,
	    ("vm_object_detach: object %p has %d shadows", (void *)backing,
	    backing->shadow_count));
	backing->shadow_count--;
	pv_object_unlock(backing);
	object->backing_object = NULL;
	return (backing);
}

void
vm_object_deallocate(vm_object_t object)
{
	vm_object_t backing;

	while (object != NULL) {
		pv_object_lock(object);
		KASSERT(object->ref_count > 0,
		    ("vm_object_deallocate: object %p has no reference",
		    (void *)object));
		object->ref_count--;
		if (object->ref_count > 0) {
			pv_object_unlock(object);
			return;
		}
		backing = vm_object_detach(object);
		vm_object_terminate(object);
		object = backing;
	}
}

void
vm_object_pip_add(vm_object_t object, unsigned n)
{

	pv_object_assert_locked(object);
	object->paging_in_progress += n;
}

void
vm_object_pip_wakeup(vm_object_t object)
{

	pv_object_assert_locked(object);
	KASSERT(object->paging_in_progress > 0,
	    ("vm_object_pip_wakeup: object %p has no paging in progress",
	    (void *)object));
	object->paging_in_progress--;
	if (object->paging_in_progress == 0 &&
	    (object->flags & OBJ_PIPWNT) != 0) {
		object->flags &= ~OBJ_PIPWNT;
		wakeup(object);
	}
}

/* The flag and the count are the object lock's, and so is the sleep. */
void
vm_object_pip_wait(vm_object_t object, const char *wmesg)
{

	pv_object_assert_locked(object);
	while (object->paging_in_progress != 0) {
		object->flags |= OBJ_PIPWNT;
		pv_object_sleep(object, object, PVM, wmesg, 0);
	}
}
