/*
 * Two runs against each other.
 *
 * Goal: a regression is found, noise is not, nothing is judged by rounds alone,
 * and two machines are told apart.  Method: pairs of small runs with ratios
 * made by hand.
 */
#include "test_report_run.h"
#include "report/runs.h"

#define	PROCESSES	8

/* Noise of a per mille or two, different in each process and run. */
static double
noise(unsigned process, unsigned run)
{
	return (1 + ((process * 7 + run * 3) % 5) / 1000.0);
}

/*
 * A run of processes in which sxbusy is `factor' fast in the first of three
 * cells, and everything ours or not `machine' fast.
 */
static void
put_run(unsigned run, unsigned processes, double factor, double machine)
{
	static const char *const workloads[] = { "a", "b", "c" };

	for (unsigned i = 0; i < processes; i++) {
		put_process = i;
		for (unsigned w = 0; w < 3; w++) {
			double rate = 1e6 * machine * noise(i + w, run);

			put_in(workloads[w], RP_BASELINE, i, rate);
			put_in(workloads[w], "sxbusy", i, rate *
			    (w == 0 ? factor : 1));
			put_in(workloads[w], RP_BASELINE RP_AGAIN, i,
			    rate * noise(i, run + 1));
		}
		put_primitive("cas_pair", RP_REFERENCE, i, 5 / machine);
	}
}

/* Load a first run, then a second one beside it. */
static void
load_first(struct rp_results *r)
{
	load(r);
	out = fopen(rounds, "w");
	assert_non_null(out);
}

static struct rp_changes
changes(unsigned processes, double factor, double machine,
    struct rp_results *a, struct rp_results *b)
{
	struct rp_changes ch;

	put_run(0, processes, 1, 1);
	load_first(a);
	put_run(1, processes, factor, machine);
	load(b);
	rp_compare_runs(a, b, &ch);
	return (ch);
}

static void
release(struct rp_changes *ch, struct rp_results *a, struct rp_results *b)
{
	rp_changes_free(ch);
	rp_free(a);
	rp_free(b);
}

static void
test_nothing_changed(void **state)
{
	struct rp_results a, b;
	struct rp_changes ch = changes(PROCESSES, 1, 1, &a, &b);

	(void)state;
	assert_true(ch.judged);
	assert_int_equal(ch.n, 6);
	assert_int_equal(ch.count[RP_UNRESOLVED], 6);
	release(&ch, &a, &b);
}

static void
test_regression(void **state)
{
	struct rp_results a, b;
	struct rp_changes ch = changes(PROCESSES, 0.9, 1, &a, &b);

	(void)state;
	assert_int_equal(ch.count[RP_SLOWER], 1);
	assert_int_equal(ch.count[RP_UNRESOLVED], 5);
	for (unsigned i = 0; i < ch.n; i++)
		if (ch.changes[i].verdict == RP_SLOWER) {
			assert_string_equal(ch.changes[i].impl, "sxbusy");
			assert_string_equal(ch.changes[i].a->workload, "a");
			assert_true(fabs(exp(ch.changes[i].shift.shift) - 0.9)
			    < 0.005);
		}
	release(&ch, &a, &b);
}

static void
test_improvement(void **state)
{
	struct rp_results a, b;
	struct rp_changes ch = changes(PROCESSES, 1.1, 1, &a, &b);

	(void)state;
	assert_int_equal(ch.count[RP_FASTER], 1);
	assert_int_equal(ch.count[RP_SLOWER], 0);
	release(&ch, &a, &b);
}

/* The machine was 5 % slower, as bare instructions say: nobody is blamed. */
static void
test_machine_moved(void **state)
{
	struct rp_results a, b;
	struct rp_changes ch = changes(PROCESSES, 1, 0.95, &a, &b);

	(void)state;
	assert_true(fabs(exp(ch.machine) - 0.95) < 1e-9);
	assert_int_equal(ch.count[RP_UNRESOLVED], 6);
	release(&ch, &a, &b);
	/* Half the speed is more than the machine's 5 %. */
	assert_int_equal(setup(state), 0);
	ch = changes(PROCESSES, 0.5, 0.95, &a, &b);
	assert_int_equal(ch.count[RP_SLOWER], 1);
	release(&ch, &a, &b);
}

/* Without an A/A arm there is still the machine to be told apart. */
static void
test_machine_is_a_floor(void **state)
{
	struct rp_results a, b;
	struct rp_changes ch;

	(void)state;
	for (unsigned run = 0; run < 2; run++) {
		for (unsigned i = 0; i < PROCESSES; i++) {
			put_process = i;
			put("sxbusy", i, (run == 0 ? 100 : 91) * noise(i, run));
			put_primitive("cas_pair", RP_REFERENCE, i,
			    run == 0 ? 9 : 10);
		}
		if (run == 0)
			load_first(&a);
		else
			load(&b);
	}
	rp_compare_runs(&a, &b, &ch);
	assert_true(fabs(ch.changes[0].floor - log(10 / 9.0)) < 1e-6);
	assert_int_equal(ch.count[RP_UNRESOLVED], 1);
	release(&ch, &a, &b);
}

/* What failed in the second run is no figure, and is not passed over. */
static void
test_failed_in_one(void **state)
{
	struct rp_results a, b;
	struct rp_changes ch;
	char *text;
	size_t size;
	FILE *f = open_memstream(&text, &size);

	(void)state;
	assert_non_null(f);
	put_run(0, PROCESSES, 1, 1);
	load_first(&a);
	put_run(1, PROCESSES, 1, 1);
	put_head("a", "-", 1, "sxbusy", "bench", PROCESSES, "failed");
	fprintf(out, ",\"why\":\"oracle\"}\n");
	load(&b);
	rp_compare_runs(&a, &b, &ch);
	assert_int_equal(ch.n, 5);
	rp_print_changes(&ch, &a, &b, f);
	fclose(f);
	assert_non_null(strstr(text, "1 figures of the first, 0 of the "
	    "second"));
	free(text);
	release(&ch, &a, &b);
}

/* Many rounds of one process each are not judged, however far apart. */
static void
test_rounds_are_not_enough(void **state)
{
	struct rp_results a, b;
	struct rp_changes ch = changes(RP_PROCESSES_MIN - 1, 0.5, 1, &a, &b);

	(void)state;
	assert_false(ch.judged);
	assert_int_equal(ch.count[RP_FEW], 6);
	release(&ch, &a, &b);
}

static void
test_machines(void **state)
{
	struct rp_results a = { .environment = json_pack("{s:s}",
	    "machine_key", "one") };
	struct rp_results b = { .environment = json_pack("{s:s}",
	    "machine_key", "two") };
	char message[RP_MESSAGE] = "";

	(void)state;
	assert_int_equal(rp_same_machine(&a, &a, message), 0);
	assert_int_equal(rp_same_machine(&a, &b, message), -1);
	assert_non_null(strstr(message, "one and two"));
	assert_non_null(strstr(message, "FORCE=1"));
	json_decref(a.environment);
	json_decref(b.environment);
	/* For the folder that setup() made. */
	fclose(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nothing_changed), TEST(regression), TEST(improvement),
		TEST(machine_moved), TEST(machine_is_a_floor),
		TEST(failed_in_one), TEST(rounds_are_not_enough),
		TEST(machines),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
