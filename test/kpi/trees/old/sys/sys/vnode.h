/* A file; its operations' header is made when a kernel is built. */
#ifndef _SYS_VNODE_H_
#define	_SYS_VNODE_H_

struct vnode {
	struct vm_object *v_object;
};

#include "vnode_if.h"

#endif /* _SYS_VNODE_H_ */
