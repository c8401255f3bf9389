/*
 * How many times a second memory is mapped, charged, hardly used and unmapped.
 *
 * Stands for mmap() and munmap() of anonymous memory, as of a thread's stack
 * or an allocator's arena.  One operation maps PAGES of it, which reserves the
 * swap for them, touches TOUCHED, whose first moves the charge from the entry
 * to an object, and unmaps all, which releases it.  Everybody reserves on one
 * user's account, so that all meet at the two counts; in `shared' they do it
 * in one address space too.
 * The oracle: each page was zero when it came, and in the end nothing is
 * mapped, nor any swap reserved.
 */
#include <vm/swap_reserve.h>
#include <vm/vm_extern.h>
#include <workload/workload.h>

#define	PAGES		64
#define	TOUCHED		2

static int
mmap_charge_setup(struct lab_run *run)
{
	struct wl_state *s;
	struct wl_thread *t;
	unsigned i;

	wl_state_alloc(run, 1, run->lr_threads);
	s = wl_state(run);
	s->nspaces = run->lr_sharing == LAB_PRIVATE ? run->lr_threads : 1;
	for (i = 0; i < s->nspaces; i++)
		s->spaces[i] = vmspace_alloc();
	for (i = 0; i < run->lr_threads; i++) {
		t = &s->threads[i];
		t->vm = s->spaces[i % s->nspaces];
		t->va = WL_VA(i);
	}
	return (0);
}

static int
mmap_charge_oracle(struct lab_run *run)
{
	if (vm_map_entries() != 0)
		return (wl_wrong(run, "entries left", vm_map_entries()));
	if (vm_swap.swap_reserved != 0)
		return (wl_wrong(run, "bytes of swap still reserved",
		    vm_swap.swap_reserved));
	return (wl_no_errors(run));
}

static void
touch(struct wl_thread *t, vm_offset_t va)
{
	uint64_t *p;

	wl_fault(t, va, VM_PROT_WRITE);
	p = pmap_access(&t->vm->vm_pmap, va, VM_PROT_WRITE);
	if (p == NULL || *p != 0)
		t->errors++;
	else
		*p = va;
}

WORKLOAD(mmap_charge, "map 64 pages, charged, touch 2 of them, unmap",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = mmap_charge_setup, .oracle = mmap_charge_oracle)
{
	unsigned i;

	if (vm_mmap_anon(&t->vm->vm_map, t->va, ptoa(PAGES), VM_PROT_RW, 0) !=
	    0)
		t->errors++;
	for (i = 0; i < TOUCHED; i++)
		touch(t, t->va + ptoa(i * (PAGES / TOUCHED)));
	if (vm_map_remove(&t->vm->vm_map, t->va, t->va + ptoa(PAGES)) !=
	    KERN_SUCCESS)
		t->errors++;
}
