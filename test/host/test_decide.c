/*
 * Is a step justified?
 *
 * Goal: the rule gives what docs/KPI-CASE.md says for whatever the criteria
 * say; each bound holds at its edge; what is missing is named and nothing is
 * decided without it.  Method: the rule against another wording of it, over
 * all that criteria can say; small runs and tables of make kpi, made up so
 * that one criterion lies just on one side of its bound, then on the other.
 */
#include "test_kpi_run.h"

#include "report/decide.h"

/* The lab's steps, in the order of their list. */
enum { RWLOCK, READ, BUSY, RLOCK, WHOLE_BUSY, WHOLE_RLOCK };

/* Section 4 of docs/KPI-CASE.md, put the other way round. */
static enum rp_decision
wanted(const enum rp_says says[RP_CRITERIA])
{
	bool free_of_cost = says[RP_REGRESSIONS] == RP_FOR &&
	    says[RP_MEMORY] == RP_FOR && says[RP_MIGRATION] == RP_FOR;

	if (says[RP_CORRECTNESS] == RP_AGAINST)
		return (RP_NOT_JUSTIFIED);
	for (unsigned i = 0; i < RP_CRITERIA; i++)
		if (says[i] == RP_OPEN && (i != RP_ENABLES ||
		    says[RP_GAIN] == RP_AGAINST))
			return (RP_NOT_YET);
	if (says[RP_GAIN] == RP_FOR || says[RP_ENABLES] == RP_FOR)
		return (free_of_cost ? RP_JUSTIFIED : RP_NOT_YET);
	return (RP_NOT_JUSTIFIED);
}

/* Only what needs a step may have nothing to say. */
static void
test_rule(void **state)
{
	unsigned seen[3] = { 0 };

	(void)state;
	for (unsigned n = 0; n < 4 * 729; n++) {
		enum rp_says says[RP_CRITERIA];
		enum rp_decision d;
		const char *why;
		unsigned rest = n / 4;

		says[RP_ENABLES] = n % 4;
		for (unsigned i = 0; i < RP_ENABLES; i++, rest /= 3)
			says[i] = rest % 3;
		d = rp_rule(says, &why);
		assert_int_equal(d, wanted(says));
		assert_int_equal(strcmp(why, "data are missing") == 0,
		    d == RP_NOT_YET && (says[RP_GAIN] == RP_OPEN ||
		    says[RP_REGRESSIONS] == RP_OPEN ||
		    says[RP_MEMORY] == RP_OPEN || says[RP_BROKEN] == RP_OPEN ||
		    says[RP_MIGRATION] == RP_OPEN ||
		    says[RP_CORRECTNESS] == RP_OPEN));
		seen[d]++;
	}
	assert_true(seen[RP_JUSTIFIED] > 0 && seen[RP_NOT_JUSTIFIED] > 0 &&
	    seen[RP_NOT_YET] > 0);
}

/*
 * A finding of the first step in a run of n cells of a workload, of which the
 * first k have this ratio and the others none.
 */
static struct rp_finding
found(enum rp_criterion c, const char *workload, unsigned n, unsigned k,
    double ratio)
{
	struct rp_finding f;
	struct rp_decisions d;
	struct rp_results r;

	for (unsigned i = 0; i < n; i++)
		put_cell(workload, i, RP_BASELINE, 1);
	for (unsigned i = 0; i < n; i++)
		put_cell(workload, i, "rwlock_vpo", i < k ? ratio : 1);
	load(&r);
	rp_decide(&r, &d);
	f = d.steps[RWLOCK].findings[c];
	rp_decisions_free(&d);
	rp_free(&r);
	reopen();
	return (f);
}

static void
says(enum rp_says want, enum rp_criterion c, const char *workload, unsigned n,
    unsigned k, double ratio)
{
	struct rp_finding f = found(c, workload, n, k, ratio);

	if (f.says != want)
		fail_msg("%s, not %s: %s", rp_says_name(f.says),
		    rp_says_name(want), f.figure);
}

static void
test_gain(void **state)
{
	struct rp_finding f;

	(void)state;
	says(RP_FOR, RP_GAIN, "fault_soft", 10, 1, 1.051);
	says(RP_AGAINST, RP_GAIN, "fault_soft", 10, 1, 1.049);
	says(RP_AGAINST, RP_GAIN, "fault_soft", 11, 1, 1.5);
	says(RP_FOR, RP_GAIN, "grab_hit", 1, 1, 1.1);
	says(RP_FOR, RP_GAIN, "trace", 1, 1, 1.1);
	says(RP_FOR, RP_GAIN, "io_hold", 1, 1, 1.1);
	f = found(RP_GAIN, "fault_soft", 10, 2, 1.5);
	assert_non_null(strstr(f.figure, "2 of 10 cells, 2 by 5 % or more; "
	    "median 1.50x, best 1.50x in `fault_soft/v0/private/t1`"));
	/* Cells that few live on do not count for gains. */
	f = found(RP_GAIN, "alloc", 2, 2, 1.5);
	assert_int_equal(f.says, RP_OPEN);
	assert_non_null(strstr(f.missing, "both measured"));
}

static void
test_regressions(void **state)
{
	struct rp_finding f;

	(void)state;
	says(RP_FOR, RP_REGRESSIONS, "alloc", 3, 3, 0.951);
	says(RP_AGAINST, RP_REGRESSIONS, "alloc", 3, 1, 0.949);
	says(RP_AGAINST, RP_REGRESSIONS, "fault_soft", 30, 1, 0.5);
	f = found(RP_REGRESSIONS, "handoff", 4, 1, 0.5);
	assert_non_null(strstr(f.figure, "1 of 4 cells, 1 by 5 % or more; "
	    "median 0.50x, worst 0.50x in `handoff/v0/"));
}

/* A cell whose ratios go up and down by so much, round by round. */
static void
put_noisy(unsigned cell, double swing)
{
	put_cell("fault_soft", cell, RP_BASELINE, 1);
	for (unsigned i = 0; i < KPI_ROUNDS; i++)
		put_cell_round("fault_soft", cell, "rwlock_vpo", i,
		    i % 2 == 0 ? 1 + swing : 1 / (1 + swing));
}

/* "None was seen" is evidence only of cells that could have seen it. */
static void
test_blind(void **state)
{
	for (unsigned blind = 1; blind <= 2; blind++) {
		struct rp_finding f[2];
		struct rp_decisions d;
		struct rp_results r;

		(void)state;
		for (unsigned i = 0; i < 10; i++)
			put_noisy(i, i < blind ? 0.3 : 0.001);
		load(&r);
		rp_decide(&r, &d);
		f[0] = d.steps[RWLOCK].findings[RP_GAIN];
		f[1] = d.steps[RWLOCK].findings[RP_REGRESSIONS];
		assert_int_equal(f[0].says, blind == 1 ? RP_AGAINST :
		    RP_OPEN);
		assert_int_equal(f[1].says, blind == 1 ? RP_FOR : RP_OPEN);
		if (blind == 2)
			assert_non_null(strstr(f[1].missing,
			    "2 of 10 cells could not have seen 5 %"));
		rp_decisions_free(&d);
		rp_free(&r);
		reopen();
	}
}

/* Too few rounds, and an implementation that was not run. */
static void
test_not_judged(void **state)
{
	struct rp_decisions d;
	struct rp_results r;
	char *missing;

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		put_cell_round("fault_soft", 0, RP_BASELINE, i, 1);
		put_cell_round("fault_soft", 0, "rwlock_vpo", i, 1.5);
	}
	load(&r);
	rp_decide(&r, &d);
	missing = rp_missing(&d.steps[RWLOCK]);
	assert_string_equal(missing, "more rounds: no cell could be judged; "
	    "kpi_sizes.tsv; kpi_checks.tsv; kpi_matrix.tsv; "
	    "kpi_migration.tsv; a verdict on the steps that need it");
	free(missing);
	missing = rp_missing(&d.steps[BUSY]);
	assert_non_null(strstr(missing, "throughput of `rwlock_read`; "));
	free(missing);
	for (unsigned i = 0; i < d.n; i++)
		assert_int_equal(d.steps[i].decision, RP_NOT_YET);
	rp_decisions_free(&d);
	rp_free(&r);
}

/* The whole of it: ratios to the baseline of the states, and the tables. */
static void
decide(double vpo, double read, double busy, double rlock,
    struct rp_results *r, struct rp_decisions *d)
{
	char message[RP_MESSAGE] = "";

	put_cell("fault_soft", 0, RP_BASELINE, 1);
	put_cell("fault_soft", 0, "rwlock_vpo", vpo);
	put_cell("fault_soft", 0, "rwlock_read", read);
	put_cell("fault_soft", 0, "sxbusy", busy);
	put_cell("fault_soft", 0, "sxbusy_rlock", rlock);
	load(r);
	if (rp_kpi_load(r, folder, message) != 0)
		fail_msg("%s", message);
	rp_decide(r, d);
}

static void
test_decisions(void **state)
{
	static const struct {
		double ratios[4];
		enum rp_decision want[6];
	} cases[] = {
		/* Only the read-locked step gains: what leads to it may go. */
		{ { 1, 1, 1, 2 }, { RP_JUSTIFIED, RP_NOT_JUSTIFIED,
		    RP_JUSTIFIED, RP_JUSTIFIED, RP_JUSTIFIED, RP_JUSTIFIED } },
		/* It loses on the way there. */
		{ { 1, 1, 0.9, 2 }, { RP_JUSTIFIED, RP_NOT_JUSTIFIED,
		    RP_NOT_YET, RP_JUSTIFIED, RP_NOT_YET, RP_JUSTIFIED } },
		/* Nothing gains. */
		{ { 1, 1, 1, 1 }, { RP_NOT_JUSTIFIED, RP_NOT_JUSTIFIED,
		    RP_NOT_JUSTIFIED, RP_NOT_JUSTIFIED, RP_NOT_JUSTIFIED,
		    RP_NOT_JUSTIFIED } },
		/* The busy word itself does, and what needs it loses. */
		{ { 1, 1, 1.2, 1 }, { RP_NOT_JUSTIFIED, RP_NOT_JUSTIFIED,
		    RP_JUSTIFIED, RP_NOT_JUSTIFIED, RP_JUSTIFIED,
		    RP_NOT_JUSTIFIED } },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const double *q = cases[i].ratios;
		struct rp_decisions d;
		struct rp_results r;

		kpi_good();
		decide(q[0], q[1], q[2], q[3], &r, &d);
		assert_int_equal(d.n, 6);
		for (unsigned j = 0; j < d.n; j++)
			if (d.steps[j].decision != cases[i].want[j])
				fail_msg("case %u, step %u: %s, %s", i, j,
				    rp_decision_name(d.steps[j].decision),
				    d.steps[j].why);
		rp_decisions_free(&d);
		rp_free(&r);
		reopen();
	}
}

/* One table missing: nothing is decided that needs it, and it is named. */
static void
test_missing_table(void **state)
{
	static const char *const names[] = { "kpi_sizes.tsv",
	    "kpi_checks.tsv", "kpi_matrix.tsv", "kpi_migration.tsv" };

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		struct rp_decisions d;
		struct rp_results r;
		char *missing, *text;

		kpi_good();
		kpi_remove(names[i]);
		decide(1, 1, 1, 2, &r, &d);
		assert_int_equal(d.steps[BUSY].decision, RP_NOT_YET);
		missing = rp_missing(&d.steps[BUSY]);
		assert_string_equal(missing, names[i]);
		free(missing);
		text = rp_markdown(&r, &test_places);
		assert_non_null(strstr(text, "- `rwlock_read` -> `sxbusy` "
		    "(r254138): **not yet**: data are missing."));
		free(text);
		rp_decisions_free(&d);
		rp_free(&r);
		reopen();
	}
}

/* What fails its checks is not worth preparing, however fast it is. */
static void
test_fails_checks(void **state)
{
	struct rp_decisions d;
	struct rp_results r;

	(void)state;
	kpi_good();
	kpi_write("kpi_checks.tsv", "implementation\tpassed\tfailed\n"
	    "rwlock_vpo\t9\t0\nsxbusy\t9\t0\nsxbusy_rlock\t8\t1\n");
	decide(1, 1, 1, 2, &r, &d);
	assert_int_equal(d.steps[RLOCK].decision, RP_NOT_JUSTIFIED);
	assert_int_equal(d.steps[WHOLE_RLOCK].decision, RP_NOT_JUSTIFIED);
	assert_int_equal(d.steps[BUSY].findings[RP_ENABLES].says, RP_AGAINST);
	assert_int_equal(d.steps[BUSY].decision, RP_NOT_JUSTIFIED);
	assert_int_equal(d.steps[READ].decision, RP_NOT_YET);
	rp_decisions_free(&d);
	rp_free(&r);
}

/*
 * An implementation that the story does not know is compared as a whole; what
 * is older than the baseline is no step from it.
 */
static void
test_own(void **state)
{
	struct rp_decisions d;
	struct rp_results r;

	(void)state;
	put_cell("fault_soft", 0, RP_BASELINE, 1);
	put_cell("fault_soft", 0, "mine", 1.2);
	put_cell("fault_soft", 0, "null", 2);
	put_cell("fault_soft", 0, "vm_mtx", 0.5);
	put_cell("fault_soft", 0, "giant", 0.4);
	load(&r);
	rp_decide(&r, &d);
	assert_int_equal(d.n, 7);
	assert_string_equal(d.steps[6].from, RP_BASELINE);
	assert_string_equal(d.steps[6].to, "mine");
	assert_int_equal(d.steps[6].findings[RP_GAIN].says, RP_FOR);
	assert_int_equal(d.steps[6].findings[RP_ENABLES].says, RP_APART);
	rp_decisions_free(&d);
	rp_free(&r);
}

/* The sentences follow from the data. */
static void
test_text(void **state)
{
	struct rp_decisions d;
	struct rp_results r;
	struct rp_text t;
	char *text;

	(void)state;
	kpi_good();
	decide(1, 1, 1, 2, &r, &d);
	text = rp_markdown(&r, &test_places);
	assert_non_null(strstr(text, "0 of 1 with `sxbusy`, 1 of 1 with "
	    "`sxbusy_rlock`."));
	assert_non_null(strstr(text, "`sxbusy` (r254138) alone buys little "
	    "throughput; what needs it and gains is `sxbusy_rlock`."));
	assert_non_null(strstr(text, "| `rwlock_read` -> `sxbusy` | r254138 | "
	    "**justified** | bump | against | for | for | for | against | "
	    "for | for |\n"));
	assert_non_null(strstr(text, "the KPIs of these two are the "
	    "same."));
	assert_non_null(strstr(text, "| `rwlock_vpo` -> `sxbusy` | **bump** | "
	    "2 removed, 1 stricter, 3 added | 1000042 |"));
	assert_non_null(strstr(text, "| `tmpfs` | ok | compile, 2 errors |"));
	assert_non_null(strstr(text, "| all | 100 | 95 | 5 | 7 |"));
	free(text);
	rp_text_open(&t);
	rp_decision_line(t.f, &r);
	assert_string_equal(rp_text_close(&t), "KPI: rwlock_vpo justified, "
	    "rwlock_read not justified, sxbusy justified, sxbusy_rlock "
	    "justified, all up to sxbusy justified, all up to sxbusy_rlock "
	    "justified");
	free(t.text);
	rp_decisions_free(&d);
	rp_free(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rule),
		KPI_TEST(gain),
		KPI_TEST(regressions),
		KPI_TEST(blind),
		KPI_TEST(not_judged),
		KPI_TEST(decisions),
		KPI_TEST(missing_table),
		KPI_TEST(fails_checks),
		KPI_TEST(own),
		KPI_TEST(text),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
