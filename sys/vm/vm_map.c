/*
 * The address space: insert, remove and protect entries; vmspaces.
 *
 * Stands for FreeBSD's sys/vm/vm_map.c.  Differences: (1) a red-black tree
 * where FreeBSD has a splay tree with a list; (2) adjacent anonymous entries
 * are not merged; (3) no limits, no accounting, no wiring of ranges, no fork;
 * (4) a part cut from an anonymous object that lives on keeps its pages until
 * the object goes.  What a fault asks is in vm_map_lookup.c.
 */
#include <sys/systm.h>
#include <sys/shm.h>
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
static void
map_lock(vm_map_t map)
{
	sx_xlock(&map->lock);
	map->timestamp++;
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

static bool
range_ok(vm_offset_t start, vm_offset_t end)
{
	return (((start | end) & PAGE_MASK) == 0 && start < end &&
	    end <= VM_MAXUSER_ADDRESS);
}

static void
entry_insert(vm_map_t map, vm_map_entry_t e)
{
	sx_assert(&map->lock, SA_XLOCKED);
	KASSERT(e->start < e->end, ("entry_insert: entry %p is empty", e));
	if (RB_INSERT(vm_map_tree, &map->tree, e) != NULL)
		panic("entry_insert: address %#llx is taken",
		    (unsigned long long)e->start);
	map->nentries++;
}

int
vm_map_insert(vm_map_t map, vm_object_t object, vm_ooffset_t offset,
    vm_offset_t start, vm_offset_t end, vm_prot_t prot, unsigned eflags)
{
	vm_map_entry_t above, e;

	if (!range_ok(start, end) || (offset & PAGE_MASK) != 0)
		return (KERN_INVALID_ADDRESS);
	map_lock(map);
	above = vm_map_entry_above(map, start);
	if (above != NULL && above->start < end) {
		sx_xunlock(&map->lock);
		return (KERN_NO_SPACE);
	}
	e = uma_zalloc(mapentzone, M_WAITOK | M_ZERO);
	e->start = start;
	e->end = end;
	e->object = object;
	e->offset = offset;
	e->protection = prot;
	/* Of no object there is nothing to copy. */
	e->eflags = object != NULL ? eflags : eflags & ~MAP_ENTRY_NEEDS_COPY;
	entry_insert(map, e);
	sx_xunlock(&map->lock);
	return (KERN_SUCCESS);
}

/*
 * Make addr a boundary.  An entry without an object gets one first, so that
 * its halves share it and their neighbours' pages stay one object's.
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
	vm_object_reference(e->object);
	low = uma_zalloc(mapentzone, M_WAITOK | M_ZERO);
	*low = *e;
	low->end = addr;
	/* Moving start up keeps e's place in the tree. */
	e->offset += addr - e->start;
	e->start = addr;
	entry_insert(map, low);
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

int
vm_map_remove(vm_map_t map, vm_offset_t start, vm_offset_t end)
{
	vm_map_entry_t e, removed = NULL;

	if (!range_ok(start, end))
		return (KERN_INVALID_ADDRESS);
	map_lock(map);
	entry_clip(map, start);
	entry_clip(map, end);
	while ((e = vm_map_entry_above(map, start)) != NULL &&
	    e->start < end) {
		pmap_remove(map->pmap, e->start, e->end);
		RB_REMOVE(vm_map_tree, &map->tree, e);
		map->nentries--;
		e->next_removed = removed;
		removed = e;
	}
	sx_xunlock(&map->lock);
	entries_free(removed);
	return (KERN_SUCCESS);
}

int
vm_map_protect(vm_map_t map, vm_offset_t start, vm_offset_t end,
    vm_prot_t prot)
{
	vm_map_entry_t e;
	vm_prot_t lost;

	if (!range_ok(start, end))
		return (KERN_INVALID_ADDRESS);
	map_lock(map);
	entry_clip(map, start);
	entry_clip(map, end);
	for (e = vm_map_entry_above(map, start); e != NULL && e->start < end;
	    e = RB_NEXT(vm_map_tree, &map->tree, e)) {
		lost = e->protection & ~prot;
		e->protection = prot;
		if (lost != 0)
			pmap_protect(map->pmap, e->start, e->end, prot);
	}
	sx_xunlock(&map->lock);
	return (KERN_SUCCESS);
}
