/*
 * Waiting for locks: by type, by name, and what counting it costs.
 *
 * Method as in test_report.c.
 */
#include "test_report_run.h"

#include "report/tables.h"

static void
test_waiting(void **state)
{
	struct rp_results r;
	struct rp_waiting w;

	(void)state;
	put_head("w", "-", 2, "sxbusy", "stats", 0, "ok");
	fprintf(out, ",\"ops\":100,\"window_ns\":1000,\"locks\":["
	    "{\"type\":\"zebra\",\"acquired\":50,\"contended\":5,"
	    "\"wait_ns\":100,\"hold_ns\":10},"
	    "{\"type\":\"vm object\",\"acquired\":150,\"contended\":15,"
	    "\"wait_ns\":400,\"hold_ns\":30}]}\n");
	load(&r);
	assert_string_equal(r.lock_types[0], "vm object");
	w = rp_waiting(&r, &r.cells[0], 0, 0);
	assert_true(w.measured && NEAR(w.wait_ns_per_op, 4));
	assert_true(NEAR(w.contended, 0.1) && NEAR(w.acquired_per_op, 1.5));
	/* 500 ns of 2 threads x 1000 ns. */
	w = rp_waiting(&r, &r.cells[0], 0, -1);
	assert_true(NEAR(w.wait_share, 0.25));
	/* Its speed is not compared. */
	assert_int_equal(rp_rate(&r.cells[0], 0).n, 0);
	assert_int_equal(rp_counting_cost(&r).n, 0);
	rp_free(&r);
}

/* Types sum up; names are kept beside them, in the tables too. */
static void
test_waiting_by_name(void **state)
{
	struct rp_results r;
	struct rp_waiting w;
	char *text;
	size_t size;
	FILE *f;

	(void)state;
	put_head("w", "-", 2, "sxbusy", "stats", 0, "ok");
	fprintf(out, ",\"ops\":100,\"window_ns\":1000,\"locks\":["
	    "{\"type\":\"q\",\"acquired\":0,\"contended\":0,"
	    "\"wait_ns\":0,\"hold_ns\":0},"
	    "{\"type\":\"q\",\"name\":\"a q\",\"acquired\":50,"
	    "\"contended\":5,\"wait_ns\":100,\"hold_ns\":10},"
	    "{\"type\":\"q\",\"name\":\"b q\",\"acquired\":150,"
	    "\"contended\":0,\"wait_ns\":0,\"hold_ns\":30}]}\n");
	load(&r);
	assert_int_equal(r.nlock_types, 1);
	assert_int_equal(r.nlock_names, 2);
	w = rp_waiting(&r, &r.cells[0], 0, 0);
	assert_true(NEAR(w.acquired_per_op, 2) && NEAR(w.wait_ns_per_op, 1));
	w = rp_waiting_named(&r.cells[0], 0, 0);
	assert_true(NEAR(w.acquired_per_op, 0.5) && NEAR(w.contended, 0.1));
	assert_true(NEAR(w.wait_ns_per_op, 1));
	w = rp_waiting_named(&r.cells[0], 0, 1);
	assert_true(NEAR(w.acquired_per_op, 1.5) && NEAR(w.contended, 0));
	assert_non_null(f = open_memstream(&text, &size));
	rp_table_locks(f, &r);
	rp_md_locks(f, &r, &(struct rp_places){ .data = "d", .links = "l" });
	assert_int_equal(fclose(f), 0);
	assert_non_null(strstr(text, "\tq\t2\t2.5\t1\t0.4\t5\t-\n"));
	assert_non_null(strstr(text, "\tq\t0.5\t10\t1\t0.1\t5\ta q\n"));
	assert_non_null(strstr(text, "| q | 1 (2.50 %, 0.0 us) |"));
	assert_non_null(strstr(text, "| - a q | 1 (10.00 %, 0.0 us) |"));
	/* Nobody waited for it. */
	assert_null(strstr(text, "| - b q |"));
	free(text);
	rp_free(&r);
}

/* 100 operations in 1 us where counted, 500 a us where not; null is no part. */
static void
test_counting_cost(void **state)
{
	struct rp_results r;
	struct rp_estimate e;

	(void)state;
	put("sxbusy", 0, 5e8);
	put("null", 0, 9e9);
	for (unsigned i = 0; i < 2; i++) {
		put_head("w", "-", 1, i == 0 ? "sxbusy" : "null", "stats", 0,
		    "ok");
		fprintf(out, ",\"ops\":100,\"window_ns\":1000,\"locks\":[]}\n");
	}
	load(&r);
	e = rp_counting_cost(&r);
	assert_int_equal(e.n, 1);
	assert_true(NEAR(e.median, 5));
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(waiting),
		TEST(waiting_by_name),
		TEST(counting_cost),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
