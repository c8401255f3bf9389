/*
 * The operations of workload `pair'.  Read pair.h first.
 */
#include <sim/unit/pair.h>

/* Where, beside a worker's pages, it may map something. */
#define	BESIDE	((vm_offset_t)1 << 20)

static void
lookup(struct wl_thread *t)
{
	vm_page_t m;

	pv_object_lock_read(t->object);
	m = vm_page_lookup(t->object, pair_page(t));
	if (m != NULL && m->pindex != pair_page(t))
		t->errors++;
	pv_object_unlock_read(t->object);
}

static void
alloc(struct wl_thread *t)
{
	vm_page_t m = pv_alloc(t->object, pair_page(t), VM_ALLOC_NORMAL);

	if (m == NULL)
		t->errors++;
	else
		pv_free(m);
}

static void
grab_miss(struct wl_thread *t)
{
	pv_free(pv_grab(t->object, pair_page(t), VM_ALLOC_NORMAL));
}

static void
grab(struct wl_thread *t)
{
	pv_xunbusy(pv_grab(t->object, pair_page(t), VM_ALLOC_NORMAL));
}

static void
grab_sbusy(struct wl_thread *t)
{
	pv_sunbusy(pv_grab_sbusy(t->object, pair_page(t), VM_ALLOC_NORMAL));
}

static void
xbusy(struct wl_thread *t)
{
	pv_object_lock(t->object);
	while (pv_sleep_if_busy_locked(t->held, "pairx"))
		;
	pv_xbusy_locked(t->held);
	pv_object_unlock(t->object);
	pv_xunbusy(t->held);
}

static void
sbusy(struct wl_thread *t)
{
	pv_object_lock(t->object);
	while (pv_sleep_if_xbusy_locked(t->held, "pairs"))
		;
	pv_sbusy_locked(t->held);
	pv_object_unlock(t->object);
	pv_sunbusy(t->held);
}

static void
wire(struct wl_thread *t)
{
	vm_page_lock(t->held);
	vm_page_wire(t->held);
	vm_page_unlock(t->held);
	vm_page_lock(t->held);
	vm_page_unwire(t->held, PQ_ACTIVE);
	vm_page_unlock(t->held);
}

static void
queue(struct wl_thread *t)
{
	vm_page_lock(t->held);
	vm_page_deactivate(t->held);
	vm_page_unlock(t->held);
	vm_page_lock(t->held);
	vm_page_activate(t->held);
	vm_page_unlock(t->held);
}

static void
dirty(struct wl_thread *t)
{
	pv_object_lock(t->object);
	vm_page_dirty(t->held);
	vm_page_undirty(t->held);
	pv_object_unlock(t->object);
}

static void
valid(struct wl_thread *t)
{
	pv_object_lock(t->object);
	vm_page_set_validclean(t->held, 0, PAGE_SIZE);
	pv_object_unlock(t->object);
}

static void
map(struct wl_thread *t)
{
	vm_offset_t va = t->va + BESIDE;

	vm_object_reference(t->object);
	if (vm_map_insert(&t->vm->vm_map, t->object,
	    IDX_TO_OFF(pair_page(t)), va, va + PAGE_SIZE, VM_PROT_READ, 0) !=
	    KERN_SUCCESS) {
		vm_object_deallocate(t->object);
		t->errors++;
	} else if (vm_map_remove(&t->vm->vm_map, va, va + PAGE_SIZE) !=
	    KERN_SUCCESS)
		t->errors++;
}

/* The fault, and what it and its prefault mapped is unmapped. */
static void
fault(struct wl_thread *t, vm_prot_t type)
{
	wl_fault(t, t->va + ptoa(pair_page(t) - t->first), type);
	pmap_remove(&t->vm->vm_pmap, t->va, t->va + ptoa(t->count));
}

static void
fault_read(struct wl_thread *t)
{
	fault(t, VM_PROT_READ);
}

static void
fault_write(struct wl_thread *t)
{
	fault(t, VM_PROT_WRITE);
}

static void
fault_zero(struct wl_thread *t)
{
	fault(t, VM_PROT_WRITE);
	pv_object_lock(t->object);
	vm_object_page_remove(t->object, pair_page(t), pair_page(t) + 1);
	pv_object_unlock(t->object);
}

#define	IS_lookup	0
#define	IS_alloc	(PAIR_EMPTY | PAIR_MAKES | PAIR_REMOVES | PAIR_FREES)
#define	IS_grab_miss	(PAIR_MAKES | PAIR_REMOVES | PAIR_FREES)
#define	IS_grab		PAIR_MAKES
#define	IS_grab_sbusy	PAIR_MAKES
#define	IS_xbusy	PAIR_KNOWS
#define	IS_sbusy	PAIR_KNOWS
#define	IS_wire		PAIR_KNOWS
#define	IS_queue	PAIR_KNOWS
#define	IS_dirty	PAIR_KNOWS
#define	IS_valid	PAIR_KNOWS
#define	IS_map		0
#define	IS_fault_read	(PAIR_MAKES | PAIR_MAPS | PAIR_READ_ONLY)
#define	IS_fault_write	(PAIR_MAKES | PAIR_MAPS)
#define	IS_fault_zero	(PAIR_MAKES | PAIR_MAPS | PAIR_REMOVES)

#define	OPERATION(all, name)	{ #name, IS_##name, name },
const struct pair_operation pair_operations[] = {
	PAIR_FROM_LOOKUP(OPERATION, all)
	{ NULL, 0, NULL }
};
