/*
 * What a fault asks of the map: which object and page back an address.
 *
 * The answer is given with the map share-locked.  Where it needs a change (a
 * first object, a shadow before the first write), the lock is upgraded; if
 * others hold it too it is let go and taken exclusively, and unless nothing
 * changed in between the look-up starts over.
 * Stands for vm_map_lookup() and vm_map_lookup_locked(), sys/vm/vm_map.c.
 */
#include <sys/systm.h>
#include <vm/vm_verbs.h>

static bool
writes_copy(vm_map_entry_t e, vm_prot_t fault_type)
{
	return ((e->eflags & MAP_ENTRY_NEEDS_COPY) != 0 &&
	    (fault_type & VM_PROT_WRITE) != 0);
}

static bool
must_change(vm_map_entry_t e, vm_prot_t fault_type)
{
	return (e->object == NULL || writes_copy(e, fault_type));
}

static int
find_entry(vm_map_t map, vm_offset_t addr, vm_prot_t fault_type,
    vm_map_entry_t *entry)
{
	vm_map_entry_t e;

	e = vm_map_entry_above(map, addr);
	if (e == NULL || addr < e->start)
		return (KERN_INVALID_ADDRESS);
	if ((fault_type & ~e->protection) != 0)
		return (KERN_PROTECTION_FAILURE);
	*entry = e;
	return (KERN_SUCCESS);
}

/*
 * Shared to exclusive.  False if another thread may have changed the map
 * meanwhile; it is share-locked then.
 */
static bool
map_lock_upgrade(vm_map_t map)
{
	unsigned before = map->timestamp;

	if (!sx_try_upgrade(&map->lock)) {
		sx_sunlock(&map->lock);
		sx_xlock(&map->lock);
		if (map->timestamp != before) {
			sx_downgrade(&map->lock);
			return (false);
		}
	}
	map->timestamp++;
	return (true);
}

void
vm_map_entry_make_object(vm_map_entry_t e)
{
	KASSERT(e->object == NULL,
	    ("vm_map_entry_make_object: entry %p has %p", e, e->object));
	e->object = vm_object_allocate(OBJT_DEFAULT, atop(e->end - e->start));
	e->offset = 0;
	vm_map_entry_move_charge(e);
}

/* Map exclusively locked. */
static int
change_entry(vm_map_entry_t e, vm_prot_t fault_type)
{
	if (e->object == NULL)
		vm_map_entry_make_object(e);
	return (writes_copy(e, fault_type) ? vm_map_entry_shadow(e) :
	    KERN_SUCCESS);
}

static void
fill_answer(vm_map_entry_t e, vm_offset_t addr, vm_object_t *object,
    vm_pindex_t *pindex, vm_prot_t *prot, bool *wired)
{
	*object = e->object;
	*pindex = OFF_TO_IDX(addr - e->start + e->offset);
	*prot = e->protection;
	if ((e->eflags & MAP_ENTRY_NEEDS_COPY) != 0)
		*prot &= ~VM_PROT_WRITE;
	*wired = e->wired_count != 0;
}

int
vm_map_lookup(vm_map_t map, vm_offset_t addr, vm_prot_t fault_type,
    vm_map_entry_t *entry, vm_object_t *object, vm_pindex_t *pindex,
    vm_prot_t *prot, bool *wired)
{
	int rv;

	sx_slock(&map->lock);
	while ((rv = find_entry(map, addr, fault_type, entry)) ==
	    KERN_SUCCESS && must_change(*entry, fault_type)) {
		if (!map_lock_upgrade(map))
			continue;
		rv = change_entry(*entry, fault_type);
		sx_downgrade(&map->lock);
		break;
	}
	if (rv != KERN_SUCCESS) {
		sx_sunlock(&map->lock);
		return (rv);
	}
	fill_answer(*entry, addr, object, pindex, prot, wired);
	return (KERN_SUCCESS);
}

int
vm_map_lookup_locked(vm_map_t map, vm_offset_t addr, vm_prot_t fault_type,
    vm_map_entry_t *entry, vm_object_t *object, vm_pindex_t *pindex,
    vm_prot_t *prot, bool *wired)
{
	int rv;

	sx_assert(&map->lock, SA_LOCKED);
	rv = find_entry(map, addr, fault_type, entry);
	if (rv != KERN_SUCCESS)
		return (rv);
	if (must_change(*entry, fault_type))
		return (KERN_FAILURE);
	fill_answer(*entry, addr, object, pindex, prot, wired);
	return (KERN_SUCCESS);
}

void
vm_map_lookup_done(vm_map_t map)
{
	sx_sunlock(&map->lock);
}
