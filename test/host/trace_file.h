/*
 * What the tests of traces share: a file to write a trace into, a small trace
 * with all there is in one, and the invariants of traces/trace.h as a check.
 * Included once by each test program, before its tests.
 */
#ifndef TEST_HOST_TRACE_FILE_H
#define	TEST_HOST_TRACE_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include <traces/trace.h>

#define	HEAD	"# vmtrace 1\n"
#define	DECL	HEAD "O 0 file fe:00 12 libc\nO 1 anon 7 heap\nT 0 7/7\n"

static char folder[] = "/tmp/test_trace.XXXXXX";
static char path[sizeof(folder) + 16];
static char err[512];

/* A trace with all there is: ids with gaps, remarks, unused declarations. */
static const char small[] =
    HEAD
    "# a remark\n"
    "O 9 anon 41 unused\n"
    "O 3 file fe:00 18446744073709551615 lib c.so\n"
    "O 5 shared 00:01 77 zero\n"
    "O 4 anon 42 heap\n"
    "T 8 40/40\n"
    "T 6 42/42\n"
    "T 2 42/43\n"
    "F 10 6 3 7 x\n"
    "F 0 2 5 1099511627775 w\n"
    "F 5 6 4 0 W\n"
    "T 7 50/50\n"
    "F 1 7 5 3 r\n"
    "F 2 6 3 7 R\n"
    "F 4294967295 7 3 2 X\n";

static inline int
set_up(void **state)
{

	(void)state;
	if (mkdtemp(folder) == NULL)
		return (-1);
	snprintf(path, sizeof(path), "%s/small.vmt.gz", folder);
	return (0);
}

static inline int
tear_down(void **state)
{

	(void)state;
	unlink(path);
	return (rmdir(folder));
}

static inline void
write_plain(const char *text, size_t n)
{
	FILE *f;

	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

/* head, then line so many times, compressed. */
static inline void
write_gzip(const char *head, const char *line, unsigned times)
{
	gzFile g;

	g = gzopen(path, "wb1");
	assert_non_null(g);
	assert_true(gzputs(g, head) >= 0);
	while (times-- > 0)
		assert_true(gzputs(g, line) > 0);
	assert_int_equal(gzclose(g), Z_OK);
}

static inline struct lab_trace *
read_text(const char *text)
{

	write_plain(text, strlen(text));
	err[0] = '\0';
	return (trace_read(path, err, sizeof(err)));
}

/* The file in path is refused, at that line, for that reason. */
static inline void
assert_refused(unsigned line, const char *why)
{
	char want[512];

	assert_null(trace_read(path, err, sizeof(err)));
	snprintf(want, sizeof(want), "%s:%u: ", path, line);
	if (strncmp(err, want, strlen(want)) != 0 || strstr(err, why) == NULL)
		fail_msg("\"%s\", not \"%s...%s\"", err, want, why);
}

/* I1 to I5 of trace.h. */
static inline void
assert_invariants(const struct lab_trace *t)
{
	const struct lab_trace_thread *th;
	const struct lab_trace_fault *f;
	const struct lab_trace_object *o;
	unsigned char *seen;
	uint32_t i, j, total;

	seen = calloc(1, t->lt_nfaults);
	assert_non_null(seen);
	for (i = total = 0; i < t->lt_nthreads; i++) {
		th = &t->lt_threads[i];
		assert_true(th->ltt_nfaults > 0);
		assert_true(th->ltt_process < t->lt_nprocesses);
		for (j = 0; j < th->ltt_nfaults; j++, total++) {
			f = &th->ltt_faults[j];
			assert_true(f->ltf_object < t->lt_nobjects);
			o = &t->lt_objects[f->ltf_object];
			assert_true(f->ltf_page < o->lto_pages);
			assert_true(o->lto_kind != LAB_TRACE_ANON ||
			    o->lto_owner == th->ltt_process);
			assert_true(f->ltf_order < t->lt_nfaults);
			assert_false(seen[f->ltf_order]++);
			assert_true(j == 0 || f->ltf_order > f[-1].ltf_order);
		}
	}
	assert_int_equal(total, t->lt_nfaults);
	for (i = 0; i < t->lt_nobjects; i++) {
		o = &t->lt_objects[i];
		assert_true(o->lto_touched > 0 && o->lto_processes > 0);
		assert_true(o->lto_processes <= t->lt_nprocesses);
		assert_true(o->lto_owner < t->lt_nprocesses);
	}
	for (i = 0; i < t->lt_nprocesses; i++)
		assert_true(t->lt_processes[i].ltp_nthreads > 0);
	free(seen);
}

#endif /* TEST_HOST_TRACE_FILE_H */
