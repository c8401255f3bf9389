/*
 * Reader of recorded page-fault traces: the grammar.
 *
 *	# vmtrace 1			first line; later "#" lines are remarks
 *	O id file dev inode name	an object; dev is major:minor, hex
 *	O id shared dev inode name	the same, mapped shared
 *	O id anon pid kind		private memory; kind is its name
 *	T id pid/tid			a thread
 *	F dt_us tid oid page k		a fault; k is r w x (page absent) or
 *					R W X (page present)
 *
 * An object and a thread stand before their first fault.  Nothing is guessed:
 * each line is right or an error.  trace_text.c takes lines apart,
 * trace_build.c makes the result.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <traces/trace.h>
#include <traces/trace_build.h>
#include <traces/trace_text.h>

static int
out_of_memory(struct trace_text *t)
{

	return (trace_text_fail(t, "out of memory"));
}

/* The number of the process pid, which this may be the first mention of. */
static int
process_number(struct trace_text *t, struct build *b, uint64_t pid,
    uint32_t *number)
{
	struct lab_trace_process *p;
	uint32_t *place;

	place = build_place(&b->b_process_of, pid);
	if (place == NULL)
		return (out_of_memory(t));
	if (*place == BUILD_NONE) {
		p = build_add(&b->b_processes);
		if (p == NULL)
			return (out_of_memory(t));
		p->ltp_pid = (uint32_t)pid;
		*place = b->b_processes.ba_count - 1;
	}
	*number = *place;
	return (0);
}

/* Give id the next number of array; it must not have one yet. */
static void *
declare(struct trace_text *t, struct build_array *table,
    struct build_array *array, const char *what, uint64_t id)
{
	uint32_t *place;
	void *element;

	place = build_place(table, id);
	if (place == NULL) {
		out_of_memory(t);
		return (NULL);
	}
	if (*place != BUILD_NONE) {
		trace_text_fail(t, "%s %llu is declared twice", what,
		    (unsigned long long)id);
		return (NULL);
	}
	element = build_add(array);
	if (element == NULL)
		out_of_memory(t);
	else
		*place = array->ba_count - 1;
	return (element);
}

/* The rest of an O line: who it is and its name. */
static int
object_identity(struct trace_text *t, struct build *b,
    struct lab_trace_object *o)
{
	uint64_t v;

	if (o->lto_kind == LAB_TRACE_ANON) {
		if (trace_text_number(t, "pid", 10, LAB_TRACE_PID_MAX - 1,
		    ' ', &v) != 0 ||
		    process_number(t, b, v, &o->lto_owner) != 0)
			return (-1);
	} else if (trace_text_number(t, "major", 16, UINT32_MAX, ':', &v) ||
	    trace_text_number(t, "minor", 16, UINT32_MAX, ' ', &v) ||
	    trace_text_number(t, "inode", 10, UINT64_MAX, ' ', &v))
		return (-1);
	if (*t->tt_next == '\0')
		return (trace_text_fail(t, "the object has no name"));
	snprintf(o->lto_name, sizeof(o->lto_name), "%.*s",
	    (int)sizeof(o->lto_name) - 1, t->tt_next);
	return (0);
}

static int
line_object(struct trace_text *t, struct build *b)
{
	struct lab_trace_object *o;
	enum lab_trace_kind kind;
	uint64_t id;

	if (trace_text_number(t, "object id", 10, LAB_TRACE_OBJECTS_MAX - 1,
	    ' ', &id) != 0)
		return (-1);
	if (trace_text_skip(t, "file "))
		kind = LAB_TRACE_FILE;
	else if (trace_text_skip(t, "shared "))
		kind = LAB_TRACE_SHARED;
	else if (trace_text_skip(t, "anon "))
		kind = LAB_TRACE_ANON;
	else
		return (trace_text_fail(t, "unknown kind of object \"%.20s\": "
		    "it is file, shared or anon", t->tt_next));
	o = declare(t, &b->b_object_of, &b->b_objects, "object", id);
	if (o == NULL)
		return (-1);
	o->lto_kind = kind;
	return (object_identity(t, b, o));
}

static int
line_thread(struct trace_text *t, struct build *b)
{
	struct lab_trace_thread *th;
	uint64_t id, pid, tid;
	uint32_t process;

	if (trace_text_number(t, "thread id", 10, LAB_TRACE_THREADS_MAX - 1,
	    ' ', &id) != 0 ||
	    trace_text_number(t, "pid", 10, LAB_TRACE_PID_MAX - 1, '/',
	    &pid) != 0 ||
	    trace_text_number(t, "tid", 10, LAB_TRACE_PID_MAX - 1, '\0',
	    &tid) != 0 ||
	    process_number(t, b, pid, &process) != 0)
		return (-1);
	th = declare(t, &b->b_thread_of, &b->b_threads, "thread", id);
	if (th == NULL)
		return (-1);
	th->ltt_process = process;
	return (0);
}

/* The last field of an F line. */
static int
fault_kind(struct trace_text *t, struct lab_trace_fault *f)
{
	char k;

	k = t->tt_next[0];
	if (k == '\0' || strchr("rwxRWX", k) == NULL || t->tt_next[1] != '\0')
		return (trace_text_fail(t, "unknown kind of fault \"%.20s\": "
		    "it is r, w, x, R, W or X", t->tt_next));
	f->ltf_present = k < 'a';
	f->ltf_write = k == 'w' || k == 'W';
	f->ltf_exec = k == 'x' || k == 'X';
	return (0);
}

/* Whether thread may fault on object (I4); both were declared. */
static int
fault_allowed(struct trace_text *t, const struct build *b, uint32_t thread,
    uint32_t object)
{
	const struct lab_trace_thread *ths = b->b_threads.ba_data;
	const struct lab_trace_object *objs = b->b_objects.ba_data;

	if (thread == BUILD_NONE)
		return (trace_text_fail(t, "the fault's thread is not "
		    "declared before it"));
	if (object == BUILD_NONE)
		return (trace_text_fail(t, "the fault's object is not "
		    "declared before it"));
	if (objs[object].lto_kind == LAB_TRACE_ANON &&
	    objs[object].lto_owner != ths[thread].ltt_process)
		return (trace_text_fail(t, "the fault is on another "
		    "process's anonymous object"));
	return (0);
}

static int
line_fault(struct trace_text *t, struct build *b)
{
	struct build_fault *bf;
	uint64_t dt, thread, object, page;

	if (trace_text_number(t, "time", 10, UINT32_MAX, ' ', &dt) != 0 ||
	    trace_text_number(t, "thread id", 10, LAB_TRACE_THREADS_MAX - 1,
	    ' ', &thread) != 0 ||
	    trace_text_number(t, "object id", 10, LAB_TRACE_OBJECTS_MAX - 1,
	    ' ', &object) != 0 ||
	    trace_text_number(t, "page", 10, LAB_TRACE_PAGES_MAX - 1, ' ',
	    &page) != 0)
		return (-1);
	thread = build_lookup(&b->b_thread_of, thread);
	object = build_lookup(&b->b_object_of, object);
	if (fault_allowed(t, b, (uint32_t)thread, (uint32_t)object) != 0)
		return (-1);
	if (b->b_faults.ba_count == LAB_TRACE_FAULTS_MAX)
		return (trace_text_fail(t, "more than %u faults",
		    LAB_TRACE_FAULTS_MAX));
	bf = build_add(&b->b_faults);
	if (bf == NULL)
		return (out_of_memory(t));
	b->b_time_us += dt;
	bf->bf_thread = (uint32_t)thread;
	bf->bf_fault.ltf_object = (uint32_t)object;
	bf->bf_fault.ltf_page = page;
	bf->bf_fault.ltf_order = b->b_faults.ba_count - 1;
	bf->bf_fault.ltf_time_us = b->b_time_us < UINT32_MAX ?
	    (uint32_t)b->b_time_us : UINT32_MAX;
	return (fault_kind(t, &bf->bf_fault));
}

static int
line_any(struct trace_text *t, struct build *b)
{

	if (t->tt_line == 1) {
		if (strcmp(t->tt_buf, "# vmtrace 1") != 0)
			return (trace_text_fail(t, "not a trace: the first "
			    "line is not \"# vmtrace 1\""));
		return (0);
	}
	if (t->tt_buf[0] == '#')
		return (0);
	if (trace_text_skip(t, "F "))
		return (line_fault(t, b));
	if (trace_text_skip(t, "O "))
		return (line_object(t, b));
	if (trace_text_skip(t, "T "))
		return (line_thread(t, b));
	return (trace_text_fail(t, "unknown line \"%.20s\": it begins with "
	    "O, T, F or #", t->tt_buf));
}

/* path without folders and without the endings, cut to fit. */
static void
name_set(struct lab_trace *trace, const char *path)
{
	const char *base, *slash;
	size_t n;

	slash = strrchr(path, '/');
	base = slash != NULL ? slash + 1 : path;
	n = strlen(base);
	if (n > 3 && strcmp(base + n - 3, ".gz") == 0)
		n -= 3;
	if (n > 4 && strncmp(base + n - 4, ".vmt", 4) == 0)
		n -= 4;
	if (n >= sizeof(trace->lt_name))
		n = sizeof(trace->lt_name) - 1;
	memcpy(trace->lt_name, base, n);
	trace->lt_name[n] = '\0';
}

static struct lab_trace *
read_lines(struct trace_text *t, struct build *b)
{
	struct lab_trace *trace;
	int got;

	while ((got = trace_text_line(t)) == 1)
		if (line_any(t, b) != 0)
			return (NULL);
	if (got == -1)
		return (NULL);
	if (b->b_faults.ba_count == 0) {
		trace_text_fail(t, "the trace ends without a fault");
		return (NULL);
	}
	trace = build_finish(b);
	if (trace == NULL)
		out_of_memory(t);
	else
		name_set(trace, t->tt_path);
	return (trace);
}

struct lab_trace *
trace_read(const char *path, char *err, size_t errlen)
{
	struct trace_text text;
	struct lab_trace *trace;
	struct build b;

	if (trace_text_open(&text, path, err, errlen) != 0)
		return (NULL);
	build_init(&b);
	trace = read_lines(&text, &b);
	build_free(&b);
	trace_text_close(&text);
	return (trace);
}

void
trace_free(struct lab_trace *t)
{

	if (t == NULL)
		return;
	free(t->lt_objects);
	free(t->lt_threads);
	free(t->lt_processes);
	free(t->lt_faults);
	free(t);
}
