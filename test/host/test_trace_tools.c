/*
 * The tools that make traces, and the traces that come with the lab.
 *
 * Goal: perf's lines become the right trace, record-trace says what is wrong
 * in one line and leaves nothing behind, and docs/TRACES.md tells the truth.
 * Method: a recording by hand with its expected trace in data/; commands run
 * through sh with their status and first line of output checked; the rows of
 * the document's table against what the reader finds.  Runs in the lab's top
 * folder, after build/vmtrace; the environment variable VMTRACE names another.
 */
#include <test/host/trace_file.h>

#include <sys/stat.h>
#include <sys/wait.h>

#define	DATA	"test/host/data/perf-script"
#define	RECORD	"tools/record-trace"

static char output[16384];

/*
 * Run a shell command, with $T for the temporary folder and $R for the trace
 * to write in it; its status.  What it prints is in output.
 */
static int
run(const char *command)
{
	FILE *p;
	size_t n;
	int status;

	p = popen(command, "r");
	assert_non_null(p);
	n = fread(output, 1, sizeof(output) - 1, p);
	output[n] = '\0';
	status = pclose(p);
	assert_true(WIFEXITED(status));
	return (WEXITSTATUS(status));
}

static int
set_up_tools(void **state)
{

	if (set_up(state) != 0)
		return (-1);
	setenv("VMTRACE", "build/vmtrace", 0);
	setenv("T", folder, 1);
	setenv("R", path, 1);
	return (access(getenv("VMTRACE"), X_OK));
}

/* The command fails so, says this in one line, and leaves no file. */
static void
assert_fails(const char *command, int status, const char *why)
{
	const char *newline;

	unlink(path);
	assert_int_equal(run(command), status);
	newline = strchr(output, '\n');
	if (strstr(output, why) == NULL || newline == NULL ||
	    newline[1] != '\0')
		fail_msg("%s: \"%s\", not \"%s\"", command, output, why);
	assert_int_equal(run("ls -A $T"), 0);
	assert_string_equal(output, "");
}

static void
test_convert(void **state)
{
	char want[sizeof(output)];
	FILE *f;
	size_t n;

	(void)state;
	f = fopen(DATA ".vmt", "r");
	assert_non_null(f);
	n = fread(want, 1, sizeof(want) - 1, f);
	want[n] = '\0';
	fclose(f);
	assert_int_equal(run("$VMTRACE -c 'Recorded: by hand' "
	    "< " DATA ".txt 2> /dev/null"), 0);
	assert_string_equal(output, want);
	assert_int_equal(run("$VMTRACE < " DATA ".txt 2>&1 > /dev/null"), 0);
	assert_non_null(strstr(output, "perf lost 3 events"));
}

/* The software event has an address and nothing else. */
static void
test_convert_software(void **state)
{

	(void)state;
	assert_int_equal(run("echo '  7/8     1.000002: page-faults:u:     "
	    "7f0000001000' | $VMTRACE"), 0);
	assert_string_equal(output, HEAD "# The event recorded does not tell "
	    "reads from writes: every fault is r.\n"
	    "O 0 anon 7 other\nT 0 7/8\nF 0 0 0 0 r\n");
}

/* Three faults in a row, of two processes, most of them on shared memory. */
static void
test_convert_window(void **state)
{
	static const char want[] =
	    "O 0 anon 100 mmap\nT 0 100/101\nF 0 0 0 2 w\n"
	    "T 1 100/100\nF 1 1 0 0 R\n"
	    "O 1 shared 00:01 77 zero\nT 2 102/102\nF 19 2 1 3 w\n";

	(void)state;
	assert_int_equal(run("$VMTRACE -n 3 -p 2 < " DATA ".txt 2> /dev/null "
	    "| grep -v '^#'"), 0);
	assert_string_equal(output, want);
	assert_int_equal(run("$VMTRACE -n 3 -p 1 < " DATA ".txt 2> /dev/null "
	    "| grep -c 'O . shared'"), 0);
	assert_int_equal(run("$VMTRACE -n 3 -p 1 < " DATA ".txt 2> /dev/null "
	    "| grep '^# Cut'"), 0);
	assert_non_null(strstr(output, "faults 4 to 6 of 12"));
}

static void
test_convert_mistakes(void **state)
{

	(void)state;
	assert_fails("$VMTRACE < /dev/null 2>&1", 1, "no page fault");
	assert_fails("$VMTRACE -n 0 < " DATA ".txt 2>&1", 2,
	    "-n 0: give a number");
	assert_fails("$VMTRACE -n 5x < " DATA ".txt 2>&1", 2,
	    "-n 5x: give a number");
	assert_fails("grep -v LOST " DATA ".txt | $VMTRACE 2>&1 > /dev/full",
	    1, "cannot write the trace");
}

static void
test_record_mistakes(void **state)
{

	(void)state;
	assert_fails(RECORD " 2>&1", 2, "no -o FILE given");
	assert_fails(RECORD " -o $R 2>&1", 2, "no COMMAND given");
	assert_fails(RECORD " -o 2>&1", 2, "-o needs a value");
	assert_fails(RECORD " -z 2>&1", 2, "unknown option -z");
	assert_fails(RECORD " -o $R -n 5 -p 0 -- true 2>&1", 2, "number");
	assert_fails(RECORD " -o $R -n -5 -- true 2>&1", 2, "number");
	assert_fails(RECORD " -o $T -- touch $T/ran 2>&1", 1,
	    "not a regular file");
	assert_fails(RECORD " -o $T/no/t.vmt -- touch $T/ran 2>&1", 1,
	    "cannot write");
	assert_fails(RECORD " -o $R -- $T/nosuch 2>&1", 127,
	    "no such command");
	assert_fails("VMTRACE=$T/no " RECORD " -o $R -- touch $T/ran 2>&1", 1,
	    "make build/vmtrace");
	assert_fails("PERF=$T/no " RECORD " -o $R -- touch $T/ran 2>&1", 1,
	    "apt-get install linux-perf");
	assert_fails("PERF=false " RECORD " -o $R -- touch $T/ran 2>&1", 1,
	    "perf_event_paranoid=1");
}

static void
test_record_help(void **state)
{

	(void)state;
	assert_int_equal(run(RECORD " --help"), 0);
	assert_non_null(strstr(output, "usage: tools/record-trace -o FILE"));
}

/* A real recording, wherever perf can make one. */
static void
test_record(void **state)
{
	struct lab_trace *t;

	(void)state;
	if (run(RECORD " -o $R -- sh -c 'sort -o /dev/null /etc/passwd; "
	    "exit 3' 2>&1") == 1 &&
	    (strstr(output, "may not record") != NULL ||
	    strstr(output, "not installed") != NULL)) {
		print_message("SKIP test_record: %s", output);
		skip();
	}
	assert_int_equal(run("ls -A $T"), 0);
	assert_string_equal(output, "small.vmt.gz\n");
	t = trace_read(path, err, sizeof(err));
	assert_non_null(t);
	assert_invariants(t);
	assert_true(t->lt_nprocesses >= 2);
	assert_true(t->lt_nfaults > 50);
	trace_free(t);
	assert_int_equal(run(RECORD " -o $R -- sh -c 'exit 3' 2>&1"), 3);
}

/* The faults on objects of several processes. */
static unsigned
shared_faults(const struct lab_trace *t, unsigned *objects, unsigned *writes)
{
	const struct lab_trace_fault *f = t->lt_faults;
	unsigned i, n;

	for (i = *objects = 0; i < t->lt_nobjects; i++)
		*objects += t->lt_objects[i].lto_processes > 1;
	for (i = n = *writes = 0; i < t->lt_nfaults; i++) {
		n += t->lt_objects[f[i].ltf_object].lto_processes > 1;
		*writes += f[i].ltf_write;
	}
	return (n);
}

/* A row of the table says what the file holds. */
static void
assert_row(const char *row, const char *name)
{
	char file[64], want[256];
	struct lab_trace *t;
	struct stat st;
	unsigned faults, objects, writes;

	snprintf(file, sizeof(file), "traces/%s.vmt.gz", name);
	t = trace_read(file, err, sizeof(err));
	if (t == NULL)
		fail_msg("%s", err);
	assert_invariants(t);
	assert_string_equal(trace_name(t), name);
	assert_int_equal(stat(file, &st), 0);
	assert_true(st.st_size < 30000);
	faults = shared_faults(t, &objects, &writes);
	snprintf(want, sizeof(want), "| %s | %lld | %u | %u | %u | %u | %u | "
	    "%u | %u | %u (%.1f %%) |\n", name, (long long)st.st_size,
	    t->lt_nfaults, writes, t->lt_nobjects, t->lt_touched,
	    t->lt_nthreads, t->lt_nprocesses, objects, faults,
	    100.0 * faults / t->lt_nfaults);
	assert_string_equal(row, want);
	if (strcmp(name, "postgres") == 0)
		assert_true(t->lt_nprocesses >= 8 &&
		    t->lt_objects[0].lto_processes >= 8 &&
		    t->lt_objects[0].lto_kind == LAB_TRACE_SHARED);
	trace_free(t);
}

static void
test_shipped(void **state)
{
	char row[512], name[16];
	unsigned bytes, rows;
	FILE *f;

	(void)state;
	f = fopen("docs/TRACES.md", "r");
	assert_non_null(f);
	for (rows = 0; fgets(row, sizeof(row), f) != NULL;) {
		if (sscanf(row, "| %15s | %u |", name, &bytes) != 2)
			continue;
		assert_row(row, name);
		rows++;
	}
	fclose(f);
	assert_int_equal(run("ls traces/*.vmt.gz | wc -l"), 0);
	assert_int_equal(rows, atoi(output));
	assert_true(rows >= 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_convert),
		cmocka_unit_test(test_convert_software),
		cmocka_unit_test(test_convert_window),
		cmocka_unit_test(test_convert_mistakes),
		cmocka_unit_test(test_record_mistakes),
		cmocka_unit_test(test_record_help),
		cmocka_unit_test(test_record),
		cmocka_unit_test(test_shipped),
	};

	return (cmocka_run_group_tests(tests, set_up_tools, tear_down));
}
