/* The memory object, its lock an rwlock. */
#ifndef _VM_OBJECT_
#define	_VM_OBJECT_

#include <sys/_rwlock.h>

struct vm_object {
	struct rwlock	lock;
	struct vm_page	*memq;
	vm_pindex_t	size;
	int		ref_count;
	u_short		flags;
};

#define	OBJ_DEAD	0x0008

#define	VM_OBJECT_WLOCK(object)		rw_wlock(&(object)->lock)
#define	VM_OBJECT_WUNLOCK(object)	rw_wunlock(&(object)->lock)
#define	VM_OBJECT_RLOCK(object)		rw_rlock(&(object)->lock)
#define	VM_OBJECT_RUNLOCK(object)	rw_runlock(&(object)->lock)
#define	VM_OBJECT_ASSERT_WLOCKED(object)				\
	rw_assert(&(object)->lock, RA_WLOCKED)

void		vm_object_deallocate(vm_object_t);

#endif /* _VM_OBJECT_ */
