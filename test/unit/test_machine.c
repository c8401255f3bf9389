/*
 * The seam: what <machine/machine.h> promises, on whichever machine this is.
 */
#include <string.h>

#include <sys/proc.h>
#include <lab_test.h>

#define	RUNNERS	8
#define	ROUNDS	2000
#define	MS	1000000ull	/* in ns */
#define	MIB	((size_t)1 << 20)

static uint32_t	ran[RUNNERS];	/* (a) */
static uint32_t	word;		/* (a) */

static void
mark(void *arg, unsigned i)
{
	CHECK(arg == &word);
	CHECK(md_curcpu() < md_ncpus());
	CHECK_EQ(md_curcpu(), i % md_ncpus());
	CHECK(md_curdomain() < md_ndomains());
	CHECK(curthread == NULL);
	(void)atomic_fetchadd_int(&ran[i], 1);
}

LAB_TEST(machine_runs_each_once)
{
	unsigned i;

	md_run(RUNNERS, mark, &word);
	for (i = 0; i < RUNNERS; i++)
		CHECK_EQ(ran[i], 1);
	CHECK_EQ(curthread->td_tid, 0);
	md_run(1, mark, &word);
	CHECK_EQ(ran[0], 2);
}

static void
own_curthread(void *arg, unsigned i)
{
	unsigned k;

	(void)arg;
	for (k = 0; k < 100; k++) {
		CHECK_EQ(curthread->td_tid, i + 1);
		md_spin_hint();
	}
}

LAB_TEST(machine_curthread_is_each_ones_own)
{
	test_threads(RUNNERS, own_curthread, NULL);
}

/* Each waits for its own value of the word and stores the other's. */
static void
hand_over(void *arg, unsigned i)
{
	unsigned k;

	(void)arg;
	for (k = 0; k < ROUNDS; k++) {
		while (atomic_load_acq_int(&word) != i)
			(void)md_park(&word, !i, 0);
		atomic_store_rel_int(&word, !i);
		md_unpark(&word);
	}
}

LAB_TEST(machine_park_misses_nothing)
{
	md_run(2, hand_over, NULL);
	CHECK_EQ(word, 0);
}

LAB_TEST(machine_park_returns)
{
	uint64_t begin;

	CHECK_EQ(md_park(&word, 1, 0), 0);	/* the word differs */
	begin = md_clock_ns();
	/* Early returns are allowed, so only the last may time out. */
	while (md_park(&word, 0, 3 * MS) != ETIMEDOUT)
		continue;
	CHECK(md_clock_ns() - begin >= 3 * MS);
	md_unpark(&word);			/* nobody there */
}

LAB_TEST(machine_clock_goes_forward)
{
	uint64_t last, now;
	unsigned i;

	last = md_clock_ns();
	for (i = 0; i < 1000; i++) {
		now = md_clock_ns();
		CHECK(now >= last);
		last = now;
		md_spin_hint();
	}
}

LAB_TEST(machine_memory)
{
	char *p, *q, *r;
	unsigned d;

	for (d = 0; d < md_ndomains(); d++) {
		p = md_mem_map(d, 3 * MIB);
		CHECK_EQ((uintptr_t)p % (2 * MIB), 0);
		memset(p, 1, 4 * MIB);		/* rounded up to 4 */
		q = md_mem_map(d, 3 * MIB);
		CHECK(q >= p + 4 * MIB || q + 4 * MIB <= p);
		md_zero(p, 4096);
		CHECK_EQ(p[0] | p[4095], 0);
		CHECK_EQ(p[4096], 1);
		md_copy(q + 4096, p + 4096, 4096);
		CHECK_EQ(q[4096], 1);
		md_mem_unmap(q, 3 * MIB);
		r = md_mem_map(d, 4 * MIB);	/* the same frames again */
		CHECK(r == q);
		md_mem_unmap(p, 3 * MIB);
		md_mem_unmap(r, 4 * MIB);
	}
}

LAB_TEST_PANIC(machine_unmap_unmapped_panics, "md_mem_unmap")
{
	void *p = md_mem_map(0, MIB);

	md_mem_unmap(p, MIB);
	md_mem_unmap(p, MIB);
}

LAB_TEST(machine_files)
{
	char buf[8] = "xxxxxxx";
	int fd;

	CHECK_EQ(md_file_open("/nonexistent/file"), -ENOENT);
	fd = md_file_open("/dev/zero");
	CHECK(fd >= 0);
	CHECK_EQ(md_file_read(fd, buf, 4, 12345), 4);
	CHECK(buf[0] == 0 && buf[3] == 0 && buf[4] == 'x');
	md_file_close(fd);
	fd = md_file_open("/dev/null");
	CHECK_EQ(md_file_read(fd, buf, 4, 0), 0);
	md_file_close(fd);
	fd = md_file_open("/");
	CHECK_EQ(md_file_read(fd, buf, 4, 0), -EISDIR);
	md_file_close(fd);
}

/* What was written is read, a hole is zero, and the length is the end. */
static void
write_and_read(int fd)
{
	char buf[8] = "";

	CHECK(fd >= 0);
	CHECK_EQ(md_file_read(fd, buf, 8, 0), 0);
	CHECK_EQ(md_file_write(fd, "abc", 3, 3), 3);
	CHECK_EQ(md_file_read(fd, buf, 8, 0), 6);
	CHECK(memcmp(buf, "\0\0\0abc", 6) == 0);
	CHECK_EQ(md_file_write(fd, "xy", 2, 4), 2);
	CHECK_EQ(md_file_read(fd, buf, 8, 3), 3);
	CHECK(memcmp(buf, "axy", 3) == 0);
	md_file_close(fd);
}

LAB_TEST(machine_files_are_written)
{
	char buf[4];
	int fd, other;

	write_and_read(md_file_create(NULL));
	/* Two without a name are two. */
	fd = md_file_create(NULL);
	other = md_file_create(NULL);
	CHECK_EQ(md_file_write(fd, "1", 1, 0), 1);
	CHECK_EQ(md_file_read(other, buf, 4, 0), 0);
	md_file_close(other);
	md_file_close(fd);
	CHECK_EQ(md_file_create("/nonexistent/file"), -ENOENT);
	fd = md_file_create("/dev/full");
	CHECK_EQ(md_file_write(fd, buf, 4, 0), -ENOSPC);
	md_file_close(fd);
	fd = md_file_open("/dev/zero");
	CHECK_EQ(md_file_write(fd, buf, 4, 0), -EBADF);
	md_file_close(fd);
}

LAB_TEST_PANIC(machine_panic_says_who, "thread 0, CPU 0: value 42")
{
	md_panic("value %d", 42);
}

#ifdef MD_FINDS_DEADLOCK
static int	stuck = 1;	/* plain on purpose */

LAB_TEST_PANIC(machine_watchdog, "watchdog: fiber 0, thread 0")
{
	while (stuck)
		continue;
}
#endif
