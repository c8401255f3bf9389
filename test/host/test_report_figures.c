/*
 * The tables that figures are drawn from.
 *
 * Goal: a panel shows the cells that it names and no others.  Method: a small
 * run, its table as text, and the rows that must and must not be in it.
 */
#include "test_report_run.h"

#include "report/tables.h"

/* A window of a cell of its own. */
static void
put_rate(const char *sharing, unsigned threads, const char *impl, double rate)
{
	fprintf(out, "{\"schema\":1,\"kind\":\"window\",\"cell\":"
	    "\"w/-/%s/t%u/compact\",\"workload\":\"w\",\"variant\":\"-\","
	    "\"sharing\":\"%s\",\"threads\":%u,\"placement\":\"compact\","
	    "\"home\":0,\"impl\":\"%s\",\"flavour\":\"bench\",\"round\":0,"
	    "\"status\":\"ok\",\"ops_per_s_total\":%.9g,\"overlap\":1,"
	    "\"start_skew_ns\":0}\n", sharing, threads, sharing, threads, impl,
	    rate);
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
	assert_non_null(strstr(text, "\n1\tshared* · compact\t1\t0\t100\t100"
	    "\t100\t100\tw\n1\tshared* · compact\t2\t0\t150\t150\t150\t200"
	    "\tw\n"));
	assert_null(strstr(text, "shared* · compact\t1\t1"));
	assert_null(strstr(text, "same · compact\t1"));
	free(text);
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(throughput_starts),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
