/*
 * What workloads work on: objects by sharing, address spaces over them, and
 * the checks that hold whenever nobody runs.
 */
#include <sys/proc.h>
#include <vm/uma.h>
#include <workload/workload.h>

vm_object_t
wl_make_default(vm_pindex_t pages)
{
	return (vm_pager_allocate(OBJT_DEFAULT, NULL, ptoa(pages), VM_PROT_RW,
	    0, curthread->td_ucred));
}

vm_object_t
wl_make_anon(vm_pindex_t pages)
{
	return (vm_anon_pager_allocate(pages));
}

vm_object_t
wl_make_resident(vm_pindex_t pages)
{
	vm_object_t object = vm_object_allocate(OBJT_DEFAULT, pages);

	wl_fill(object, pages);
	return (object);
}

void
wl_fill(vm_object_t object, vm_pindex_t pages)
{
	vm_pindex_t i;
	vm_page_t m;

	for (i = 0; i < pages; i++) {
		m = pv_grab(object, i, VM_ALLOC_NORMAL);
		pmap_zero_page(m);
		*(uint64_t *)vm_page_dmap(m) = vm_anon_pattern(i);
		pv_object_lock(object);
		m->valid = VM_PAGE_BITS_ALL;
		pv_xunbusy_locked(m);
		pv_object_unlock(object);
	}
}

void
wl_state_alloc(struct lab_run *run, unsigned objects, unsigned spaces)
{
	struct wl_state *s = kmem_startup_array(1, struct wl_state);
	struct wl_thread *t;
	unsigned i;

	s->threads = kmem_startup_array(run->lr_threads, struct wl_thread);
	s->objects = kmem_startup_array(objects, vm_object_t);
	s->spaces = kmem_startup_array(spaces, struct vmspace *);
	for (i = 0; i < run->lr_threads; i++) {
		t = &s->threads[i];
		t->run = run;
		t->id = i;
		t->random = (run->lr_seed + i) * 0x9e3779b97f4a7c15ULL | 1;
	}
	run->lr_private = s;
}

int
wl_fixture(struct lab_run *run, vm_pindex_t pages, wl_make_object *make)
{
	bool private = run->lr_sharing == LAB_PRIVATE;
	bool same = run->lr_sharing == LAB_SAME;
	struct wl_thread *t;
	struct wl_state *s;
	unsigned i;

	wl_state_alloc(run, run->lr_threads, run->lr_threads);
	s = wl_state(run);
	if (same)
		pages = 1;
	s->nobjects = private ? run->lr_threads : 1;
	for (i = 0; i < s->nobjects; i++)
		s->objects[i] = make(private || same ? pages :
		    pages * run->lr_threads);
	for (i = 0; i < run->lr_threads; i++) {
		t = &s->threads[i];
		t->object = s->objects[private ? i : 0];
		t->first = private || same ? 0 : i * pages;
		t->count = pages;
	}
	return (0);
}

int
wl_map(struct lab_run *run, bool one_space, vm_prot_t prot, unsigned eflags)
{
	struct wl_state *s = wl_state(run);
	struct wl_thread *t;
	unsigned i;
	int rv;

	s->nspaces = one_space ? 1 : run->lr_threads;
	for (i = 0; i < s->nspaces; i++)
		s->spaces[i] = vmspace_alloc();
	for (i = 0; i < run->lr_threads; i++) {
		t = &s->threads[i];
		t->vm = s->spaces[one_space ? 0 : i];
		t->va = WL_VA(i);
		vm_object_reference(t->object);
		rv = vm_map_insert(&t->vm->vm_map, t->object,
		    IDX_TO_OFF(t->first), t->va, t->va + ptoa(t->count), prot,
		    eflags);
		if (rv != KERN_SUCCESS)
			return (wl_wrong(run, "vm_map_insert", rv));
	}
	return (0);
}

void
wl_fixture_free(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	unsigned i;

	for (i = 0; i < s->nspaces; i++)
		vmspace_free(s->spaces[i]);
	for (i = 0; i < s->nobjects; i++)
		vm_object_deallocate(s->objects[i]);
}

void
wl_forget_pages(struct wl_thread *t)
{
	pmap_remove(&t->vm->vm_pmap, t->va, t->va + ptoa(t->count));
	pv_object_lock(t->object);
	vm_object_page_remove(t->object, t->first, t->first + t->count);
	pv_object_unlock(t->object);
}

void
wl_fault(struct wl_thread *t, vm_offset_t va, vm_prot_t type)
{
	if (vm_fault(&t->vm->vm_map, va, type, VM_FAULT_NORMAL) !=
	    KERN_SUCCESS)
		t->errors++;
}
