/*
 * The two big locks, and Giant's way through a sleep.  Read <vm/vm_mtx.h>.
 *
 * They are static, and are never initialised anew: kern_init() leaves alone
 * what a lock's type is called and where it stands in the order.
 */
#include <sys/systm.h>
#include <sys/rwlock.h>
#include <sys/sx.h>
#include <vm/vm_mtx.h>

struct big_lock vm_mtx = {
	.bl_mtx = { .mtx_lock = MTX_UNOWNED, .lock_object = {
		.lo_name = "vm_mtx", .lo_type = LO_VM, .lo_order = LO_VM,
		.lo_flags = LO_YIELDED } }
};
struct big_lock Giant = {
	.bl_mtx = { .mtx_lock = MTX_UNOWNED, .lock_object = {
		.lo_name = "Giant", .lo_type = LO_GIANT, .lo_order = LO_GIANT,
		.lo_flags = LO_YIELDED } }
};

unsigned giant_stage = GIANT_STAGE;

void
giant_set(unsigned stage)
{
	KASSERT((stage & ~GIANT_ALL) == 0, ("giant_set: stage %#x", stage));
	KASSERT(!big_lock_owned(&Giant) && !big_lock_owned(&vm_mtx),
	    ("giant_set: within the VM"));
	giant_stage = stage;
}

unsigned
giant_drop(void)
{
	unsigned count;

	if (!big_lock_owned(&Giant))
		return (0);
	count = Giant.bl_depth + 1;
	Giant.bl_depth = 0;
	giant_leave(LOCK_FILE, LOCK_LINE);
	return (count);
}

void
giant_pickup(unsigned count)
{
	if (count == 0)
		return;
	giant_enter(LOCK_FILE, LOCK_LINE);
	Giant.bl_depth += count - 1;
}
