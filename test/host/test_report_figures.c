/*
 * The tables that figures are drawn from.
 *
 * Goal: a panel shows the cells that it names and no others.  Method: a small
 * run, its table as text, and the rows that must and must not be in it.
 */
#include "test_report_run.h"

#include "report/tables.h"

/* A window of a cell of its own, of any round. */
static void
put_round(const char *workload, const char *sharing, unsigned threads,
    const char *impl, unsigned round, double rate)
{
	fprintf(out, "{\"schema\":1,\"kind\":\"window\",\"cell\":"
	    "\"%s/-/%s/t%u/compact\",\"workload\":\"%s\",\"variant\":\"-\","
	    "\"sharing\":\"%s\",\"threads\":%u,\"placement\":\"compact\","
	    "\"home\":0,\"impl\":\"%s\",\"flavour\":\"bench\",\"round\":%u,"
	    "\"status\":\"ok\",\"ops_per_s_total\":%.9g,\"overlap\":1,"
	    "\"start_skew_ns\":0}\n", workload, sharing, threads, workload,
	    sharing, threads, impl, round, rate);
}

static void
put_rate(const char *sharing, unsigned threads, const char *impl, double rate)
{
	put_round("w", sharing, threads, impl, 0, rate);
}

/* Write a file beside rounds.jsonl; forget() removes it. */
static void
put_file(const char *name, const char *text)
{
	char path[128], message[RP_MESSAGE];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(rp_save(path, text, message), 0);
}

static void
forget(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	unlink(path);
}

/* A table as text, to be freed. */
static char *
table(void (*write)(FILE *, const struct rp_results *),
    const struct rp_results *r)
{
	struct rp_text t;

	rp_text_open(&t);
	write(t.f, r);
	return (rp_text_close(&t));
}

/*
 * `shared' starts from private's one thread, but not for null, which is no
 * part of it; `same' starts from nothing, for its one page is other work.
 */
static void
test_throughput_starts(void **state)
{
	struct rp_results r;
	struct rp_text t;
	char *text;

	(void)state;
	put_rate("private", 1, RP_BASELINE, 100);
	put_rate("private", 1, "null", 900);
	put_rate("shared", 2, RP_BASELINE, 150);
	put_rate("same", 2, RP_BASELINE, 70);
	load(&r);
	rp_text_open(&t);
	rp_table_throughput(t.f, &r, 0);
	text = rp_text_close(&t);
	assert_non_null(strstr(text, "\n1\tshared* · compact\t1\t0\t0\t100"
	    "\tNaN\tNaN\t100\tw\tNaN\n1\tshared* · compact\t2\t1\t0\t150"
	    "\tNaN\tNaN\t200\tw\tNaN\n"));
	assert_null(strstr(text, "shared* · compact\t1\t0\t1"));
	assert_null(strstr(text, "same · compact\t1"));
	free(text);
	rp_free(&r);
}

/*
 * The band is the interval of the median; the ceiling, 1e9 ns over a transfer
 * of 40, is that of threads which share, not of those which do not.
 */
static void
test_throughput_band(void **state)
{
	struct rp_results r;
	struct rp_text t;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 10; i++) {
		put_round("w", "private", 2, RP_BASELINE, i, 100 + i);
		put_round("w", "same", 2, RP_BASELINE, i, 200 + i);
	}
	put_file("transfer.json", "{\"schema\":1,\"pairs\":[{\"a\":4,\"b\":6,"
	    "\"level\":\"l3\",\"ns_median\":40,\"ns_min\":39,\"ns_max\":41,"
	    "\"repeats\":3}]}\n");
	put_file("environment.json", "{\"placements\":[{\"placement\":"
	    "\"compact\",\"threads\":2,\"workers\":[{\"worker\":0,\"cpu\":4},"
	    "{\"worker\":1,\"cpu\":6}]}]}\n");
	load(&r);
	rp_text_open(&t);
	rp_table_throughput(t.f, &r, 0);
	text = rp_text_close(&t);
	assert_non_null(strstr(text,
	    "\t2\t0\t0\t104.5\t101\t108\t104.5\tw\tNaN\n"));
	assert_non_null(strstr(text,
	    "\t2\t0\t0\t204.5\t201\t208\t204.5\tw\t2.5e+07\n"));
	free(text);
	text = table(rp_table_transfer, &r);
	assert_non_null(strstr(text, "\n0\t1\t40\t39\t41\t4\t6\tl3\n"
	    "1\t0\t40\t39\t41\t6\t4\tl3\n"));
	free(text);
	rp_free(&r);
	forget("transfer.json");
	forget("environment.json");
}

/* Ten rounds of all five states, a step of 10 % each, and of the A/A copy. */
static void
put_states(const char *workload, unsigned threads, double scatter)
{
	static const char *const states[] = { RP_BASELINE, "rwlock_vpo",
	    "rwlock_read", "sxbusy", "sxbusy_rlock" };

	for (unsigned i = 0; i < 10; i++) {
		for (unsigned s = 0; s < 5; s++)
			put_round(workload, "shared", threads, states[s], i,
			    pow(1.1, s) * (100 + scatter * (7 * i % 10)));
		put_round(workload, "shared", threads, RP_BASELINE RP_AGAIN,
		    i, 100 + scatter * (3 * i % 10));
	}
}

/* A waterfall goes on where it was, and stands for the most threads. */
static void
test_attribution(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	put_states("v", 2, 0.01);
	put_states("v", 4, 0.01);
	put_states("w", 4, 0.01);
	load(&r);
	text = table(rp_table_attribution, &r);
	assert_non_null(strstr(text,
	    "\n0\tv/shared/t4\t0\t1\t1\t1.1\t1\t1.4641\n"));
	assert_non_null(strstr(text,
	    "\n0\tv/shared/t4\t1\t2\t1.1\t1.21\t1\t1.4641\n"));
	assert_null(strstr(text, "v/shared/t2"));
	/* One row stays empty between workloads. */
	assert_non_null(strstr(text, "\n2\tw/shared/t4\t0\t"));
	free(text);
	rp_free(&r);
}

/* The cell that could have seen least comes first. */
static void
test_noise(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	put_states("quiet", 2, 0.01);
	put_states("rough", 2, 1);
	load(&r);
	text = table(rp_table_noise, &r);
	assert_non_null(strstr(text, "\n0\trough/shared/t2\t3\t"));
	assert_non_null(strstr(text, "\n1\tquiet/shared/t2\t3\t"));
	assert_null(strstr(text, "\trough/shared/t2\t0\t"));
	free(text);
	rp_free(&r);
}

/* The A/A copy is a measure of noise: no figure draws it. */
static void
test_again_is_not_drawn(void **state)
{
	static void (*const tables[])(FILE *, const struct rp_results *) = {
		rp_table_summary, rp_table_speedup, rp_table_traces,
		rp_table_locks, rp_table_locks_most, rp_table_attribution,
		rp_table_latency, rp_table_noise };
	struct rp_results r;
	char again[8];

	(void)state;
	put_states("trace", 2, 0.01);
	load(&r);
	snprintf(again, sizeof(again), "\t%d\t",
	    rp_impl_find(&r, RP_BASELINE RP_AGAIN));
	for (unsigned i = 0; i < sizeof(tables) / sizeof(tables[0]); i++) {
		char *text = table(tables[i], &r);

		assert_null(strstr(text, RP_AGAIN));
		if (tables[i] == rp_table_summary)
			assert_null(strstr(text, again));
		free(text);
	}
	rp_free(&r);
}

/* Of a workload's cells with most threads the one with the longest p99. */
static void
test_latency(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		put_head("w", i == 2 ? "slow" : "fast", i == 0 ? 1 : 2,
		    RP_BASELINE, "latency", 0, "ok");
		fprintf(out, ",\"ops\":64,\"window_ns\":1000,\"latency\":{"
		    "\"sub_bits\":6,\"sampled\":4,\"max_ns\":%u,\"counts\":"
		    "[[10,3],[%u,1]]}}\n", 20 + i, 20 + i);
		put_head("w", i == 2 ? "slow" : "fast", i == 0 ? 1 : 2,
		    RP_BASELINE, "bench", 0, "ok");
		fprintf(out, ",\"ops_per_s_total\":9,\"overlap\":1,"
		    "\"start_skew_ns\":0}\n");
	}
	load(&r);
	text = table(rp_table_latency, &r);
	assert_non_null(strstr(text, "\tw/slow/private/t2\t0\t"));
	assert_non_null(strstr(text, "\t0.25\n"));
	assert_null(strstr(text, "fast"));
	free(text);
	rp_free(&r);
}

/* Events of long operations are written out, not as 2.45e+04. */
static void
test_events(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	put_head("w", "-", 1, RP_BASELINE, "bench", 0, "ok");
	fprintf(out, ",\"ops\":100,\"window_ns\":2451234,\"cpu_ns\":2451234,"
	    "\"switches\":2,\"ops_per_s_total\":9,\"overlap\":1,"
	    "\"start_skew_ns\":2222200}\n");
	load(&r);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "| 24500 | n/a | n/a | n/a | 816 |"));
	assert_null(strstr(text, "e+0"));
	assert_non_null(strstr(text, "started 2.22 ms after the first"));
	free(text);
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(throughput_starts),
		TEST(throughput_band),
		TEST(attribution),
		TEST(noise),
		TEST(again_is_not_drawn),
		TEST(latency),
		TEST(events),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
