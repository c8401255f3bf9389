/*
 * Before an entry is copied: if its object serves other entries too, each with
 * pages of its own, this one's pages get an object of their own.  Else the
 * shadow of each copy would keep all of the old one.
 *
 * Mirrors FreeBSD 10.4 sys/vm/vm_object.c vm_object_split() and, for what is
 * in swap, swap_pager_copy().  Differences: (1) no page is busied meanwhile:
 * blocks move without a sleep; 9.x busied each page again, 10.x those of a
 * swap object; (2) a page that moves loses its block at once, for it is dirty
 * from then on; (3) the object behind cannot be dead, as no chain is collapsed.
 */
#include <sys/systm.h>
#include <sys/ucred.h>
#include <vm/swap_pager.h>
#include <vm/vm_verbs.h>

bool
vm_object_divisible(vm_object_t object)
{

	pv_object_assert_locked(object);
	return (object->ref_count > 1 && (object->flags &
	    (OBJ_NOSPLIT | OBJ_ONEMAPPING)) == OBJ_ONEMAPPING &&
	    (object->type == OBJT_DEFAULT ||
	    object->pager == &swap_pager_ops));
}

/* What is behind the old one is behind the new one too, as far in. */
static void
share_behind(vm_object_t new, vm_object_t old, vm_ooffset_t offset)
{
	vm_object_t behind = old->backing_object;

	if (behind == NULL)
		return;
	pv_object_lock(behind);
	behind->shadow_count++;
	vm_object_reference_locked(behind);
	behind->flags &= ~OBJ_ONEMAPPING;
	pv_object_unlock(behind);
	new->backing_object = behind;
	new->backing_object_offset = old->backing_object_offset + offset;
}

static void
divide_charge(vm_object_t new, vm_object_t old)
{
	vm_ooffset_t bytes = ptoa(new->size);

	if (old->cred == NULL)
		return;
	KASSERT(old->charge >= bytes, ("vm_object_split: object %p is charged "
	    "%#llx, divided by %#llx", (void *)old,
	    (unsigned long long)old->charge, (unsigned long long)bytes));
	old->charge -= bytes;
	vm_object_set_charge(new, crhold(old->cred), bytes);
}

/* Both are locked again on return; what was known of old holds no more. */
static void
wait_for(vm_object_t new, vm_object_t old, vm_page_t busied)
{
	pv_object_unlock(new);
	if (busied != NULL)
		(void)pv_sleep_if_busy_locked(busied, "spltwt");
	else {
		pv_object_unlock(old);
		vm_wait();
		pv_object_lock(old);
	}
	pv_object_lock(new);
}

/* Mappings stay as they are.  Locks may be dropped and taken again. */
static void
move_pages(vm_object_t new, vm_object_t old, vm_pindex_t start)
{
	vm_page_t m;

	while ((m = vm_page_find_least(old, start)) != NULL &&
	    m->pindex < start + new->size) {
		vm_pindex_t from = m->pindex;

		if (pv_busied(m))
			wait_for(new, old, m);
		else if (vm_page_rename(m, new, from - start) != 0)
			wait_for(new, old, NULL);
		else if (old->pager != NULL)
			swap_meta_free(old, from, from + 1);
	}
}

void
vm_object_split(vm_object_t *object, vm_ooffset_t *offset, vm_pindex_t size)
{
	vm_object_t old = *object, new;
	vm_pindex_t start = OFF_TO_IDX(*offset);

	new = vm_object_allocate(OBJT_DEFAULT, size);
	pv_object_lock(old);
	pv_object_lock(new);
	share_behind(new, old, *offset);
	divide_charge(new, old);
	move_pages(new, old, start);
	if (old->type == OBJT_SWAP) {
		new->type = OBJT_SWAP;
		new->pager = &swap_pager_ops;
		swap_meta_move(old, start, new);
	}
	pv_object_unlock(new);
	pv_object_unlock(old);
	*object = new;
	*offset = 0;
	vm_object_deallocate(old);
}
