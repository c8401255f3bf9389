/*
 * The tables of make kpi: read, refused, and judged.
 *
 * Goal: a bad line is said with its file, its number and the remedy; each
 * criterion on consumers holds at its bound.  Method: tables written by hand,
 * each with one thing changed.
 */
#include "test_kpi_run.h"

#include "report/decide.h"

/* A step from old_vpo_wanted to rwlock_vpo, and one to sxbusy after it. */
static const struct rp_step_decision first = { .from = RP_BASELINE,
    .kpi_from = RP_BASELINE, .to = "rwlock_vpo" };
static const struct rp_step_decision second = { .from = "rwlock_read",
    .kpi_from = "rwlock_vpo", .to = "sxbusy" };

/* What a criterion finds in the tables of the folder. */
static struct rp_finding
find(void (*criterion)(const struct rp_results *,
    const struct rp_step_decision *, struct rp_finding *),
    const struct rp_step_decision *s)
{
	struct rp_finding f = { .says = RP_SAYS };
	char message[RP_MESSAGE] = "";
	struct rp_results r;

	put("sxbusy", 0, 1);
	load(&r);
	if (rp_kpi_load(&r, folder, message) != 0)
		fail_msg("%s", message);
	criterion(&r, s, &f);
	rp_free(&r);
	reopen();
	return (f);
}

static void
refused(const char *name, const char *text, const char *said)
{
	char message[RP_MESSAGE] = "", want[256];
	struct rp_results r = { .kpi = NULL };

	kpi_write(name, text);
	assert_int_equal(rp_kpi_load(&r, folder, message), -1);
	assert_null(r.kpi);
	snprintf(want, sizeof(want), "%s%s", name, said);
	if (strstr(message, want) == NULL ||
	    strstr(message, "make kpi writes") == NULL)
		fail_msg("\"%s\" is not in \"%s\"", want, message);
	kpi_remove(name);
}

static void
test_bad(void **state)
{
	char message[RP_MESSAGE] = "";
	struct rp_results r = { .kpi = NULL };

	(void)state;
	refused("kpi_sizes.tsv", "", ": empty");
	refused("kpi_sizes.tsv", "implementation\tbytes\n",
	    ":1: no column structure");
	refused("kpi_sizes.tsv", "implementation\tstructure\tbytes\n"
	    "x\tvm_page\t104\nx\tvm_page\n", ":3: 2 columns where the first "
	    "line has 3");
	refused("kpi_sizes.tsv", "implementation\tstructure\tbytes\n"
	    "x\tvm_page\t-4\n", ":2: bytes is no count: \"-4\"");
	refused("kpi_sizes.tsv", "implementation\tstructure\tbytes\r\n",
	    ":1: a control character");
	refused("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "a\toriginal\tb\t-\t-\t0\t0\t0\t0\t0\t0\n",
	    ":2: no outcome: \"-\"");
	assert_int_equal(rp_kpi_load(&r, rounds, message), -1);
	assert_non_null(strstr(message, "no such folder; make kpi writes"));
}

static void
test_memory(void **state)
{
	struct rp_finding f;

	(void)state;
	kpi_write("kpi_sizes.tsv", "implementation\tstructure\tbytes\n"
	    "rwlock_vpo\tvm_page\t104\nsxbusy\tvm_object\t9\n"
	    "sxbusy\tvm_page\t108\n");
	f = find(rp_find_memory, &second);
	assert_int_equal(f.says, RP_FOR);
	assert_string_equal(f.figure, "104 to 108 bytes a page; of 64 GiB: "
	    "1.688 GiB, +64 MiB");
	kpi_write("kpi_sizes.tsv", "implementation\tstructure\tbytes\n"
	    "rwlock_vpo\tvm_page\t104\nsxbusy\tvm_page\t109\n");
	assert_int_equal(find(rp_find_memory, &second).says, RP_AGAINST);
	f = find(rp_find_memory, &first);
	assert_int_equal(f.says, RP_OPEN);
	assert_string_equal(f.missing, "vm_page of `old_vpo_wanted` in "
	    "kpi_sizes.tsv");
}

static void
test_correctness(void **state)
{
	struct rp_finding f;

	(void)state;
	kpi_good();
	f = find(rp_find_correctness, &second);
	assert_int_equal(f.says, RP_FOR);
	assert_string_equal(f.figure, "9 tests passed, 0 failed; 0 windows "
	    "failed; of the converted consumers 1 run, 0 go wrong");
	kpi_write("kpi_checks.tsv", "implementation\tpassed\tfailed\n"
	    "sxbusy\t9\t1\n");
	assert_int_equal(find(rp_find_correctness, &second).says, RP_AGAINST);
	f = find(rp_find_correctness, &first);
	assert_int_equal(f.says, RP_OPEN);
	assert_string_equal(f.missing, "tests of `rwlock_vpo` in "
	    "kpi_checks.tsv");
	/* What is known to be wrong is, whatever else is missing. */
	kpi_remove("kpi_checks.tsv");
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "x\tconverted\tsxbusy\toracle\t-\t0\t0\t0\t0\t0\t0\n");
	assert_int_equal(find(rp_find_correctness, &second).says, RP_AGAINST);
	/* Whatever word it goes wrong under. */
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "x\tconverted\tsxbusy\tcrash\t-\t0\t0\t0\t0\t0\t0\n");
	assert_int_equal(find(rp_find_correctness, &second).says, RP_AGAINST);
	/* What does not build goes not wrong. */
	kpi_good();
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "x\tconverted\tsxbusy\tcompile\t-\t1\t0\t0\t0\t0\t0\n");
	assert_int_equal(find(rp_find_correctness, &second).says, RP_FOR);
	put_why("sxbusy", 1, "failed", "oracle");
	assert_int_equal(find(rp_find_correctness, &second).says, RP_AGAINST);
}

static void
test_broken(void **state)
{
	struct rp_finding f;

	(void)state;
	kpi_good();
	f = find(rp_find_broken, &first);
	assert_int_equal(f.says, RP_AGAINST);
	assert_string_equal(f.figure, "1 of 1 consumers, 2 new errors; 0 "
	    "build and go wrong");
	/* Only what it had not before counts. */
	assert_string_equal(find(rp_find_broken, &second).figure,
	    "1 of 1 consumers, 4 new errors; 0 build and go wrong");
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD KPI_MATRIX_ROWS
	    "shm\toriginal\told_vpo_wanted\tok\t-\t0\t0\t0\t0\t0\t0\n"
	    "shm\toriginal\trwlock_vpo\tok\t-\t0\t0\t0\t0\t0\t0\n"
	    "shm\toriginal\tsxbusy\tassertion\t-\t0\t0\t0\t0\t0\t0\n"
	    "md\toriginal\told_vpo_wanted\tok\t-\t0\t0\t0\t0\t0\t0\n"
	    "md\toriginal\trwlock_vpo\tcompile\t-\t1\t0\t0\t0\t0\t0\n"
	    "md\toriginal\tsxbusy\tcompile\t-\t1\t0\t0\t0\t0\t0\n");
	assert_string_equal(find(rp_find_broken, &second).figure,
	    "2 of 3 consumers, 4 new errors; 1 build and go wrong");
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD KPI_MATRIX_ROWS
	    "shm\toriginal\told_vpo_wanted\tok\t-\t0\t0\t0\t0\t0\t0\n");
	f = find(rp_find_broken, &second);
	assert_int_equal(f.says, RP_OPEN);
	assert_string_equal(f.missing, "consumers as they are on "
	    "`rwlock_vpo` and `sxbusy` in kpi_matrix.tsv");
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "shm\toriginal\trwlock_vpo\tok\t-\t0\t0\t0\t0\t0\t0\n"
	    "shm\toriginal\tsxbusy\tok\t-\t0\t0\t0\t0\t0\t0\n");
	assert_int_equal(find(rp_find_broken, &second).says, RP_FOR);
	assert_string_equal(find(rp_find_migration, &second).figure,
	    "nothing to mend");
}

#define	MIGRATION	"consumer\tuses\tconverted\tremaining\tcomments\n"

static void
test_migration(void **state)
{
	struct rp_finding f;

	(void)state;
	kpi_good();
	f = find(rp_find_migration, &second);
	assert_int_equal(f.says, RP_FOR);
	assert_string_equal(f.figure, "of 1 broken, 1 run again converted, 0 "
	    "with names replaced; 95 of 100 uses converted, 7 comments for a "
	    "person");
	/* A part of the way: how much of it is its own. */
	kpi_write("kpi_uses.tsv", "old\tnew\tconsumer\tuses\n"
	    "rwlock_vpo\tsxbusy\ttmpfs\t30\n"
	    "old_vpo_wanted\tsxbusy\ttmpfs\t100\n"
	    "rwlock_vpo\tsxbusy\tshm\t11\n");
	assert_string_equal(find(rp_find_migration, &second).figure,
	    "of 1 broken, 1 run again converted, 0 with names replaced; 95 of "
	    "100 uses converted, 7 comments for a person; this step changes 41 "
	    "of the 100 uses on the way from 9.x");
	kpi_write("kpi_migration.tsv", MIGRATION "tmpfs\t100\t94\t6\t0\n");
	assert_int_equal(find(rp_find_migration, &second).says, RP_AGAINST);
	/* The share is of the semantic patch: names replaced need none. */
	f = find(rp_find_migration, &first);
	assert_int_equal(f.says, RP_FOR);
	assert_string_equal(f.figure, "of 1 broken, 0 run again converted, 1 "
	    "with names replaced");
	/* One that goes wrong converted is not mended. */
	kpi_good();
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "shm\toriginal\trwlock_vpo\tok\t-\t0\t0\t0\t0\t0\t0\n"
	    "shm\toriginal\tsxbusy\tcompile\t-\t1\t0\t0\t0\t0\t0\n"
	    "shm\tconverted\tsxbusy\thang\t-\t0\t0\t0\t0\t0\t0\n");
	assert_int_equal(find(rp_find_migration, &second).says, RP_AGAINST);
	/* A port that builds for nobody is not made for this KPI. */
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "shm\toriginal\trwlock_vpo\tok\t-\t0\t0\t0\t0\t0\t0\n"
	    "shm\toriginal\tsxbusy\tcompile\t-\t1\t0\t0\t0\t0\t0\n"
	    "shm\trenamed\tsxbusy\tcompile\t-\t1\t0\t0\t0\t0\t0\n");
	f = find(rp_find_migration, &second);
	assert_int_equal(f.says, RP_OPEN);
	assert_string_equal(f.missing, "ports to the KPI of `sxbusy`");
	kpi_write("kpi_matrix.tsv", KPI_MATRIX_HEAD
	    "shm\toriginal\trwlock_vpo\tok\t-\t0\t0\t0\t0\t0\t0\n"
	    "shm\toriginal\tsxbusy\tcompile\t-\t1\t0\t0\t0\t0\t0\n");
	f = find(rp_find_migration, &second);
	assert_int_equal(f.says, RP_OPEN);
	assert_string_equal(f.missing, "ports of 1 consumers to `sxbusy` in "
	    "kpi_matrix.tsv");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		KPI_TEST(bad),
		KPI_TEST(memory),
		KPI_TEST(correctness),
		KPI_TEST(broken),
		KPI_TEST(migration),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
