/*
 * The unit's side of tools/shm/shm_case.h: linked once more into a unit of the
 * benchmark's flavour, so no check is on.
 */
#include <sys/systm.h>
#include <sys/linker_set.h>
#include <sys/shm.h>
#include <sys/ucred.h>
#include <vm/pmap_pte.h>
#include <vm/swap_reserve.h>
#include <vm/uma.h>
#include <vm/vm_verbs.h>
#include <workload/lab_unit.h>

#include "shm_case.h"

#define	BASE	((vm_offset_t)1 << 30)	/* where the segment is mapped */

/* Memory beyond the segment's: tables, and a reserve of a 128th and more. */
static size_t
memory_of(size_t bytes, unsigned spaces)
{
	size_t tables = (bytes / pmap_span(1) + PMAP_LEVELS) * PAGE_SIZE;

	return (bytes + spaces * tables + bytes / 16 + ((size_t)64 << 20));
}

/* Fault where the hardware says so, and read a word of each page. */
static void
touch(struct vmspace *vm, size_t bytes)
{
	const volatile uint64_t *p;
	vm_offset_t va;

	for (va = BASE; va < BASE + bytes; va += PAGE_SIZE) {
		while ((p = pmap_access(&vm->vm_pmap, va, VM_PROT_WRITE)) ==
		    NULL)
			if (vm_fault(&vm->vm_map, va, VM_PROT_WRITE,
			    VM_FAULT_NORMAL) != KERN_SUCCESS)
				panic("shm: fault at %#llx",
				    (unsigned long long)va);
		if (*p != 0)
			panic("shm: %#llx at %#llx", (unsigned long long)*p,
			    (unsigned long long)va);
	}
}

static void
map_and_touch(struct vmspace **vm, unsigned spaces, int id, size_t bytes)
{
	int error;

	for (unsigned i = 0; i < spaces; i++) {
		vm[i] = vmspace_alloc();
		error = kern_shmat(vm[i], id, BASE, 0);
		if (error != 0)
			panic("shm: shmat: errno %d", error);
		touch(vm[i], bytes);
	}
}

static void
count(struct vmspace **vm, unsigned spaces, struct shm_found *found)
{
	for (unsigned i = 0; i < spaces; i++)
		found->sf_mappings += (uint64_t)vm[i]->vm_pmap.pm_resident;
	found->sf_pv_entries = (uint64_t)pmap_pv_count();
	found->sf_pv_bytes = found->sf_pv_entries * sizeof(struct pv_entry);
	found->sf_table_bytes = ptoa(pmap_ptpage_count());
	found->sf_reserved_bytes = (uint64_t)vm_swap.swap_reserved;
}

static void
shm_run(int use_phys, size_t bytes, unsigned spaces, struct shm_found *found)
{
	char why[LAB_WHY_MAX];
	struct vmspace **vm;
	uint64_t begin;
	int error, id;

	*found = (struct shm_found){ 0 };
	vm_boot(memory_of(bytes, spaces), 0);
	vm = kmem_startup_array(spaces, struct vmspace *);
	shm_use_phys = use_phys;
	error = kern_shmget(IPC_PRIVATE, bytes, IPC_CREAT, &ucred_root,
	    &id);
	if (error != 0)
		panic("shm: shmget: errno %d", error);
	begin = md_clock_ns();
	map_and_touch(vm, spaces, id, bytes);
	found->sf_map_ns = md_clock_ns() - begin;
	count(vm, spaces, found);
	begin = md_clock_ns();
	for (unsigned i = 0; i < spaces; i++)
		vmspace_free(vm[i]);
	found->sf_unmap_ns = md_clock_ns() - begin;
	(void)kern_shmctl(id, IPC_RMID, NULL);
	if (vm_leaks(why, sizeof(why)) != 0)
		panic("shm: left behind: %s", why);
	vm_shutdown();
}

static const struct shm_case shm_case = { IMPL_NAME, shm_run };
DATA_SET(shm_cases, shm_case);
