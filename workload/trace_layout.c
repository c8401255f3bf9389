/*
 * Lay a recorded trace out for replay: objects and address spaces.
 *
 * Every file and shared-memory object once, every private one once a clone.
 * An address space for each process of each clone, in which object o stands at
 * the same address, the sum of the sizes before it.  trace_deal.c then gives
 * the workers their lists.
 */
#include <vm/uma.h>
#include <vm/vm_phys.h>
#include <workload/trace.h>

/* Unmapped pages between two objects, so that none is its neighbour's. */
#define	GAP_PAGES	16

/* Pages beyond what is counted: upper page tables, and some to spare. */
#define	SPARE_PAGES	2048

#define	TABLE_PAGES	512	/* pages that one page table maps */

static bool
is_private(const struct lab_trace_object *o)
{
	return (o->lto_kind == LAB_TRACE_ANON);
}

/* Where each object is mapped, or NULL when they do not fit. */
static vm_offset_t *
object_addresses(const struct lab_trace *tr)
{
	vm_offset_t *va = kmem_startup_array(tr->lt_nobjects, vm_offset_t);
	uint64_t page = GAP_PAGES;
	uint32_t i;

	for (i = 0; i < tr->lt_nobjects; i++) {
		va[i] = ptoa(page);
		page += tr->lt_objects[i].lto_pages + GAP_PAGES;
		if (page > atop(VM_MAXUSER_ADDRESS))
			return (NULL);
	}
	return (va);
}

/* Files are in memory when the program starts: only mappings are missing. */
static void
make_resident(const struct lab_trace *tr, vm_object_t *files)
{
	vm_object_t object;
	vm_page_t m;
	uint32_t i;

	for (i = 0; i < tr->lt_nfaults; i++) {
		object = files[tr->lt_faults[i].ltf_object];
		if (object == NULL)
			continue;
		m = pv_grab(object, tr->lt_faults[i].ltf_page,
		    VM_ALLOC_NORMAL);
		pv_object_lock(object);
		if (!vm_page_is_all_valid(m)) {
			pmap_zero_page(m);
			m->valid = VM_PAGE_BITS_ALL;
		}
		pv_xunbusy_locked(m);
		pv_object_unlock(object);
	}
}

/* Pages an object may need at once: its own, copies of them, page tables. */
static uint64_t
object_pages(const struct lab_trace_object *o, uint32_t clones)
{
	uint64_t copies = clones, maps = (uint64_t)clones * o->lto_processes;

	if (o->lto_kind == LAB_TRACE_SHARED)
		copies = 1;
	else if (!is_private(o))
		copies = 1 + maps;
	return (o->lto_touched * copies +
	    ulmin(o->lto_touched, o->lto_pages / TABLE_PAGES + 2) * maps);
}

/*
 * Is there memory for a replay, beside the reserve?  0 or ENOMEM.  Nobody
 * would free a page for who waits, so it must be enough from the start.  More
 * memory has a greater reserve: hence the 64th.
 */
static int
enough_memory(struct lab_run *run)
{
	const struct lab_trace *tr = run->lr_trace;
	uint64_t missing, need = SPARE_PAGES + vm_cnt.v_free_reserved;
	uint32_t i;

	for (i = 0; i < tr->lt_nobjects; i++)
		need += object_pages(&tr->lt_objects[i], run->lr_clones);
	if (need <= vm_free_count())
		return (0);
	missing = need - vm_free_count();
	wl_wrong(run, "replay needs more memory; give --physmem, MiB",
	    howmany(ptoa(vm_cnt.v_page_count + missing + missing / 64 + 1),
	    (uint64_t)1 << 20));
	return (ENOMEM);
}

/* Map every object a process of this clone may touch. */
static int
map_process(struct lab_run *run, struct vmspace *vm, uint32_t process,
    vm_object_t *objects, const vm_offset_t *va)
{
	static const unsigned eflags[] = {
		[LAB_TRACE_FILE] = MAP_ENTRY_COW | MAP_ENTRY_NEEDS_COPY,
		[LAB_TRACE_SHARED] = 0,
		[LAB_TRACE_ANON] = MAP_ENTRY_COW,
	};
	const struct lab_trace *tr = run->lr_trace;
	const struct lab_trace_object *o;
	uint32_t i;
	int rv;

	for (i = 0; i < tr->lt_nobjects; i++) {
		o = &tr->lt_objects[i];
		if (is_private(o) && o->lto_owner != process)
			continue;
		vm_object_reference(objects[i]);
		rv = vm_map_insert(&vm->vm_map, objects[i], 0, va[i],
		    va[i] + ptoa(o->lto_pages), VM_PROT_ALL,
		    eflags[o->lto_kind]);
		if (rv != KERN_SUCCESS)
			return (wl_wrong(run, "vm_map_insert", rv));
	}
	return (0);
}

/* Objects and spaces of one clone; files[] are common, NULL where private. */
static int
layout_clone(struct lab_run *run, vm_object_t *files, const vm_offset_t *va)
{
	const struct lab_trace *tr = run->lr_trace;
	vm_object_t *objects = kmem_startup_array(tr->lt_nobjects, vm_object_t);
	struct wl_state *s = wl_state(run);
	uint32_t i;
	int error = 0;

	for (i = 0; i < tr->lt_nobjects; i++) {
		objects[i] = files[i];
		if (objects[i] == NULL) {
			objects[i] = wl_make_default(
			    tr->lt_objects[i].lto_pages);
			s->objects[s->nobjects++] = objects[i];
		}
	}
	for (i = 0; i < tr->lt_nprocesses && error == 0; i++) {
		s->spaces[s->nspaces] = vmspace_alloc();
		error = map_process(run, s->spaces[s->nspaces++], i, objects,
		    va);
	}
	return (error);
}

/* The objects that all clones share. */
static vm_object_t *
layout_files(struct lab_run *run)
{
	const struct lab_trace *tr = run->lr_trace;
	struct wl_state *s = wl_state(run);
	vm_object_t *files = kmem_startup_array(tr->lt_nobjects, vm_object_t);
	uint32_t i;

	for (i = 0; i < tr->lt_nobjects; i++) {
		if (is_private(&tr->lt_objects[i]))
			continue;
		files[i] = wl_make_default(tr->lt_objects[i].lto_pages);
		s->objects[s->nobjects++] = files[i];
	}
	make_resident(tr, files);
	return (files);
}

int
replay_layout(struct lab_run *run, struct replay *r)
{
	const struct lab_trace *tr = run->lr_trace;
	const vm_offset_t *va;
	vm_object_t *files;
	uint32_t c;
	int error;

	wl_state_alloc(run, tr->lt_nobjects * run->lr_clones,
	    tr->lt_nprocesses * run->lr_clones);
	va = object_addresses(tr);
	if (va == NULL)
		return (wl_wrong(run, "trace reaches beyond the address "
		    "space, pages", atop(VM_MAXUSER_ADDRESS)));
	error = enough_memory(run);
	if (error != 0)
		return (error);
	files = layout_files(run);
	for (c = 0; c < run->lr_clones && error == 0; c++)
		error = layout_clone(run, files, va);
	if (error == 0)
		error = replay_deal(run, r, va);
	return (error);
}
