/*
 * How many page-ins a second: the contents come from a pager.
 *
 * Stands for vm_fault() on swapped memory or a mapped file; the pager here is
 * the anonymous one, which fills real bytes at once, so that the locks and not
 * a disk decide; variant `late' adds the time of a fast disk, asleep; `file'
 * reads a file through the page cache below.
 * One operation is a read fault on an absent page, with the read-ahead of the
 * pager path; it steps past what read-ahead brought in.
 * Every PAGES / STEP operations the pages are freed, which is in the time.
 * The oracle: each page that was read begins with what its pager keeps for it,
 * and so do those that read-ahead left resident, which are mapped in their
 * place.
 */
#include <workload/workload.h>

#define	STEP	16
#define	PAGES	(32 * STEP)

static const char *const fault_pagein_variants[] = {
	"anon", "late", "file", NULL
};

#define	LATE_NS		20000

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
	if (wl_variant(run, "late"))
		vm_pager_latency_ns = LATE_NS;
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

/* The first word of a page of the file; beyond its end zero. */
static uint64_t
file_word(int fd, vm_pindex_t pindex)
{
	uint64_t word = 0;

	if (md_file_read(fd, &word, sizeof(word), IDX_TO_OFF(pindex)) < 0)
		panic("fault_pagein: %s: page %llu", FILE_PATH,
		    (unsigned long long)pindex);
	return (word);
}

static int
fault_pagein_oracle(struct lab_run *run)
{
	int fd = wl_variant(run, "file") ? md_file_open(FILE_PATH) : -1;
	struct wl_state *s = wl_state(run);
	vm_pindex_t wrong = 0;
	vm_page_t m;
	unsigned i, n = 0;

	for (i = 0; i < s->nobjects; i++)
		TAILQ_FOREACH(m, &s->objects[i]->memq, listq)
			if (*(uint64_t *)vm_page_dmap(m) != (fd >= 0 ?
			    file_word(fd, m->pindex) :
			    vm_anon_pattern(m->pindex))) {
				wrong = m->pindex;
				n++;
			}
	if (fd >= 0)
		md_file_close(fd);
	if (n != 0)
		return (wl_wrong(run, "not what the pager keeps for page",
		    wrong));
	return (wl_mappings_right(run));
}

WORKLOAD(fault_pagein, "a read fault on a page that its pager has",
    .lab.lw_sharing = LAB_PRIVATE | LAB_SHARED,
    .lab.lw_variants = fault_pagein_variants,
    .setup = fault_pagein_setup, .oracle = fault_pagein_oracle)
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
