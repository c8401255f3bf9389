/*
 * Reading a run: what is accepted, what is refused and with which words.
 *
 * Goal: no window vanishes in silence and no bad line is taken for a figure.
 * Method: each test writes a few lines, reads them back and looks at the run,
 * or at the message with its line number.
 */
#include <zlib.h>

#include "test_report_run.h"

static void
test_torn_last_line(void **state)
{
	struct rp_results r;

	(void)state;
	put(RP_BASELINE, 0, 100);
	fprintf(out, "{\"schema\":1,\"kind\":\"win");
	load(&r);
	assert_true(r.torn);
	assert_false(r.ended);
	assert_int_equal(r.cells[0].arms[0].nwindows, 1);
	rp_free(&r);
}

static void
test_last_line_without_newline(void **state)
{
	struct rp_results r;

	(void)state;
	put(RP_BASELINE, 0, 100);
	fprintf(out, "{\"schema\":1,\"kind\":\"end\",\"windows\":1}");
	load(&r);
	assert_true(r.ended && !r.torn);
	rp_free(&r);
}

static void
test_malformed_inner_line(void **state)
{
	(void)state;
	put(RP_BASELINE, 0, 100);
	fprintf(out, "{\"schema\":1,\"kind\":\"win\n");
	put(RP_BASELINE, 1, 100);
	load_fails("rounds.jsonl:2: no JSON");
}

static void
test_missing_field(void **state)
{
	(void)state;
	put(RP_BASELINE, 0, 100);
	fprintf(out, "{\"schema\":1,\"kind\":\"window\",\"cell\":\"x\"}\n");
	load_fails("rounds.jsonl:2: field \"workload\" is missing");
}

static void
test_number_out_of_range(void **state)
{
	(void)state;
	put(RP_BASELINE, 0, -5);
	load_fails("rounds.jsonl:1: field \"ops_per_s_total\" is -5");
}

static void
test_same_window_twice(void **state)
{
	(void)state;
	put(RP_BASELINE, 3, 100);
	put(RP_BASELINE, 3, 101);
	load_fails("rounds.jsonl:2: w/-/private/t1/compact of "
	    "old_vpo_wanted has two windows in round 3");
}

static void
test_control_character(void **state)
{
	(void)state;
	put("a\\tb", 0, 100);
	load_fails("rounds.jsonl:1: field \"impl\" holds a control");
}

static void
test_newer_schema(void **state)
{
	(void)state;
	fprintf(out, "{\"schema\":2,\"kind\":\"run\"}\n");
	load_fails("rounds.jsonl:1: field \"schema\" is 2");
}

static void
test_no_window(void **state)
{
	(void)state;
	fprintf(out, "{\"schema\":1,\"kind\":\"run\"}\n");
	load_fails("no window in it");
}

static void
test_unknown_kind(void **state)
{
	struct rp_results r;

	(void)state;
	fprintf(out, "{\"schema\":1,\"kind\":\"weather\",\"cell\":7}\n");
	put(RP_BASELINE, 0, 100);
	load(&r);
	assert_int_equal(r.ncells, 1);
	rp_free(&r);
}

/* Eight threads on two processors are no eight cores. */
static void
test_oversubscribed(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	put_head("w", "-", 8, RP_BASELINE, "bench", 0, "ok");
	fprintf(out, ",\"ops_per_s_total\":100,\"overlap\":1,"
	    "\"start_skew_ns\":0}\n");
	load(&r);
	text = rp_markdown(&r, &test_places);
	assert_null(strstr(text, "take turns"));
	assert_null(strstr(text, "is not seen here"));
	free(text);
	r.environment = json_pack("{s:i}", "pus_allowed", 2);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "up to 8 threads on 2 processors"));
	assert_non_null(strstr(text, "Cells of more than 2 threads have"));
	assert_non_null(strstr(text, "On 2 threads at once a lock has"));
	free(text);
	rp_free(&r);
}

/* Windows that were thrown away are counted, and told of. */
static void
test_retried_windows(void **state)
{
	struct rp_results r;
	char *text;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		put_head("w", "-", 1, RP_BASELINE, "bench", i, "ok");
		fprintf(out, ",\"ops_per_s_total\":100,\"overlap\":1,"
		    "\"start_skew_ns\":0,\"retried\":%u}\n", i + 1);
	}
	load(&r);
	assert_int_equal(r.quality.retried, 3);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "- 3 windows in which no thread finished "
	    "an operation were thrown away"));
	free(text);
	rp_free(&r);
}

static void
test_order_of_implementations(void **state)
{
	static const char *const order[] = { "giant", "vm_mtx", RP_BASELINE,
	    "rwlock_vpo", "sxbusy", "sxbusy_rlock", "aardvark", "mine",
	    "null" };
	static const char *const arrival[] = { "null", "sxbusy", "mine",
	    "sxbusy_rlock", "vm_mtx", "aardvark", RP_BASELINE, "rwlock_vpo",
	    "giant" };
	const unsigned n = sizeof(order) / sizeof(order[0]);
	struct rp_results r;

	(void)state;
	for (unsigned i = 0; i < n; i++)
		put(arrival[i], 0, 1000 + i);
	load(&r);
	assert_int_equal(r.nimpls, n);
	for (unsigned i = 0; i < n; i++) {
		const struct rp_arm *a = rp_arm(&r.cells[0], i);
		unsigned j = 0;

		assert_string_equal(r.impls[i].name, order[i]);
		while (strcmp(arrival[j], order[i]) != 0)
			j++;
		assert_true(a->windows[0].ops_per_s_total == 1000 + j);
	}
	rp_free(&r);
}

/* Gzip the rounds in place, and cut so many bytes off the end. */
static void
gzip_rounds(size_t cut)
{
	char bytes[8192], path[128];
	FILE *f = fopen(rounds, "r");
	size_t n = fread(bytes, 1, sizeof(bytes), f);
	gzFile gz;

	assert_true(n > 0 && n < sizeof(bytes));
	fclose(f);
	unlink(rounds);
	snprintf(path, sizeof(path), "%s.gz", rounds);
	strcpy(rounds, path);
	gz = gzopen(rounds, "w");
	assert_int_equal(gzwrite(gz, bytes, (unsigned)n), n);
	assert_int_equal(gzclose(gz), Z_OK);
	f = fopen(rounds, "r+");
	fseek(f, 0, SEEK_END);
	assert_int_equal(ftruncate(fileno(f), ftell(f) - (long)cut), 0);
	fclose(f);
}

/* Gzipped rounds say the same, and those cut short are refused. */
static void
test_gzip(void **state)
{
	struct rp_results r;
	char message[RP_MESSAGE] = "";

	(void)state;
	for (unsigned i = 0; i < 6; i++)
		put("sxbusy", i, 100 + i);
	fclose(out);
	gzip_rounds(0);
	assert_int_equal(rp_load(&r, folder, message), 0);
	assert_string_equal(r.rounds_file, "rounds.jsonl.gz");
	assert_int_equal(r.cells[0].arms[0].nwindows, 6);
	rp_free(&r);
}

static void
test_gzip_cut_short(void **state)
{
	struct rp_results r;
	char message[RP_MESSAGE] = "";

	(void)state;
	for (unsigned i = 0; i < 6; i++)
		put("sxbusy", i, 100 + i);
	fclose(out);
	gzip_rounds(12);
	assert_int_equal(rp_load(&r, folder, message), -1);
	assert_non_null(strstr(message, "rounds.jsonl.gz"));
}

static void
test_save_keeps_old_file(void **state)
{
	char message[RP_MESSAGE] = "", path[128];

	(void)state;
	fclose(out);
	snprintf(path, sizeof(path), "%s/no/file", folder);
	assert_int_equal(rp_save(path, "text", message), -1);
	assert_non_null(strstr(message, "nothing was replaced"));
	assert_int_equal(rp_save(rounds, "text", message), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(torn_last_line),
		TEST(last_line_without_newline),
		TEST(malformed_inner_line),
		TEST(missing_field),
		TEST(number_out_of_range),
		TEST(same_window_twice),
		TEST(control_character),
		TEST(newer_schema),
		TEST(no_window),
		TEST(unknown_kind),
		TEST(retried_windows),
		TEST(oversubscribed),
		TEST(order_of_implementations),
		TEST(gzip),
		TEST(gzip_cut_short),
		TEST(save_keeps_old_file),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
