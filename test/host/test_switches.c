/*
 * Figures of switches: the section of RESULTS.md, and files that are none.
 * What every table of the kind must be is tested with the simulator's bars, in
 * test_scaling_short.c.
 */
#include "test_report_run.h"

#include "report/output.h"
#include "report/switches.h"

#define	HEAD	"# made | so\nswitch\tfigure\tunit\toff\ton\n"

static int
read_switches(struct rp_results *r, const char *text,
    char message[RP_MESSAGE])
{
	char path[80];
	int status;

	snprintf(path, sizeof(path), "%s/phys.tsv", folder);
	assert_int_equal(rp_save(path, text, message), 0);
	status = rp_switches_load(r, path, message);
	assert_int_equal(unlink(path), 0);
	return (status);
}

/* What RESULTS.md has of them; the caller frees it. */
static char *
section(const struct rp_results *r)
{
	struct rp_text t;

	rp_text_open(&t);
	rp_md_switches(t.f, r);
	return (rp_text_close(&t));
}

static void
test_section(void **state)
{
	char message[RP_MESSAGE], *text;
	struct rp_results r;

	(void)state;
	put("sxbusy", 0, 1);
	load(&r);
	text = section(&r);
	assert_string_equal(text, "");
	free(text);
	assert_int_equal(read_switches(&r, HEAD "s_w\tpv entries\tMiB\t2400\t"
	    "0\ns_w\tmap\ts\t1.5\t0.7\n", message), 0);
	text = section(&r);
	assert_non_null(strstr(text, "| switch | figure | off | on |\n"
	    "|---|---|---:|---:|\n"
	    "| `s_w` | pv entries, MiB | 2400 | 0 |\n"
	    "| `s_w` | map, s | 1.5 | 0.7 |\n\nData: `"));
	assert_non_null(strstr(text, "phys.tsv`, by made \\| so.\n"));
	free(text);
	rp_free(&r);
}

/* What was read before stays. */
static void
test_bad_file(void **state)
{
	char message[RP_MESSAGE], *text;
	struct rp_results r;

	(void)state;
	put("sxbusy", 0, 1);
	load(&r);
	assert_int_equal(read_switches(&r, HEAD "s\tx\tMiB\t1\t0\n", message),
	    0);
	assert_int_equal(read_switches(&r, "bar\tfigure\tunit\tlimit\tmet\n",
	    message), -1);
	assert_non_null(strstr(message, "phys.tsv:1: the columns are not "
	    "switch, figure, unit, off, on; make shm-phys writes it anew"));
	text = section(&r);
	assert_non_null(strstr(text, "| `s` | x, MiB | 1 | 0 |"));
	free(text);
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(section),
		TEST(bad_file),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
