/*
 * A small run in a folder of its own, for the tests of the report.
 *
 * setup() opens rounds.jsonl, put*() add lines to it, load() closes and reads
 * it; teardown() removes the folder.  The cell is w/-/private/t1/compact.
 */
#ifndef TEST_REPORT_RUN_H
#define	TEST_REPORT_RUN_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "report/compare.h"
#include "report/output.h"

#define	NEAR(a, b)	(fabs((a) - (b)) < 1e-9)

/* A test between the making of its folder and its removal. */
#define	TEST(name)							\
	cmocka_unit_test_setup_teardown(test_##name, setup, teardown)

static char folder[] = "/tmp/test_report.XXXXXX";
static char rounds[64];
static FILE *out;
__attribute__((unused))
static const struct rp_places test_places = { "data", "figures", "plots",
    "RESULTS.md" };

/* Of the process that writes; tests change it. */
__attribute__((unused))
static unsigned put_process;

static inline int
setup(void **state)
{
	(void)state;
	put_process = 0;
	strcpy(folder, "/tmp/test_report.XXXXXX");
	if (mkdtemp(folder) == NULL)
		return (-1);
	snprintf(rounds, sizeof(rounds), "%s/rounds.jsonl", folder);
	out = fopen(rounds, "w");
	return (out == NULL ? -1 : 0);
}

static inline int
teardown(void **state)
{
	(void)state;
	unlink(rounds);
	return (rmdir(folder));
}

static inline void
put_head(const char *workload, const char *variant, unsigned threads,
    const char *impl, const char *flavour, unsigned round, const char *status)
{
	fprintf(out, "{\"schema\":1,\"kind\":\"window\",\"cell\":"
	    "\"%s/%s/private/t%u/compact\",\"workload\":\"%s\",\"variant\":"
	    "\"%s\",\"sharing\":\"private\",\"threads\":%u,\"placement\":"
	    "\"compact\",\"home\":0,\"impl\":\"%s\",\"flavour\":\"%s\","
	    "\"process\":%u,\"round\":%u,\"position\":0,\"seed\":42,"
	    "\"status\":\"%s\"", workload, variant, threads, workload, variant,
	    threads, impl, flavour, put_process, round, status);
}

/* An ok window of a workload. */
static inline void
put_in(const char *workload, const char *impl, unsigned round, double rate)
{
	put_head(workload, "-", 1, impl, "bench", round, "ok");
	fprintf(out, ",\"ops\":1000,\"window_ns\":1000,\"ops_per_s_total\":"
	    "%.9g,\"overlap\":0.99,\"start_skew_ns\":10}\n", rate);
}

/* An ok window of workload "w". */
static inline void
put(const char *impl, unsigned round, double rate)
{
	put_in("w", impl, round, rate);
}

static inline void
put_why(const char *impl, unsigned round, const char *status, const char *why)
{
	put_head("w", "-", 1, impl, "bench", round, status);
	fprintf(out, ",\"why\":\"%s\"}\n", why);
}

/* One row of the table of primitives, that costs ns. */
static inline void
put_primitive(const char *row, const char *impl, unsigned round, double ns)
{
	put_head("primitive", row, 1, impl, "bench", round, "ok");
	fprintf(out, ",\"ops_per_s_total\":%.9g,\"overlap\":1,"
	    "\"start_skew_ns\":0}\n", 1e9 / ns);
}

static inline void
load(struct rp_results *r)
{
	char message[RP_MESSAGE] = "";

	assert_int_equal(fclose(out), 0);
	if (rp_load(r, folder, message) != 0)
		fail_msg("%s", message);
}

/* Loading fails, and the message has this in it. */
static inline void
load_fails(const char *text)
{
	struct rp_results r;
	char message[RP_MESSAGE] = "";

	assert_int_equal(fclose(out), 0);
	assert_int_equal(rp_load(&r, folder, message), -1);
	if (strstr(message, text) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", text, message);
}

static inline struct rp_contrast
contrast(const struct rp_results *r, const char *impl)
{
	return (*rp_contrast(r, &r->cells[0], rp_impl_find(r, impl),
	    rp_impl_find(r, RP_BASELINE)));
}

#endif /* TEST_REPORT_RUN_H */
