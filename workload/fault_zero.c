/*
 * How many zero-fill faults a second: the first touch of anonymous memory.
 *
 * Stands for vm_fault() on heap and stack.  One operation is a write fault on
 * a page that does not exist: allocate, clear 4 KiB under the object lock,
 * map; then it stores a word, as the program would.  Every PAGES operations
 * the pages are unmapped and freed, which is in the time.
 * The oracle: every page was zero when it came, and is mapped in its place.
 */
#include <workload/workload.h>

#define	PAGES	256

static int
fault_zero_setup(struct lab_run *run)
{
	wl_fixture(run, PAGES, wl_make_default);
	return (wl_map(run, false, VM_PROT_RW, 0));
}

WORKLOAD(fault_zero, "a write fault on a page that does not exist yet",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = fault_zero_setup, .oracle = wl_mappings_right)
{
	vm_offset_t va = t->va + ptoa(t->next);
	uint64_t *p;

	wl_fault(t, va, VM_PROT_WRITE);
	p = pmap_access(&t->vm->vm_pmap, va, VM_PROT_WRITE);
	if (p == NULL || *p != 0)
		t->errors++;
	else
		*p = va;
	if (++t->next == t->count) {
		t->next = 0;
		wl_forget_pages(t);
	}
}
