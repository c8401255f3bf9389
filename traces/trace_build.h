/*
 * A trace while it is being read: what trace.c fills and trace_build.c turns
 * into a struct lab_trace.  Private to these two.
 *
 * Objects, threads and processes get their number here in the order of their
 * first mention; the ids of the text, which may have gaps, are looked up in
 * tables of the number by id.
 */
#ifndef TRACES_TRACE_BUILD_H
#define	TRACES_TRACE_BUILD_H

#include <stddef.h>
#include <stdint.h>

#include <traces/trace.h>

#define	BUILD_NONE	UINT32_MAX	/* an id without a number */

/* An array that grows by doubling; count elements of it are in use. */
struct build_array {
	void		*ba_data;
	size_t		 ba_size;	/* of an element, bytes */
	uint32_t	 ba_count;
	uint32_t	 ba_room;
};

struct build_fault {
	struct lab_trace_fault bf_fault;
	uint32_t	bf_thread;
};

struct build {
	struct build_array b_objects;	/* struct lab_trace_object */
	struct build_array b_threads;	/* struct lab_trace_thread */
	struct build_array b_processes;	/* struct lab_trace_process */
	struct build_array b_faults;	/* struct build_fault */
	struct build_array b_object_of;	/* uint32_t: number by object id */
	struct build_array b_thread_of;	/* uint32_t: number by thread id */
	struct build_array b_process_of;	/* uint32_t: number by pid */
	uint64_t	b_time_us;
};

void	build_init(struct build *);
void	build_free(struct build *);

/* A new zeroed element at the end of the array, or NULL: out of memory. */
void	*build_add(struct build_array *);

/* The number an id stands for, or BUILD_NONE. */
uint32_t build_lookup(const struct build_array *table, uint64_t id);

/* The place that holds the number of an id, or NULL: out of memory. */
uint32_t *build_place(struct build_array *table, uint64_t id);

/*
 * Make the trace: what has no fault is dropped, faults are put together by
 * thread, touched pages and sharing are counted.  NULL: out of memory.
 * The build is used up, but its owner still frees it.
 */
struct lab_trace *build_finish(struct build *);

#endif /* TRACES_TRACE_BUILD_H */
