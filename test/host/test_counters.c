/*
 * Goal: counts are scaled rightly, what is refused is absent, and what the
 * kernel counts without hardware is what a thread did.
 * Method: the arithmetic against values worked out by hand; no file to be had,
 * so that every event is refused; threads that touch fresh pages, sleep and
 * move between processors a known number of times.
 */
#define	_GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include <machine/atomic.h>

#include "bench/counters.h"

#define	PAGES	1000
/* The sanitizer's shadow of the pages, an eighth of them, and some. */
#define	FAULTS_MAX	(PAGES + PAGES / 4)
#define	SLEEPS	50
#define	MOVES	20
#define	RIVAL_MS	100

static void
scale_all_the_time(void **state)
{
	struct counter_reading before = { 100, 1000, 1000 };
	struct counter_reading after = { 175, 3000, 3000 };
	uint64_t value = 0;

	(void)state;
	assert_true(counter_scale(&before, &after, &value));
	assert_int_equal(value, 75);
}

/* A quarter of the time on the processor: four times what was counted. */
static void
scale_of_turns(void **state)
{
	struct counter_reading before = { 1000, 8000, 4000 };
	struct counter_reading after = { 1300, 12000, 5000 };
	uint64_t value = 0;

	(void)state;
	assert_true(counter_scale(&before, &after, &value));
	assert_int_equal(value, 1200);
}

/* An hour of cycles at 5 GHz: the product needs more than 64 bits. */
static void
scale_of_large_counts(void **state)
{
	struct counter_reading before = { 0, 0, 0 };
	struct counter_reading after = {
		9000000000000ull, 3600000000000ull, 1800000000000ull
	};
	uint64_t value = 0;

	(void)state;
	assert_true(counter_scale(&before, &after, &value));
	assert_int_equal(value, 18000000000000ull);
}

/* It never had its turn: not 0, but unknown. */
static void
never_ran_is_unknown(void **state)
{
	struct counter_reading before = { 5, 1000, 500 };
	struct counter_reading after = { 5, 9000, 500 };
	uint64_t value = 77;

	(void)state;
	assert_false(counter_scale(&before, &after, &value));
	assert_int_equal(value, 77);
}

static void
sum_has_what_all_have(void **state)
{
	struct counts a = {
		1u << COUNTER_CYCLES | 1u << COUNTER_FAULTS,
		{ [COUNTER_CYCLES] = 10, [COUNTER_FAULTS] = 1 }
	};
	struct counts b = {
		1u << COUNTER_FAULTS, { [COUNTER_FAULTS] = 2 }
	};

	(void)state;
	counts_add(&a, &b);
	assert_false(counts_have(&a, COUNTER_CYCLES));
	assert_true(counts_have(&a, COUNTER_FAULTS));
	assert_int_equal(a.c_value[COUNTER_FAULTS], 3);
}

static void
touch_pages(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), bytes = PAGES * page;
	volatile char *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_ptr_not_equal(p, MAP_FAILED);
	madvise((void *)(uintptr_t)p, bytes, MADV_NOHUGEPAGE);
	counters_start();
	for (size_t i = 0; i < PAGES; i++)
		p[i * page] = 1;
}

static void
sleep_often(void)
{
	struct timespec ts = { .tv_nsec = 50000 };

	counters_start();
	for (unsigned i = 0; i < SLEEPS; i++)
		nanosleep(&ts, NULL);
}

static void
pin_to_first(void)
{
	cpu_set_t may, one;
	int c = 0;

	sched_getaffinity(0, sizeof(may), &may);
	while (!CPU_ISSET(c, &may))
		c++;
	CPU_ZERO(&one);
	CPU_SET(c, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
}

static unsigned rival_stop;

static void *
rival(void *arg)
{
	pin_to_first();
	while (!atomic_load_int(&rival_stop))
		;
	return (arg);
}

/* Wants the processor that another wants too: each is sent away in turn. */
static void
work_beside_a_rival(void)
{
	struct timespec begin, now;
	pthread_t thread;

	pin_to_first();
	assert_int_equal(pthread_create(&thread, NULL, rival, NULL), 0);
	clock_gettime(CLOCK_MONOTONIC, &begin);
	counters_start();
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - begin.tv_sec) * 1000 +
	    (now.tv_nsec - begin.tv_nsec) / 1000000 < RIVAL_MS);
	atomic_store_int(&rival_stop, 1);
	pthread_detach(thread);
}

/* To and fro between the first two processors it may use. */
static void
move_about(void)
{
	cpu_set_t may, one;
	int cpus[2] = { 0, 0 };
	unsigned n = 0;

	sched_getaffinity(0, sizeof(may), &may);
	for (int c = 0; c < CPU_SETSIZE && n < 2; c++)
		if (CPU_ISSET(c, &may))
			cpus[n++] = c;
	counters_start();
	for (unsigned i = 0; i < MOVES; i++) {
		CPU_ZERO(&one);
		CPU_SET(cpus[i % 2], &one);
		assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	}
}

struct job {
	void		(*fn)(void);
	unsigned	 times;
	struct counts	 counts;	/* of the last time */
};

static void *
job_main(void *arg)
{
	struct job *job = arg;

	counters_open();
	for (unsigned i = 0; i < job->times; i++) {
		job->fn();
		counters_stop(&job->counts);
	}
	counters_close();
	return (NULL);
}

/* What a fresh thread counts of the last of so many goes. */
static struct counts
count(void (*fn)(void), unsigned times)
{
	struct job job = { .fn = fn, .times = times };
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, job_main, &job), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	return (job.counts);
}

static void
faults_are_counted(void **state)
{
	struct counts c = count(touch_pages, 1);

	(void)state;
	assert_true(counts_have(&c, COUNTER_FAULTS));
	assert_in_range(c.c_value[COUNTER_FAULTS], PAGES, FAULTS_MAX);
}

static void
switches_are_counted(void **state)
{
	struct counts c = count(sleep_often, 1);

	(void)state;
	assert_true(counts_have(&c, COUNTER_SWITCHES));
	assert_true(c.c_value[COUNTER_SWITCHES] >= SLEEPS);
	assert_true(c.c_value[COUNTER_FAULTS] < PAGES);
}

static void
involuntary_switches_are_counted(void **state)
{
	struct counts c = count(work_beside_a_rival, 1);

	(void)state;
	assert_true(c.c_value[COUNTER_SWITCHES] >= 2);
}

/* The first time leaves nothing for the second. */
static void
windows_do_not_add_up(void **state)
{
	struct counts c = count(touch_pages, 3);

	(void)state;
	assert_in_range(c.c_value[COUNTER_FAULTS], PAGES, FAULTS_MAX);
	if (counts_have(&c, COUNTER_MIGRATIONS))
		assert_true(c.c_value[COUNTER_MIGRATIONS] < MOVES);
}

static void
migrations_are_counted(void **state)
{
	struct counts c = count(move_about, 2);

	(void)state;
	if (!counts_have(&c, COUNTER_MIGRATIONS) ||
	    sysconf(_SC_NPROCESSORS_ONLN) < 2)
		skip();
	/* Where it stood first is one of the two. */
	assert_in_range(c.c_value[COUNTER_MIGRATIONS], MOVES - 1, MOVES + 5);
}

/* 0 if every event is refused and the rest counts, and both are said. */
static int
check_refused(void)
{
	const struct rlimit none = { 0, 0 };
	char hardware[256], migrations[256];
	struct counts c;

	if (setrlimit(RLIMIT_NOFILE, &none) != 0)
		return (1);
	counters_open();
	counters_start();
	counters_stop(&c);
	counters_close();
	if (c.c_have != (1u << COUNTER_SWITCHES | 1u << COUNTER_FAULTS))
		return (2);
	counters_describe(hardware, migrations, sizeof(hardware));
	if (strstr(hardware, "n/a: cycles, instructions, cache_misses: ") !=
	    hardware)
		return (3);
	return (strstr(migrations, "n/a: migrations: ") == migrations ? 0 : 4);
}

/* 0 if there are files to be had after more events than the limit allows. */
static int
check_files_left(void)
{
	const struct rlimit few = { 100, 100 };
	int fds[20];

	if (setrlimit(RLIMIT_NOFILE, &few) != 0)
		return (1);
	/* As so many threads would, but for closing them. */
	for (unsigned i = 0; i < 200; i++)
		counters_open();
	for (unsigned i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if ((fds[i] = dup(STDERR_FILENO)) < 0)
			return (2);
	return (0);
}

/* A check that lowers the limit has a process of its own: it stays so. */
static void
check_apart(int (*check)(void))
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(check());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
refused_is_absent(void **state)
{
	(void)state;
	check_apart(check_refused);
}

static void
files_are_left(void **state)
{
	(void)state;
	check_apart(check_files_left);
}

/* What is said of the machine and what is counted on it agree. */
static void
description_agrees(void **state)
{
	struct counts c = count(sleep_often, 1);
	char hardware[256], migrations[256];

	(void)state;
	counters_describe(hardware, migrations, sizeof(hardware));
	assert_int_equal(counts_have(&c, COUNTER_MIGRATIONS),
	    strcmp(migrations, "available") == 0);
	if (strcmp(hardware, "available") == 0)
		assert_true(counts_have(&c, COUNTER_CYCLES));
	else
		assert_true(strstr(hardware, "n/a: ") == hardware ||
		    strstr(hardware, "user mode only") != NULL);
	if (counts_have(&c, COUNTER_CYCLES))
		assert_true(c.c_value[COUNTER_CYCLES] > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scale_all_the_time),
		cmocka_unit_test(scale_of_turns),
		cmocka_unit_test(scale_of_large_counts),
		cmocka_unit_test(never_ran_is_unknown),
		cmocka_unit_test(sum_has_what_all_have),
		cmocka_unit_test(faults_are_counted),
		cmocka_unit_test(switches_are_counted),
		cmocka_unit_test(involuntary_switches_are_counted),
		cmocka_unit_test(windows_do_not_add_up),
		cmocka_unit_test(migrations_are_counted),
		cmocka_unit_test(refused_is_absent),
		cmocka_unit_test(files_are_left),
		cmocka_unit_test(description_agrees),
	};

	return (cmocka_run_group_tests(tests, NULL, NULL));
}
