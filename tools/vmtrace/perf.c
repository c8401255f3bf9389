/*
 * Lines of `perf script --show-mmap-events --show-task-events
 * --show-lost-events -F pid,tid,time,event,addr,trace`, of perf 6.1:
 *
 *	PID/TID SECONDS.MICROS: EVENT: ...
 *
 * where EVENT is a page fault or PERF_RECORD_something.  Other lines are
 * passed over: perf prints many that have nothing to do with memory.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "vmtrace.h"

/* Bits of the error code of an x86 page fault. */
#define	PF_PRESENT	0x01
#define	PF_WRITE	0x02
#define	PF_FETCH	0x10

struct line {
	uint32_t	pid, tid;
	uint64_t	time_us;
	const char	*rest;		/* from EVENT on */
};

/* What follows the prefix in s, or NULL if s does not begin with it. */
static const char *
after(const char *s, const char *prefix)
{
	size_t n;

	n = strlen(prefix);
	return (strncmp(s, prefix, n) == 0 ? s + n : NULL);
}

static int
take_line(char *s, struct line *l)
{
	unsigned long long seconds, micros;
	int n;

	n = 0;
	s[strcspn(s, "\n")] = '\0';
	if (sscanf(s, " %" SCNu32 "/%" SCNu32 " %llu.%llu: %n", &l->pid,
	    &l->tid, &seconds, &micros, &n) != 4 || n == 0 ||
	    l->pid >= LAB_TRACE_PID_MAX || l->tid >= LAB_TRACE_PID_MAX)
		return (0);
	l->time_us = seconds * 1000000 + micros;
	l->rest = s + n;
	return (1);
}

/* "exceptions:page_fault_user: address=0x1 ip=0x2 error_code=0x4" */
static void
take_tracepoint(struct vmtrace *v, const struct line *l)
{
	const char *address, *error;
	unsigned long code;
	char kind;

	address = strstr(l->rest, "address=");
	error = strstr(l->rest, "error_code=");
	if (address == NULL || error == NULL)
		return;
	code = strtoul(error + strlen("error_code="), NULL, 16);
	kind = (code & PF_WRITE) != 0 ? 'w' : (code & PF_FETCH) != 0 ?
	    'x' : 'r';
	if ((code & PF_PRESENT) != 0)
		kind = (char)(kind - 'a' + 'A');
	vt_faulted(v, l->pid, l->tid, l->time_us,
	    strtoull(address + strlen("address="), NULL, 16), kind);
}

/*
 * "5321/5321: [0x7f50a7e38000(0x35000) @ 0x1000 fe:00 332383 0]: r--p /path",
 * the number before the bracket's end being a generation.
 */
static void
take_mapping(struct vmtrace *v, const char *s)
{
	struct vt_mapping m;
	uint32_t pid;
	char rights[8];
	int n;

	n = 0;
	if (sscanf(s, " %" SCNu32 "/%*u: [0x%" SCNx64 "(0x%" SCNx64 ") @ %"
	    SCNx64 " %" SCNx32 ":%" SCNx32 " %" SCNu64 " %*u]: %7s %n", &pid,
	    &m.vm_start, &m.vm_length, &m.vm_offset, &m.vm_major, &m.vm_minor,
	    &m.vm_inode, rights, &n) != 8 || n == 0 ||
	    pid >= LAB_TRACE_PID_MAX || m.vm_start >= VT_USER_TOP ||
	    m.vm_length == 0 || m.vm_length > VT_USER_TOP - m.vm_start)
		return;
	m.vm_shared = strchr(rights, 's') != NULL;
	m.vm_path = s + n;
	vt_mapped(v, pid, &m);
}

static void
take_event(struct vmtrace *v, const struct line *l)
{
	const char *s;
	uint32_t child, parent;

	if (after(l->rest, "exceptions:page_fault_") != NULL) {
		take_tracepoint(v, l);
	} else if ((s = after(l->rest, "page-faults")) != NULL &&
	    (s = strchr(s, ' ')) != NULL) {
		v->vt_no_kinds = 1;
		vt_faulted(v, l->pid, l->tid, l->time_us,
		    strtoull(s, NULL, 16), 'r');
	} else if ((s = after(l->rest, "PERF_RECORD_MMAP2")) != NULL) {
		take_mapping(v, s);
	} else if ((s = after(l->rest, "PERF_RECORD_FORK(")) != NULL) {
		if (sscanf(s, "%" SCNu32 ":%*u):(%" SCNu32 ":", &child,
		    &parent) == 2)
			vt_forked(v, parent, child);
	} else if (after(l->rest, "PERF_RECORD_COMM exec") != NULL) {
		vt_execed(v, l->pid);
	} else if ((s = strstr(l->rest, "PERF_RECORD_LOST")) != NULL) {
		s = strstr(s, "lost ");
		if (s != NULL)
			v->vt_lost += strtoull(s + 5, NULL, 10);
	}
}

void
vt_read(struct vmtrace *v, FILE *from)
{
	struct line l;
	char *s;
	size_t room;

	s = NULL;
	room = 0;
	while (getline(&s, &room, from) != -1)
		if (take_line(s, &l))
			take_event(v, &l);
	free(s);
}
