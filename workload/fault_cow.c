/*
 * How many copy-on-write faults a second.
 *
 * Stands for the first write to a private mapping of a file, or to memory
 * after fork.  One operation is a write fault on a page of the backing object:
 * a shadow page is allocated and 4 KiB copied under the backing object's lock.
 * In `shared' all workers' shadows stand before one backing object.  When the
 * worker has copied all its pages it unmaps and maps them anew, which is in
 * the time.  The oracle: the copy holds what the backing page holds, and the
 * backing page never what was written to a copy; each is mapped in its place.
 */
#include <workload/workload.h>

#define	PAGES	128
#define	WRITTEN	0xc0ffee		/* no vm_anon_pattern() */

static int
fault_cow_setup(struct lab_run *run)
{
	wl_fixture(run, PAGES, wl_make_resident);
	return (wl_map(run, false, VM_PROT_RW,
	    MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY));
}

static void
remap(struct wl_thread *t)
{
	vm_offset_t end = t->va + ptoa(t->count);

	vm_map_remove(&t->vm->vm_map, t->va, end);
	vm_object_reference(t->object);
	if (vm_map_insert(&t->vm->vm_map, t->object, IDX_TO_OFF(t->first),
	    t->va, end, VM_PROT_RW, MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY) !=
	    KERN_SUCCESS)
		t->errors++;
}

static int
fault_cow_oracle(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	vm_page_t m;
	unsigned i;

	for (i = 0; i < s->nobjects; i++)
		TAILQ_FOREACH(m, &s->objects[i]->memq, listq)
			if (*(uint64_t *)vm_page_dmap(m) !=
			    vm_anon_pattern(m->pindex))
				return (wl_wrong(run, "backing page changed",
				    m->pindex));
	return (wl_mappings_right(run));
}

WORKLOAD(fault_cow, "a write fault that copies a page",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .setup = fault_cow_setup, .oracle = fault_cow_oracle)
{
	vm_offset_t va = t->va + ptoa(t->next);
	uint64_t *p;

	wl_fault(t, va, VM_PROT_WRITE);
	p = pmap_access(&t->vm->vm_pmap, va, VM_PROT_WRITE);
	if (p == NULL || *p != vm_anon_pattern(t->first + t->next))
		t->errors++;
	else
		*p = WRITTEN;
	if (++t->next == t->count) {
		t->next = 0;
		remap(t);
	}
}
