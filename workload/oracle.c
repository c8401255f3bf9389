/*
 * What oracles share: words of a variant, what to say, what holds at rest.
 * Run on one thread, after the window; nothing here is timed.
 */
#include <workload/workload.h>

/* snprintf is not the machine's: a unit formats its own few words. */
static size_t
append(char *dst, size_t at, const char *text)
{
	for (; *text != '\0' && at + 1 < LAB_WHY_MAX; text++)
		dst[at++] = *text;
	dst[at] = '\0';
	return (at);
}

int
wl_wrong(struct lab_run *run, const char *what, uint64_t number)
{
	char digits[24];
	int i = sizeof(digits) - 1;
	size_t at;

	digits[i] = '\0';
	do {
		digits[--i] = '0' + number % 10;
		number /= 10;
	} while (number != 0);
	at = append(run->lr_why, 0, what);
	at = append(run->lr_why, at, ": ");
	append(run->lr_why, at, &digits[i]);
	return (EDOM);
}

bool
wl_variant(const struct lab_run *run, const char *word)
{
	const char *p = run->lr_variant, *w;

	while (*p != '\0') {
		for (w = word; *w != '\0' && *w == *p; w++, p++)
			;
		if (*w == '\0' && (*p == ',' || *p == '\0'))
			return (true);
		while (*p != '\0' && *p++ != ',')
			;
	}
	return (false);
}

int
wl_no_errors(struct lab_run *run)
{
	uint64_t errors = 0;
	unsigned i;

	for (i = 0; i < run->lr_threads; i++)
		errors += wl_state(run)->threads[i].errors;
	return (errors == 0 ? 0 : wl_wrong(run, "wrong results", errors));
}

static int
object_at_rest(struct lab_run *run, vm_object_t object)
{
	vm_pindex_t last = 0;
	unsigned n = 0;
	vm_page_t m;

	TAILQ_FOREACH(m, &object->memq, listq) {
		if (pv_busied(m))
			return (wl_wrong(run, "page left busy", m->pindex));
		if (m->object != object || (n > 0 && m->pindex <= last))
			return (wl_wrong(run, "memq out of order",
			    m->pindex));
		last = m->pindex;
		n++;
	}
	if (n != object->resident_page_count)
		return (wl_wrong(run, "resident_page_count", n));
	if (object->paging_in_progress != 0)
		return (wl_wrong(run, "paging in progress",
		    object->paging_in_progress));
	return (0);
}

int
wl_objects_empty(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	unsigned i;

	for (i = 0; i < s->nobjects; i++)
		if (s->objects[i]->resident_page_count != 0)
			return (wl_wrong(run, "pages left behind",
			    s->objects[i]->resident_page_count));
	return (wl_objects_at_rest(run));
}

/* The page that a read of va finds, and whether it is the first object's. */
static vm_page_t
page_behind(vm_map_entry_t e, vm_offset_t va, bool *first)
{
	vm_pindex_t pindex = OFF_TO_IDX(va - e->start + e->offset);
	vm_object_t object, next;
	vm_page_t m = NULL;

	for (object = e->object; m == NULL && object != NULL; object = next) {
		*first = object == e->object;
		pv_object_lock_read(object);
		m = vm_page_lookup(object, pindex);
		pindex += OFF_TO_IDX(object->backing_object_offset);
		next = object->backing_object;
		pv_object_unlock_read(object);
	}
	return (m);
}

int
wl_mapping_right(struct lab_run *run, struct vmspace *vm, vm_offset_t va)
{
	vm_prot_t prot;
	vm_map_entry_t e;
	vm_page_t m, mapped;
	bool first = false, shared;

	mapped = pmap_extract(&vm->vm_pmap, va, &prot);
	if (mapped == NULL)
		return (0);
	sx_slock(&vm->vm_map.lock);
	e = vm_map_entry_above(&vm->vm_map, va);
	m = page_behind(e, va, &first);
	shared = !first || (e->eflags & MAP_ENTRY_NEEDS_COPY) != 0;
	sx_sunlock(&vm->vm_map.lock);
	if (m != mapped)
		return (wl_wrong(run, "wrong page mapped at", va));
	if (shared && (prot & VM_PROT_WRITE) != 0)
		return (wl_wrong(run, "page to be copied is writable at", va));
	return (0);
}

int
wl_mappings_right(struct lab_run *run)
{
	const struct wl_thread *t = wl_state(run)->threads;
	vm_pindex_t n;
	int error;

	for (; t < wl_state(run)->threads + run->lr_threads; t++)
		for (n = 0; n < t->count; n++) {
			error = wl_mapping_right(run, t->vm, t->va + ptoa(n));
			if (error != 0)
				return (error);
		}
	return (wl_objects_at_rest(run));
}

int
wl_objects_at_rest(struct lab_run *run)
{
	struct wl_state *s = wl_state(run);
	unsigned i;
	int error;

	error = wl_no_errors(run);
	for (i = 0; error == 0 && i < s->nobjects; i++) {
		pv_object_lock(s->objects[i]);
		error = object_at_rest(run, s->objects[i]);
		pv_object_unlock(s->objects[i]);
	}
	return (error);
}
