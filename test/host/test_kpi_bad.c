/*
 * Surfaces: what is wrong with one, or with how one is asked for.
 *
 * Goal: one line that names file and line, or the remedy, and a status; never
 * a surface that lacks something in silence.  Method: a good surface with one
 * file spoilt; command lines.  Runs in the lab's top folder, after build/kpi.
 */
#include "kpi_folder.h"

#define	COLLECT	"tools/kpi-surface"

/* One line on standard error, a status, and nothing else said. */
static void
assert_says(const char *command, int status, const char *why)
{
	char line[512];
	const char *newline;

	snprintf(line, sizeof(line), "{ %s; } 2>&1 >/dev/null", command);
	assert_int_equal(run(line), status);
	newline = strchr(output, '\n');
	if (strstr(output, why) == NULL || newline == NULL ||
	    newline[1] != '\0')
		fail_msg("%s: \"%s\", not \"%s\"", command, output, why);
}

static void
test_bad_files(void **state)
{
	static const struct {
		const char	*file, *text, *why;
	} bad[] = {
		{ "headers", "a.h\n", "headers:1: not a name" },
		{ "headers", "", "headers is empty" },
		{ "headers", "vm/a.h\t/nowhere/a.h\n", "/nowhere/a.h: No" },
		{ "tags.json", "{}\n", "tags.json:1: no tag" },
		{ "tags.json", "\n\n", "tags.json:1: no tag" },
		{ "tags.json", "{\"_type\": \"tag\", \"name\": \"f\"}\n",
		    "tags.json:1: a tag without kind" },
		{ "tags.json", "{\"_type\": \"tag\", \"name\": \"f\", \"kind\":"
		    " \"macro\", \"path\": \"b.h\"}\n", "none of headers" },
		{ "layout.txt", "nothing\n", "layout.txt:1: no line of p" },
		{ "layout.txt", "struct a {\n\tint b;\n", "layout.txt:2: no" },
		{ "layout.txt", "", "layout.txt is cut off" },
		{ "layout.txt", "struct a {\n", "layout.txt is cut off" },
		{ "layout.txt", "*** Dump\n  0 | struct a\n  0 |   int b\n",
		    "layout.txt is cut off" },
		{ "layout.txt", "*** Dump\n  0 | struct a\n x |   int b\n",
		    "layout.txt:3: no line of clang" },
		{ "contract.txt", "f NONE\n", "contract.txt:1: no line of" },
		{ "contract.txt", "CONTRACT f NONE\n", "ends before its page" },
		{ "contract.txt", "CONTRACT f SOME ANY NO CHECKED\n",
		    "'SOME' is no object lock" },
		{ "contract.txt", "CONTRACT f NONE ANY NO CHECKED 1\n",
		    "more than five words" },
		{ "successors", "a b c\n", "successors:1: not an old name" },
		{ "successors", "a\tb\tc\td\n",
		    "the fourth field is stricter" },
		{ "successors", "a\tb\tc\tother\te\n",
		    "more than four fields" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(run("rm -f \"$T\"/*"), 0);
		put_tagged_header("void f(void);\n");
		put(bad[i].file, bad[i].text);
		assert_refused(bad[i].why);
	}
	run("rm -f \"$T\"/*");
	assert_refused("is no surface");
}

static void
test_bad_usage(void **state)
{
	(void)state;
	assert_says(COLLECT, 2, "usage: tools/kpi-surface FOLDER DIR");
	assert_says(COLLECT " impl/none \"$T/s\"", 2, "impl/none is no folder");
	assert_says(COLLECT " docs \"$T/s\"", 2, "docs is no implementation: "
	    "there is no vm/vm_page_busy.h");
	run("mkdir \"$T/a\" \"$T/b\"; echo none >\"$T/a/base\";"
	    " echo \"$T/b\" >\"$T/b/base\"");
	assert_says(COLLECT " \"$T/a\" \"$T/s\"", 2, "names 'none', which is");
	assert_says(COLLECT " \"$T/b\" \"$T/s\"", 2, "round in a circle");
	assert_says(COLLECT " 'a b' \"$T/s\"", 2, "'a b': make takes letters");
	assert_says("mkdir \"$T/bin\"; ln -s /bin/sh \"$T/bin/sh\";"
	    " PATH=\"$T/bin\" " COLLECT " impl/sxbusy \"$T/s\"", 2,
	    "is missing; run tools/setup kpi");
	run("mkdir \"$T/c\"; echo sxbusy >\"$T/c/base\"; "
	    "echo 'int f(' >\"$T/c/broken.c\"");
	assert_says(COLLECT " \"$T/c\" \"$T/s\"; s=$?;"
	    " rm -r build/native-kpi/\"$T\"; (exit $s)", 1, "broken.c:1:");
	assert_says("build/kpi", 2, "usage: kpi COMMAND");
	assert_says("build/kpi nothing", 2, "there is no 'nothing'");
	assert_says("build/kpi surface", 2, "usage: kpi surface DIR");
	assert_says("build/kpi surface \"$T/none\"", 2, "none: No such file");
	assert_says("build/kpi surface README.md", 2, "README.md is no folder");
	assert_says("build/kpi surface docs", 2, "docs is no surface");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_bad_usage),
	};

	return (cmocka_run_group_tests(tests, make_folder, remove_folder));
}
