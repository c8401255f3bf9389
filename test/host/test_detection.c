/*
 * Counting what was said of planted effects.
 *
 * Method: runs of twelve processes whose windows are made up, so that it is
 * known which comparisons must be called different and which intervals hold
 * the truth; intervals of shares against values from a table.
 */
#include "test_report_run.h"

#include "report/detection.h"

#define	PROCESSES	12

/* A window of a copy that was slowed by percent, truly to `truth'. */
static void
put_planted(const char *impl, unsigned round, double rate, unsigned percent,
    double truth)
{
	put_head("w", "-", 1, impl, "bench", round, "ok");
	fprintf(out, ",\"ops_per_s_total\":%.9g,\"overlap\":1,"
	    "\"start_skew_ns\":0,\"planted\":%.9g,\"planted_percent\":%u}\n",
	    rate, truth, percent);
}

/* Noise of a process: symmetric, 1 % at most. */
static double
noise(unsigned process)
{
	return (1 + 0.01 * ((int)(process * 7 % PROCESSES) -
	    (PROCESSES - 1) / 2.0) / PROCESSES);
}

static void
put_block(unsigned round, double slowed_5)
{
	unsigned p = put_process;

	put("x", round, 1000);
	put("x.again", round, 1000 * noise(p));
	put_planted("x_0", round, 1000 * noise(PROCESSES - p), 0, 1);
	put_planted("x_5", round, 1000 * noise(p) / slowed_5, 5,
	    (1 + 0.001 * (p % 2)) / 1.05);
}

/*
 * A run in which the 5 % copy is truly slowed by so much.  Process 0 has more
 * windows than the others, and no more weight.
 */
static void
put_run(double slowed_5)
{
	for (put_process = 0; put_process < PROCESSES; put_process++)
		put_block(put_process, slowed_5);
	put_process = 0;
	for (unsigned round = 0; round < 5; round++)
		put_block(PROCESSES + round, slowed_5);
}

static void
count(struct rp_detection *d)
{
	char message[RP_MESSAGE] = "";
	struct rp_results r;

	rp_detection_init(d);
	load(&r);
	if (rp_detection_add(d, &r, message) != 0)
		fail_msg("%s", message);
	rp_free(&r);
}

static void
test_found_and_covered(void **state)
{
	struct rp_detection d;

	(void)state;
	put_run(1.05);
	count(&d);
	assert_int_equal(d.ncomparisons, 2);
	assert_int_equal(d.nlevels, 2);
	assert_int_equal(d.levels[0].percent, 0);
	assert_int_equal(d.levels[0].comparisons, 1);
	assert_int_equal(d.levels[0].called, 0);
	assert_int_equal(d.levels[0].covered, 1);
	assert_int_equal(d.levels[1].percent, 5);
	assert_int_equal(d.levels[1].called, 1);
	assert_int_equal(d.levels[1].found, 1);
	assert_int_equal(d.levels[1].covered, 1);
	/* The mean of what processes calibrated, as growth of time. */
	assert_true(fabs(d.levels[1].truth - 100 * (1.05 /
	    exp(log(1.001) / 2) - 1)) < 1e-5);
	rp_detection_free(&d);
}

/* Seen as faster by 20 %: called different, not found, and not covered. */
static void
test_wrong_direction(void **state)
{
	struct rp_detection d;

	(void)state;
	put_run(0.8);
	count(&d);
	assert_int_equal(d.levels[1].called, 1);
	assert_int_equal(d.levels[1].found, 0);
	assert_int_equal(d.levels[1].covered, 0);
	rp_detection_free(&d);
}

/* Slowed by 15 % where 5 % are said to be true: found, not covered. */
static void
test_not_covered(void **state)
{
	struct rp_detection d;

	(void)state;
	put_run(1.15);
	count(&d);
	assert_int_equal(d.levels[1].found, 1);
	assert_int_equal(d.levels[1].covered, 0);
	rp_detection_free(&d);
}

static void
fails(const char *text)
{
	char message[RP_MESSAGE] = "";
	struct rp_detection d;
	struct rp_results r;

	rp_detection_init(&d);
	load(&r);
	assert_int_equal(rp_detection_add(&d, &r, message), -1);
	assert_non_null(strstr(message, text));
	rp_free(&r);
	rp_detection_free(&d);
}

static void
test_nothing_planted(void **state)
{
	(void)state;
	put("x", 0, 1000);
	put("x.again", 0, 1000);
	fails("nothing planted");
}

static void
test_no_copy(void **state)
{
	(void)state;
	put("x", 0, 1000);
	put_planted("x_5", 0, 1000, 5, 0.95);
	fails("beside itself");
}

static void
share_is(unsigned k, unsigned n, double lo, double hi)
{
	double got_lo, got_hi;

	rp_share(k, n, &got_lo, &got_hi);
	assert_true(fabs(got_lo - lo) < 5e-5);
	assert_true(fabs(got_hi - hi) < 5e-5);
}

/* R: binom.test(k, n)$conf.int; the ends in closed form. */
static void
test_share(void **state)
{
	(void)state;
	share_is(5, 10, 0.18709, 0.81291);
	share_is(0, 120, 0, 1 - pow(0.025, 1.0 / 120));
	share_is(40, 40, pow(0.025, 1.0 / 40), 1);
	share_is(1, 10, 0.00253, 0.44502);
}

/* Bars at their limits, and with too few comparisons. */
static void
test_bars(void **state)
{
	struct rp_level levels[] = {
		{ .percent = 0, .comparisons = 120, .called = 6,
		    .covered = 110 },
		{ .percent = 5, .comparisons = 40, .called = 40, .found = 38,
		    .covered = 39 },
	};
	struct rp_detection d = { .levels = levels, .nlevels = 2 };
	struct rp_detection_bar bars[RP_DETECTION_BARS];

	(void)state;
	rp_detection_bars(&d, bars);
	assert_true(bars[0].met && bars[1].met && bars[2].met);
	levels[0].called = 7;
	levels[1].found = 37;
	levels[0].covered = 109;
	rp_detection_bars(&d, bars);
	assert_false(bars[0].met || bars[1].met || bars[2].met);
	levels[0] = (struct rp_level){ .comparisons = 119, .covered = 119 };
	levels[1] = (struct rp_level){ .percent = 5, .comparisons = 39,
	    .found = 39, .covered = 39 };
	rp_detection_bars(&d, bars);
	assert_false(bars[0].met || bars[1].met);
	assert_true(bars[2].met);
}

/* The section says what the table says, and is absent without one. */
static void
test_section(void **state)
{
	struct rp_places places = { .data = folder, .links = "plots" };
	struct rp_detection d;
	char path[64];
	struct rp_text t;
	FILE *f;

	(void)state;
	put_run(1.05);
	count(&d);
	rp_text_open(&t);
	rp_md_detection(t.f, &places);
	assert_string_equal(rp_text_close(&t), "");
	free(t.text);
	snprintf(path, sizeof(path), "%s/detection.tsv", folder);
	f = fopen(path, "w");
	assert_non_null(f);
	rp_table_detection(f, &d, "here");
	fclose(f);
	rp_text_open(&t);
	rp_md_detection(t.f, &places);
	assert_non_null(strstr(rp_text_close(&t),
	    "| 5 % | 4.95 % | 1 | 1: 100.0 % (2.5 to 100.0) | 100.0 % |"));
	free(t.text);
	unlink(path);
	rp_detection_free(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(found_and_covered),
		TEST(wrong_direction),
		TEST(not_covered),
		TEST(nothing_planted),
		TEST(no_copy),
		TEST(section),
		cmocka_unit_test(test_share),
		cmocka_unit_test(test_bars),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
