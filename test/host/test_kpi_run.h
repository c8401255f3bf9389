/*
 * A small run as in test_report_run.h, of several cells, with the tables of
 * make kpi beside its rounds.
 */
#ifndef TEST_KPI_RUN_H
#define	TEST_KPI_RUN_H

#include "test_report_run.h"

#include "report/kpi_data.h"

/* Rounds of a cell: enough to correct for 30 of them. */
#define	KPI_ROUNDS	12

#define	KPI_TEST(name)							\
	cmocka_unit_test_setup_teardown(test_##name, setup, kpi_teardown)

static inline void
kpi_remove(const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	unlink(path);
}

static inline int
kpi_teardown(void **state)
{
	for (unsigned i = 0; i < RP_KPI_FILES; i++)
		kpi_remove(rp_kpi_file_name(i));
	return (teardown(state));
}

/* Begin another run in the same folder. */
static inline void
reopen(void)
{
	out = fopen(rounds, "w");
	assert_non_null(out);
}

/* A window of the n-th variant of a workload; ratio is to 1000 a second. */
static inline void
put_cell_round(const char *workload, unsigned n, const char *impl,
    unsigned round, double ratio)
{
	char variant[16];

	snprintf(variant, sizeof(variant), "v%u", n);
	put_head(workload, variant, 1, impl, "bench", round, "ok");
	fprintf(out, ",\"ops\":1000,\"window_ns\":1000,\"ops_per_s_total\":"
	    "%.9g,\"overlap\":1,\"start_skew_ns\":0}\n", 1000 * ratio);
}

/* The same ratio in every round. */
static inline void
put_cell(const char *workload, unsigned n, const char *impl, double ratio)
{
	for (unsigned i = 0; i < KPI_ROUNDS; i++)
		put_cell_round(workload, n, impl, i, ratio);
}

/* Write a table of make kpi, as it is. */
static inline void
kpi_write(const char *name, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

#define	KPI_MATRIX_HEAD	"consumer\tport\timpl\toutcome\tdetail\t"	\
	"object_lock\tinclude\tbusy\tflags\tarity\tother\n"

/* A consumer that every implementation but the first breaks, and its ports. */
#define	KPI_MATRIX_ROWS							\
	"tmpfs\toriginal\told_vpo_wanted\tok\t-\t0\t0\t0\t0\t0\t0\n"	\
	"tmpfs\toriginal\trwlock_vpo\tcompile\t-\t2\t0\t0\t0\t0\t0\n"	\
	"tmpfs\toriginal\trwlock_read\tcompile\t-\t2\t0\t0\t0\t0\t0\n"	\
	"tmpfs\toriginal\tsxbusy\tcompile\t-\t2\t0\t3\t0\t1\t0\n"	\
	"tmpfs\toriginal\tsxbusy_rlock\tcompile\t-\t2\t0\t3\t0\t1\t0\n"	\
	"tmpfs\trenamed\trwlock_vpo\tok\t-\t0\t0\t0\t0\t0\t0\n"		\
	"tmpfs\tconverted\tsxbusy\tok\t-\t0\t0\t0\t0\t0\t0\n"		\
	"tmpfs\tconverted\tsxbusy_rlock\tok\t-\t0\t0\t0\t0\t0\t0\n"

/* Tables that say nothing against any step. */
static inline void
kpi_good(void)
{
	kpi_write("kpi_sizes.tsv", "implementation\tstructure\tbytes\n"
	    "old_vpo_wanted\tvm_page\t104\nrwlock_vpo\tvm_page\t104\n"
	    "rwlock_read\tvm_page\t104\nsxbusy\tvm_page\t104\n"
	    "sxbusy_rlock\tvm_page\t104\n");
	kpi_write("kpi_checks.tsv", "implementation\tpassed\tfailed\n"
	    "rwlock_vpo\t9\t0\nrwlock_read\t9\t0\nsxbusy\t9\t0\n"
	    "sxbusy_rlock\t9\t0\n");
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD KPI_MATRIX_ROWS);
	kpi_write("kpi_migration.tsv", "consumer\tuses\tconverted\tremaining"
	    "\tcomments\tseconds\ntmpfs\t100\t95\t5\t7\t0.1\n");
	kpi_write("kpi_verdicts.tsv", "old\tnew\tverdict\tbecause\tremoved\t"
	    "semantics_stricter\tadded\tfreebsd\n"
	    "rwlock_vpo\trwlock_read\tnothing\t-\t0\t0\t0\t-\n"
	    "rwlock_vpo\tsxbusy\tbump\t2 names\t2\t1\t3\t1000042\n");
}

#endif /* TEST_KPI_RUN_H */
