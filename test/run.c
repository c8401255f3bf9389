/*
 * The runner of LAB_TESTs, for either machine.
 *
 *	run [--impl NAME] [--test TEXT] [--timeout SECONDS]
 *	    [--seconds SECONDS] [--jobs NUMBER] [--show] [--list]
 *
 * Every test of every linked unit runs in a process of its own, one after the
 * other, or so many at a time as --jobs says.  A test passes when its body
 * returns, or, for LAB_TEST_PANIC, when it panics with the text.  What a failed
 * test wrote to standard error follows its line; with --show, what any test
 * wrote.  Exit status: 0 all passed; 1 one failed, or none was run; 2 usage.
 */
#define	_GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <machine/driver.h>
#include <lab_test.h>

#define	TIMEOUT_S	60
#define	OUTPUT_MAX	65536	/* bytes kept of what a test wrote */
#define	JOBS_MAX	64

extern const struct lab_test *const __start_set_lab_tests[]
    __attribute__((weak));
extern const struct lab_test *const __stop_set_lab_tests[]
    __attribute__((weak));

/* What to run; set from the command line. */
static const char	*only_impl;
static const char	*only_test;
static long		 timeout_s = TIMEOUT_S;
static long		 seconds;	/* of a test that can take any time */
static long		 jobs = 1;
static int		 show;
static int		 list;

/* How tests ended, of every job. */
static struct tally {
	unsigned	t_passed, t_failed;
} *tally;				/* JOBS_MAX of them, shared */

/* How one test ended. */
struct outcome {
	int		o_status;	/* as of waitpid() */
	int		o_timedout;
	size_t		o_bytes;
	char		o_text[OUTPUT_MAX + 1];
};

static void
body(void *arg)
{
	const struct lab_test *lt = arg;

	lt->lt_enter(lt->lt_fn);
}

static void
child(const struct lab_test *lt, int fd)
{
	struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	if (dup2(fd, STDERR_FILENO) < 0)
		err(1, "dup2");
	*lt->lt_seconds = (unsigned)seconds;
	machine_enter(body, (void *)(uintptr_t)lt);
	exit(0);
}

static long
ms_since(const struct timespec *begin)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return ((now.tv_sec - begin->tv_sec) * 1000 +
	    (now.tv_nsec - begin->tv_nsec) / 1000000);
}

/* Read until the child closes the pipe; kill it when its time is up. */
static void
watch(pid_t pid, int fd, struct outcome *o)
{
	struct pollfd pfd = { .fd = fd, .events = POLLIN };
	struct timespec begin;
	char scrap[4096];
	size_t room;
	ssize_t n;
	long left;

	(void)clock_gettime(CLOCK_MONOTONIC, &begin);
	for (;;) {
		left = (seconds + timeout_s) * 1000 - ms_since(&begin);
		if (left <= 0 && !o->o_timedout) {
			o->o_timedout = 1;
			(void)kill(pid, SIGKILL);
		}
		if (poll(&pfd, 1, left > 0 ? (int)left : -1) <= 0)
			continue;
		room = OUTPUT_MAX - o->o_bytes;
		n = room > 0 ? read(fd, o->o_text + o->o_bytes, room) :
		    read(fd, scrap, sizeof(scrap));
		if (n == 0)
			return;
		if (n > 0 && room > 0)
			o->o_bytes += (size_t)n;
	}
}

static void
run_one(const struct lab_test *lt, struct outcome *o)
{
	int fds[2];
	pid_t pid;

	o->o_timedout = 0;
	o->o_bytes = 0;
	(void)fflush(NULL);
	if (pipe(fds) != 0 || (pid = fork()) < 0)
		err(1, "cannot start a test");
	if (pid == 0) {
		(void)close(fds[0]);
		child(lt, fds[1]);
	}
	(void)close(fds[1]);
	watch(pid, fds[0], o);
	(void)close(fds[0]);
	while (waitpid(pid, &o->o_status, 0) < 0)
		if (errno != EINTR)
			err(1, "waitpid");
	o->o_text[o->o_bytes] = '\0';
}

/* Why it failed, or NULL if it passed. */
static const char *
verdict(const struct lab_test *lt, const struct outcome *o)
{
	const char *panic;

	if (o->o_timedout)
		return ("timed out");
	if (lt->lt_panic == NULL)
		return (WIFEXITED(o->o_status) &&
		    WEXITSTATUS(o->o_status) == 0 ? NULL : "died");
	panic = strstr(o->o_text, "panic: ");
	if (panic == NULL || !WIFSIGNALED(o->o_status) ||
	    WTERMSIG(o->o_status) != SIGABRT)
		return ("did not panic");
	return (strstr(panic, lt->lt_panic) != NULL ? NULL :
	    "panicked with other words");
}

/* What the test wrote, each line behind a mark. */
static void
print_output(const struct outcome *o)
{
	const char *line, *end;

	for (line = o->o_text; *line != '\0'; line = end + (*end == '\n')) {
		end = strchrnul(line, '\n');
		printf("#   %.*s\n", (int)(end - line), line);
	}
}

/* Nonzero if the test failed. */
static int
report(const struct lab_test *lt, const struct outcome *o)
{
	const char *why = verdict(lt, o);

	printf("%s - %s/%s/%s%s%s\n", why == NULL ? "ok" : "not ok",
	    lt->lt_impl, lt->lt_machine, lt->lt_name,
	    why == NULL ? "" : ": ", why == NULL ? "" : why);
	if (why != NULL)
		printf("#   %s, wait status %#x%s%s\n", lt->lt_file,
		    (unsigned)o->o_status,
		    lt->lt_panic != NULL ? ", panic expected: " : "",
		    lt->lt_panic != NULL ? lt->lt_panic : "");
	if (why != NULL || show)
		print_output(o);
	return (why != NULL);
}

static int
chosen(const struct lab_test *lt)
{
	return ((only_impl == NULL || strcmp(lt->lt_impl, only_impl) == 0) &&
	    (only_test == NULL || strstr(lt->lt_name, only_test) != NULL));
}

static void
usage(void)
{
	fprintf(stderr, "usage: run [--impl NAME] [--test TEXT] "
	    "[--timeout SECONDS] [--seconds SECONDS] [--jobs NUMBER] "
	    "[--show] [--list]\n");
	exit(2);
}

static long
number(const char *option, const char *text, long most)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*end != '\0' || n < 1 || n > most)
		errx(2, "%s %s: give 1 to %ld", option, text, most);
	return (n);
}

static void
options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "impl", required_argument, NULL, 'i' },
		{ "test", required_argument, NULL, 't' },
		{ "timeout", required_argument, NULL, 's' },
		{ "seconds", required_argument, NULL, 'd' },
		{ "jobs", required_argument, NULL, 'j' },
		{ "show", no_argument, NULL, 'v' },
		{ "list", no_argument, NULL, 'l' },
		{ NULL, 0, NULL, 0 }
	};
	int c;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
		switch (c) {
		case 'i':
			only_impl = optarg;
			break;
		case 't':
			only_test = optarg;
			break;
		case 's':
			timeout_s = number("--timeout", optarg, 3600);
			break;
		case 'd':
			seconds = number("--seconds", optarg, 86400);
			break;
		case 'j':
			jobs = number("--jobs", optarg, JOBS_MAX);
			break;
		case 'v':
			show = 1;
			break;
		case 'l':
			list = 1;
			break;
		default:
			usage();
		}
	if (optind != argc)
		usage();
}

/*
 * Of the chosen tests every one whose turn it is.  What is said of a test is
 * written at once, so that lines of several jobs do not mix.
 */
static void
run_job(long job)
{
	const struct lab_test *const *set;
	static char buffer[2 * OUTPUT_MAX];
	static struct outcome o;
	long turn = 0;

	(void)setvbuf(stdout, buffer, _IOFBF, sizeof(buffer));
	for (set = __start_set_lab_tests; set < __stop_set_lab_tests; set++) {
		if (!chosen(*set) || turn++ % jobs != job)
			continue;
		if (list)
			printf("%s/%s/%s\n", (*set)->lt_impl,
			    (*set)->lt_machine, (*set)->lt_name);
		else
			run_one(*set, &o);
		if (!list && report(*set, &o))
			tally[job].t_failed++;
		else
			tally[job].t_passed++;
		(void)fflush(stdout);
	}
}

/* All jobs, but the first in processes of their own. */
static void
run_jobs(void)
{
	long job;
	pid_t pid;
	int status;

	for (job = 1; job < jobs; job++) {
		pid = fork();
		if (pid < 0)
			err(1, "cannot start a job");
		if (pid == 0) {
			run_job(job);
			exit(0);
		}
	}
	run_job(0);
	while (wait(&status) > 0)
		if (status != 0)
			errx(1, "a job died, wait status %#x", status);
}

int
main(int argc, char **argv)
{
	unsigned failed = 0, passed = 0;

	options(argc, argv);
	machine_init();
	tally = mmap(NULL, JOBS_MAX * sizeof(*tally), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (tally == MAP_FAILED)
		err(1, "mmap");
	run_jobs();
	for (long job = 0; job < jobs; job++) {
		passed += tally[job].t_passed;
		failed += tally[job].t_failed;
	}
	if (passed + failed == 0)
		errx(1, "no test matches; --list names them all");
	if (!list)
		printf("%u passed, %u failed\n", passed, failed);
	return (failed != 0);
}
