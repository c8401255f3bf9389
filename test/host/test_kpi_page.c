/*
 * KPI.md, from tables written by hand.
 *
 * Goal: a cell that goes wrong at run time is shown with what is said of it,
 * once for all implementations that do it alike, under whatever word it fails;
 * a bad table is one line.  Runs in the lab's top folder, after build/kpi.
 */
#include "kpi_folder.h"

#define	HEAD	"consumer\tport\timpl\toutcome\tdetail\n"

/* Is the line in KPI.md? */
static void
assert_line(const char *line)
{
	setenv("LINE", line, 1);
	if (run("grep -qxF -e \"$LINE\" \"$T/KPI.md\"") != 0)
		fail_msg("no line \"%s\"", line);
}

static int
make_page(const char *matrix)
{
	put("kpi.json", "{\"schema\": 1, \"rule\": [], \"pairs\": []}\n");
	put("kpi_matrix.tsv", matrix);
	return (run("build/kpi page \"$T\" 2>&1"));
}

static void
test_failures(void **state)
{
	(void)state;
	assert_int_equal(make_page(HEAD
	    "md\trenamed\tone\tcrash\tsignal 11\n"
	    "md\trenamed\ttwo\tcrash\tsignal 11\n"
	    "shm\trenamed\tone\tok\t\n"
	    "shm\trenamed\ttwo\toracle\ta | b\n"
	    "shm\toriginal\tone\tcompile\tno such name\n"), 0);
	assert_line("| renamed | **1 of 2**, crash 1 | **0 of 2**, crash 1, "
	    "oracle 1 |");
	assert_line("| original | **0 of 1**, compile 1 | - |");
	assert_line("| md | renamed | `one`, `two` | crash | signal 11 |");
	assert_line("| shm | renamed | `two` | oracle | a \\| b |");
	assert_int_equal(run("[ $(grep -c '^| md | renamed |' \"$T/KPI.md\") "
	    "= 1 ]"), 0);
	/* That it does not compile is not said at length. */
	assert_int_equal(run("! grep -q 'no such name' \"$T/KPI.md\""), 0);
}

static void
test_none(void **state)
{
	(void)state;
	assert_int_equal(make_page(HEAD "md\trenamed\tone\tok\t\n"), 0);
	assert_int_equal(run("! grep -q 'goes wrong' \"$T/KPI.md\""), 0);
}

static void
test_bad(void **state)
{
	(void)state;
	assert_int_equal(make_page(HEAD "md\trenamed\n"), 2);
	assert_non_null(strstr(output, "kpi_matrix.tsv:2: 2 columns where the "
	    "first line has 5; make kpi writes it anew"));
	assert_int_equal(make_page("consumer\tport\timpl\n"), 2);
	assert_non_null(strstr(output, "kpi_matrix.tsv:1: no column outcome"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_failures),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_bad),
	};

	return (cmocka_run_group_tests(tests, make_folder, remove_folder));
}
