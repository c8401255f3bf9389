/* The memory object, its lock a mutex. */
#ifndef _VM_OBJECT_
#define	_VM_OBJECT_

#include <sys/_mutex.h>

struct vm_object {
	struct mtx	mtx;
	struct vm_page	*memq;
	vm_pindex_t	size;
	int		ref_count;
	u_short		flags;
};

#define	OBJ_DEAD	0x0008

#define	VM_OBJECT_LOCK(object)		mtx_lock(&(object)->mtx)
#define	VM_OBJECT_UNLOCK(object)	mtx_unlock(&(object)->mtx)
#define	VM_OBJECT_LOCK_ASSERT(object, type)				\
	mtx_assert(&(object)->mtx, (type))

void		vm_object_deallocate(vm_object_t);

#endif /* _VM_OBJECT_ */
