/*
 * vmtrace [-n FAULTS [-p PROCESSES]] [-c REMARK]: perf script's lines on
 * standard input, a page-fault trace on standard output.  tools/record-trace
 * runs it.
 */
#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vmtrace.h"

void *
vt_alloc(size_t size)
{
	void *p;

	p = calloc(1, size);
	if (p == NULL)
		errx(1, "out of memory");
	return (p);
}

void *
vt_add(struct vt_array *a, size_t size)
{
	char *element;

	if (a->va_count == a->va_room) {
		a->va_room = a->va_room != 0 ? a->va_room * 2 : 64;
		a->va_data = reallocarray(a->va_data, a->va_room, size);
		if (a->va_data == NULL)
			errx(1, "out of memory");
	}
	element = (char *)a->va_data + a->va_count++ * size;
	memset(element, 0, size);
	return (element);
}

static void
usage(FILE *to)
{

	fprintf(to, "usage: perf script ... | vmtrace "
	    "[-n FAULTS [-p PROCESSES]] [-c REMARK] > FILE\n"
	    "tools/record-trace runs it; docs/TRACES.md describes FILE.\n");
}

static uint32_t
number(int option, const char *s, uint32_t max)
{
	char *end;
	unsigned long n;

	n = strtoul(s, &end, 10);
	if (*s < '0' || *s > '9' || *end != '\0' || n == 0 ||
	    n > max)
		errx(2, "-%c %s: give a number from 1 to %u", option, s, max);
	return ((uint32_t)n);
}

int
main(int argc, char **argv)
{
	static struct vmtrace v;
	struct vt_window w = { 0, LAB_TRACE_PID_MAX };
	const char *remark;
	int c;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		usage(stdout);
		return (0);
	}
	remark = NULL;
	while ((c = getopt(argc, argv, "n:p:c:")) != -1) {
		if (c == 'n')
			w.vw_faults = number(c, optarg, LAB_TRACE_FAULTS_MAX);
		else if (c == 'p')
			w.vw_processes = number(c, optarg, LAB_TRACE_PID_MAX);
		else if (c == 'c')
			remark = optarg;
		else {
			usage(stderr);
			return (2);
		}
	}
	if (optind != argc) {
		usage(stderr);
		return (2);
	}
	vt_read(&v, stdin);
	if (v.vt_faults.va_count == 0)
		errx(1, "perf recorded no page fault");
	if (v.vt_lost != 0)
		warnx("perf lost %llu events; the trace has gaps",
		    (unsigned long long)v.vt_lost);
	vt_write(&v, stdout, &w, remark);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(1, "cannot write the trace");
	return (0);
}
