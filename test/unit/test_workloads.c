/*
 * Stress: every workload of the unit, in every sharing and variant, with more
 * threads than most machines here have CPUs, and its own oracle as the judge.
 *
 * Run by the same runner as the other unit tests, so on both machines, and
 * under ThreadSanitizer and AddressSanitizer in the flavours built with them.
 * A window is a time of the machine's clock: virtual time on the virtual one.
 * And: every workload can be run in a way that times some of its operations.
 */
#include <string.h>

#include <sys/proc.h>
#include <sys/sleepqueue.h>
#include <traces/trace.h>
#include <workload/workload.h>
#include <lab_test.h>

#define	THREADS		4

/* Virtual time runs slowly: an event is a function call. */
static uint64_t
window_ns(void)
{
	return (strcmp(MACHINE_NAME, "native") == 0 ? 40000000 : 400000);
}

/* Two processes: one file, one shared object, private memory of each. */
static const struct lab_trace *
tiny_trace(void)
{
	static struct lab_trace_object objects[] = {
		{ .lto_pages = 40, .lto_touched = 3, .lto_processes = 2,
		  .lto_kind = LAB_TRACE_FILE },
		{ .lto_pages = 9, .lto_touched = 2, .lto_processes = 2,
		  .lto_kind = LAB_TRACE_SHARED },
		{ .lto_pages = 70, .lto_touched = 2, .lto_processes = 1,
		  .lto_owner = 0, .lto_kind = LAB_TRACE_ANON },
		{ .lto_pages = 5, .lto_touched = 1, .lto_processes = 1,
		  .lto_owner = 1, .lto_kind = LAB_TRACE_ANON },
	};
	static struct lab_trace_fault faults[] = {
		{ .ltf_object = 0, .ltf_page = 0, .ltf_order = 0,
		  .ltf_exec = 1 },
		{ .ltf_object = 2, .ltf_page = 69, .ltf_order = 2,
		  .ltf_write = 1 },
		{ .ltf_object = 1, .ltf_page = 8, .ltf_order = 4,
		  .ltf_write = 1 },
		{ .ltf_object = 2, .ltf_page = 3, .ltf_order = 6 },
		{ .ltf_object = 0, .ltf_page = 39, .ltf_order = 1,
		  .ltf_write = 1 },
		{ .ltf_object = 1, .ltf_page = 0, .ltf_order = 3 },
		{ .ltf_object = 3, .ltf_page = 4, .ltf_order = 5,
		  .ltf_write = 1 },
		{ .ltf_object = 0, .ltf_page = 20, .ltf_order = 7 },
	};
	static struct lab_trace_thread threads[] = {
		{ &faults[0], 4, 0 }, { &faults[4], 4, 1 }
	};
	static struct lab_trace_process processes[] = { { 1, 1 }, { 2, 1 } };
	static const struct lab_trace trace = {
		.lt_name = "tiny", .lt_nobjects = nitems(objects),
		.lt_nthreads = nitems(threads),
		.lt_nprocesses = nitems(processes),
		.lt_nfaults = nitems(faults), .lt_touched = 8,
		.lt_objects = objects, .lt_threads = threads,
		.lt_processes = processes, .lt_faults = faults,
	};

	return (&trace);
}

/* What it wants, but not so much that nothing happens in a window. */
static size_t
physmem_of(const struct lab_workload *w)
{
	size_t most = (size_t)16 << 20;

	return (w->lw_physmem != 0 ? ulmin(w->lw_physmem, most) : most);
}

static unsigned	ready;		/* workers that are warm; atomic */

/* Workers 0..n-1, and one thread more that ends the window. */
static void
stress_thread(void *arg, unsigned i)
{
	struct lab_run *run = arg;

	if (i == run->lr_threads) {
		kern_thread_attach(i + 1);
		while (atomic_load_int(&ready) != run->lr_threads)
			md_spin_hint();
		pause_ns("window", window_ns());
		atomic_store_int(&run->lr_stop, 1);
		kern_thread_detach();
		return;
	}
	lab_unit.lu_thread_begin(run, i);
	atomic_fetchadd_int(&ready, 1);
	lab_unit.lu_thread_loop(run, i);
	lab_unit.lu_thread_end(run, i);
}

static void
stress_cell(const struct lab_workload *w, const char *variant,
    enum lab_sharing sharing, unsigned threads)
{
	static struct lab_slot slots[THREADS];
	struct lab_run run = {
		.lr_workload = w, .lr_variant = variant,
		.lr_sharing = sharing, .lr_threads = threads,
		.lr_seed = 1, .lr_trace = tiny_trace(),
		.lr_clones = threads, .lr_slots = slots,
		.lr_physmem = physmem_of(w),
	};
	uint64_t ops = 0;
	unsigned i;
	int error;

	memset(slots, 0, sizeof(slots));
	ready = 0;
	error = lab_unit.lu_begin(&run);
	if (error == ENOTSUP)
		return;
	if (error == 0) {
		md_run(threads + 1, stress_thread, &run);
		error = lab_unit.lu_end(&run);
	}
	for (i = 0; i < threads; i++)
		ops += slots[i].ls_ops;
	if (error != 0 || ops == 0)
		panic("%s/%s/sharing %d/t%u: error %d after %llu operations: "
		    "%s", w->lw_name, variant, sharing, threads, error,
		    (unsigned long long)ops, run.lr_why);
}

static void
stress_workload(const struct lab_workload *w, enum lab_sharing sharing)
{
	static const char *const none[] = { "", NULL };
	const char *const *v = w->lw_variants != NULL ? w->lw_variants : none;
	unsigned max = w->lw_threads_max != 0 ?
	    (unsigned)ulmin(w->lw_threads_max, THREADS) : THREADS;

	for (; *v != NULL; v++) {
		if (w->lw_threads_min <= 1)
			stress_cell(w, *v, sharing, 1);
		if (max > 1)
			stress_cell(w, *v, sharing, max);
	}
}

#define	SAMPLED_OPS	640	/* of a worker */

static void
sample_thread(void *arg, unsigned i)
{
	struct lab_run *run = arg;

	lab_unit.lu_thread_begin(run, i);
	lab_unit.lu_thread_loop(run, i);
	lab_unit.lu_thread_end(run, i);
}

/* About one in LAB_SAMPLE_EVERY, and no sample longer than all of them. */
static void
check_samples(const struct lab_run *run, unsigned i)
{
	const struct lab_histogram *h = &run->lr_histograms[i];
	const struct lab_slot *slot = &run->lr_slots[i];
	uint64_t sum = 0;

	for (unsigned b = 0; b < LAB_HIST_BUCKETS; b++)
		sum += h->lh_counts[b];
	CHECK_EQ(slot->ls_ops, SAMPLED_OPS);
	CHECK_EQ(sum, h->lh_sampled);
	CHECK(sum >= SAMPLED_OPS / LAB_SAMPLE_EVERY / 2);
	CHECK(sum <= SAMPLED_OPS / LAB_SAMPLE_EVERY * 2);
	CHECK(h->lh_max <= slot->ls_end_ns - slot->ls_start_ns);
}

static void
sample_workload(const struct lab_workload *w)
{
	static struct lab_slot slots[2];
	static struct lab_histogram histograms[2];
	unsigned sharing = LAB_PRIVATE;

	memset(histograms, 0, sizeof(histograms));
	while ((w->lw_sharing & sharing) == 0)
		sharing <<= 1;
	struct lab_run run = {
		.lr_workload = w, .lr_sharing = sharing,
		.lr_variant = w->lw_variants != NULL ? *w->lw_variants : "",
		.lr_threads = w->lw_threads_min > 1 ? 2 : 1, .lr_seed = 1,
		.lr_trace = tiny_trace(), .lr_clones = 1, .lr_slots = slots,
		.lr_ops_max = SAMPLED_OPS, .lr_histograms = histograms,
		.lr_physmem = physmem_of(w),
	};
	int error = lab_unit.lu_begin(&run);

	if (error == ENOTSUP && lab_unit.lu_flags & LAB_UNSYNCHRONISED)
		return;
	CHECK_EQ(error, 0);
	md_run(run.lr_threads, sample_thread, &run);
	CHECK_EQ(lab_unit.lu_end(&run), 0);
	for (unsigned i = w->lw_roles; i < run.lr_threads; i++)
		check_samples(&run, i);
}

LAB_TEST(every_workload_can_be_sampled)
{
	const struct lab_workload *const *w;

	kern_thread_detach();
	for (w = __start_set_lab_workloads; w < __stop_set_lab_workloads; w++)
		if ((*w)->lw_unit == &lab_unit)
			sample_workload(*w);
	kern_init();
	kern_thread_attach(0);
}

LAB_TEST(no_sampled_loop_is_a_named_skip)
{
	struct workload w = *(const struct workload *)
	    *__start_set_lab_workloads;
	struct lab_histogram histogram;
	struct lab_run run = {
		.lr_workload = &w.lab, .lr_sharing = LAB_PRIVATE,
		.lr_threads = 1, .lr_histograms = &histogram,
	};

	w.sampled_loop = NULL;
	CHECK_EQ(lab_unit.lu_begin(&run), ENOTSUP);
	CHECK(strcmp(run.lr_why,
	    "no latency: it has no loop that times operations") == 0);
}

/* A driver may have rows of the name that allow more. */
LAB_TEST(too_many_threads_are_a_named_skip)
{
	struct workload w = *(const struct workload *)
	    *__start_set_lab_workloads;
	struct lab_run run = {
		.lr_workload = &w.lab, .lr_sharing = LAB_PRIVATE,
		.lr_threads = 3,
	};

	w.lab.lw_threads_max = 2;
	CHECK_EQ(lab_unit.lu_begin(&run), ENOTSUP);
	CHECK(strcmp(run.lr_why,
	    "the workload is not for so many threads") == 0);
	w.lab.lw_threads_max = 0;
	w.lab.lw_threads_min = 4;
	CHECK_EQ(lab_unit.lu_begin(&run), ENOTSUP);
}

/* The number that ends lr_why. */
static unsigned
number_in(const char *why)
{
	unsigned n = 0;

	for (; *why != '\0'; why++)
		n = *why >= '0' && *why <= '9' ? n * 10 + *why - '0' : 0;
	return (n);
}

/* Who does as the message says must not be sent back once more. */
LAB_TEST(trace_says_how_much_memory_it_needs)
{
	static struct lab_slot slot;
	struct lab_run run = {
		.lr_variant = "", .lr_sharing = LAB_SHARED, .lr_threads = 1,
		.lr_trace = tiny_trace(), .lr_clones = 1, .lr_slots = &slot,
		.lr_physmem = (size_t)4 << 20,
	};
	const struct lab_workload *const *w = __start_set_lab_workloads;
	unsigned mib;

	kern_thread_detach();
	while ((*w)->lw_unit != &lab_unit ||
	    strcmp((*w)->lw_name, "trace") != 0)
		w++;
	run.lr_workload = *w;
	CHECK_EQ(lab_unit.lu_begin(&run), ENOMEM);
	mib = number_in(run.lr_why);
	CHECK(mib > 4 && mib < 16);
	run.lr_physmem = (size_t)mib << 20;
	CHECK_EQ(lab_unit.lu_begin(&run), 0);
	CHECK_EQ(lab_unit.lu_end(&run), 0);
	kern_init();
	kern_thread_attach(0);
}

/* lu_begin() boots the VM, and kern_init() with it: start from nothing. */
static void
stress(enum lab_sharing sharing)
{
	const struct lab_workload *const *w;
	unsigned n = 0;

	kern_thread_detach();
	for (w = __start_set_lab_workloads; w < __stop_set_lab_workloads; w++)
		if ((*w)->lw_unit == &lab_unit &&
		    ((*w)->lw_sharing & sharing) != 0) {
			stress_workload(*w, sharing);
			n++;
		}
	CHECK(n > 0);
	kern_init();
	kern_thread_attach(0);
}

LAB_TEST(stress_private)
{
	stress(LAB_PRIVATE);
}

LAB_TEST(stress_shared)
{
	stress(LAB_SHARED);
}

LAB_TEST(stress_same)
{
	stress(LAB_SAME);
}
