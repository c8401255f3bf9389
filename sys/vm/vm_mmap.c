/*
 * Memory for system calls: results of the map as errno.
 *
 * After vm_mmap() and sys_mprotect(), FreeBSD 10.4 sys/vm/vm_mmap.c.
 * Difference: the caller chooses the address.
 */
#include <sys/systm.h>
#include <vm/vm_extern.h>

static int
map_to_errno(int rv)
{
	switch (rv) {
	case KERN_SUCCESS:
		return (0);
	case KERN_INVALID_ADDRESS:
	case KERN_NO_SPACE:
	case KERN_RESOURCE_SHORTAGE:
		return (ENOMEM);
	case KERN_PROTECTION_FAILURE:
		return (EACCES);
	default:
		return (EINVAL);
	}
}

int
vm_mmap_anon(vm_map_t map, vm_offset_t addr, vm_offset_t bytes,
    vm_prot_t prot, unsigned flags)
{
	KASSERT((flags & ~MAP_INHERIT_SHARE) == 0,
	    ("vm_mmap_anon: flags %#x", flags));
	return (map_to_errno(vm_map_insert(map, NULL, 0, addr, addr + bytes,
	    prot, flags)));
}

int
vm_mprotect(vm_map_t map, vm_offset_t addr, vm_offset_t bytes, vm_prot_t prot)
{
	return (map_to_errno(vm_map_protect(map, addr, addr + bytes, prot)));
}
