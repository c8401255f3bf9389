/* A consumer in 9.x's idiom, of the miniature trees. */
#include "opt_vm.h"

#include <sys/param.h>
#include <sys/mutex.h>
#include <sys/vnode.h>

#include <vm/vm.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

int	grabber(struct vnode *vp, vm_pindex_t pindex);

int
grabber(struct vnode *vp, vm_pindex_t pindex)
{
	vm_object_t object = vp->v_object;
	vm_page_t m;

	VM_OBJECT_LOCK(object);
	while ((m = vm_page_lookup(object, pindex)) != NULL &&
	    vm_page_sleep_if_busy(m, TRUE, "grabbr"))
		continue;
	m = vm_page_grab(object, pindex, VM_ALLOC_WIRED | VM_ALLOC_RETRY);
	VM_OBJECT_UNLOCK(object);
	if (VOP_GETPAGES(vp, &m) != 0)
		return (1);
	VM_OBJECT_LOCK(object);
	m->oflags |= VPO_NOSYNC;
	vm_page_wakeup(m);
	VM_OBJECT_UNLOCK(object);
	return (0);
}
