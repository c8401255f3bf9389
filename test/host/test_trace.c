/*
 * The reader of page-fault traces, traces/trace.h: right ones, and limits.
 *
 * Goal: a right trace becomes what its lines say, and a file beyond a limit is
 * refused at little cost.  Method: a small trace by hand, read, written and
 * read again; files at and beyond each limit.  test_trace_bad.c has the
 * mistakes.  Made to run under ASan and UBSan.
 */
#include <test/host/trace_file.h>

#include <sys/resource.h>

static void
test_small(void **state)
{
	const struct lab_trace_fault *f;
	const struct lab_trace_object *o;
	struct lab_trace *t;

	(void)state;
	t = read_text(small);
	assert_non_null(t);
	assert_invariants(t);
	assert_string_equal(trace_name(t), "small");
	assert_int_equal(t->lt_nobjects, 3);
	assert_int_equal(t->lt_nthreads, 3);
	assert_int_equal(t->lt_nprocesses, 2);
	assert_int_equal(t->lt_nfaults, 6);
	assert_int_equal(t->lt_touched, 5);
	assert_int_equal(t->lt_processes[0].ltp_pid, 42);
	assert_int_equal(t->lt_processes[0].ltp_nthreads, 2);
	o = t->lt_objects;
	assert_string_equal(o[0].lto_name, "lib c.so");
	assert_int_equal(o[0].lto_kind, LAB_TRACE_FILE);
	assert_int_equal(o[0].lto_pages, 8);
	assert_int_equal(o[0].lto_touched, 2);
	assert_int_equal(o[0].lto_processes, 2);
	assert_int_equal(o[1].lto_kind, LAB_TRACE_SHARED);
	assert_true(o[1].lto_pages == LAB_TRACE_PAGES_MAX);
	assert_int_equal(o[1].lto_processes, 2);
	assert_int_equal(o[2].lto_kind, LAB_TRACE_ANON);
	assert_int_equal(o[2].lto_owner, 0);
	assert_int_equal(o[2].lto_processes, 1);
	f = t->lt_threads[0].ltt_faults;
	assert_int_equal(t->lt_threads[0].ltt_nfaults, 3);
	assert_int_equal(f[0].ltf_page, 7);
	assert_true(f[0].ltf_exec && !f[0].ltf_write && !f[0].ltf_present);
	assert_int_equal(f[0].ltf_time_us, 10);
	assert_int_equal(f[1].ltf_object, 2);
	assert_true(f[1].ltf_write && f[1].ltf_present && !f[1].ltf_exec);
	assert_int_equal(f[1].ltf_order, 2);
	assert_int_equal(f[1].ltf_time_us, 15);
	assert_true(f[2].ltf_present && !f[2].ltf_write && !f[2].ltf_exec);
	f = t->lt_threads[2].ltt_faults;
	assert_int_equal(f[0].ltf_time_us, 16);
	assert_true(f[1].ltf_exec && f[1].ltf_present);
	assert_true(f[1].ltf_time_us == UINT32_MAX);
	trace_free(t);
	trace_free(NULL);
}

/* Put the trace into text again. */
static void
write_text(const struct lab_trace *t, char *to, size_t size)
{
	static const char *const kinds[] = { "file 0:0 1", "shared 0:0 1" };
	const struct lab_trace_fault *f;
	const struct lab_trace_object *o;
	uint32_t order, i, j, time_us;
	size_t n;

	n = (size_t)snprintf(to, size, HEAD);
	for (i = 0; i < t->lt_nthreads; i++) {
		j = t->lt_processes[t->lt_threads[i].ltt_process].ltp_pid;
		n += (size_t)snprintf(to + n, size - n, "T %u %u/1\n", i, j);
	}
	for (i = 0; i < t->lt_nobjects; i++) {
		o = &t->lt_objects[i];
		if (o->lto_kind == LAB_TRACE_ANON)
			n += (size_t)snprintf(to + n, size - n,
			    "O %u anon %u %s\n", i,
			    t->lt_processes[o->lto_owner].ltp_pid,
			    o->lto_name);
		else
			n += (size_t)snprintf(to + n, size - n, "O %u %s %s\n",
			    i, kinds[o->lto_kind], o->lto_name);
	}
	for (order = time_us = 0; order < t->lt_nfaults; order++)
		for (i = 0; i < t->lt_nthreads; i++)
			for (j = 0; j < t->lt_threads[i].ltt_nfaults; j++) {
				f = &t->lt_threads[i].ltt_faults[j];
				if (f->ltf_order != order)
					continue;
				n += (size_t)snprintf(to + n, size - n,
				    "F %u %u %u %llu %c\n",
				    f->ltf_time_us - time_us, i, f->ltf_object,
				    (unsigned long long)f->ltf_page,
				    "rwxRWX"[f->ltf_present * 3 +
				    f->ltf_write + 2 * f->ltf_exec]);
				time_us = f->ltf_time_us;
			}
	assert_true(n < size - 1);
}

static void
test_round_trip(void **state)
{
	static char text[2048], again[2048];
	struct lab_trace *t, *u;

	(void)state;
	t = read_text(small);
	assert_non_null(t);
	write_text(t, text, sizeof(text));
	u = read_text(text);
	assert_non_null(u);
	write_text(u, again, sizeof(again));
	assert_string_equal(text, again);
	assert_int_equal(t->lt_nobjects, u->lt_nobjects);
	assert_int_equal(t->lt_nfaults, u->lt_nfaults);
	assert_memory_equal(t->lt_objects, u->lt_objects,
	    t->lt_nobjects * sizeof(*t->lt_objects));
	assert_memory_equal(t->lt_faults, u->lt_faults,
	    t->lt_nfaults * sizeof(*t->lt_faults));
	trace_free(t);
	trace_free(u);
}

static void
test_no_file(void **state)
{
	char tiny[8];

	(void)state;
	assert_null(trace_read("/nonexistent/t.vmt", err, sizeof(err)));
	assert_string_equal(err,
	    "/nonexistent/t.vmt: No such file or directory");
	assert_null(trace_read("/tmp", err, sizeof(err)));
	assert_string_equal(err, "/tmp:1: Is a directory");
	assert_null(trace_read("/nonexistent/t.vmt", tiny, sizeof(tiny)));
	assert_string_equal(tiny, "/nonexi");
}

static void
test_long_line(void **state)
{
	char line[LAB_TRACE_LINE_MAX + 2];
	struct lab_trace *t;

	(void)state;
	memset(line, '#', sizeof(line));
	strcpy(line + LAB_TRACE_LINE_MAX, "\n");
	write_gzip(DECL, line, 1);
	assert_refused(5, "line longer than 4096");
	strcpy(line + LAB_TRACE_LINE_MAX - 1, "\n");
	write_gzip(DECL "F 0 0 0 0 r\n", line, 1);
	t = trace_read(path, err, sizeof(err));
	assert_non_null(t);
	trace_free(t);
}

/* A small file that blows up, by its text or by its number of faults. */
static void
test_bombs(void **state)
{
	char line[LAB_TRACE_LINE_MAX];
	struct lab_trace *t;

	(void)state;
	memset(line, '#', sizeof(line));
	strcpy(line + sizeof(line) - 2, "\n");
	write_gzip(HEAD, line, (LAB_TRACE_TEXT_MAX >> 12) + 100);
	assert_refused((LAB_TRACE_TEXT_MAX - 12) / (LAB_TRACE_LINE_MAX - 1) + 2,
	    "more than 128 MiB of text");
	write_gzip(DECL, "F 0 0 0 0 r\n", LAB_TRACE_FAULTS_MAX + 1);
	assert_refused(LAB_TRACE_FAULTS_MAX + 5, "more than 4194304 faults");
	write_gzip(DECL, "F 0 0 0 0 r\n", LAB_TRACE_FAULTS_MAX);
	t = trace_read(path, err, sizeof(err));
	assert_non_null(t);
	assert_int_equal(t->lt_nfaults, LAB_TRACE_FAULTS_MAX);
	trace_free(t);
}

/* The largest ids and pages cost tables of ids, and nothing by page. */
static void
test_sparse(void **state)
{
	struct rusage before, after;
	struct lab_trace *t;

	(void)state;
	getrusage(RUSAGE_SELF, &before);
	t = read_text(HEAD "O 1048575 anon 4194303 a\nO 0 shared 0:0 1 b\n"
	    "T 65535 4194303/4194303\nF 0 65535 1048575 1099511627775 w\n"
	    "F 0 65535 0 0 r\nF 0 65535 0 1099511627775 r\n");
	getrusage(RUSAGE_SELF, &after);
	assert_non_null(t);
	assert_invariants(t);
	assert_int_equal(t->lt_touched, 3);
	trace_free(t);
	assert_true(after.ru_maxrss - before.ru_maxrss < 64 * 1024);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sparse),
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_no_file),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_bombs),
	};

	return (cmocka_run_group_tests(tests, set_up, tear_down));
}
