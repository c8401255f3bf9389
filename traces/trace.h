/*
 * A recorded trace of page faults, in memory.
 *
 * trace_read() makes one from a file that tools/record-trace wrote
 * (docs/TRACES.md describes the text).  What it returns is plain data that
 * nothing writes afterwards: a workload inside a unit, which cannot call libc,
 * reads it without a lock and without a call.
 *
 * Invariants of a trace that trace_read() returned:
 * I1  each object, thread and process has at least one fault;
 * I2  ltf_object < lt_nobjects, ltf_page < lto_pages of that object;
 * I3  ltt_process and lto_owner are < lt_nprocesses;
 * I4  an anonymous object has faults of the threads of its owner only;
 * I5  ltf_order takes each value from 0 to lt_nfaults - 1 once in the trace,
 *     and rises within a thread.
 *
 * Page numbers are sparse: lto_pages says how far an object reaches, up to
 * LAB_TRACE_PAGES_MAX, and lto_touched how many of its pages are ever used.
 * Who replays a trace must not allocate by lto_pages: an object's pages live
 * in its radix trie, which costs by lto_touched.
 */
#ifndef TRACES_TRACE_H
#define	TRACES_TRACE_H

#include <stddef.h>
#include <stdint.h>

/* What is read is bounded by these; beyond them is an error with its line. */
#define	LAB_TRACE_FAULTS_MAX	(1u << 22)
#define	LAB_TRACE_OBJECTS_MAX	(1u << 20)	/* and an object's id */
#define	LAB_TRACE_THREADS_MAX	(1u << 16)	/* and a thread's id */
#define	LAB_TRACE_PID_MAX	(1u << 22)	/* Linux's own limit */
#define	LAB_TRACE_PAGES_MAX	(1ull << 40)	/* pages of one object */
#define	LAB_TRACE_LINE_MAX	4096		/* bytes, newline included */
#define	LAB_TRACE_TEXT_MAX	(128u << 20)	/* bytes, decompressed */
#define	LAB_TRACE_NAME_MAX	32		/* bytes kept, NUL included */

enum lab_trace_kind {
	LAB_TRACE_FILE,		/* a file mapped privately: a write copies */
	LAB_TRACE_SHARED,	/* shared memory, or a file mapped shared */
	LAB_TRACE_ANON		/* private memory of one process */
};

struct lab_trace_object {
	uint64_t	lto_pages;	/* highest page of a fault, plus 1 */
	uint32_t	lto_touched;	/* different pages with a fault */
	uint32_t	lto_processes;	/* processes with a fault on it */
	uint32_t	lto_owner;	/* process; 0 if not LAB_TRACE_ANON */
	enum lab_trace_kind lto_kind;
	char		lto_name[LAB_TRACE_NAME_MAX];	/* may be cut */
};

/* 24 bytes, because a replay reads one in each operation. */
struct lab_trace_fault {
	uint64_t	ltf_page;
	uint32_t	ltf_object;
	uint32_t	ltf_order;	/* place in the whole trace, from 0 */
	uint32_t	ltf_time_us;	/* since the start; saturates */
	uint8_t		ltf_write;	/* 1: a write, 0: a read or a fetch */
	uint8_t		ltf_exec;	/* 1: an instruction fetch */
	uint8_t		ltf_present;	/* 1: was mapped, without the right */
};

struct lab_trace_thread {
	const struct lab_trace_fault *ltt_faults;	/* in their order */
	uint32_t	ltt_nfaults;
	uint32_t	ltt_process;
};

struct lab_trace_process {
	uint32_t	ltp_pid;	/* as recorded; a label only */
	uint32_t	ltp_nthreads;
};

struct lab_trace {
	char		lt_name[LAB_TRACE_NAME_MAX]; /* "gcc" of gcc.vmt.gz */
	uint32_t	lt_nobjects;
	uint32_t	lt_nthreads;
	uint32_t	lt_nprocesses;
	uint32_t	lt_nfaults;
	uint32_t	lt_touched;	/* sum of lto_touched: pages to hold */
	struct lab_trace_object *lt_objects;
	struct lab_trace_thread *lt_threads;
	struct lab_trace_process *lt_processes;
	struct lab_trace_fault *lt_faults;	/* backs every ltt_faults */
};

/*
 * Read the trace in path, plain or gzipped.  Returns NULL and fills err
 * (errlen bytes, cut to fit) with "path:line: what is wrong", or with
 * "path: why" when it cannot be opened.  Needs at most 400 MB for a trace
 * at all of its limits, and about 100 bytes a fault below them.
 */
struct lab_trace *trace_read(const char *path, char *err, size_t errlen);

/* Give back what trace_read() returned; NULL is allowed. */
void	trace_free(struct lab_trace *);

/* The trace's name: its file's, without folders and without ".vmt", ".gz". */
static inline const char *
trace_name(const struct lab_trace *t)
{
	return (t->lt_name);
}

/* Whether at least two processes have faults on the object. */
static inline int
trace_object_shared(const struct lab_trace_object *o)
{
	return (o->lto_processes >= 2);
}

#endif /* TRACES_TRACE_H */
