/*
 * machine-costs: what this machine takes for what no cell shows alone, as lines
 * of a model file (docs/MODEL.md), in ns.
 *
 * Each figure is the least of some repeats: whatever else the machine does only
 * adds.  Two threads hand a turn to and fro and sleep meanwhile.  On two CPUs a
 * turn is md_unpark() and the way to the other's wakening; on one CPU it is
 * md_unpark() and the way from md_park() to who runs next.
 */
#define	_GNU_SOURCE
#include <err.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include <machine/atomic.h>
#include <machine/machine.h>
#include <machine/native/native.h>

#define	REPEATS		25
#define	HINTS		1000
#define	TURNS		50		/* of each thread, in a repeat */
#define	CHASE_BYTES	(256u << 20)	/* more than caches hold */
#define	CHASE_LINE	64
#define	CHASE_STEPS	2000
#define	CHASE_REPEATS	500
#define	WORK_STEPS	100000

struct turns {
	uint32_t	turn;
	bool		one_cpu;
	uint64_t	ns, unpark_ns;
};

static double
least(double a, double b)
{
	return (a < b ? a : b);
}

static double
hint(void)
{
	double ns = 1e9;

	for (unsigned i = 0; i < REPEATS; i++) {
		uint64_t begin = md_clock_ns();

		for (unsigned j = 0; j < HINTS; j++)
			md_spin_hint();
		ns = least(ns, (double)(md_clock_ns() - begin) / HINTS);
	}
	return (ns);
}

/* ---- Memory ------------------------------------------------------------- */

/* One cycle through all lines, in an order no prefetcher knows. */
static void
link_lines(char *at, size_t n)
{
	uint64_t random = 1;

	for (size_t i = 0; i < n; i++)
		*(size_t *)(at + i * CHASE_LINE) = i;
	for (size_t i = n - 1; i > 0; i--) {
		size_t *a = (size_t *)(at + i * CHASE_LINE), *b, swap = *a;

		random = random * 6364136223846793005ull + 1442695040888963407u;
		b = (size_t *)(at + (random >> 33) % i * CHASE_LINE);
		*a = *b;
		*b = swap;
	}
}

static double
memory(void)
{
	char *at = md_mem_map(0, CHASE_BYTES);
	volatile size_t next = 0;
	double ns = 1e9;

	link_lines(at, CHASE_BYTES / CHASE_LINE);
	for (unsigned i = 0; i < CHASE_REPEATS; i++) {
		uint64_t begin = md_clock_ns();
		size_t line = next;

		for (unsigned j = 0; j < CHASE_STEPS; j++)
			line = *(size_t *)(at + line * CHASE_LINE);
		next = line;
		ns = least(ns, (double)(md_clock_ns() - begin) / CHASE_STEPS);
	}
	md_mem_unmap(at, CHASE_BYTES);
	return (ns);
}

/* ---- Sleeping and waking ------------------------------------------------ */

/* Who is woken there waits until the other sleeps. */
static void
stay_on_one_cpu(void)
{
	struct sched_param none = { .sched_priority = 0 };

	if (native_thread_pin(0) != 0 ||
	    sched_setscheduler(0, SCHED_BATCH, &none) != 0)
		errx(1, "cannot pin a thread and have it not preempted");
}

static void
take_turns(void *arg, unsigned i)
{
	struct turns *t = arg;
	uint64_t begin, unpark_ns = 0;

	if (t->one_cpu)
		stay_on_one_cpu();
	begin = md_clock_ns();
	for (unsigned n = 0; n < TURNS; n++) {
		uint64_t before;

		while (atomic_load_acq_int(&t->turn) != i)
			(void)md_park(&t->turn, 1 - i, 0);
		atomic_store_rel_int(&t->turn, 1 - i);
		before = md_clock_ns();
		md_unpark(&t->turn);
		unpark_ns += md_clock_ns() - before;
	}
	if (i == 0) {
		t->ns = md_clock_ns() - begin;
		t->unpark_ns = unpark_ns;
	}
}

/* ns of a turn, and of md_unpark() in it. */
static double
turn(bool one_cpu, double *unpark)
{
	double ns = 1e9;

	*unpark = 1e9;
	for (unsigned i = 0; i < REPEATS; i++) {
		struct turns t = { .one_cpu = one_cpu };

		md_run(2, take_turns, &t);
		ns = least(ns, (double)t.ns / (2 * TURNS));
		*unpark = least(*unpark, (double)t.unpark_ns / TURNS);
	}
	return (ns);
}

static void
print_sleep(unsigned ncpus)
{
	double unpark, ns = turn(true, &unpark);

	printf("sleep\t%.0f\n", ns > unpark ? ns - unpark : 0);
	if (ncpus < 2)
		return;
	ns = turn(false, &unpark);
	printf("unpark\t%.0f\nwake\t%.0f\n", unpark,
	    ns > unpark ? ns - unpark : 0);
}

/* ---- Beside each other -------------------------------------------------- */

struct beside {
	unsigned	threads;
	double		ns;
	unsigned	begun, ended;
};

static double
work(void)
{
	uint64_t words[8] = { 0 };
	struct timespec a, b;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
	for (unsigned i = 0; i < WORK_STEPS; i++)
		__atomic_store_n(&words[i % 8],
		    __atomic_load_n(&words[(i + 3) % 8], __ATOMIC_RELAXED) +
		    words[i % 7], __ATOMIC_RELAXED);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
	return ((double)(b.tv_sec - a.tv_sec) * 1e9 +
	    (double)(b.tv_nsec - a.tv_nsec));
}

static void
work_beside(void *arg, unsigned i)
{
	struct beside *b = arg;

	(void)atomic_fetchadd_int(&b->begun, 1);
	while (atomic_load_acq_int(&b->begun) < b->threads)
		md_spin_hint();
	if (i == 0) {
		b->ns = work();
		atomic_store_rel_int(&b->ended, 1);
	} else
		while (atomic_load_acq_int(&b->ended) == 0)
			(void)work();
}

/* How many times as long work takes with another thread on the next CPU. */
static double
beside(void)
{
	double ns[2] = { 1e12, 1e12 };

	for (unsigned i = 0; i < 2 * REPEATS; i++) {
		struct beside b = { .threads = 1 + i % 2 };

		md_run(b.threads, work_beside, &b);
		ns[i % 2] = least(ns[i % 2], b.ns);
	}
	return (ns[1] / ns[0]);
}

/* The first two PUs: threads of one core, where cores have two. */
int
main(void)
{
	struct native_cpu cpus[2] = { { 0, 0 }, { 0, 0 } };
	hwloc_topology_t topology;
	unsigned n = 0;

	if (hwloc_topology_init(&topology) != 0 ||
	    hwloc_topology_load(topology) != 0)
		errx(1, "hwloc cannot read this machine");
	for (; n < 2 && hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU, n) !=
	    NULL; n++)
		cpus[n].nc_pu = hwloc_get_obj_by_type(topology, HWLOC_OBJ_PU,
		    n)->os_index;
	native_init(n, cpus, topology);
	printf("memory_local\t%.1f\nhint\t%.2f\n", memory(), hint());
	print_sleep(n);
	if (n > 1)
		printf("smt\t%.2f\n", beside());
	return (0);
}
