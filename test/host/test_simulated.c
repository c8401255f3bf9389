/*
 * A simulated run: what is read of it, what is refused, and what is said.
 *
 * Goal: a bad line gives one message with its number; a simulated run is never
 * judged; its report says what the data say.  Method: each test writes a few
 * lines into a folder of its own.
 */
#include <sys/stat.h>

#include "test_report_run.h"

#include "report/scaling.h"
#include "report/tables.h"

#define	MACHINE	"{\"machine\":\"m\""

static void
put_machine(void)
{
	fprintf(out, "{\"schema\":1,\"kind\":\"run\",\"seed\":3,\"window_ns\":"
	    "100000,\"simulated\":" MACHINE ",\"description\":\"a | b\","
	    "\"topology\":\"pack:2 core:4\",\"cpus\":8,\"costs\":"
	    "{\"transfer_smt\":10,\"rmw\":0.5}}}\n");
}

/* A window, and what its `simulated' has besides the machine. */
static void
put_window(unsigned threads, const char *impl, double rate, const char *more)
{
	put_head("w", "-", threads, impl, "bench", 0, "ok");
	fprintf(out, ",\"ops_per_s_total\":%.9g,\"simulated\":" MACHINE
	    "%s}}\n", rate, more);
}

static void
put_conflict(const char *impl, const char *a, const char *b, const char *lines)
{
	fprintf(out, "{\"schema\":1,\"kind\":\"conflict\",\"impl\":\"%s\","
	    "\"sharing\":\"private\",\"a\":\"%s\",\"b\":\"%s\",\"lines\":"
	    "[%s]}\n", impl, a, b, lines);
}

static void
test_what_is_read(void **state)
{
	const struct rp_simulated *m;
	struct rp_results r;

	(void)state;
	put_machine();
	put_window(8, "sxbusy", 200, ",\"events\":5,\"time\":{\"work\":0.25,"
	    "\"transfer\":0.5,\"pause\":0.125,\"sleep\":0.125},\"waits\":"
	    "[{\"name\":\"b\",\"share\":0.25},{\"name\":\"a\",\"share\":0.75}],"
	    "\"lines\":[{\"name\":\"a\",\"moves_per_op\":1.5,"
	    "\"wait_ns_per_op\":30}]");
	put_conflict("sxbusy", "x", "y", "");
	load(&r);
	assert_string_equal(r.machine->name, "m");
	assert_int_equal(rp_sim_cpus(&r), 8);
	assert_int_equal(r.machine->nconflicts, 1);
	m = rp_simulated(&r.cells[0].arms[0]);
	assert_true(m->timed && m->time[RP_TRANSFERS] == 0.5);
	assert_int_equal(m->nwaits, 2);
	assert_string_equal(rp_most_waited(&r.cells[0].arms[0])->name, "a");
	assert_true(m->moves[0].moves_per_op == 1.5);
	rp_free(&r);
}

/* Each of these lines is the second. */
static const struct {
	const char	*line, *said;
} bad[] = {
	{ "\"kind\":\"sensitivity\",\"cell\":\"w/-/private/t1/compact\","
	    "\"workload\":\"w\",\"variant\":\"-\",\"sharing\":\"private\","
	    "\"threads\":1,\"impl\":\"sxbusy\",\"ops_per_s_total\":1,"
	    "\"setting\":[1,1,2]", "field \"setting\" is no array of 4" },
	{ "\"kind\":\"sensitivity\",\"cell\":\"w/-/private/t1/compact\","
	    "\"workload\":\"w\",\"variant\":\"-\",\"sharing\":\"private\","
	    "\"threads\":1,\"impl\":\"sxbusy\",\"ops_per_s_total\":1,"
	    "\"setting\":[1,1,2,0]", "field \"setting\" has a factor that is "
	    "no number above 0" },
	{ "\"kind\":\"conflict\",\"impl\":\"sxbusy\",\"sharing\":\"shared\","
	    "\"a\":\"x\",\"b\":\"y\"", "field \"lines\" is missing" },
	{ "\"kind\":\"conflict\",\"impl\":\"sxbusy\",\"sharing\":\"shared\","
	    "\"a\":\"x\",\"b\":\"y\",\"lines\":[{\"name\":\"a\"}]",
	    "field \"moves_per_op\" is missing" },
};

static void
test_bad_lines(void **state)
{
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char said[256];

		if (i > 0)
			assert_int_equal(setup(state), 0);
		put_window(1, "sxbusy", 1, "");
		fprintf(out, "{\"schema\":1,%s}\n", bad[i].line);
		snprintf(said, sizeof(said), "rounds.jsonl:2: %s",
		    bad[i].said);
		load_fails(said);
		if (i + 1 < sizeof(bad) / sizeof(bad[0]))
			teardown(state);
	}
}

static const struct {
	const char	*more, *said;
} bad_windows[] = {
	{ ",\"waits\":[{\"name\":\"a\",\"share\":2.0}]",
	    "field \"share\" is 2, which is not in 0 to 1" },
	{ ",\"time\":{\"work\":1,\"transfer\":0,\"pause\":0,\"sleep\":0,"
	    "\"nap\":0}", "time has \"nap\", which is none of work" },
	{ ",\"time\":{\"work\":1,\"transfer\":0,\"pause\":0}",
	    "field \"sleep\" is missing" },
	{ ",\"time\":[1,0,0,0]", "field \"time\" is no object" },
	{ ",\"lines\":{}", "field \"lines\" is no array" },
	{ ",\"lines\":[{\"name\":\"a\\tb\",\"moves_per_op\":1}]",
	    "field \"name\" holds a control character" },
};

static void
test_bad_windows(void **state)
{
	const unsigned n = sizeof(bad_windows) / sizeof(bad_windows[0]);

	for (unsigned i = 0; i < n; i++) {
		char said[256];

		if (i > 0)
			assert_int_equal(setup(state), 0);
		put_window(1, "sxbusy", 1, "");
		put_window(2, "sxbusy", 1, bad_windows[i].more);
		snprintf(said, sizeof(said), "rounds.jsonl:2: %s",
		    bad_windows[i].said);
		load_fails(said);
		if (i + 1 < n)
			teardown(state);
	}
}

static void
test_twice(void **state)
{
	(void)state;
	put_window(1, "sxbusy", 1, "");
	put_conflict("sxbusy", "x", "y", "");
	put_conflict("sxbusy", "x", "y", "");
	load_fails("rounds.jsonl:3: x beside y of sxbusy (private) is there "
	    "twice");
}

static void
test_setting_twice(void **state)
{
	(void)state;
	for (unsigned i = 0; i < 3; i++)
		fprintf(out, "{\"kind\":\"sensitivity\",\"setting\":[1,1,2,%s],"
		    "\"cell\":\"w/-/private/t1/compact\",\"workload\":\"w\","
		    "\"variant\":\"-\",\"sharing\":\"private\",\"threads\":1,"
		    "\"impl\":\"sxbusy\",\"ops_per_s_total\":1}\n",
		    i == 0 ? "2" : "0.5");
	load_fails("rounds.jsonl:3: w/-/private/t1/compact of sxbusy has "
	    "setting 1,1,2,0.5 twice");
}

static void
test_two_machines(void **state)
{
	(void)state;
	put_machine();
	put_head("w", "-", 1, "sxbusy", "bench", 0, "ok");
	fprintf(out, ",\"ops_per_s_total\":1,\"simulated\":{\"machine\":"
	    "\"n\"}}\n");
	load_fails("rounds.jsonl:2: machine \"n\" in a run of \"m\"");
}

/* A run of two curves' worth of everything. */
static void
put_all(void)
{
	put_machine();
	put_window(1, RP_BASELINE, 1000, "");
	put_window(1, "sxbusy", 900, "");
	put_window(8, RP_BASELINE, 2000, ",\"waits\":[{\"name\":\"o.lock\","
	    "\"share\":0.6}],\"lines\":[{\"name\":\"o.lock\","
	    "\"moves_per_op\":1.25}],\"time\":{\"work\":0.1,\"transfer\":0.2,"
	    "\"pause\":0.3,\"sleep\":0.4}");
	put_window(8, "sxbusy", 5000, "");
	put_window(1, "null", 99999, "");
	put_conflict(RP_BASELINE, "x", "x", "{\"name\":\"o.lock\","
	    "\"moves_per_op\":1}");
	put_conflict(RP_BASELINE, "x", "y", "{\"name\":\"o.lock\","
	    "\"moves_per_op\":1}");
	put_conflict("sxbusy", "x", "x", "");
	put_conflict("sxbusy", "x", "y", "");
	put_conflict(RP_BASELINE, "z", "z", "");
	put_conflict("sxbusy", "z", "z", "");
	fprintf(out, "{\"kind\":\"end\",\"windows\":5}\n");
}

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", part, text);
}

/* Nothing of a verdict, an interval or a step of rounds. */
static void
test_report_of_its_own(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	put_all();
	load(&r);
	text = rp_markdown(&r, &test_places);
	has(text, "# Results on a simulated machine\n");
	has(text, "a \\| b; 8 CPUs, `pack:2 core:4`. Its costs, in ns: "
	    "`transfer_smt` 10, `rmw` 0.5.");
	has(text, "| `old_vpo_wanted` | `sxbusy` | 0 | 0 | 1 | 2.50 (2.50 "
	    "to 2.50) | - | 1 | - |");
	has(text, "| `w/private` | `old_vpo_wanted` | 1 k | 2 k | 8 | - |");
	has(text, "| | `sxbusy` | 0.90 | 2.50 | 8 | - | - | - | - |");
	has(text, "| 8 | 8 | `o.lock` 60 %, 1.25 | the same | 10 | 20 | 30 | "
	    "40 |");
	has(text, "| `w/private` | `old_vpo_wanted` | `sxbusy` | 1.24 (1 to 8) "
	    "|\n");
	has(text, "| `old_vpo_wanted` | 1 of 3 (33 %) |");
	has(text, "| `sxbusy` | 3 of 3 (100 %) |");
	has(text, "| x with itself, y | `o.lock` | free |");
	assert_null(strstr(text, "verdict is faster"));
	assert_null(strstr(text, "not resolved"));
	assert_null(strstr(text, "sign test"));
	assert_null(strstr(text, "`null`"));
	assert_null(strstr(text, "z with"));
	assert_null(strstr(text, "\n |"));
	free(text);
	rp_free(&r);
}

/* What the report is usually about may be missing, or nothing be there. */
static void
test_little(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	put_window(1, "sxbusy", 900, "");
	put_why("rwlock_vpo", 0, "failed", "no | frames");
	load(&r);
	text = rp_markdown(&r, &test_places);
	has(text, "> The run did not come to its end");
	has(text, "> **1 window failed**, and have no figure below:\n"
	    "> `rwlock_vpo` in `w/private/t1`: no \\| frames.\n");
	has(text, "has no `old_vpo_wanted`: no ratio is given");
	has(text, "| `w/private` | `sxbusy` | 900 | 1 | - | - | - | - |");
	has(text, "In no curve does the leader");
	assert_null(strstr(text, "What conflicts"));
	free(text);
	rp_free(&r);
}

/* Beside a measured run it is a section, and changes nothing else. */
static void
test_section_beside(void **state)
{
	char message[RP_MESSAGE], command[64];
	struct rp_results r;
	char *with, *without;

	(void)state;
	put_all();
	assert_int_equal(fclose(out), 0);
	/* The folder is read as a simulated run, then written anew. */
	memset(&r, 0, sizeof(r));
	assert_int_equal(rp_sim_load(&r, folder, message), 0);
	assert_int_equal(rp_sim_load(&r, folder, message), -1);
	has(message, "machine m is given already");
	out = fopen(rounds, "w");
	for (unsigned i = 0; i < 6; i++) {
		put(RP_BASELINE, i, 100);
		put("sxbusy", i, 200);
	}
	{
		struct rp_results measured;

		load(&measured);
		assert_int_equal(rp_sim_load(&measured, folder, message), -1);
		has(message, "not a simulated run");
		without = rp_markdown(&measured, &test_places);
		measured.sims = r.sims;
		measured.nsims = r.nsims;
		with = rp_markdown(&measured, &test_places);
		rp_free(&measured);
	}
	assert_null(strstr(without, "simulated machines\n"));
	has(with, "## Scaling on simulated machines\n");
	has(with, "(plots/scaling-m.svg)");
	snprintf(command, sizeof(command), " --sim %s --out data", folder);
	has(with, command);
	has(with, "in 1 cell (2.00x)");
	free(with);
	free(without);
}

/* Tables of a run that is itself simulated: its own, and no others. */
static void
test_tables(void **state)
{
	char message[RP_MESSAGE], data[64], file[128], *text;
	struct rp_results r;

	(void)state;
	put_all();
	load(&r);
	snprintf(data, sizeof(data), "%s/data", folder);
	assert_int_equal(mkdir(data, 0777), 0);
	snprintf(file, sizeof(file), "%s/scaling-old.tsv", data);
	assert_int_equal(rp_save(file, "", message), 0);
	snprintf(file, sizeof(file), "%s/cells.tsv", data);
	assert_int_equal(rp_save(file, "", message), 0);
	assert_int_equal(rp_write_tables(&r, data, message), 0);
	assert_int_equal(access(file, F_OK), -1);
	snprintf(file, sizeof(file), "%s/scaling-old.tsv", data);
	assert_int_equal(access(file, F_OK), -1);
	snprintf(file, sizeof(file), "%s/scaling-m.tsv", data);
	text = rp_read_file(file);
	assert_non_null(text);
	has(text, "\n0\tw/private\t8\t1\tsxbusy\t0x0072b2\t5000\t2.5\t8000\t1"
	    "\t5000\t5000\n");
	free(text);
	for (unsigned i = 0; i < RP_SCALING_TABLES; i++) {
		snprintf(file, sizeof(file), "%s/%s-m.tsv", data,
		    rp_scaling_tables[i].prefix);
		assert_int_equal(unlink(file), 0);
	}
	snprintf(file, sizeof(file), "%s/implementations.tsv", data);
	assert_int_equal(unlink(file), 0);
	assert_int_equal(rmdir(data), 0);
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_read),
		TEST(bad_lines),
		TEST(bad_windows),
		TEST(twice),
		TEST(setting_twice),
		TEST(two_machines),
		TEST(report_of_its_own),
		TEST(little),
		TEST(section_beside),
		TEST(tables),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
