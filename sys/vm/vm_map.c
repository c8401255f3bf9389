/*
 * The address space: find, remove and protect entries; vmspaces.
 *
 * Stands for FreeBSD's sys/vm/vm_map.c.  Differences: (1) a red-black tree
 * where FreeBSD has a splay tree with a list; (2) no wiring of ranges.  The
 * rest of it: vm_map_insert.c; vm_map_lookup.c, what a fault asks;
 * vm_map_charge.c; vm_map_fork.c.
 */
#include <sys/systm.h>
#include <sys/shm.h>
#include <sys/ucred.h>
#include <vm/uma.h>
#include <vm/vm_verbs.h>

static uma_zone_t mapentzone, vmspace_zone;

static int
entry_cmp(struct vm_map_entry *a, struct vm_map_entry *b)
{
	return (a->start < b->start ? -1 : a->start > b->start);
}

RB_GENERATE_INTERNAL(vm_map_tree, vm_map_entry, node, entry_cmp,
    __attribute__((unused)) static)

void
vm_map_zinit(void)
{
	mapentzone = uma_zcreate_of("map entry", struct vm_map_entry);
	vmspace_zone = uma_zcreate_of("vmspace", struct vmspace);
}

long
vm_map_entries(void)
{
	return (uma_zone_inuse(mapentzone));
}

struct vmspace *
vmspace_alloc(void)
{
	struct vmspace *vm;
	vm_map_t map;

	vm = uma_zalloc(vmspace_zone, M_WAITOK | M_ZERO);
	map = &vm->vm_map;
	pmap_pinit(&vm->vm_pmap);
	sx_init_flags(&map->lock, "vm map", NULL, 0);
	RB_INIT(&map->tree);
	map->pmap = &vm->vm_pmap;
	return (vm);
}

void
vmspace_free(struct vmspace *vm)
{
	vm_map_t map = &vm->vm_map;

	shmexit(vm);
	vm_map_remove(map, 0, VM_MAXUSER_ADDRESS);
	KASSERT(map->nentries == 0,
	    ("vmspace_free: map %p has %u entries left", map, map->nentries));
	sx_destroy(&map->lock);
	pmap_release(&vm->vm_pmap);
	uma_zfree(vmspace_zone, vm);
}

/* Whoever holds the lock exclusively may change entries: faults must notice. */
void
vm_map_lock(vm_map_t map)
{
	sx_xlock(&map->lock);
	map->timestamp++;
}

void
vm_map_unlock(vm_map_t map)
{
	sx_xunlock(&map->lock);
}

vm_map_entry_t
vm_map_entry_above(vm_map_t map, vm_offset_t addr)
{
	vm_map_entry_t best = NULL, e;

	sx_assert(&map->lock, SA_LOCKED);
	for (e = RB_ROOT(&map->tree); e != NULL;) {
		if (addr >= e->end) {
			e = RB_RIGHT(e, node);
			continue;
		}
		best = e;
		if (addr >= e->start)
			break;
		e = RB_LEFT(e, node);
	}
	return (best);
}

bool
vm_map_range_ok(vm_offset_t start, vm_offset_t end)
{
	return (((start | end) & PAGE_MASK) == 0 && start < end &&
	    end <= VM_MAXUSER_ADDRESS);
}

vm_map_entry_t
vm_map_entry_create(const struct vm_map_entry *like)
{
	vm_map_entry_t e = uma_zalloc(mapentzone, M_WAITOK);

	*e = *like;
	return (e);
}

void
vm_map_entry_link(vm_map_t map, vm_map_entry_t e)
{
	sx_assert(&map->lock, SA_XLOCKED);
	KASSERT(e->start < e->end, ("vm_map_entry_link: %p is empty", e));
	if (RB_INSERT(vm_map_tree, &map->tree, e) != NULL)
		panic("vm_map_entry_link: address %#llx is taken",
		    (unsigned long long)e->start);
	map->nentries++;
}

/*
 * Make addr a boundary.  An entry without an object gets one first, so that
 * its halves share it and their neighbours' pages stay one object's.  A charge
 * for that object goes to it; one for shadows is of two halves from here on.
 */
static void
entry_clip(vm_map_t map, vm_offset_t addr)
{
	vm_map_entry_t e, low;

	sx_assert(&map->lock, SA_XLOCKED);
	e = vm_map_entry_above(map, addr);
	if (e == NULL || e->start >= addr)
		return;
	if (e->object == NULL)
		vm_map_entry_make_object(e);
	else if ((e->eflags & MAP_ENTRY_NEEDS_COPY) == 0)
		vm_map_entry_move_charge(e);
	vm_object_reference(e->object);
	low = vm_map_entry_create(e);
	if (low->cred != NULL)
		crhold(low->cred);
	low->end = addr;
	/* Moving start up keeps e's place in the tree. */
	e->offset += addr - e->start;
	e->start = addr;
	vm_map_entry_link(map, low);
}

/*
 * Objects are let go with the map unlocked, as FreeBSD does: the last
 * reference may have a file to close and pages to wait for.
 */
static void
entries_free(vm_map_entry_t e)
{
	vm_map_entry_t next;

	for (; e != NULL; e = next) {
		next = e->next_removed;
		if (e->object != NULL)
			vm_object_deallocate(e->object);
		uma_zfree(mapentzone, e);
	}
}

/*
 * Nobody else has the pages that the entry had: they can go now, though the
 * object has other entries.  If they were its last, it is the shorter for it.
 */
static void
cut_object(vm_map_entry_t e)
{
	vm_object_t object = e->object;
	vm_pindex_t start = OFF_TO_IDX(e->offset);
	vm_pindex_t end = start + OFF_TO_IDX(e->end - e->start);

	pv_object_lock(object);
	if (object->ref_count != 1 && (object->flags &
	    (OBJ_NOSPLIT | OBJ_ONEMAPPING)) == OBJ_ONEMAPPING) {
		vm_object_page_remove(object, start, end);
		if (end >= object->size && start < object->size)
			vm_object_shrink(object, start);
	}
	pv_object_unlock(object);
}

static void
entry_delete(vm_map_t map, vm_map_entry_t e)
{
	sx_assert(&map->lock, SA_XLOCKED);
	pmap_remove(map->pmap, e->start, e->end);
	RB_REMOVE(vm_map_tree, &map->tree, e);
	map->nentries--;
	vm_map_entry_release(e);
	if (e->object != NULL)
		cut_object(e);
}

int
vm_map_remove(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t e, removed = NULL;

	if (!vm_map_range_ok(start, end))
		return (KERN_INVALID_ADDRESS);
	vm_map_lock(map);
	entry_clip(map, start);
	entry_clip(map, end);
	while ((e = vm_map_entry_above(map, start)) != NULL &&
	    e->start < end) {
		entry_delete(map, e);
		e->next_removed = removed;
		removed = e;
	}
	vm_map_unlock(map);
	entries_free(removed);
	return (KERN_SUCCESS);
}

/*
 * Private memory that will be writable is paid for first.  What was charged
 * before a refusal stays so.
 */
static int
charge_range(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t e;

	for (e = vm_map_entry_above(map, start); e != NULL && e->start < end;
	    e = RB_NEXT(vm_map_tree, &map->tree, e))
		if ((e->protection & VM_PROT_WRITE) == 0 &&
		    !vm_map_entry_charge_write(e))
			return (KERN_RESOURCE_SHORTAGE);
	return (KERN_SUCCESS);
}

static void
protect_entry(vm_map_t map, vm_map_entry_t e, vm_prot_t prot)
{
	vm_prot_t lost = e->protection & ~prot;

	e->protection = prot;
	if (lost != 0)
		pmap_protect(map->pmap, e->start, e->end, prot);
}

int
vm_map_protect(vm_map_t map, vm_offset_t start, vm_offset_t end,
    vm_prot_t prot)
{
	vm_map_entry_t e;
	int rv = KERN_SUCCESS;

	if (!vm_map_range_ok(start, end))
		return (KERN_INVALID_ADDRESS);
	vm_map_lock(map);
	entry_clip(map, start);
	entry_clip(map, end);
	if ((prot & VM_PROT_WRITE) != 0)
		rv = charge_range(map, start, end);
	if (rv != KERN_SUCCESS)
		goto out;
	for (e = vm_map_entry_above(map, start); e != NULL && e->start < end;
	    e = RB_NEXT(vm_map_tree, &map->tree, e))
		protect_entry(map, e, prot);
out:
	vm_map_unlock(map);
	return (rv);
}

int
vm_map_inherit(vm_map_t map, vm_offset_t start, vm_offset_t end,
    uint8_t inheritance)
{
	vm_map_entry_t e;

	if (!vm_map_range_ok(start, end))
		return (KERN_INVALID_ADDRESS);
	vm_map_lock(map);
	entry_clip(map, start);
	entry_clip(map, end);
	for (e = vm_map_entry_above(map, start); e != NULL && e->start < end;
	    e = RB_NEXT(vm_map_tree, &map->tree, e))
		e->inheritance = inheritance;
	vm_map_unlock(map);
	return (KERN_SUCCESS);
}
