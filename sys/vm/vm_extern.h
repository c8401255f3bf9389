/*
 * What the VM gives system calls: memory mapped, protected and forked, with
 * errors as errno.  In FreeBSD these are in vm_mmap.c and kern_fork.c.
 */
#ifndef VM_VM_EXTERN_H
#define	VM_VM_EXTERN_H

#include <vm/vm_map.h>

/*
 * mmap(2) of anonymous memory at a place that is free: bytes from addr, both
 * multiples of PAGE_SIZE.  flags: MAP_INHERIT_SHARE, as MAP_SHARED has it, or
 * 0.  ENOMEM where something is mapped, the address is none, or no swap can be
 * reserved.  Takes the map lock.
 */
int	vm_mmap_anon(vm_map_t map, vm_offset_t addr, vm_offset_t bytes,
	    vm_prot_t prot, unsigned flags);
/* mprotect(2) in full pages.  ENOMEM when no swap can be reserved. */
int	vm_mprotect(vm_map_t map, vm_offset_t addr, vm_offset_t bytes,
	    vm_prot_t prot);
/*
 * The memory of fork(2): *vmp is a copy of vm1.  ENOMEM when no swap can be
 * reserved; what the parent would have had to pay for its copies stays
 * charged to it then.  Takes vm1's map lock.
 */
int	vmspace_fork(struct vmspace *vm1, struct vmspace **vmp);

#endif /* VM_VM_EXTERN_H */
