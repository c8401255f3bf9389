/*
 * A monitor, which walks objects and counts: as what reads maps and objects
 * for a user does.
 *
 * It locks each object while it looks, and the next one of a chain before it
 * lets go of the last.  It changes nothing and busies nothing.  So when the
 * mutex became an rwlock the read lock was right for it, and the write lock,
 * which a renaming one for one gives, makes it stop those it only watches.
 */
#include <sys/systm.h>
#include <sys/lock.h>
#include <sys/mutex.h>
#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <kpi/consumers/monitor.h>

/* Add what object has. */
static void
monitor_count(vm_object_t object, struct monitor_counts *mc)
{
	vm_page_t m;

	KASSERT(VM_OBJECT_LOCKED(object), ("monitor_count: object %p",
	    (void *)object));
	mc->objects++;
	TAILQ_FOREACH(m, &object->memq, listq) {
		mc->resident++;
		if ((m->oflags & VPO_BUSY) != 0)
			mc->hard_busy++;
		if (m->busy > 0)
			mc->soft_busy++;
		if (m->dirty != 0)
			mc->dirty++;
		if (vm_page_is_all_valid(m))
			mc->valid++;
	}
}

void
monitor_chain(vm_object_t object, struct monitor_counts *mc)
{
	vm_object_t next;

	*mc = (struct monitor_counts){ 0 };
	VM_OBJECT_LOCK(object);
	for (;;) {
		monitor_count(object, mc);
		next = object->backing_object;
		if (next == NULL)
			break;
		VM_OBJECT_LOCK(next);
		VM_OBJECT_UNLOCK(object);
		object = next;
	}
	VM_OBJECT_UNLOCK(object);
}

int
monitor_try(vm_object_t object, struct monitor_counts *mc)
{
	*mc = (struct monitor_counts){ 0 };
	if (!VM_OBJECT_TRYLOCK(object))
		return (EBUSY);
	monitor_count(object, mc);
	VM_OBJECT_UNLOCK(object);
	return (0);
}

unsigned
monitor_range(vm_object_t object, vm_pindex_t first, vm_pindex_t last)
{
	unsigned n = 0;
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	for (m = vm_page_find_least(object, first); m != NULL &&
	    m->pindex <= last; m = TAILQ_NEXT(m, listq))
		n++;
	VM_OBJECT_UNLOCK(object);
	return (n);
}
