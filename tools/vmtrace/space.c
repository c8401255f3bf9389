/*
 * Address spaces: which object, and which page of it, an address is.
 *
 * perf logs what is mapped, not what is unmapped, so an entry stays until
 * something is mapped over it, or the process runs another program.  Memory
 * that perf logs no mapping of is recognised by where it lies: the heap grows
 * behind the program, a stack below where it began.
 */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "vmtrace.h"

#define	HEAP_REACH	(1ull << 36)	/* bytes behind the program */
#define	STACK_REACH	(1ull << 30)	/* bytes below the first stack */

static const char *const anon_names[VT_ANONS] = {
	[VT_STACK] = "stack",
	[VT_HEAP] = "heap",
	[VT_MMAP] = "mmap",
	[VT_OTHER] = "other",
};

static void
space_clear(struct vt_space *s)
{
	int i;

	s->vs_entries.va_count = 0;
	s->vs_program = 0;
	s->vs_stack = 0;
	for (i = 0; i < VT_ANONS; i++)
		s->vs_anon[i] = VT_NONE;
}

/* The space of pid, made if it is new.  pid < LAB_TRACE_PID_MAX. */
static struct vt_space *
space_of(struct vmtrace *v, uint32_t pid)
{
	struct vt_space **spaces;

	while (v->vt_spaces.va_count <= pid)
		vt_add(&v->vt_spaces, sizeof(struct vt_space *));
	spaces = v->vt_spaces.va_data;
	if (spaces[pid] == NULL) {
		spaces[pid] = vt_alloc(sizeof(struct vt_space));
		space_clear(spaces[pid]);
	}
	return (spaces[pid]);
}

static struct vt_object *
object_new(struct vmtrace *v, enum lab_trace_kind kind, const char *name)
{
	struct vt_object **place, *o;
	size_t i;

	if (v->vt_objects.va_count == LAB_TRACE_OBJECTS_MAX)
		return (NULL);
	place = vt_add(&v->vt_objects, sizeof(*place));
	o = *place = vt_alloc(sizeof(*o));
	o->vo_number = v->vt_objects.va_count - 1;
	o->vo_id = VT_NONE;
	o->vo_kind = kind;
	for (i = 0; i < sizeof(o->vo_name) - 1 && name[i] != '\0'; i++)
		o->vo_name[i] = name[i] < 0x20 || name[i] > 0x7e ? '?' :
		    name[i];
	if (i == 0)
		strcpy(o->vo_name, "?");
	return (o);
}

static int
file_order(const void *pa, const void *pb)
{
	const struct vt_object *a = pa, *b = pb;

	if (a->vo_inode != b->vo_inode)
		return (a->vo_inode < b->vo_inode ? -1 : 1);
	if (a->vo_minor != b->vo_minor)
		return (a->vo_minor < b->vo_minor ? -1 : 1);
	if (a->vo_major != b->vo_major)
		return (a->vo_major < b->vo_major ? -1 : 1);
	/* The kernel's own mappings, [vdso] and such, have no inode. */
	return (a->vo_inode == 0 ? strcmp(a->vo_name, b->vo_name) : 0);
}

/* The name without its folders and without perf's or the kernel's remark. */
static void
base_name(char *to, size_t size, const char *path)
{
	const char *slash;
	char *end;

	slash = strrchr(path, '/');
	snprintf(to, size, "%s", slash != NULL ? slash + 1 : path);
	end = strstr(to, " (deleted)");
	if (end != NULL)
		*end = '\0';
}

static uint32_t
file_object(struct vmtrace *v, const struct vt_mapping *m)
{
	struct vt_object key, *o, **found;

	memset(&key, 0, sizeof(key));
	key.vo_major = m->vm_major;
	key.vo_minor = m->vm_minor;
	key.vo_inode = m->vm_inode;
	base_name(key.vo_name, sizeof(key.vo_name), m->vm_path);
	found = tfind(&key, &v->vt_files, file_order);
	if (found != NULL)
		o = *found;
	else {
		o = object_new(v, LAB_TRACE_FILE, key.vo_name);
		if (o == NULL)
			return (VT_NONE);
		o->vo_major = key.vo_major;
		o->vo_minor = key.vo_minor;
		o->vo_inode = key.vo_inode;
		if (tsearch(o, &v->vt_files, file_order) == NULL)
			abort();
	}
	if (m->vm_shared)
		o->vo_kind = LAB_TRACE_SHARED;
	return (o->vo_number);
}

/* Index of the first entry that ends behind address. */
static uint32_t
entry_find(const struct vt_space *s, uint64_t address)
{
	const struct vt_entry *e = s->vs_entries.va_data;
	uint32_t lo, hi, mid;

	lo = 0;
	hi = s->vs_entries.va_count;
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (e[mid].ve_end > address)
			hi = mid;
		else
			lo = mid + 1;
	}
	return (lo);
}

/* Put e at index i, moving the rest up. */
static void
entry_insert(struct vt_space *s, uint32_t i, const struct vt_entry *e)
{
	struct vt_entry *all;

	vt_add(&s->vs_entries, sizeof(*e));
	all = s->vs_entries.va_data;
	memmove(&all[i + 1], &all[i],
	    (s->vs_entries.va_count - 1 - i) * sizeof(*e));
	all[i] = *e;
}

/* Forget [start, end), cutting the entries that reach into it. */
static void
entries_cut(struct vt_space *s, uint64_t start, uint64_t end)
{
	struct vt_entry *e, tail;
	uint32_t i, n;

	i = entry_find(s, start);
	e = (struct vt_entry *)s->vs_entries.va_data + i;
	if (i < s->vs_entries.va_count && e->ve_start < start) {
		tail = *e;
		e->ve_end = start;
		tail.ve_offset += start - tail.ve_start;
		tail.ve_start = start;
		entry_insert(s, ++i, &tail);
	}
	n = i;
	e = s->vs_entries.va_data;
	while (n < s->vs_entries.va_count && e[n].ve_end <= end)
		n++;
	if (n < s->vs_entries.va_count && e[n].ve_start < end) {
		e[n].ve_offset += end - e[n].ve_start;
		e[n].ve_start = end;
	}
	if (n == i)
		return;
	memmove(&e[i], &e[n], (s->vs_entries.va_count - n) * sizeof(*e));
	s->vs_entries.va_count -= n - i;
}

/* What private memory at an address is, by where it lies. */
static enum vt_anon
anon_by_place(const struct vt_space *s, uint64_t address)
{

	if (s->vs_program != 0 && address >= s->vs_program &&
	    address - s->vs_program < HEAP_REACH)
		return (VT_HEAP);
	if (s->vs_stack != 0 && address < s->vs_stack &&
	    s->vs_stack - address < STACK_REACH)
		return (VT_STACK);
	return (VT_OTHER);
}

void
vt_mapped(struct vmtrace *v, uint32_t pid, const struct vt_mapping *m)
{
	struct vt_space *s;
	struct vt_entry e;

	s = space_of(v, pid);
	memset(&e, 0, sizeof(e));
	e.ve_start = m->vm_start;
	e.ve_end = m->vm_start + m->vm_length;
	e.ve_offset = m->vm_offset;
	e.ve_object = VT_NONE;
	if (strncmp(m->vm_path, "[stack", 6) == 0) {
		e.ve_what = VT_STACK;
		if (s->vs_stack == 0)
			s->vs_stack = m->vm_start;
	} else if (strcmp(m->vm_path, "[heap]") == 0) {
		e.ve_what = VT_HEAP;
	} else if (m->vm_inode != 0 || m->vm_path[0] == '[') {
		e.ve_what = VT_FILE;
		e.ve_object = file_object(v, m);
		if (e.ve_object == VT_NONE)
			return;
		if (s->vs_program == 0)
			s->vs_program = m->vm_start;
	} else if (anon_by_place(s, m->vm_start) == VT_HEAP) {
		e.ve_what = VT_HEAP;
	} else
		e.ve_what = VT_MMAP;
	entries_cut(s, e.ve_start, e.ve_end);
	entry_insert(s, entry_find(s, e.ve_start), &e);
}

void
vt_forked(struct vmtrace *v, uint32_t parent, uint32_t child)
{
	struct vt_space *from, *to;
	struct vt_entry *e;
	uint32_t i;

	if (parent == child || parent >= LAB_TRACE_PID_MAX ||
	    child >= LAB_TRACE_PID_MAX)
		return;
	to = space_of(v, child);
	from = space_of(v, parent);
	space_clear(to);
	to->vs_program = from->vs_program;
	to->vs_stack = from->vs_stack;
	for (i = 0; i < from->vs_entries.va_count; i++) {
		e = vt_add(&to->vs_entries, sizeof(*e));
		*e = ((struct vt_entry *)from->vs_entries.va_data)[i];
	}
}

void
vt_execed(struct vmtrace *v, uint32_t pid)
{

	space_clear(space_of(v, pid));
}

static uint32_t
thread_of(struct vmtrace *v, uint32_t pid, uint32_t tid)
{
	struct vt_thread *th;
	uint32_t *numbers;

	while (v->vt_tids.va_count <= tid)
		vt_add(&v->vt_tids, sizeof(uint32_t));
	numbers = v->vt_tids.va_data;
	th = v->vt_threads.va_data;
	if (numbers[tid] != 0 && th[numbers[tid] - 1].vh_pid == pid)
		return (numbers[tid] - 1);
	if (v->vt_threads.va_count == LAB_TRACE_THREADS_MAX)
		return (VT_NONE);
	th = vt_add(&v->vt_threads, sizeof(*th));
	th->vh_pid = pid;
	th->vh_tid = tid;
	th->vh_id = VT_NONE;
	numbers[tid] = v->vt_threads.va_count;
	return (numbers[tid] - 1);
}

static uint32_t
anon_object(struct vmtrace *v, struct vt_space *s, uint32_t pid,
    enum vt_anon what)
{
	struct vt_object *o;

	if (s->vs_anon[what] == VT_NONE) {
		o = object_new(v, LAB_TRACE_ANON, anon_names[what]);
		if (o == NULL)
			return (VT_NONE);
		o->vo_pid = pid;
		s->vs_anon[what] = o->vo_number;
	}
	return (s->vs_anon[what]);
}

void
vt_faulted(struct vmtrace *v, uint32_t pid, uint32_t tid, uint64_t time_us,
    uint64_t address, char kind)
{
	const struct vt_entry *e;
	struct vt_space *s;
	struct vt_fault f, *place;
	enum vt_anon what;
	uint32_t i;

	if (address >= VT_USER_TOP)
		return;
	s = space_of(v, pid);
	i = entry_find(s, address);
	e = (const struct vt_entry *)s->vs_entries.va_data + i;
	if (i == s->vs_entries.va_count || e->ve_start > address)
		e = NULL;
	what = e != NULL ? e->ve_what : anon_by_place(s, address);
	f.vf_time_us = time_us;
	f.vf_kind = kind;
	f.vf_thread = thread_of(v, pid, tid);
	if (what == VT_FILE) {
		f.vf_object = e->ve_object;
		address = address - e->ve_start + e->ve_offset;
	} else
		f.vf_object = anon_object(v, s, pid, what);
	f.vf_page = address >> VT_PAGE_SHIFT;
	if (v->vt_faults.va_count == LAB_TRACE_FAULTS_MAX ||
	    f.vf_thread == VT_NONE || f.vf_object == VT_NONE ||
	    f.vf_page >= LAB_TRACE_PAGES_MAX) {
		v->vt_dropped++;
		return;
	}
	place = vt_add(&v->vt_faults, sizeof(f));
	*place = f;
}
