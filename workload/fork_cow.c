/*
 * How many forks a second, each with a few pages written in the child.
 *
 * Stands for fork() of a process that has its memory resident, and a child
 * that does a little and exits.  One operation forks the worker's address
 * space, PAGES of one object mapped to be copied, which charges the child for
 * all of them; the child writes WRITTEN, the first of which puts its shadow
 * in, and exits.  In `shared' all workers' spaces map parts of one object, so
 * that the children's shadows stand before it.
 * The oracle: a child finds what the parent has, no parent's page is ever what
 * a child wrote, and in the end only the parents' charges are left.
 */
#include <vm/swap_reserve.h>
#include <vm/vm_extern.h>
#include <workload/workload.h>

#define	PAGES	64
#define	WRITTEN	8
#define	MARK	0xc0ffee		/* no vm_anon_pattern() */

static int
fork_cow_setup(struct lab_run *run)
{
	wl_fixture(run, PAGES, wl_make_resident);
	return (wl_map(run, false, VM_PROT_RW,
	    MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY));
}

static int
fork_cow_oracle(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	vm_page_t m;
	unsigned i;

	for (i = 0; i < s->nobjects; i++)
		TAILQ_FOREACH(m, &s->objects[i]->memq, listq)
			if (*(uint64_t *)vm_page_dmap(m) !=
			    vm_anon_pattern(m->pindex))
				return (wl_wrong(run, "parent's page changed",
				    m->pindex));
	if (vm_swap.swap_reserved != ptoa(PAGES * run->lr_threads))
		return (wl_wrong(run, "bytes of swap reserved",
		    vm_swap.swap_reserved));
	return (wl_mappings_right(run));
}

/* The child's write to page n of the worker's. */
static void
write_page(struct wl_thread *t, struct vmspace *vm, vm_pindex_t n)
{
	vm_offset_t va = t->va + ptoa(n);
	uint64_t *p;

	if (vm_fault(&vm->vm_map, va, VM_PROT_WRITE, VM_FAULT_NORMAL) !=
	    KERN_SUCCESS)
		t->errors++;
	p = pmap_access(&vm->vm_pmap, va, VM_PROT_WRITE);
	if (p == NULL || *p != vm_anon_pattern(t->first + n))
		t->errors++;
	else
		*p = MARK;
}

WORKLOAD(fork_cow, "fork an address space of 64 pages, write 8, exit",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = fork_cow_setup, .oracle = fork_cow_oracle)
{
	struct vmspace *child;
	unsigned i;

	if (vmspace_fork(t->vm, &child) != 0) {
		t->errors++;
		return;
	}
	for (i = 0; i < WRITTEN; i++)
		write_page(t, child, i * (PAGES / WRITTEN));
	vmspace_free(child);
}
