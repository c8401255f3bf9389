/*
 * The section of RESULTS.md on simulated machines, in short, and the bars of
 * the simulator.
 *
 * Goal: losses come first, rows are as few as promised and count the rest, and
 * a table of bars that is no such table gives one message.  Method: each test
 * writes a few lines into a folder of its own.
 */
#include "test_report_run.h"

#include "report/scaling.h"
#include "report/sim_bars.h"

static void
has(const char *text, const char *part)
{
	if (strstr(text, part) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", part, text);
}

static void
has_not(const char *text, const char *part)
{
	if (strstr(text, part) != NULL)
		fail_msg("\"%s\" is in \"%s\"", part, text);
}

/* A window, with what it waits for; on 1 or 8 CPUs. */
static void
put_window(const char *workload, unsigned threads, const char *impl,
    double rate, const char *line)
{
	put_head(workload, "-", threads, impl, "bench", 0, "ok");
	fprintf(out, ",\"ops_per_s_total\":%.9g,\"simulated\":{\"machine\":"
	    "\"m\",\"waits\":[{\"name\":\"%s\",\"share\":0.6}]}}\n", rate,
	    line);
}

/* On 8 CPUs sxbusy does `second' where the baseline does `first'. */
static void
put_curve(const char *workload, double first, double second)
{
	put_window(workload, 1, RP_BASELINE, 100, "o.lock");
	put_window(workload, 1, "sxbusy", 90, "o.lock");
	put_window(workload, 8, RP_BASELINE, first, "o.lock");
	put_window(workload, 8, "sxbusy", second, "p.busy");
}

/* What is written of the only machine. */
static char *
written(void (*write)(FILE *, const struct rp_results *,
    const struct rp_scaling *))
{
	struct rp_results r;
	struct rp_scaling sc;
	struct rp_text t;

	load(&r);
	rp_scaling(&r, &sc);
	rp_text_open(&t);
	write(t.f, &r, &sc);
	rp_scaling_free(&sc);
	rp_free(&r);
	return (rp_text_close(&t));
}

static void
summary(FILE *f, const struct rp_results *s, const struct rp_scaling *sc)
{
	(void)sc;
	rp_md_scaling_summary(f, s);
}

static void
conflicts(FILE *f, const struct rp_results *s, const struct rp_scaling *sc)
{
	(void)sc;
	assert_true(rp_md_short_conflicts(f, s));
}

static void
test_summary(void **state)
{
	char *text;

	(void)state;
	put_curve("a", 200, 400);
	put_curve("b", 200, 100);
	put_curve("c", 200, 50);
	put_curve("d", 200, 160);
	put_curve("e", 200, 201);
	text = written(summary);
	assert_string_equal(text, "- `m`, all 8 CPUs: `sxbusy` loses to "
	    "`old_vpo_wanted` in 3 of 5 curves (0.25x to 0.80x; farthest in "
	    "`c/private`, `b/private`), ties in 1, leads in 1 (2.00x; in "
	    "`a/private`).\n");
	free(text);
}

/* Private curves that are linear have no row; losses are the first rows. */
static void
test_curves(void **state)
{
	const char *a, *b;
	char *text;

	(void)state;
	put_curve("a", 200, 400);
	put_curve("b", 200, 100);
	put_curve("c", 790, 700);
	put_curve("d", 200, 203);
	text = written(rp_md_short_curves);
	has(text, "Left out is 1 curve of private pages that is linear: 50 % "
	    "or more");
	a = strstr(text, "| `a/private` | `sxbusy` 2.00 | `o.lock` 60 % | "
	    "2.00, `p.busy` 60 % |\n");
	b = strstr(text, "| `b/private` | none | `o.lock` 60 % | "
	    "0.50, `p.busy` 60 % |\n");
	assert_true(a != NULL && b != NULL && b < a);
	has(text, "| `d/private` | none | `o.lock` 60 % | ~1.01, ");
	has_not(text, "c/private");
	free(text);
}

/* The clearest are listed, in the order of the curves. */
static void
test_crossings(void **state)
{
	char *text, workload[2] = "a";

	(void)state;
	for (; *workload <= 'n'; (*workload)++)
		put_curve(workload, 100, *workload == 'b' ? 103 : *workload ==
		    'c' ? 104 : 300);
	text = written(rp_md_short_crossings);
	has(text, "Who leads\": 14; tested on both sides: 0; of these hold: "
	    "0.");
	has(text, "14 were seen, none of them tested; the clearest are "
	    "listed.");
	has(text, "| `a/private` | `old_vpo_wanted` | `sxbusy` | 1.2 (1 to 8) "
	    "|\n| `d/private`");
	has(text, "| `n/private`");
	free(text);
}

static void
put_conflict(const char *impl, const char *a, const char *b, const char *line)
{
	fprintf(out, "{\"kind\":\"conflict\",\"impl\":\"%s\",\"sharing\":"
	    "\"shared\",\"a\":\"%s\",\"b\":\"%s\",\"lines\":[%s%s%s]}\n", impl,
	    a, b, line, *line == '\0' ? "" : ",", "{\"name\":\"a.x\","
	    "\"moves_per_op\":1}");
}

static void
test_conflicts(void **state)
{
	static const char *const impls[] = { "sxbusy", "sxbusy_rlock" };
	char *text, name[16];

	(void)state;
	put_window("w", 1, RP_BASELINE, 1, "o");
	put_window("w", 1, "null", 1, "o");
	for (unsigned i = 0; i < 2; i++) {
		put_window("w", 1, impls[i], 1, "o");
		put_conflict(impls[i], "p", "p", "");
		put_conflict(impls[i], "p", "q", "");
		put_conflict(impls[i], "q", "q", "");
		put_conflict(impls[i], "p", "r", i == 0 ? "" :
		    "{\"name\":\"o\",\"moves_per_op\":2}");
	}
	put_conflict("null", "p", "p", "");
	for (unsigned i = 0; i < 16; i++) {
		char line[64];

		snprintf(name, sizeof(name), "s%u", i);
		snprintf(line, sizeof(line), "{\"name\":\"%s\","
		    "\"moves_per_op\":2}", name);
		put_conflict("sxbusy", name, name, line);
	}
	/* Another run behind it; what was skipped is not known. */
	fprintf(out, "{\"kind\":\"run\",\"simulated\":{\"machine\":\"m\"}}"
	    "\n");
	fprintf(out, "{\"kind\":\"conflict\",\"impl\":\"sxbusy\",\"sharing\":"
	    "\"shared\",\"status\":\"skip\",\"why\":\"no\"}\n");
	text = written(conflicts);
	has(text, "of `sxbusy` and `sxbusy_rlock`: `a.x` 20/4, `o` 0/1");
	has(text, "| `a.x` | 4 | 3 | sxbusy: `p` with itself, and with `q`, "
	    "`r`; `q` with itself<br>sxbusy_rlock: `p`, `q` with each other "
	    "and itself |\n");
	has(text, "| `a.x`, `o` | 0 | 1 | sxbusy_rlock: `p` with `r` |\n");
	has(text, "| 3 other sets | 3 | 0 | |\n");
	has_not(text, "`null`");
	free(text);
}

/* ---- Bars --------------------------------------------------------------- */

#define	HEAD	"# made | so\n# and so\nbar\tfigure\tunit\tlimit\tmet\n"

/* A file of bars, read; 0, or -1 and the message. */
static int
read_bars(struct rp_results *r, const char *text, char message[RP_MESSAGE])
{
	char path[80];
	int status;

	snprintf(path, sizeof(path), "%s/bars.tsv", folder);
	assert_int_equal(rp_save(path, text, message), 0);
	status = rp_sim_bars_load(r, path, message);
	assert_int_equal(unlink(path), 0);
	return (status);
}

static void
test_bars(void **state)
{
	char message[RP_MESSAGE];
	const char *no, *yes;
	struct rp_results r;
	struct rp_text t;

	(void)state;
	put("sxbusy", 0, 1);
	load(&r);
	assert_int_equal(read_bars(&r, HEAD "good\t50\tM/s\t>= 40\tyes\n"
	    "what\tn/a\ts\t= 0\tn/a\nbad\t3\ts\t<= 2\tno\n", message), 0);
	rp_text_open(&t);
	rp_md_scaling(t.f, &r, &test_places);
	rp_text_close(&t);
	has(t.text, "Of 3 bars 1 is met, and 1 could not be judged");
	no = strstr(t.text, "| bad | 3 s | <= 2 | **no** |\n| what | n/a | = 0 "
	    "| n/a |\n");
	yes = strstr(t.text, "| good | 50 M/s | >= 40 | yes |\n");
	assert_true(no != NULL && yes != NULL && no < yes);
	has(t.text, "bars.tsv`, by made \\| so.");
	has_not(t.text, "claimed");
	free(t.text);
	rp_free(&r);
}

static void
test_bad_bars(void **state)
{
	static const struct {
		const char	*text, *said;
	} bad[] = {
		{ "", "bars.tsv:0: no row in it; make sim-bench writes it "
		    "anew" },
		{ HEAD, "bars.tsv:3: no row in it" },
		{ "bar\tfigure\n", "bars.tsv:1: the columns are not bar, " },
		{ HEAD "x\t1\ts\t<= 2\n", "bars.tsv:4: not five texts" },
		{ HEAD "x\t1\t\t<= 2\tyes\n", "bars.tsv:4: not five texts" },
		{ HEAD "x\t1\ts\t= 2\tyes\tno\n", "bars.tsv:4: not five " },
		{ HEAD "x\t1\ts\033\t= 2\tyes\n", "bars.tsv:4: not five " },
		{ HEAD "x\t1\ts\t= 2\tmaybe\n", "bars.tsv:4: met is none of" },
	};
	char message[RP_MESSAGE];
	struct rp_results r;

	(void)state;
	put("sxbusy", 0, 1);
	load(&r);
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(read_bars(&r, bad[i].text, message), -1);
		has(message, bad[i].said);
		assert_null(r.sim_bars);
	}
	assert_int_equal(rp_sim_bars_load(&r, "/nowhere", message), -1);
	has(message, "/nowhere: No such file");
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(summary),
		TEST(curves),
		TEST(crossings),
		TEST(conflicts),
		TEST(bars),
		TEST(bad_bars),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
