/*
 * How many soft faults a second: the page is there, only the mapping is not.
 *
 * Stands for vm_fault() on file text, libraries and shared memory.  One
 * operation is one fault, with the prefault of its neighbours; it steps far
 * enough that no fault meets a page that an earlier one mapped, and unmaps the
 * worker's pages when it comes round (its share of that is in the time).
 * Variants: a read fault in a read-only mapping, or a write fault in a
 * writable one; an address space for each worker, or one for all.
 * The oracle looks at what is mapped, everywhere and at each worker's start.
 */
#include <workload/workload.h>

#define	STEP	(VM_FAULT_PREFAULT + 1)
#define	PAGES	(16 * STEP)

static int
fault_soft_setup(struct lab_run *run)
{
	bool write = wl_variant(run, "rw");
	unsigned i;

	wl_fixture(run, PAGES, wl_make_resident);
	for (i = 0; i < run->lr_threads; i++)
		wl_state(run)->threads[i].type = write ? VM_PROT_WRITE :
		    VM_PROT_READ;
	return (wl_map(run, wl_variant(run, "one"),
	    write ? VM_PROT_RW : VM_PROT_READ, 0));
}

static const char *const fault_soft_variants[] = {
	"ro,own", "rw,own", "ro,one", "rw,one", NULL
};

/* Each worker faults once more and reads the page's first word there. */
static int
fault_soft_oracle(struct lab_run *run)
{
	struct wl_thread *t;
	const uint64_t *p;
	unsigned i;

	for (i = 0; i < run->lr_threads; i++) {
		t = &wl_state(run)->threads[i];
		wl_fault(t, t->va, VM_PROT_READ);
		p = pmap_access(&t->vm->vm_pmap, t->va, VM_PROT_READ);
		if (p == NULL || *p != vm_anon_pattern(t->first))
			return (wl_wrong(run, "wrong page mapped, worker", i));
	}
	return (wl_mappings_right(run));
}

WORKLOAD(fault_soft, "a fault on a resident page",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .lab.lw_variants = fault_soft_variants,
    .setup = fault_soft_setup, .oracle = fault_soft_oracle)
{
	wl_fault(t, t->va + ptoa(t->next), t->type);
	t->next += STEP;
	if (t->next >= t->count) {
		t->next = 0;
		pmap_remove(&t->vm->vm_pmap, t->va, t->va + ptoa(t->count));
	}
}
