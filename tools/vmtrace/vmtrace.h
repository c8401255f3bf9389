/*
 * vmtrace: from what `perf script` prints to a page-fault trace.
 *
 *	perf.c	reads perf's lines, calls space.c
 *	space.c	address spaces: which object and page an address is
 *	out.c	picks the window and writes the text
 *	main.c	the command line
 *
 * All run in one thread, and all share one struct vmtrace.  Running out of
 * memory ends the program: there is nothing to save.
 */
#ifndef TOOLS_VMTRACE_H
#define	TOOLS_VMTRACE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <traces/trace.h>

#define	VT_PAGE_SHIFT	12
#define	VT_USER_TOP	(1ull << 47)	/* addresses from here are kernel's */
#define	VT_NONE		UINT32_MAX
#define	VT_NAME_MAX	256

/* The private memory of a process, by what it is used for. */
enum vt_anon {
	VT_STACK,
	VT_HEAP,		/* bss and brk: what lies behind the program */
	VT_MMAP,
	VT_OTHER,		/* perf logged no mapping there */
	VT_ANONS,
	VT_FILE = VT_ANONS	/* not private memory: an object of a file */
};

/* A growing array; vt_add() returns its new, zeroed last element. */
struct vt_array {
	void		*va_data;
	uint32_t	 va_count;
	uint32_t	 va_room;
};

/* Where addresses [start, end) of a process lead to. */
struct vt_entry {
	uint64_t	ve_start;
	uint64_t	ve_end;
	uint64_t	ve_offset;	/* of start in the file, bytes */
	enum vt_anon	ve_what;
	uint32_t	ve_object;	/* VT_FILE only */
};

/* The address space of a process, until it runs another program. */
struct vt_space {
	struct vt_array	vs_entries;	/* struct vt_entry, sorted, disjoint */
	uint64_t	vs_program;	/* address of the program; 0 unknown */
	uint64_t	vs_stack;	/* of the first stack; 0 unknown */
	uint32_t	vs_anon[VT_ANONS];	/* objects, VT_NONE: not yet */
};

struct vt_object {
	char		vo_name[VT_NAME_MAX];
	uint32_t	vo_number;	/* place in vt_objects */
	uint32_t	vo_id;		/* in the text, VT_NONE: not yet */
	enum lab_trace_kind vo_kind;
	uint32_t	vo_major, vo_minor;	/* not of anonymous ones */
	uint64_t	vo_inode;
	uint32_t	vo_pid;		/* anonymous only */
	uint64_t	vo_base;	/* page of the space that is its 0 */
	uint32_t	vo_first_pid;	/* with a fault on it; out.c's */
	uint32_t	vo_shared;	/* 1: others have too; out.c's */
};

struct vt_thread {
	uint32_t	vh_pid, vh_tid;
	uint32_t	vh_id;		/* in the text, VT_NONE: not yet */
};

struct vt_fault {
	uint64_t	vf_time_us;
	uint64_t	vf_page;	/* of a file, else of the space */
	uint32_t	vf_thread;
	uint32_t	vf_object;
	char		vf_kind;	/* as the text has it */
};

struct vmtrace {
	struct vt_array	vt_spaces;	/* struct vt_space *, by pid */
	struct vt_array	vt_tids;	/* uint32_t, thread + 1 by tid */
	struct vt_array	vt_objects;	/* struct vt_object * */
	struct vt_array	vt_threads;	/* struct vt_thread */
	struct vt_array	vt_faults;	/* struct vt_fault */
	void		*vt_files;	/* tsearch(3) of struct vt_object */
	uint64_t	vt_lost;	/* events perf says it lost */
	uint64_t	vt_dropped;	/* faults beyond LAB_TRACE_FAULTS_MAX */
	int		vt_no_kinds;	/* the event did not carry read/write */
};

/* main.c */
void	*vt_add(struct vt_array *, size_t size);
void	*vt_alloc(size_t size);

/* perf.c: take all of perf script's lines. */
void	vt_read(struct vmtrace *, FILE *);

/* space.c */
struct vt_mapping {
	uint64_t	vm_start, vm_length, vm_offset;
	uint32_t	vm_major, vm_minor;
	uint64_t	vm_inode;
	int		vm_shared;
	const char	*vm_path;
};
void	vt_mapped(struct vmtrace *, uint32_t pid, const struct vt_mapping *);
void	vt_forked(struct vmtrace *, uint32_t parent, uint32_t child);
void	vt_execed(struct vmtrace *, uint32_t pid);
void	vt_faulted(struct vmtrace *, uint32_t pid, uint32_t tid,
	    uint64_t time_us, uint64_t address, char kind);

/*
 * Which faults are written, if the recording has more than vw_faults: so many
 * in a row, where at least vw_processes have part, or as many as ever do; of
 * such windows, the one with most faults on objects that several processes
 * share.
 */
struct vt_window {
	uint32_t	vw_faults;	/* 0: all are written */
	uint32_t	vw_processes;
};

/* out.c: write the trace; remark is a line about the recording, or NULL. */
void	vt_write(struct vmtrace *, FILE *, const struct vt_window *,
	    const char *remark);

#endif /* TOOLS_VMTRACE_H */
