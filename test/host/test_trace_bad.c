/*
 * The reader of page-fault traces, traces/trace.h: wrong ones.
 *
 * Goal: no file, however wrong, does more than give an error with its line.
 * Method: hand-written traces with one mistake each, and a valid trace, plain
 * and gzipped, cut at every byte or with bytes changed at random; whatever is
 * accepted must hold the invariants of trace.h.  Made to run under ASan and
 * UBSan.
 */
#include <test/host/trace_file.h>

/* One mistake each; the line it is in and what is said about it. */
static const struct {
	const char	*text;
	unsigned	 line;
	const char	*why;
} mistakes[] = {
	{ "", 1, "without a fault" },
	{ HEAD, 1, "without a fault" },
	{ "F 0 0 0 0 r\n", 1, "not a trace" },
	{ "# vmtrace 2\n", 1, "not a trace" },
	{ "# vmtrace 1 \n", 1, "not a trace" },
	{ HEAD "\n", 2, "unknown line" },
	{ HEAD "G 1\n", 2, "unknown line" },
	{ HEAD "F\n", 2, "unknown line" },
	{ HEAD "# \033[2J\n", 2, "byte 0x1b" },
	{ HEAD "# \r\n", 2, "byte 0xd" },
	{ HEAD "# \303\274\n", 2, "byte 0xc3" },
	{ HEAD "T 0 7/7", 2, "ends within a line" },
	{ HEAD "O 0 disk fe:00 1 x\n", 2, "unknown kind of object" },
	{ HEAD "O 0 file fe 1 x\n", 2, "after major" },
	{ HEAD "O 0 file fe:zz 1 x\n", 2, "minor is not a number" },
	{ HEAD "O 0 file fe:100000000 1 x\n", 2, "minor is above" },
	{ HEAD "O 0 file fe:00 18446744073709551616 x\n", 2,
	    "inode is above" },
	{ HEAD "O 0 file fe:00 1 \n", 2, "no name" },
	{ HEAD "O 0 file fe:00 1\n", 2, "after inode" },
	{ HEAD "O 1048576 anon 1 x\n", 2, "object id is above 1048575" },
	{ HEAD "O -1 anon 1 x\n", 2, "object id is not a number" },
	{ HEAD "O 0x1 anon 1 x\n", 2, "after object id" },
	{ HEAD "O 0 anon 4194304 x\n", 2, "pid is above" },
	{ HEAD "O 0 anon 1 x\nO 0 anon 1 y\n", 3, "object 0 is declared" },
	{ HEAD "T 65536 1/1\n", 2, "thread id is above 65535" },
	{ HEAD "T 0 1\n", 2, "after pid" },
	{ HEAD "T 0 1/1 1\n", 2, "after tid" },
	{ HEAD "T 0 1/-1\n", 2, "tid is not a number" },
	{ HEAD "T 0 1/1\nT 0 2/2\n", 3, "thread 0 is declared twice" },
	{ HEAD "O 0 anon 7 x\nF 0 0 0 0 r\n", 3, "thread is not declared" },
	{ HEAD "T 0 7/7\nF 0 0 0 0 r\n", 3, "object is not declared" },
	{ DECL "F 0 0 65536 0 r\n", 5, "object is not declared" },
	{ DECL "T 1 8/8\nF 0 1 1 0 r\n", 6, "another process's" },
	{ DECL "F 0 0 0 1099511627776 r\n", 5, "page is above" },
	{ DECL "F 0 0 0 99999999999999999999999 r\n", 5, "page is above" },
	{ DECL "F 0 0 0 -1 r\n", 5, "page is not a number" },
	{ DECL "F 0 0 0 1 q\n", 5, "unknown kind of fault" },
	{ DECL "F 0 0 0 1 rw\n", 5, "unknown kind of fault" },
	{ DECL "F 0 0 0 1 \n", 5, "unknown kind of fault" },
	{ DECL "F 0 0 0 1\n", 5, "after page" },
	{ DECL "F 0 0 0\n", 5, "after object id" },
	{ DECL "F 0  0 0 1 r\n", 5, "thread id is not a number" },
	{ DECL "F 4294967296 0 0 1 r\n", 5, "time is above" },
	{ DECL "F -5 0 0 1 r\n", 5, "time is not a number" },
};

static void
test_mistakes(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		write_plain(mistakes[i].text, strlen(mistakes[i].text));
		assert_refused(mistakes[i].line, mistakes[i].why);
	}
	write_plain(HEAD "T 0 7/7\0\n", 21);
	assert_refused(2, "byte 0 ");
}

/* Whatever the file in path holds now, it is read or refused with its line. */
static int
assert_read_or_refused(void)
{
	struct lab_trace *t;
	const char *s;

	t = trace_read(path, err, sizeof(err));
	if (t != NULL) {
		assert_invariants(t);
		trace_free(t);
		return (1);
	}
	assert_memory_equal(err, path, strlen(path));
	s = err + strlen(path);
	assert_int_equal(*s++, ':');
	assert_true(*s >= '0' && *s <= '9');
	s += strspn(s, "0123456789");
	assert_memory_equal(s, ": ", 2);
	return (0);
}

/* small, gzipped, in bytes; its length. */
static size_t
gzip_of_small(char *bytes, size_t size)
{
	FILE *f;
	size_t n;

	write_gzip(small, "", 0);
	f = fopen(path, "r");
	assert_non_null(f);
	n = fread(bytes, 1, size, f);
	fclose(f);
	assert_true(n > 18 && n < size);
	return (n);
}

static void
test_cut(void **state)
{
	char bytes[1024];
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(small) - 1; i++) {
		write_plain(small, i);
		if (assert_read_or_refused())
			assert_int_equal(small[i - 1], '\n');
	}
	n = gzip_of_small(bytes, sizeof(bytes));
	for (i = 0; i < n; i++) {
		write_plain(bytes, i);
		assert_false(assert_read_or_refused());
		assert_true(i < 10 || strstr(err, "cut short") != NULL);
	}
	write_plain(bytes, n);
	assert_true(assert_read_or_refused());
}

/* Change a few of n bytes, in the same way in every run. */
static void
flip(char *bytes, size_t n, uint64_t *seed)
{
	int i;

	for (i = 0; i < 3; i++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		bytes[(*seed >> 33) % n] = (char)(*seed >> 56 ^ *seed >> 20);
		if ((*seed >> 50) % 2 == 0)
			break;
	}
}

static void
test_flipped(void **state)
{
	char bytes[1024], copy[1024];
	uint64_t seed;
	size_t n;
	int i, accepted, is_gzip;

	(void)state;
	seed = 1;
	for (is_gzip = 0; is_gzip < 2; is_gzip++) {
		n = sizeof(small) - 1;
		memcpy(bytes, small, n);
		if (is_gzip)
			n = gzip_of_small(bytes, sizeof(bytes));
		for (i = accepted = 0; i < 3000; i++) {
			memcpy(copy, bytes, n);
			flip(copy, n, &seed);
			write_plain(copy, n);
			accepted += assert_read_or_refused();
		}
		assert_true(accepted > 0 && accepted < 3000);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_flipped),
	};

	return (cmocka_run_group_tests(tests, set_up, tear_down));
}
