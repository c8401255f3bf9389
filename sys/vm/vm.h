/*
 * Types and constants that every file of the VM uses, and its start and end.
 *
 * The lab's machine has pages of 4 KiB (PAGE_SIZE) and physical memory in one
 * contiguous segment per domain.  Return values of map and fault calls are
 * Mach's, as in FreeBSD.
 */
#ifndef VM_VM_H
#define	VM_VM_H

#include <sys/systm.h>

typedef uint64_t	vm_offset_t;	/* a virtual address */
typedef uint64_t	vm_paddr_t;	/* a physical address */
typedef uint64_t	vm_ooffset_t;	/* a byte offset in an object */
typedef uint64_t	vm_pindex_t;	/* a page index in an object */
typedef uint8_t		vm_prot_t;

struct vm_page;
typedef struct vm_page *vm_page_t;
struct vm_object;
typedef struct vm_object *vm_object_t;

#define	PAGE_SHIFT	12
#define	PAGE_SIZE	(1 << PAGE_SHIFT)
#define	PAGE_MASK	(PAGE_SIZE - 1)
_Static_assert(PAGE_SIZE == MD_PAGE_SIZE, "one page size");

#define	atop(x)		((vm_pindex_t)(x) >> PAGE_SHIFT)
#define	ptoa(x)		((uint64_t)(x) << PAGE_SHIFT)
#define	trunc_page(x)	((x) & ~(uint64_t)PAGE_MASK)
#define	round_page(x)	(((x) + PAGE_MASK) & ~(uint64_t)PAGE_MASK)
#define	OFF_TO_IDX(off)	((vm_pindex_t)(off) >> PAGE_SHIFT)
#define	IDX_TO_OFF(idx)	((vm_ooffset_t)(idx) << PAGE_SHIFT)

#define	VM_PROT_NONE	0x00
#define	VM_PROT_READ	0x01
#define	VM_PROT_WRITE	0x02
#define	VM_PROT_EXECUTE	0x04
#define	VM_PROT_RW	(VM_PROT_READ | VM_PROT_WRITE)
#define	VM_PROT_ALL	0x07

#define	KERN_SUCCESS		0
#define	KERN_INVALID_ADDRESS	1
#define	KERN_PROTECTION_FAILURE	2
#define	KERN_NO_SPACE		3
#define	KERN_INVALID_ARGUMENT	4
#define	KERN_FAILURE		5
#define	KERN_RESOURCE_SHORTAGE	6

/*
 * Bring the VM of this unit up: kern_init(), physical pages, zones, queues.
 * physmem is in bytes over all domains; home is the domain from which pages
 * and kernel structures come first.  Single-threaded; the caller becomes
 * thread 0.  Panics when memory is too small to boot (under 64 pages).
 */
void	vm_boot(size_t physmem, unsigned home);

/*
 * Take it down: give all memory back to the machine.  Single-threaded, by
 * thread 0, which is detached.  Everything a caller made must be gone;
 * vm_leaks() says whether it is.
 */
void	vm_shutdown(void);

/*
 * Count what a run left behind.  Returns 0, or writes "3 pages not free, ..."
 * into why and returns the number of kinds of leak.  Thread 0, all others
 * detached.  Looks for pages neither free nor wired by the pmap, busy, held or
 * wired pages, pv entries, fictitious pages, objects, map entries and radix
 * nodes not freed, swap still reserved, credentials still held.
 */
int	vm_leaks(char *why, size_t whylen);

#endif /* VM_VM_H */
