/*
 * From what the lines of a trace said to a struct lab_trace.
 *
 * The order is: sort what each object is touched by, to count its pages and
 * its processes; drop what has no fault and number the rest anew; put the
 * faults of each thread together.  Arrays grow by doubling, so memory follows
 * what the file really holds, and the reader's limits bound it.
 */
#include <stdlib.h>
#include <string.h>

#include <traces/trace_build.h>

/* One fault, as the counting of pages and of processes sees it. */
struct touch {
	uint64_t	page;
	uint32_t	object;
	uint32_t	process;
};

static void
array_init(struct build_array *a, size_t size)
{

	memset(a, 0, sizeof(*a));
	a->ba_size = size;
}

void
build_init(struct build *b)
{

	array_init(&b->b_objects, sizeof(struct lab_trace_object));
	array_init(&b->b_threads, sizeof(struct lab_trace_thread));
	array_init(&b->b_processes, sizeof(struct lab_trace_process));
	array_init(&b->b_faults, sizeof(struct build_fault));
	array_init(&b->b_object_of, sizeof(uint32_t));
	array_init(&b->b_thread_of, sizeof(uint32_t));
	array_init(&b->b_process_of, sizeof(uint32_t));
	b->b_time_us = 0;
}

void
build_free(struct build *b)
{

	free(b->b_objects.ba_data);
	free(b->b_threads.ba_data);
	free(b->b_processes.ba_data);
	free(b->b_faults.ba_data);
	free(b->b_object_of.ba_data);
	free(b->b_thread_of.ba_data);
	free(b->b_process_of.ba_data);
}

/* Room for at least count elements; 0, or -1 when there is no memory. */
static int
array_reserve(struct build_array *a, uint32_t count)
{
	uint32_t room;
	void *data;

	if (count <= a->ba_room)
		return (0);
	room = a->ba_room != 0 ? a->ba_room : 64;
	while (room < count)
		room *= 2;
	data = realloc(a->ba_data, room * a->ba_size);
	if (data == NULL)
		return (-1);
	a->ba_data = data;
	a->ba_room = room;
	return (0);
}

void *
build_add(struct build_array *a)
{
	char *element;

	if (array_reserve(a, a->ba_count + 1) != 0)
		return (NULL);
	element = (char *)a->ba_data + a->ba_count++ * a->ba_size;
	memset(element, 0, a->ba_size);
	return (element);
}

uint32_t
build_lookup(const struct build_array *table, uint64_t id)
{
	const uint32_t *numbers = table->ba_data;

	return (id < table->ba_count ? numbers[id] : BUILD_NONE);
}

uint32_t *
build_place(struct build_array *table, uint64_t id)
{
	uint32_t *numbers;

	if (array_reserve(table, (uint32_t)id + 1) != 0)
		return (NULL);
	numbers = table->ba_data;
	while (table->ba_count <= id)
		numbers[table->ba_count++] = BUILD_NONE;
	return (&numbers[id]);
}

static int
touch_order(const void *pa, const void *pb)
{
	const struct touch *a = pa, *b = pb;

	if (a->object != b->object)
		return (a->object < b->object ? -1 : 1);
	if (a->page != b->page)
		return (a->page < b->page ? -1 : 1);
	return (0);
}

static int
process_order(const void *pa, const void *pb)
{
	const struct touch *a = pa, *b = pb;

	if (a->object != b->object)
		return (a->object < b->object ? -1 : 1);
	if (a->process != b->process)
		return (a->process < b->process ? -1 : 1);
	return (0);
}

/* Count each object's pages and processes.  0, or -1: out of memory. */
static int
count_touches(struct build *b)
{
	const struct build_fault *f = b->b_faults.ba_data;
	const struct lab_trace_thread *threads = b->b_threads.ba_data;
	struct lab_trace_object *objects = b->b_objects.ba_data, *o;
	const uint32_t n = b->b_faults.ba_count;
	struct touch *t;
	uint32_t i;

	t = calloc(n, sizeof(*t));
	if (t == NULL)
		return (-1);
	for (i = 0; i < n; i++) {
		t[i].page = f[i].bf_fault.ltf_page;
		t[i].object = f[i].bf_fault.ltf_object;
		t[i].process = threads[f[i].bf_thread].ltt_process;
	}
	qsort(t, n, sizeof(*t), touch_order);
	for (i = 0; i < n; i++) {
		o = &objects[t[i].object];
		o->lto_pages = t[i].page + 1;
		if (i == 0 || touch_order(&t[i - 1], &t[i]) != 0)
			o->lto_touched++;
	}
	qsort(t, n, sizeof(*t), process_order);
	for (i = 0; i < n; i++)
		if (i == 0 || process_order(&t[i - 1], &t[i]) != 0)
			objects[t[i].object].lto_processes++;
	free(t);
	return (0);
}

/*
 * Keep the elements that keep[] marks and close the gaps; keep[] becomes the
 * new number by the old one.
 */
static void
array_compact(struct build_array *a, uint32_t *keep)
{
	char *data = a->ba_data;
	uint32_t i, n;

	for (i = n = 0; i < a->ba_count; i++) {
		if (keep[i] == 0)
			continue;
		memmove(data + n * a->ba_size, data + i * a->ba_size,
		    a->ba_size);
		keep[i] = n++;
	}
	a->ba_count = n;
}

/*
 * Drop objects, threads and processes without a fault (I1).  The three arrays
 * have room for each object, thread and process, and are zeroed.
 */
static void
drop_unused(struct build *b, uint32_t *objects, uint32_t *threads,
    uint32_t *processes)
{
	struct build_fault *f = b->b_faults.ba_data;
	struct lab_trace_object *o = b->b_objects.ba_data;
	struct lab_trace_thread *t = b->b_threads.ba_data;
	struct lab_trace_process *p = b->b_processes.ba_data;
	uint32_t i;

	for (i = 0; i < b->b_faults.ba_count; i++) {
		objects[f[i].bf_fault.ltf_object] = 1;
		threads[f[i].bf_thread] = 1;
		processes[t[f[i].bf_thread].ltt_process] = 1;
	}
	array_compact(&b->b_objects, objects);
	array_compact(&b->b_threads, threads);
	array_compact(&b->b_processes, processes);
	for (i = 0; i < b->b_faults.ba_count; i++) {
		f[i].bf_fault.ltf_object = objects[f[i].bf_fault.ltf_object];
		f[i].bf_thread = threads[f[i].bf_thread];
		t[f[i].bf_thread].ltt_nfaults++;
	}
	/* An owner has a fault, on this very object (I4), so it was kept. */
	for (i = 0; i < b->b_objects.ba_count; i++)
		if (o[i].lto_kind == LAB_TRACE_ANON)
			o[i].lto_owner = processes[o[i].lto_owner];
	for (i = 0; i < b->b_threads.ba_count; i++) {
		t[i].ltt_process = processes[t[i].ltt_process];
		p[t[i].ltt_process].ltp_nthreads++;
	}
}

static int
renumber(struct build *b)
{
	uint32_t *map;
	size_t objects, threads;

	objects = b->b_objects.ba_count;
	threads = b->b_threads.ba_count;
	map = calloc(objects + threads + b->b_processes.ba_count,
	    sizeof(*map));
	if (map == NULL)
		return (-1);
	drop_unused(b, map, map + objects, map + objects + threads);
	free(map);
	return (0);
}

/* Put each thread's faults, in their order, behind the former thread's. */
static int
group_by_thread(struct build *b, struct lab_trace *trace)
{
	const struct build_fault *f = b->b_faults.ba_data;
	uint32_t *next;
	uint32_t i, at;

	trace->lt_faults = calloc(trace->lt_nfaults, sizeof(*trace->lt_faults));
	next = calloc(trace->lt_nthreads, sizeof(*next));
	if (trace->lt_faults == NULL || next == NULL) {
		free(next);
		return (-1);
	}
	for (i = at = 0; i < trace->lt_nthreads; i++) {
		next[i] = at;
		trace->lt_threads[i].ltt_faults = trace->lt_faults + at;
		at += trace->lt_threads[i].ltt_nfaults;
	}
	for (i = 0; i < trace->lt_nfaults; i++)
		trace->lt_faults[next[f[i].bf_thread]++] = f[i].bf_fault;
	free(next);
	return (0);
}

/* Take the array's memory away from the build. */
static void *
array_give(struct build_array *a)
{
	void *data;

	data = a->ba_data;
	a->ba_data = NULL;
	return (data);
}

struct lab_trace *
build_finish(struct build *b)
{
	struct lab_trace *trace;
	uint32_t i;

	trace = calloc(1, sizeof(*trace));
	if (trace == NULL)
		return (NULL);
	if (count_touches(b) != 0 || renumber(b) != 0) {
		free(trace);
		return (NULL);
	}
	trace->lt_nobjects = b->b_objects.ba_count;
	trace->lt_nthreads = b->b_threads.ba_count;
	trace->lt_nprocesses = b->b_processes.ba_count;
	trace->lt_nfaults = b->b_faults.ba_count;
	trace->lt_objects = array_give(&b->b_objects);
	trace->lt_threads = array_give(&b->b_threads);
	trace->lt_processes = array_give(&b->b_processes);
	for (i = 0; i < trace->lt_nobjects; i++)
		trace->lt_touched += trace->lt_objects[i].lto_touched;
	if (group_by_thread(b, trace) != 0) {
		trace_free(trace);
		return (NULL);
	}
	return (trace);
}
