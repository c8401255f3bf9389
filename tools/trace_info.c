/*
 * trace-info FILE...: what recorded traces hold, in a line each.
 *
 * shared_objects and shared_faults are of objects on which at least two
 * processes fault; busiest is the one of these with most faults.  The figures
 * in docs/TRACES.md come from here.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <traces/trace.h>

struct sharing {
	uint32_t	objects;	/* objects of >= 2 processes */
	uint32_t	faults;		/* faults on them */
	uint32_t	writes;		/* of all faults */
	uint32_t	busiest;	/* object, if faults != 0 */
	uint32_t	busiest_faults;
};

/* Count sharing; per_object has room for each object and is zeroed. */
static void
count_sharing(const struct lab_trace *t, uint32_t *per_object,
    struct sharing *s)
{
	uint32_t i;

	for (i = 0; i < t->lt_nfaults; i++) {
		per_object[t->lt_faults[i].ltf_object]++;
		s->writes += t->lt_faults[i].ltf_write;
	}
	for (i = 0; i < t->lt_nobjects; i++) {
		if (!trace_object_shared(&t->lt_objects[i]))
			continue;
		s->objects++;
		s->faults += per_object[i];
		if (per_object[i] <= s->busiest_faults)
			continue;
		s->busiest = i;
		s->busiest_faults = per_object[i];
	}
}

static int
print_trace(const struct lab_trace *t)
{
	struct sharing s = { 0 };
	uint32_t *per_object;

	per_object = calloc(t->lt_nobjects, sizeof(*per_object));
	if (per_object == NULL)
		return (-1);
	count_sharing(t, per_object, &s);
	free(per_object);
	printf("%s faults=%u writes=%u objects=%u pages=%u threads=%u "
	    "processes=%u shared_objects=%u shared_faults=%u "
	    "shared_percent=%.1f", trace_name(t), t->lt_nfaults, s.writes,
	    t->lt_nobjects, t->lt_touched, t->lt_nthreads, t->lt_nprocesses,
	    s.objects, s.faults, 100.0 * s.faults / t->lt_nfaults);
	if (s.faults != 0)
		printf(" busiest=%s busiest_faults=%u busiest_processes=%u",
		    t->lt_objects[s.busiest].lto_name, s.busiest_faults,
		    t->lt_objects[s.busiest].lto_processes);
	printf("\n");
	return (0);
}

static int
info(const char *path)
{
	struct lab_trace *t;
	char err[512];
	int bad;

	t = trace_read(path, err, sizeof(err));
	if (t == NULL) {
		fprintf(stderr, "trace-info: %s\n", err);
		return (1);
	}
	bad = print_trace(t);
	trace_free(t);
	if (bad != 0)
		fprintf(stderr, "trace-info: %s: out of memory\n", path);
	return (bad != 0);
}

int
main(int argc, char **argv)
{
	int i, failed;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		printf("usage: trace-info FILE...\n"
		    "Print what each page-fault trace holds, a line each.\n");
		return (0);
	}
	if (argc < 2) {
		fprintf(stderr, "usage: trace-info FILE...\n");
		return (2);
	}
	failed = 0;
	for (i = 1; i < argc; i++)
		failed |= info(argv[i]);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("trace-info: standard output");
		return (1);
	}
	return (failed);
}
