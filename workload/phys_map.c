/*
 * What a mapping of shared memory costs, with a pv entry and without: a segment
 * backed by the phys pager, against one that can be paged out.
 *
 * Stands for System V shared memory with kern.ipc.shm_use_phys.  One operation
 * is a write fault on a resident page of the segment, each worker in an address
 * space of its own, with the prefault of its neighbours; when a worker has come
 * round it unmaps its pages, which is in the time.
 * The oracle: what is mapped is the segment's, whole; of the phys-backed one no
 * mapping is counted, of the other each.
 */
#include <workload/workload.h>

#define	STEP	(VM_FAULT_PREFAULT + 1)
#define	PAGES	(16 * STEP)

static const char *const phys_map_variants[] = { "phys", "swap", NULL };

static vm_object_t
make_phys(vm_pindex_t pages)
{
	vm_object_t object;

	object = vm_pager_allocate(OBJT_PHYS, NULL, ptoa(pages), VM_PROT_RW, 0,
	    NULL);
	wl_fill(object, pages);
	return (object);
}

static int
phys_map_setup(struct lab_run *run)
{

	wl_fixture(run, PAGES, wl_variant(run, "phys") ? make_phys :
	    wl_make_resident);
	return (wl_map(run, false, VM_PROT_RW, 0));
}

static int
phys_map_oracle(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	long mappings = 0;
	unsigned i;

	for (i = 0; i < s->nspaces; i++)
		mappings += s->spaces[i]->vm_pmap.pm_resident;
	if (pmap_pv_count() != (wl_variant(run, "phys") ? 0 : mappings))
		return (wl_wrong(run, "pv entries", (uint64_t)pmap_pv_count()));
	return (wl_mappings_right(run));
}

WORKLOAD(phys_map, "a fault on a resident page of a shared segment",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED | LAB_SAME,
    .lab.lw_variants = phys_map_variants,
    .setup = phys_map_setup, .oracle = phys_map_oracle)
{
	vm_offset_t va = t->va + ptoa(t->next);
	const uint64_t *p;

	wl_fault(t, va, VM_PROT_WRITE);
	p = pmap_access(&t->vm->vm_pmap, va, VM_PROT_WRITE);
	if (p == NULL || *p != vm_anon_pattern(t->first + t->next))
		t->errors++;
	t->next += STEP;
	if (t->next >= t->count) {
		t->next = 0;
		pmap_remove(&t->vm->vm_pmap, t->va, t->va + ptoa(t->count));
	}
}
