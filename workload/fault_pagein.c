/*
 * How many page-ins a second: the contents come from a pager.
 *
 * Stands for vm_fault() on swapped memory or a mapped file; the pager here is
 * the anonymous one, which fills real bytes at once, so that the locks and not
 * a disk decide; variant `file' reads a file through the page cache below.
 * One operation is a read fault on an absent page, with the read-ahead of the
 * pager path; it steps past what read-ahead brought in.
 * Every PAGES / STEP operations the pages are freed, which is in the time.
 * The oracle: each page begins with what its pager keeps for it.
 */
#include <workload/workload.h>

#define	STEP	16
#define	PAGES	(32 * STEP)

static const char *const fault_pagein_variants[] = { "anon", "file", NULL };

/* A file that is there wherever the lab runs, and begins with a known word. */
#define	FILE_PATH	"/proc/self/exe"
#define	FILE_WORD	0x464c457f	/* 0x7f "ELF" */

static vm_object_t
make_file(vm_pindex_t pages)
{
	int error;
	vm_object_t object = vm_file_pager_allocate(FILE_PATH, pages, &error);

	if (object == NULL)
		panic("fault_pagein: %s: errno %d", FILE_PATH, error);
	return (object);
}

static int
fault_pagein_setup(struct lab_run *run)
{
	wl_fixture(run, PAGES,
	    wl_variant(run, "file") ? make_file : wl_make_anon);
	return (wl_map(run, false, VM_PROT_READ, 0));
}

static bool
is_right(const struct wl_thread *t, uint64_t word)
{
	vm_pindex_t pindex = t->first + t->next;

	if (t->object->type == OBJT_VNODE)
		return (pindex != 0 || (uint32_t)word == FILE_WORD);
	return (word == vm_anon_pattern(pindex));
}

WORKLOAD(fault_pagein, "a read fault on a page that its pager has",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .lab.lw_variants = fault_pagein_variants,
    .setup = fault_pagein_setup, .oracle = wl_objects_at_rest)
{
	vm_offset_t va = t->va + ptoa(t->next);
	const uint64_t *p;

	wl_fault(t, va, VM_PROT_READ);
	p = pmap_access(&t->vm->vm_pmap, va, VM_PROT_READ);
	if (p == NULL || !is_right(t, *p))
		t->errors++;
	t->next += STEP;
	if (t->next >= t->count) {
		t->next = 0;
		wl_forget_pages(t);
	}
}
